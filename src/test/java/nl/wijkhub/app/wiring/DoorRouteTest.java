package nl.wijkhub.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.User;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import nl.wijkhub.app.door.Door;
import nl.wijkhub.app.door.DoorAnswer;
import nl.wijkhub.app.door.Pressure;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.kernel.Unavailable;
import nl.wijkhub.signal.Incoming;
import nl.wijkhub.signal.LineOutcome;
import nl.wijkhub.signal.PartnerTraffic;
import nl.wijkhub.signal.Receipt;
import nl.wijkhub.signal.SignalFixture;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** 20-signal-accept behind a door: what the sender is told when storing or queueing goes right and wrong. */
class DoorRouteTest {
    private static final Receipt FRESH = new Receipt(UUID.randomUUID(), false, false, "group");

    /** Stands in for stage 20. */
    public static final class FakeAccept {
        private final Receipt receipt;
        private final RuntimeException failure;

        FakeAccept(Receipt receipt, RuntimeException failure) {
            this.receipt = receipt;
            this.failure = failure;
        }

        public Receipt accept(Object draft) {
            if (failure != null) {
                throw failure;
            }
            return receipt;
        }
    }

    /** Stands in for the queue of accepted ids. */
    public static final class FakeQueue {
        private final RuntimeException failure;
        private int puts;

        FakeQueue(RuntimeException failure) {
            this.failure = failure;
        }

        public Receipt put(Receipt receipt) {
            puts++;
            if (failure != null) {
                throw failure;
            }
            return receipt;
        }
    }

    /** Stands in for the receipts of areas: one for every signal, or for none. */
    public static final class FakeReceipts {
        private final String code;

        FakeReceipts(String code) {
            this.code = code;
        }

        public Receipt give(Object draft, Receipt receipt) {
            assertThat(draft).isEqualTo("draft");
            return new Receipt(receipt.signalId(), receipt.duplicate(), receipt.worked(), receipt.group(), code);
        }
    }

    @Test
    void answers_202_once_stored_and_queued_and_200_for_a_repeat() throws Exception {
        FakeQueue queue = new FakeQueue(null);
        Exchange first = send(new FakeAccept(FRESH, null), queue);
        Exchange repeat = send(new FakeAccept(new Receipt(FRESH.signalId(), true, false, "group"), null), queue);

        assertThat(status(first)).isEqualTo(202);
        assertThat(first.getMessage().getHeader("Location")).isEqualTo("/v1/signals/" + FRESH.signalId());
        assertThat(status(repeat)).isEqualTo(200);
        assertThat(body(repeat)).contains("\"duplicate\":true");
        assertThat(queue.puts).as("a repeat makes sure the id is queued").isEqualTo(2);
    }

    @Test
    void a_receipt_code_stands_in_the_answer_where_there_is_one_and_its_field_nowhere_else() throws Exception {
        FakeAccept accept = new FakeAccept(FRESH, null);

        assertThat(body(send(accept, new FakeQueue(null), new FakeReceipts("FAKE0-CODE0"))))
                .contains("\"receiptCode\":\"FAKE0-CODE0\"");
        assertThat(body(send(accept, new FakeQueue(null)))).doesNotContain("receiptCode");
    }

    @Test
    void answers_a_rejection_with_its_problem_and_queues_nothing() throws Exception {
        FakeQueue queue = new FakeQueue(null);
        Exchange answer = send(
                new FakeAccept(null, Rejected.of(Problem.REFERENCE_CONFLICT, "/reference", "reference-used")), queue);

        assertThat(status(answer)).isEqualTo(409);
        assertThat(body(answer)).contains("urn:wijkhub:problem:reference-conflict", "\"pointer\":\"/reference\"");
        assertThat(answer.getMessage().getHeader(Exchange.CONTENT_TYPE)).isEqualTo("application/problem+json");
        assertThat(queue.puts).isZero();
    }

    @Test
    void answers_503_with_retry_after_when_the_id_cannot_be_queued() throws Exception {
        Exchange answer = send(new FakeAccept(FRESH, null), new FakeQueue(new Unavailable("broker", null)));

        assertThat(status(answer)).isEqualTo(503);
        assertThat(answer.getMessage().getHeader("Retry-After")).isNotNull();
    }

