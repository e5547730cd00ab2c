package nl.wijkhub.team;

import nl.wijkhub.kernel.Coded;
import nl.wijkhub.sharing.Decision;
import nl.wijkhub.signal.CaseSignal;

/** How soon a queue item is to be taken up, computed from what its recipient may see. */
public enum Priority implements Coded {
    ACUTE,
    HIGH,
    NORMAL;

    /** A recipient who is told nothing of how grave it is gets NORMAL, whatever it is. */
    static Priority of(Decision decision, CaseSignal signal) {
        return switch (decision.severityOf(signal)) {
            case ACUTE -> ACUTE;
            case HIGH -> HIGH;
            case ELEVATED, LOW -> NORMAL;
        };
    }
}
