package nl.wijkhub.team;

import java.util.Locale;
import nl.wijkhub.sharing.Decision;
import nl.wijkhub.signal.Severity;

/** How soon a queue item is to be taken up, computed from what its recipient may see. */
public enum Priority {
    ACUTE,
    HIGH,
    NORMAL;

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** A recipient who may not see the severity gets NORMAL, whatever it is. */
    static Priority of(Decision decision, Severity severity) {
        if (!decision.passes("severity")) {
            return NORMAL;
        }
        return switch (severity) {
            case ACUTE -> ACUTE;
            case HIGH -> HIGH;
            case ELEVATED, LOW -> NORMAL;
        };
    }
}
