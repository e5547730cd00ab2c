package nl.wijkhub.team;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.jackson.JsonFormat;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
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

    private static final JsonFormat FORMAT = new JsonFormat();

    private final URI source;
    private final Vault vault;

    /**
     * @param oin 20 digits of the organisation that runs the hub
     */
    public TeamEvent(String oin, Vault vault) {
        this.source = URI.create("urn:nld:oin:" + oin + ":systeem:wijkhub");
        this.vault = vault;
    }

    /** Something new for this recipient; {@code level} is null when it sees no escalation. */
    String assigned(UUID deliveryId, QueueItem item, String subject, Integer level, Trace trace, Instant at) {
        ObjectNode data = Json.MAPPER.createObjectNode();
        data.put("id", item.id().toString());
        data.put("dueAt", item.dueAt().toString());
        data.put("priority", item.priority().code());
        if (level != null) {
            data.put("level", level);
        }
        return event(deliveryId, ASSIGNED, subject, item, data, trace, at);
    }

    /** What was sent for this item does not stand any more: the id under which it was sent, no reason. */
    String recalled(UUID deliveryId, QueueItem item, String subject, Instant at) {
        ObjectNode data = Json.MAPPER.createObjectNode();
        data.put("id", item.id().toString());
        return event(deliveryId, RECALLED, subject, item, data, null, at);
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

    private String event(
            UUID id, String type, String subject, QueueItem item, ObjectNode data, Trace trace, Instant at) {
        CloudEventBuilder event = CloudEventBuilder.v1()
                .withId(id.toString())
                .withSource(source)
                .withType(type)
                .withSubject(subject)
                .withTime(at.atOffset(ZoneOffset.UTC))
                .withExtension("dataref", "/v1/signals/" + item.signalId())
                .withData("application/json", Json.write(data).getBytes(StandardCharsets.UTF_8));
        if (trace != null) {
            event.withExtension("traceparent", traceparent(trace, id, item));
        }
        return new String(FORMAT.serialize(event.build()), StandardCharsets.UTF_8);
    }
}
