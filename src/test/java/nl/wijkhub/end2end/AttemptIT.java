package nl.wijkhub.end2end;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A message that was released, not sent before a kill, and that may not go any more when the hub is back. */
class AttemptIT {
    private static final String COMMIT = "        - to: direct:team-queue-send\n";

    @Test
    void is_decided_anew_before_it_goes_once_more() throws Exception {
        Path routes = Files.createTempDirectory(Files.createDirectories(Path.of("target/it")), "routes-");
        copyRoutes(routes);
        Path stages = routes.resolve("30-household-match.camel.yaml");
        String text = Files.readString(stages);
        Files.writeString(
                stages,
                text.replace(COMMIT, "        - bean: {beanType: nl.wijkhub.end2end.Halt, method: now}\n" + COMMIT));
        try (RunningHub hub = RunningHub.start(routes)) {
            post(hub, "fake-1", 21);
            await().untilAsserted(() -> assertThat(queue(hub, "wijkagent-demo")).contains("items\":[{"));
            // the second time the process ends between commit and send
            String second = post(hub, "fake-2", 22);
            await().atMost(Duration.ofSeconds(60)).until(() -> !hub.process.isAlive());
            copyRoutes(routes);
            Path file = hub.config().resolve("sharing-agreement.yaml");
            String agreement = Files.readString(file);
            int start = agreement.indexOf("  - id: row-3\n");
            Files.writeString(
                    file,
                    agreement.substring(0, start)
                            + agreement.substring(agreement.indexOf("\n  - id: ", start + 1) + 1));
            Files.writeString(
                    file, Files.readString(file).replaceFirst("version: \"[^\"]*\"", "version: \"without-row-3\""));
            hub.process.start();
            hub.process.awaitReady();

            await().untilAsserted(() -> assertThat(hub.process.metrics()).contains("wijkhub_delivery_waiting 0.0"));
            assertThat(queue(hub, "medewerker-demo")).contains(second);
            assertThat(queue(hub, "wijkagent-demo")).doesNotContain(second);
            assertThat(hub.get(hub.user("wijkagent-demo"), "/v1/signals/" + second)
                            .statusCode())
                    .isEqualTo(404);
            assertThat(hub.sendAs(
                                    hub.user("privacy-demo"),
                                    "/v1/citizens/_export",
                                    "{\"name\":\"Fake Huurder 22\",\"birthDate\":\"1970-01-02\"}")
                            .body())
                    .contains("not-permitted-any-more");
        }
    }

    private static String queue(RunningHub hub, String user) throws Exception {
        return hub.get(hub.user(user), "/v1/teams/vb-noord/queue-items").body();
    }

    private static String post(RunningHub hub, String reference, int number) throws Exception {
        String at = Instant.now().minusSeconds(3600).toString();
        HttpResponse<String> accepted =
                hub.post("corporatie-demo", "/v1/signals", """
                {"reference":"%s","occurredAt":"%s","reportedAt":"%s","category":"nuisance.noise","severity":"low",
                 "subject":{"household":{"address":{"postalCode":"9990AB","houseNumber":%d},
                 "persons":[{"role":"tenant","name":"Fake Huurder %d","birthDate":"1970-01-02"}]}}}
                """.formatted(reference, at, at, number, number));
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
        return hub.json(accepted).get("id").asText();
    }

    private static void copyRoutes(Path to) throws Exception {
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
