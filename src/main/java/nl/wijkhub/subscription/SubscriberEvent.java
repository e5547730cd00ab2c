package nl.wijkhub.subscription;

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
import nl.wijkhub.kernel.Vault;

/**
 * The CloudEvents a subscriber gets. Source: Dutch government profile for CloudEvents 1.1, structured mode; ids, terms and
 * levels alone. The same event is the same bytes at every attempt.
 */
public final class SubscriberEvent {
    public static final String MEDIA_TYPE = "application/cloudevents+json";
    private static final JsonFormat FORMAT = new JsonFormat();

    private final URI source;
    private final Vault vault;

    /**
     * @param oin 20 digits of the organisation that runs the hub
     */
    public SubscriberEvent(String oin, Vault vault) {
        this.source = URI.create("urn:nld:oin:" + oin + ":systeem:wijkhub");
        this.vault = vault;
    }

    /**
     * What one event tells.
     *
     * @param subject what this receiver knows the plan by; null for nothing
     * @param dataref where it may be fetched; null for nowhere
     * @param dueAt null where it has no term
     * @param level 0 where it has none
     */
    public record EventContent(EventType type, UUID id, String subject, String dataref, Instant dueAt, int level) {}

    /** The same for one plan in one of its lives and one client; two clients cannot join what they hear. */
    public String subject(String client, UUID plan, int life) {
        return HexFormat.of()
                .formatHex(vault.pseudonym("subject:" + client, "plan|" + plan + (life == 1 ? "" : "|" + life)));
    }

    /** The same for what has no plan. */
    public String subject(String client, UUID signal) {
        return HexFormat.of().formatHex(vault.pseudonym("subject:" + client, "signal|" + signal));
    }

    byte[] of(Notification notification, long sequence, EventContent told) {
        ObjectNode data = Json.MAPPER.createObjectNode();
        data.put("id", told.id().toString());
        if (told.dueAt() != null) {
            data.put("dueAt", told.dueAt().toString());
        }
        if (told.level() > 0) {
            data.put("level", told.level());
        }
        CloudEventBuilder event = CloudEventBuilder.v1()
                .withId(notification.id().toString())
                .withSource(source)
                .withType(told.type().type())
                .withTime(notification.createdAt().atOffset(ZoneOffset.UTC))
                .withExtension("sequence", String.valueOf(sequence))
                .withExtension("sequencetype", "Integer")
                .withData("application/json", Json.write(data).getBytes(StandardCharsets.UTF_8));
        if (told.dataref() != null) {
            event.withExtension("dataref", told.dataref());
        }
        if (told.subject() != null) {
            event.withSubject(told.subject());
        }
        return FORMAT.serialize(event.build());
    }
}
