package nl.wijkhub.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nl.wijkhub.ForeignAmqp;
import nl.wijkhub.TestDatabase;
import nl.wijkhub.TestStages;
import nl.wijkhub.app.door.MessageDoor;
import nl.wijkhub.app.door.MessageInbox;
import nl.wijkhub.app.door.Pressure;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.kernel.Unavailable;
import nl.wijkhub.signal.Incoming;
import nl.wijkhub.signal.LineOutcome;
import nl.wijkhub.signal.PartnerDoor;
import nl.wijkhub.signal.SignalFixture;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spi.Registry;
import org.apache.qpid.proton.message.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** 10-receive-messages: the format that a message is read in, and what becomes of what is refused or fails. */
class MessagesRouteTest extends RealRoutes {
    private static final TestStages HUB = new TestStages();
    private static final List<String> FORMATS = SignalFixture.DOORS.all().stream()
            .map(PartnerDoor::format)
            .distinct()
            .toList();

    /** The formats that were given something to read. */
    private final List<String> read = new ArrayList<>();

    /** What the route of a format leaves, or throws. */
    private Object left = Acceptance.FRESH;

    MessagesRouteTest() {
        super("10-receive-messages");
    }

    @Override
    void bind(Registry registry) {
        TestDatabase.empty();
        Pressure pressure = new Pressure(null, null, null, null, new SimpleMeterRegistry(), HUB.clock);
        registry.bind(
                "messageDoor",
                new MessageDoor(
                        SignalFixture.PARTNERS,
                        SignalFixture.DOORS,
                        pressure,
                        new MessageInbox.Limits(Duration.ofSeconds(60), 1000, 2000, 3, Duration.ofSeconds(1)),
                        HUB.parts.signal().quarantine,
                        HUB.parts.signal().traffic,
                        HUB.meters));
    }

