package nl.wijkhub.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.User;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import nl.wijkhub.TestDatabase;
import nl.wijkhub.TestStages;
import nl.wijkhub.app.door.Door;
import nl.wijkhub.app.door.DoorAnswer;
import nl.wijkhub.app.door.Pressure;
import nl.wijkhub.app.wiring.PartnerParts;
import nl.wijkhub.golden.GoldenMessage;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.sharing.fhir.ConsentResources;
import nl.wijkhub.web.fhir.FhirApi;
import org.apache.camel.Exchange;
import org.apache.camel.spi.Registry;

/**
 * Doors for partners, between the real {@link Door} and {@link DoorAnswer}: the beans that a route file brings are real, and
 * stage 20 is its real route with stand-ins for its beans.
 */
abstract class RealDoors extends RealRoutes {
    static final TestStages HUB = new TestStages();

    final Acceptance acceptance = new Acceptance();

    /** How long the oldest signal may wait. */
    Duration oldestAllowed = Duration.ofSeconds(60);

    /** @param files stage 20 is always there */
    RealDoors(String... files) {
        super(Stream.concat(Stream.of(files), Stream.of("20-signal-accept")).toArray(String[]::new));
    }

    /** What a sender was answered. */
    record Answer(int status, String mediaType, Map<String, Object> headers, String body) {}

    @Override
    void bind(Registry registry) {
        TestDatabase.empty();
        new PartnerParts(HUB.parts.foundation(), HUB.parts.signal(), HUB.parts.household()).bind(registry::bind);
        FhirApi fhir = new FhirApi(
                new ConsentResources(
                        HUB.parts.sharing().keptConsents, TestStages.CONFIG.partners(), "https://hub.example"),
                null,
                HUB.parts.household().match,
                HUB.parts.audit().processingLog,
                TestStages.CONFIG.partners(),
                TestStages.CONFIG.teams(),
                HUB.clock);
        registry.bind("door", new Door(TestStages.CONFIG.partners(), pressure(), oldestAllowed));
        registry.bind("doorAnswer", new DoorAnswer(fhir, HUB.parts.signal().traffic, HUB.meters));
        acceptance.bind(registry);
    }

    /** Nothing waits. */
    static Pressure pressure() {
        return new Pressure(null, null, null, null, HUB.meters, HUB.clock);
    }

    /** The message of a golden case, e.g. {@code police/noise-under-article-20}. */
    static GoldenMessage golden(String name) {
        Path folder = Path.of("src/test/golden", name);
        try {
            return GoldenMessage.of(folder, Json.readStrictly(Files.readAllBytes(folder.resolve("00-in.json"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    final Answer post(String route, GoldenMessage message) {
        return post(
                route,
                message.partner(),
                message.mediaType(),
                new String(message.body(), StandardCharsets.UTF_8),
                Map.of());
    }

    final Answer post(String route, String partner, String mediaType, String body) {
        return post(route, partner, mediaType, body, Map.of());
    }

    final Answer post(String route, String partner, String mediaType, Object body, Map<String, Object> headers) {
        Map<String, Object> all = new HashMap<>(headers);
        all.put(Exchange.CONTENT_TYPE, mediaType);
        all.put("Authorization", "Bearer fake");
        all.put("Cookie", "fake");
        if (partner != null) {
            all.put("CamelVertxPlatformHttpAuthenticatedUser", caller(partner));
        }
        Exchange exchange = template.send("direct:" + route, sent -> {
            sent.getMessage().setHeaders(all);
            sent.getMessage().setBody(body instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : body);
        });
        assertThat(exchange.getException()).as("what reaches the server").isNull();
        return new Answer(
                exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class),
                exchange.getMessage().getHeader(Exchange.CONTENT_TYPE, String.class),
                exchange.getMessage().getHeaders(),
                new String(exchange.getMessage().getBody(byte[].class), StandardCharsets.UTF_8));
    }

    private static User caller(String partner) {
        return User.create(new JsonObject()
                .put("client_id", partner)
                .put("trace_id", "0".repeat(31) + "1")
                .put("span_id", "0".repeat(15) + "1"));
    }

    /** A new signal was stored, coded and queued, and its sender was told where it is. */
    final void isAccepted(Answer answer) {
        assertThat(answer.body()).contains(Acceptance.FRESH.signalId().toString());
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.mediaType()).isEqualTo("application/json");
        assertThat(answer.headers()).containsEntry("Location", "/v1/signals/" + Acceptance.FRESH.signalId());
        assertThat(acceptance.calls).containsExactly("stored", "coded", "queued");
    }

    /** The sender was told its problem, and nothing went on. */
    final void isRefused(Answer answer, int status, String problem) {
        assertThat(answer.body()).contains(problem);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.mediaType()).containsAnyOf("application/problem+json", "application/fhir+json");
        assertThat(acceptance.calls).isEmpty();
    }

    /** Nobody comes in without a token, without the right to the door, or with a media type that it does not take. */
    final void isClosedToOthers(String route, String partner, String mediaType) {
        isRefused(post(route, null, mediaType, "{}"), 401, "not-authenticated");
        for (String other : List.of("opbouwwerk-demo", "nobody-demo")) {
            isRefused(post(route, other, mediaType, "{}"), 403, "not-allowed");
        }
        isRefused(post(route, partner, "text/csv", "a;b"), 415, mediaType);
    }
}
