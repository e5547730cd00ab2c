package nl.wijkhub.end2end;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import nl.wijkhub.ForeignAmqp;
import nl.wijkhub.kernel.Vault;
import nl.wijkhub.lab.embedded.BrokerLogins;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A message, or a signal, that ends the process: three hubs die of it, the fourth puts it aside and goes on with the rest. */
@Tag("slow")
class DiedInHandIT {
    private static final Duration SOON = Duration.ofMinutes(3);
    private static final String STARTED = "event=agreement.in-force";

    @Test
    void three_hubs_die_of_a_message_and_the_fourth_goes_on() throws Exception {
        Path routes = routes();
        Path words = routes.resolveSibling(routes.getFileName() + ".words");
        plant(
                routes.resolve("10-receive-messages.camel.yaml"),
                "        - bean: {ref: messageDoor, method: open}\n",
                words);
        Files.writeString(words, "fake-killer");
        try (RunningHub hub = RunningHub.start(routes)) {
            send(hub, "fake-before", "fake-killer", "fake-after");

            bringBackUntil(
                    hub,
                    () -> hub.get(hub.token("gemeente-demo"), "/v1/signals?reference=fake-after")
                                    .statusCode()
                            == 200);

            assertThat(starts(hub)).isEqualTo(1 + 3);
            HttpResponse<String> kept = hub.get(hub.token("gemeente-demo"), "/v1/quarantine");
            assertThat(hub.json(kept).path("items")).hasSize(1);
            assertThat(hub.log()).contains("event=message.parked partner=gemeente-demo");
            assertThat(hub.get(hub.token("gemeente-demo"), "/v1/signals?reference=fake-before")
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void three_hubs_die_of_a_signal_and_the_fourth_parks_it_and_works_the_rest_of_its_batch() throws Exception {
        Path routes = routes();
        Path words = routes.resolveSibling(routes.getFileName() + ".words");
        Path hold = Path.of(words + ".hold");
        plant(routes.resolve("30-household-match.camel.yaml"), "        - policy:\n", words);
        Files.writeString(hold, "");
        try (RunningHub hub = RunningHub.start(routes)) {
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                HttpResponse<String> taken = hub.post("gemeente-demo", "/v1/signals", signal("fake-batch-" + i, i + 1));
                assertThat(taken.statusCode()).isEqualTo(202);
                ids.add(hub.json(taken).get("id").asText());
            }
            Files.writeString(words, ids.get(7));
            Files.delete(hold);

            bringBackUntil(hub, () -> hub.process.metrics().contains("wijkhub_signal_parked 1.0"));

            assertThat(starts(hub)).isEqualTo(1 + 3);
            await().atMost(SOON).until(() -> hub.process.metrics().contains("wijkhub_signal_age_seconds 0.0"));
            assertThat(hub.log()).contains("event=signal.parked signal=" + ids.get(7) + " cause=HubDied");
            assertThat(hub.log().lines().filter(line -> line.contains("event=signal.parked")))
                    .hasSize(1);
        }
    }

    private interface Goal {
        boolean isReached() throws Exception;
    }

    /** Starts a hub again whenever it ended by itself, as whatever runs it would. */
    private static void bringBackUntil(RunningHub hub, Goal goal) {
        await().atMost(SOON).ignoreExceptions().until(() -> {
            if (!hub.process.isAlive()) {
                hub.process.start();
            }
            return hub.process.isReady() && goal.isReached();
        });
    }

    private static long starts(RunningHub hub) throws Exception {
        return hub.log().lines().filter(line -> line.contains(STARTED)).count();
    }

    private static void plant(Path route, String before, Path words) throws Exception {
        String text = Files.readString(route);
        String step = "        - bean: {beanType: nl.wijkhub.end2end.Killer, method: \"look(${exchange}, '"
                + words.toAbsolutePath() + "')\"}\n";
        assertThat(text).contains(before);
        Files.writeString(
                route,
                text.replaceFirst(
                        java.util.regex.Pattern.quote(before),
                        java.util.regex.Matcher.quoteReplacement(step + before)));
    }

    private static Path routes() throws Exception {
        Path copy = Files.createTempDirectory(Files.createDirectories(Path.of("target/it")), "routes-");
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        return copy;
    }

    private static void send(RunningHub hub, String... references) {
        Vault vault = Vault.open(hub.config().resolve("secrets"));
        try (ForeignAmqp amqp = new ForeignAmqp(
                hub.process.amqpPort(), "gemeente-demo", BrokerLogins.passwordOf(vault, "gemeente-demo"))) {
            int house = 50;
            for (String reference : references) {
                amqp.send(
                        "signal.in.gemeente-demo",
                        ForeignAmqp.message(
                                "application/json", signal(reference, house++).getBytes(StandardCharsets.UTF_8)));
            }
        }
    }

    private static String signal(String reference, int house) {
        return """
                {"reference":"%s","occurredAt":"2026-11-20T10:00:00Z","reportedAt":"2026-11-20T10:00:00Z",\
                "category":"nuisance.noise","severity":"low",\
                "subject":{"household":{"address":{"postalCode":"9990 AB","houseNumber":%d}}}}""".formatted(reference, house);
    }
}