    @Test
    void answers_500_for_a_bug_and_tells_nothing_of_it() throws Exception {
        Exchange answer = send(new FakeAccept(null, new IllegalStateException("Fake Bewoner")), new FakeQueue(null));

        assertThat(status(answer)).isEqualTo(500);
        assertThat(body(answer)).doesNotContain("Bewoner");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/cloudevents+json"})
    void one_signal_goes_the_way_of_one_with_the_attributes_of_its_headers_beside_plain_json(String mediaType)
            throws Exception {
        FakeReading reading = new FakeReading();
        Exchange answer = send(
                mediaType,
                reading,
                new FakeAccept(FRESH, null),
                new FakeQueue(null),
                new FakeReceipts(null),
                new FakeAcceptMany(List.of()));

        assertThat(status(answer)).isEqualTo(202);
        assertThat(reading.many).isNull();
        assertThat(reading.one.mediaType()).isEqualTo(mediaType);
        assertThat(reading.one.attributes() != null).isEqualTo(mediaType.equals("application/json"));
        assertThat(reading.one.partner().id()).isEqualTo("corporatie-demo");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/x-ndjson; charset=utf-8", "application/cloudevents-batch+json"})
    void many_signals_are_answered_200_with_a_line_each(String mediaType) throws Exception {
        FakeReading reading = new FakeReading();
        FakeQueue queue = new FakeQueue(null);
        Rejected refused = Rejected.of(Problem.INVALID_INPUT, "/category", "missing");
        Exchange answer = send(
                mediaType,
                reading,
                new FakeAccept(FRESH, null),
                queue,
                new FakeReceipts(null),
                new FakeAcceptMany(List.of(
                        new LineOutcome(1, FRESH, null),
                        new LineOutcome(2, new Receipt(FRESH.signalId(), true, false, "group", "FAKE0-CODE0"), null),
                        new LineOutcome(3, null, refused),
                        new LineOutcome(4, null, new IllegalStateException("Fake Bewoner")))));

        assertThat(reading.one).isNull();
        assertThat(reading.many.attributes()).isNull();
        assertThat(queue.puts).isZero();
        assertThat(status(answer)).isEqualTo(200);
        assertThat(answer.getMessage().getHeader(Exchange.CONTENT_TYPE)).isEqualTo("application/x-ndjson");
        String[] lines = body(answer).split("\n");
        assertThat(lines[0])
                .isEqualTo(
                        "{\"line\":1,\"id\":\"" + FRESH.signalId() + "\",\"status\":\"accepted\",\"duplicate\":false}");
        assertThat(lines[1]).contains("\"duplicate\":true", "\"receiptCode\":\"FAKE0-CODE0\"");
        assertThat(lines[2])
                .startsWith("{\"line\":3,\"problem\":{\"type\":\"urn:wijkhub:problem:invalid-input\"")
                .contains("\"pointer\":\"/category\"");
        assertThat(lines[3]).contains("\"status\":500").doesNotContain("Bewoner");
        assertThat(lines).hasSize(4);
    }

    @Test
    void another_media_type_is_refused_by_name() throws Exception {
        Exchange answer = send(
                "text/csv",
                new FakeReading(),
                new FakeAccept(FRESH, null),
                new FakeQueue(null),
                new FakeReceipts(null),
                new FakeAcceptMany(List.of()));

        assertThat(status(answer)).isEqualTo(415);
        assertThat(body(answer)).contains("application/x-ndjson", "application/cloudevents-batch+json");
    }

    @Test
    void sends_none_of_the_request_s_own_headers_back() throws Exception {
        assertThat(send(new FakeAccept(FRESH, null), new FakeQueue(null))
                        .getMessage()
                        .getHeaders())
                .doesNotContainKeys("Authorization", "Cookie");
    }

    /** Through the real door, route by route: what stage 20 throws has to reach the failures of the door. */
    private static Exchange send(FakeAccept accept, FakeQueue queue) throws Exception {
        return send(accept, queue, new FakeReceipts(null));
    }

    private static Exchange send(FakeAccept accept, FakeQueue queue, FakeReceipts receipts) throws Exception {
        return send("application/json", new FakeReading(), accept, queue, receipts, new FakeAcceptMany(List.of()));
    }

    private static Exchange send(
            String mediaType,
            FakeReading reading,
            FakeAccept accept,
            FakeQueue queue,
            FakeReceipts receipts,
            FakeAcceptMany acceptMany)
            throws Exception {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        Pressure pressure = new Pressure(null, null, null, null, meters, SignalFixture.NOON);
        Door door = new Door(SignalFixture.PARTNERS, pressure, Duration.ofSeconds(60));
        DoorAnswer answer = new DoorAnswer(null, new PartnerTraffic(null, Clock.systemUTC()), meters);
        try (RouteFixture routes = new RouteFixture()
                .bean("door", door)
                .bean("doorAnswer", answer)
                .bean("signalAccept", accept)
                .bean("acceptedQueue", queue)
                .bean("areaReceipts", receipts)
                .bean("signalReading", reading)
                .bean("signalAcceptMany", acceptMany)) {
            routes.startThrough(
                    "receive-signals", "00-failures", "00-templates", "10-receive-signals", "20-signal-accept");
            return routes.camel()
                    .createFluentProducerTemplate()
                    .to("direct:start")
                    .withHeader("Authorization", "Bearer fake")
                    .withHeader("Cookie", "fake")
                    .withHeader("Content-Type", mediaType)
                    .withHeader("ce-id", "fake")
                    .withHeader("CamelVertxPlatformHttpAuthenticatedUser", caller())
                    .withBody("{}".getBytes(StandardCharsets.UTF_8))
                    .send();
        }
    }

    private static User caller() {
        return User.create(new JsonObject()
                .put("client_id", "corporatie-demo")
                .put("trace_id", "0".repeat(31) + "1")
                .put("span_id", "0".repeat(15) + "1"));
    }

    /** Stands in for what reads the shared language. */
    public static final class FakeReading {
        private Incoming one;
        private Incoming many;

        public String one(Incoming in) {
            one = in;
            return "draft";
        }

        public String many(Incoming in) {
            many = in;
            return "lines";
        }
    }

    /** Stands in for stage 20 with many. */
    public static final class FakeAcceptMany {
        private final List<LineOutcome> outcomes;

        FakeAcceptMany(List<LineOutcome> outcomes) {
            this.outcomes = outcomes;
        }

        public List<LineOutcome> accept(String lines) {
            return outcomes;
        }
    }

    private static int status(Exchange exchange) {
        return exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
    }

    private static String body(Exchange exchange) {
        return new String(exchange.getMessage().getBody(byte[].class), StandardCharsets.UTF_8);
    }
}
