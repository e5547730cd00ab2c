package nl.wijkhub.team;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.jackson.JsonFormat;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import nl.wijkhub.TestVault;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Trace;
import nl.wijkhub.sharing.Recipient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The events for teams are written by hand; the CloudEvents library must write the same. */
class TeamEventTest {
    private static final String OIN = "00000000000000000001";
    private static final UUID DELIVERY = new UUID(9, 9);
    private static final Trace TRACE = new Trace("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331");

    private final TeamEvent events = new TeamEvent(OIN, TestVault.vault());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-03-01T10:15:30Z",
                "2026-03-01T10:15:00Z",
                "2026-03-01T10:15:30.120Z",
                "2026-03-01T10:15:30.123456Z",
                "2026-03-01T10:15:30.123456789Z"
            })
    void an_assignment_reads_as_the_library_writes_it(Instant at) {
        QueueItem item = item(Priority.HIGH, at);
        for (Integer level : new Integer[] {null, 1, 4}) {
            ObjectNode data = Json.MAPPER.createObjectNode();
            data.put("id", item.id().toString());
            data.put("dueAt", item.dueAt().toString());
            data.put("priority", "high");
            if (level != null) {
                data.put("level", level);
            }
            String written = events.assigned(DELIVERY, item, "5ab0ec7", level, TRACE, at);
            assertThat(written).isEqualTo(byLibrary(TeamEvent.ASSIGNED, item, data, traceparent(written), at));
        }
    }

    @Test
    void a_recall_reads_as_the_library_writes_it() {
        Instant moment = Instant.parse("2026-03-01T10:15:30.120Z");
        QueueItem item = item(Priority.NORMAL, moment);
        ObjectNode data = Json.MAPPER.createObjectNode();
        data.put("id", item.id().toString());
        assertThat(events.recalled(DELIVERY, item, "5ab0ec7", moment))
                .isEqualTo(byLibrary(TeamEvent.RECALLED, item, data, null, moment));
    }

    @Test
    void an_assignment_carries_a_trace_of_its_own_and_a_recall_none() {
        QueueItem item = item(Priority.ACUTE, Instant.EPOCH);
        assertThat(traceparent(events.assigned(DELIVERY, item, "5ab0ec7", null, TRACE, Instant.EPOCH)))
                .matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01")
                .doesNotContain(TRACE.traceId());
        assertThat(traceparent(events.recalled(DELIVERY, item, "5ab0ec7", Instant.EPOCH)))
                .isNull();
    }

    private static String byLibrary(String type, QueueItem item, ObjectNode data, String traceparent, Instant at) {
        CloudEventBuilder event = CloudEventBuilder.v1()
                .withId(DELIVERY.toString())
                .withSource(URI.create("urn:nld:oin:" + OIN + ":systeem:wijkhub"))
                .withType(type)
                .withSubject("5ab0ec7")
                .withTime(at.atOffset(ZoneOffset.UTC))
                .withExtension("dataref", "/v1/signals/" + item.signalId())
                .withData("application/json", Json.write(data).getBytes(StandardCharsets.UTF_8));
        if (traceparent != null) {
            event.withExtension("traceparent", traceparent);
        }
        return new String(new JsonFormat().serialize(event.build()), StandardCharsets.UTF_8);
    }

    private static String traceparent(String event) {
        JsonNode read = Json.readStrictly(event.getBytes(StandardCharsets.UTF_8));
        return read.path("traceparent").textValue();
    }

    private static QueueItem item(Priority priority, Instant at) {
        return new QueueItem(
                new UUID(1, 1),
                new Recipient("vb-noord", Discipline.COMMUNITY_WORK),
                new UUID(2, 2),
                new UUID(3, 3),
                new UUID(4, 4),
                1,
                QueueItem.ItemState.WAITING,
                priority,
                at,
                at.plus(Duration.ofHours(4)));
    }
}
