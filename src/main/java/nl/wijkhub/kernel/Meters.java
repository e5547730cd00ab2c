package nl.wijkhub.kernel;

/** Every metric name and tag, once. docs/metrics.md explains them. Never a person or household in a tag. */
public final class Meters {
    public static final String STAGE = "wijkhub.stage";
    public static final String QUEUE_DEPTH = "wijkhub.queue.depth";
    public static final String SIGNAL_AGE = "wijkhub.signal.age";
    public static final String SIGNAL_PARKED = "wijkhub.signal.parked";
    public static final String DELIVERY = "wijkhub.delivery";
    public static final String DELIVERY_WAITING = "wijkhub.delivery.waiting";
    public static final String DOOR = "wijkhub.door";
    public static final String CODE_UNMAPPED = "wijkhub.code.unmapped";
    public static final String AUDIT_SEAL_AGE = "wijkhub.audit.seal.age";
    public static final String AUDIT_WAITING = "wijkhub.audit.waiting";
    public static final String HOLD_OPEN = "wijkhub.hold.open";
    public static final String HOLD_OVERDUE = "wijkhub.hold.overdue";
    public static final String BREAK_GLASS = "wijkhub.break.glass";
    public static final String ATTENTION = "wijkhub.attention";

    public static final String STUCK = "wijkhub.stuck";

    public static final String TAG_STAGE = "stage";
    public static final String TAG_OUTCOME = "outcome";
    public static final String TAG_QUEUE = "queue";
    public static final String TAG_PROTOCOL = "protocol";
    public static final String TAG_DOOR = "door";
    public static final String TAG_SYSTEM = "system";
    public static final String TAG_KIND = "kind";

    private Meters() {}
}
