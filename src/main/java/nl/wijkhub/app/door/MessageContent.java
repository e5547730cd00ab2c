package nl.wijkhub.app.door;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import nl.wijkhub.app.inbox.PartnerMessage;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.MediaType;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.kernel.Trace;
import nl.wijkhub.signal.EventAttributes;
import nl.wijkhub.signal.Incoming;
import nl.wijkhub.signal.PartnerDoor;
import nl.wijkhub.signal.PartnerDoors;
import nl.wijkhub.signal.Partners.Partner;
import nl.wijkhub.signal.SignalReading;

/** One message of a partner, as its route asks about it to choose the format it is read in. */
public final class MessageContent {
    /** Any of these makes a JSON object a case signal; no other format has one at its top. */
    private static final List<String> OF_A_SIGNAL =
            List.of("reference", "subject", "severity", "occurredAt", "reportedAt");

    private final PartnerMessage message;
    private final Partner partner;
    private final PartnerDoors doors;
    private JsonNode json;

    MessageContent(PartnerMessage message, Partner partner, PartnerDoors doors) {
        this.message = message;
        this.partner = partner;
        this.doors = doors;
    }

    PartnerMessage message() {
        return message;
    }

    /** In lower case, without parameters; empty for none. */
    public String mediaType() {
        return MediaType.of(message.contentType()).name();
    }

    /** The format that its subject names; null when it names none. */
    public String named() {
        return doors.ofSubject(message.subject()).map(PartnerDoor::format).orElse(null);
    }

    /**
     * The format of the first door of its sender's own that takes this media type; null when there is none, or when it is in the
     * shared format.
     */
    public String formatOfSender() {
        if (SignalReading.TAKEN.contains(mediaType()) && !isOwnJson()) {
            return null;
        }
        return doors.own(partner, mediaType()).map(PartnerDoor::format).orElse(null);
    }

    /** Whether it is JSON that is no case signal: no CloudEvent, and an object without a field of a case signal. */
    public boolean isOwnJson() {
        if (!mediaType().equals(SignalReading.SIGNAL) || EventAttributes.ofProperties(message.properties()) != null) {
            return false;
        }
        try {
            return OF_A_SIGNAL.stream().noneMatch(json()::has);
        } catch (Rejected unreadable) {
            // the same in every format, and told there
            return false;
        }
    }

    /** Whether its JSON has this field at the top. */
    public boolean has(String field) {
        return json().has(field);
    }

    private JsonNode json() {
        if (json == null) {
            json = Json.readStrictly(message.body());
        }
        return json;
    }

    Incoming incoming(String mediaType, Trace trace) {
        // only beside plain JSON are these properties the event; elsewhere they are at most its copy
        EventAttributes attributes =
                mediaType.equals(SignalReading.SIGNAL) ? EventAttributes.ofProperties(message.properties()) : null;
        String traceparent = message.traceparent();
        return new Incoming(
                partner,
                message.body(),
                mediaType,
                attributes,
                trace,
                traceparent != null && traceparent.contains(trace.traceId()));
    }
}
