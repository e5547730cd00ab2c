package nl.wijkhub.app.door;

/** Exchange variables that the doors set and a route may name, as {@code ${variable.<name>}}. */
public final class Variables {
    /** The {@link nl.wijkhub.signal.Partners.Partner} that sends. */
    static final String PARTNER = "partner";

    /** The {@link nl.wijkhub.kernel.Trace} of the request or message. */
    static final String TRACE = "trace";

    /** The right that its door asks for, as in partners.yaml. */
    static final String DOOR = "door";

    /** In lower case, without parameters. */
    static final String MEDIA_TYPE = "mediaType";

    /** What came as a whole: a {@link nl.wijkhub.signal.Incoming}. */
    static final String INCOMING = "incoming";

    /** Of a message: the {@link MessageContent} it was taken apart into. */
    static final String MESSAGE = "message";

    /** Of a message that is replayed from quarantine: when it first came. Not set otherwise. */
    static final String CAME_AT = "cameAt";

    private Variables() {}
}
