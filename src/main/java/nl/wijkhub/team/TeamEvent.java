package nl.wijkhub.team;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.UUID;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Trace;
import nl.wijkhub.kernel.Vault;
import nl.wijkhub.sharing.Recipient;

/** The CloudEvents a team gets. Source: Dutch government profile for CloudEvents 1.1; ids, terms and levels alone. */
public final class TeamEvent {
    public static final String MEDIA_TYPE = "application/cloudevents+json";
    public static final String ASSIGNED = "nl.veilige-buurten.signaal-toegewezen.v1";
    public static final String RECALLED = "nl.veilige-buurten.vrijgave-ingetrokken.v1";

    private final String source;
    private final Vault vault;

    /**
     * @param oin 20 digits of the organisation that runs the hub
     */
    public TeamEvent(String oin, Vault vault) {
        this.source = "urn:nld:oin:" + oin + ":systeem:wijkhub";
        this.vault = vault;
    }

    /** Something new for this recipient; {@code level} is null when it sees no escalation. */
    String assigned(UUID deliveryId, QueueItem item, String subject, Integer level, Trace trace, Instant at) {
        return event(deliveryId, ASSIGNED, subject, item, trace, at, data -> {
            data.writeStringField("dueAt", item.dueAt().toString());
            data.writeStringField("priority", item.priority().code());
            if (level != null) {
                data.writeNumberField("level", level);
            }
        });
    }

    /** What was sent for this item does not stand any more: the id under which it was sent, no reason. */
    String recalled(UUID deliveryId, QueueItem item, String subject, Instant at) {
        return event(deliveryId, RECALLED, subject, item, null, at, data -> {});
    }

    /** The same for one plan and recipient, different for every recipient: two partners cannot join their streams. */
    String subject(String kind, String id, Recipient recipient) {
        return HexFormat.of().formatHex(vault.pseudonym("subject:" + recipient.clientId(), kind + '|' + id));
    }

    /**
     * The trace goes on under an id of this recipient's and this signal's own: the sender chose the first one, and it
     * would join what two partners know, or what one sender sent. With the key it is found again in the logs.
     */
    private String traceparent(Trace trace, UUID deliveryId, QueueItem item) {
        String own = "trace:" + item.recipient().clientId();
        HexFormat hex = HexFormat.of();
        return "00-"
                + hex.formatHex(vault.pseudonym(own, trace.traceId() + item.signalId()))
                        .substring(0, 32) + '-'
                + hex.formatHex(vault.pseudonym(own, deliveryId.toString())).substring(0, 16) + "-01";
    }

    /** Writes what an event says beside the id of its item. */
    private interface Data {
        void write(JsonGenerator data) throws IOException;
    }

    /** By hand, as the CloudEvents library writes it: several go out for every signal. */
    private String event(UUID id, String type, String subject, QueueItem item, Trace trace, Instant at, Data data) {
        StringWriter text = new StringWriter();
        try (JsonGenerator event = Json.MAPPER.createGenerator(text)) {
            event.writeStartObject();
            event.writeStringField("specversion", "1.0");
            event.writeStringField("id", id.toString());
            event.writeStringField("source", source);
            event.writeStringField("type", type);
            event.writeStringField("datacontenttype", "application/json");
            event.writeStringField("subject", subject);
            event.writeStringField("time", DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(at.atOffset(ZoneOffset.UTC)));
            if (trace != null) {
                event.writeStringField("traceparent", traceparent(trace, id, item));
            }
            event.writeStringField("dataref", "/v1/signals/" + item.signalId());
            event.writeObjectFieldStart("data");
            event.writeStringField("id", item.id().toString());
            data.write(event);
            event.writeEndObject();
            event.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
