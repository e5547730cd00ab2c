package nl.wijkhub.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.signal.Incoming;
import nl.wijkhub.signal.LineOutcome;
import nl.wijkhub.signal.Receipt;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** 10-receive-signals: one case signal, or many. */
class SignalsRouteTest extends RealDoors {
    private static final String DOOR = "receive-signals";

    private final Reading reading = new Reading();

    SignalsRouteTest() {
        super("10-receive-signals");
    }

    @Override
    void bind(Registry registry) {
        super.bind(registry);
        registry.bind("signalReading", reading);
    }

    /** Stands in for what reads the shared language. */
    public static final class Reading {
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

    @ParameterizedTest(name = EACH)
    @ValueSource(strings = {"application/json", "application/cloudevents+json"})
    void one_signal_goes_the_way_of_one_with_the_attributes_of_its_headers_beside_plain_json(String mediaType) {
        isAccepted(send(mediaType));

        assertThat(reading.many).isNull();
        assertThat(reading.one.mediaType()).isEqualTo(mediaType);
        assertThat(reading.one.attributes() != null).isEqualTo(mediaType.equals("application/json"));
        assertThat(reading.one.partner().id()).isEqualTo("corporatie-demo");
        assertThat(acceptance.drafts).containsExactly("draft");
    }

    @ParameterizedTest(name = EACH)
    @ValueSource(strings = {"application/x-ndjson; charset=utf-8", "application/cloudevents-batch+json"})
    void many_signals_are_answered_200_with_a_line_each(String mediaType) {
        Receipt fresh = Acceptance.FRESH;
        acceptance.outcomes = List.of(
                new LineOutcome(1, fresh, null),
                new LineOutcome(
                        2,
                        new Receipt(fresh.signalId(), true, false, "group", "FAKE0-CODE0", java.util.Set.of()),
                        null),
                new LineOutcome(3, null, Rejected.of(Problem.INVALID_INPUT, "/category", "missing", "x")),
                new LineOutcome(4, null, new IllegalStateException("Fake Bewoner")));

        Answer answer = send(mediaType);

        assertThat(reading.one).isNull();
        assertThat(reading.many.attributes()).isNull();
        assertThat(acceptance.calls).containsExactly("stored as many");
        assertThat(acceptance.drafts).containsExactly("lines");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.mediaType()).isEqualTo("application/x-ndjson");
        List<String> lines = answer.body().lines().toList();
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0))
                .isEqualTo(
                        "{\"line\":1,\"id\":\"" + fresh.signalId() + "\",\"status\":\"accepted\",\"duplicate\":false}");
        assertThat(lines.get(1)).contains("\"duplicate\":true", "\"receiptCode\":\"FAKE0-CODE0\"");
        assertThat(lines.get(2))
                .startsWith("{\"line\":3,\"problem\":{\"type\":\"urn:wijkhub:problem:invalid-input\"")
                .contains("\"pointer\":\"/category\"");
        assertThat(lines.get(3)).contains("\"status\":500").doesNotContain("Bewoner");
    }

    @Test
    void another_media_type_is_refused_by_the_names_of_those_it_takes() {
        Answer answer = send("text/csv");

        isRefused(answer, 415, "application/x-ndjson");
        assertThat(answer.body()).contains("application/cloudevents-batch+json");
    }

    @Test
    void who_is_no_partner_is_refused() {
        isRefused(post(DOOR, null, "application/json", "{}"), 401, "not-authenticated");
        isRefused(post(DOOR, "nobody-demo", "application/json", "{}"), 403, "not-allowed");
    }

    @Test
    void none_of_the_headers_of_the_request_are_sent_back() {
        assertThat(send("application/json").headers()).doesNotContainKeys("Authorization", "Cookie");
    }

    private Answer send(String mediaType) {
        return post(DOOR, "corporatie-demo", mediaType, "{}", Map.of("ce-id", "fake"));
    }
}