    /** Stand-ins for the routes of the formats. */
    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                FORMATS.forEach(format -> from("direct:" + format).process(exchange -> {
                    read.add(format);
                    if (left instanceof RuntimeException failure) {
                        throw failure;
                    }
                    exchange.getMessage().setBody(left);
                }));
            }
        };
    }

    @Test
    void messages_come_from_the_address_of_their_sender() {
        assertThat(comesFrom("receive-messages")).isEqualTo("wijkhub-inbox:signal.in");
    }

    @ParameterizedTest(name = EACH)
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "corporatie-demo | application/json | {\"reference\":1} | signals",
                "corporatie-demo | application/json; charset=utf-8 | {\"idExtern\":1,\"eenheden\":[]} | housing-zaken",
                "corporatie-demo | Application/JSON | {\"idExtern\":1,\"adres\":\"x\"} | housing-signaleringen",
                "corporatie-demo | application/json | {} | housing-zaken",
                "corporatie-demo | application/json | {\"idExtern\": | signals",
                "corporatie-demo | application/x-ndjson | {} | signals",
                "politie-demo | application/xml | <a/> | police-reports",
                "politie-demo | application/json | {\"registratienummer\":1} | police-reports",
                "politie-demo | application/json | {\"severity\":1} | signals",
                "welzijn-demo | application/fhir+json | {} | welfare-intakes",
                "welzijn-demo | application/json | {} | signals",
                "zorg-demo | application/fhir+json | {} | care-notes",
                "zorg-demo | application/fhir+xml | <a/> | care-notes",
                "openbare-ruimte-demo | application/json | {\"text\":1,\"category\":{}} | public-space-signals",
                "openbare-ruimte-demo | application/json | {\"category\":1,\"occurredAt\":1} | signals",
                "opbouwwerk-demo | application/json | {} | signals",
                "opbouwwerk-demo | application/cloudevents+json | {} | signals",
            })
    void without_a_subject_media_type_sender_and_content_tell_the_format(
            String partner, String contentType, String body, String format) {
        Exchange exchange = send(partner, contentType, null, Map.of(), body);

        assertThat(exchange.getException()).isNull();
        assertThat(read).containsExactly(format);
        assertThat(quarantined()).isZero();
    }

    @ParameterizedTest(name = EACH)
    @CsvSource({
        "corporatie-demo, application/xml, police-reports, not-allowed",
        "opbouwwerk-demo, application/fhir+json, welfare-intakes, not-allowed",
        "opbouwwerk-demo, text/csv, signals, unsupported-media-type",
    })
    void a_message_whose_format_its_sender_may_not_send_goes_to_quarantine(
            String partner, String contentType, String format, String problem) {
        Exchange exchange = send(partner, contentType, null, Map.of(), "<a/>");

        assertThat(exchange.getVariable("format")).isEqualTo(format);
        assertThat(exchange.getException()).isNull();
        assertThat(read).isEmpty();
        assertThat(quarantined()).isEqualTo(1);
        assertThat(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Rejected.class)
                        .problem()
                        .code())
                .isEqualTo(problem);
    }

    @ParameterizedTest(name = EACH)
    @CsvSource({
        "housing/zaken, application/json, housing-zaken",
        "housing/eenheden, application/x-ndjson, housing-eenheden",
        "signals, application/json, signals",
    })
    void a_subject_that_names_a_door_tells_the_format(String subject, String contentType, String format) {
        send("corporatie-demo", contentType, subject, Map.of(), "{\"adres\":1}");

        assertThat(read).containsExactly(format);
    }

    @Test
    void a_subject_of_the_sender_s_own_tells_nothing() {
        send("corporatie-demo", "application/json", "overlast", Map.of(), "{\"adres\":1}");

        assertThat(read).containsExactly("housing-signaleringen");
    }

    @Test
    void what_has_the_attributes_of_an_event_is_a_signal() {
        Exchange exchange = send("corporatie-demo", "application/json", null, Map.of("cloudEvents:id", "x"), "{}");

        assertThat(read).containsExactly("signals");
        assertThat(exchange.getVariable("incoming", Incoming.class).attributes())
                .isNotNull();
    }

    @Test
    void every_format_has_a_route() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            String routes = files.map(MessagesRouteTest::text).collect(Collectors.joining());
            assertThat(FORMATS).allSatisfy(format -> assertThat(routes).contains("uri: direct:" + format + "\n"));
        }
    }

    @Test
    void the_key_of_a_message_takes_the_place_of_the_header() {
        Exchange exchange = send(
                "openbare-ruimte-demo",
                "application/json",
                null,
                Map.of("Idempotency-Key", "fake-key"),
                "{\"text\":1}");

        assertThat(exchange.getMessage().getHeader("Idempotency-Key")).isEqualTo("fake-key");
    }

    @Test
    void what_its_format_refuses_goes_to_quarantine_and_is_done_with_once_it_is_taken() {
        left = Rejected.of(Problem.INVALID_INPUT, "/fake", "missing", "x");
        assertThat(signal().getException()).isNull();
        assertThat(quarantined()).isEqualTo(1);

        left = Acceptance.FRESH;
        assertThat(signal().getException()).isNull();
        assertThat(quarantined()).isZero();
    }

    @Test
    void a_message_with_a_line_that_was_refused_goes_to_quarantine() {
        left = List.of(
                new LineOutcome(1, Acceptance.FRESH, null),
                new LineOutcome(2, null, Rejected.of(Problem.INVALID_INPUT, "/fake", "missing", "x")));

        assertThat(signal().getException()).isNull();
        assertThat(quarantined()).isEqualTo(1);
    }

    @Test
    void who_is_no_partner_and_what_is_too_large_go_to_quarantine() {
        assertThat(send("nobody-demo", "application/json", null, Map.of(), "{}").getException())
                .isNull();
        assertThat(send("corporatie-demo", "application/json", null, Map.of(), "x".repeat(1001))
                        .getException())
                .isNull();

        assertThat(read).isEmpty();
        assertThat(quarantined()).isEqualTo(2);
    }

    @Test
    void what_fails_otherwise_goes_up_to_the_inbox_which_tries_again() {
        RuntimeException bug = new IllegalStateException("fake bug");
        for (Object failure : List.of(bug, new Unavailable("broker", null), List.of(new LineOutcome(1, null, bug)))) {
            left = failure;
            assertThat(signal().getException()).isSameAs(failure instanceof RuntimeException itself ? itself : bug);
        }
        assertThat(quarantined()).isZero();
    }

    @Test
    void what_is_tried_again_from_quarantine_tells_its_refusal_to_who_tries() {
        left = Rejected.of(Problem.INVALID_INPUT, "/fake", "missing", "x");

        Exchange exchange = template.send("direct:message-read", sent -> {
            sent.setVariable("sender", "opbouwwerk-demo");
            sent.getMessage().setBody(encoded("application/json", null, Map.of(), "{}"));
        });

        assertThat(exchange.getException()).isSameAs(left);
        assertThat(quarantined()).isZero();
    }

    private Exchange signal() {
        return send("opbouwwerk-demo", "application/json", null, Map.of(), "{\"reference\":\"fake\"}");
    }

    private Exchange send(
            String partner, String contentType, String subject, Map<String, Object> properties, String body) {
        return template.send("direct:receive-messages", sent -> {
            sent.setVariable("sender", partner);
            sent.getMessage().setBody(encoded(contentType, subject, properties, body));
        });
    }

    private static byte[] encoded(String contentType, String subject, Map<String, Object> properties, String body) {
        Message message =
                ForeignAmqp.with(ForeignAmqp.message(contentType, body.getBytes(StandardCharsets.UTF_8)), properties);
        message.setSubject(subject);
        byte[] bytes = new byte[10_000];
        return Arrays.copyOf(bytes, message.encode(bytes, 0, bytes.length));
    }

    /** Messages that wait in quarantine. */
    private static long quarantined() {
        return TestDatabase.store().with(h -> h.createQuery("select count(*) from quarantine where taken_at is null")
                .mapTo(Long.class)
                .one());
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
