package nl.wijkhub.subscription;

import java.util.Arrays;
import java.util.Optional;

/** What can be subscribed to. Names: docs of the interface, fixed. */
public enum EventType {
    ESCALATION("nl.veilige-buurten.opschaling.v1"),
    CONSULT("nl.veilige-buurten.zorgconsult-gevraagd.v1"),
    FEEDBACK("nl.veilige-buurten.terugkoppeling.v1"),
    /** Goes to everyone who took what is recalled, asked for or not. */
    RECALL("nl.veilige-buurten.vrijgave-ingetrokken.v1");

    private final String type;

    EventType(String type) {
        this.type = type;
    }

    public String type() {
        return type;
    }

    public static Optional<EventType> of(String type) {
        return Arrays.stream(values()).filter(e -> e.type.equals(type)).findFirst();
    }

    static EventType of(Notification.NotificationKind kind) {
        return valueOf(kind.name());
    }
}
