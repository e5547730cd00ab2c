package nl.wijkhub.end2end;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import nl.wijkhub.lab.chaos.ChaosCount;
import nl.wijkhub.lab.chaos.ChaosLoad;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The hub dies between each two steps of the way from the queue to the teams, and is started again: everything that was
 * acknowledged comes out, once. With commit and send in the wrong order it does not, and that shows.
 */
class KillBetweenStepsIT {
    private static final String COMMIT = "        - to: direct:team-queue-send\n";
    private static final String HALT = "- bean: {beanType: nl.wijkhub.end2end.Halt, method: now}\n";
    private static final int SIGNALS = 150;

    @ParameterizedTest(name = "killed {0}: {1}")
    @CsvSource({
        "between_commit_and_send, sound",
    })
    void nothing_is_lost_or_doubled(String where, String outcome) throws Exception {
        dies(where, outcome);
    }

    @Tag("slow")
    @ParameterizedTest(name = "killed {0}: {1}")
    @CsvSource({
        "between_send_and_commit_in_the_wrong_order, doubled",
        "between_storing_and_queueing, sound",
        "between_receive_and_work, sound",
        "between_work_and_commit, sound",
        "between_send_and_acknowledge, sound",
    })
    void nor_between_any_other_two(String where, String outcome) throws Exception {
        dies(where, outcome);
    }

    private static void dies(String where, String outcome) throws Exception {
        Path routes = Files.createTempDirectory(Files.createDirectories(Path.of("target/it")), "routes-");
        plant(where, routes);
        try (RunningHub hub = RunningHub.start(routes)) {
            ChaosLoad load = new ChaosLoad(hub.process, 40, 1);
            CountDownLatch sending = load.start(8, SIGNALS);
            await().atMost(Duration.ofSeconds(60)).until(() -> !hub.process.isAlive());
            // from now on the routes are the real ones
            copyRoutes(routes);
            hub.process.start();
            hub.process.awaitReady();
            assertThat(sending.await(60, TimeUnit.SECONDS)).isTrue();
            await().atMost(Duration.ofSeconds(60))
                    .pollDelay(Duration.ofSeconds(1))
                    .until(() -> hub.process.metrics().contains("wijkhub_signal_age_seconds 0.0")
                            && hub.process.metrics().contains("wijkhub_delivery_waiting 0.0"));
            assertThat(hub.process.stop()).isZero();

            ChaosCount count = ChaosCount.of(
                    hub.process.data(), hub.config(), load.acknowledged().values());

            assertThat(count.acknowledged()).isEqualTo(SIGNALS);
            if (outcome.equals("sound")) {
                assertThat(count.findings()).isEmpty();
                assertThat(count.doubts()).isEmpty();
                assertThat(count.worked()).isEqualTo(SIGNALS);
                assertThat(count.messages()).isEqualTo(count.released()).isGreaterThanOrEqualTo(SIGNALS);
            } else {
                assertThat(count.findings()).anyMatch(finding -> finding.contains("more than once"));
            }
        }
    }

    private static void plant(String where, Path routes) throws IOException {
        copyRoutes(routes);
        Path stages = routes.resolve("30-household-match.camel.yaml");
        String text = Files.readString(stages);
        String planted =
                switch (where) {
                    case "between_receive_and_work" ->
                        text.replace("        - policy:\n", "        " + HALT + "        - policy:\n");
                    case "between_work_and_commit" ->
                        text.replace(
                                "              - to: direct:team-queue\n",
                                "              - to: direct:team-queue\n              " + HALT);
                    case "between_commit_and_send" -> text.replace(COMMIT, "        " + HALT + COMMIT);
                    case "between_send_and_acknowledge" -> text.replace(COMMIT, COMMIT + "        " + HALT);
                    case "between_send_and_commit_in_the_wrong_order" ->
                        text.replace(COMMIT, "")
                                .replace(
                                        "              - to: direct:team-queue\n",
                                        "              - to: direct:team-queue\n              - to: direct:team-queue-send\n              "
                                                + HALT);
                    default -> text;
                };
        Files.writeString(stages, planted);
        if (where.equals("between_storing_and_queueing")) {
            Path accept = routes.resolve("20-signal-accept.camel.yaml");
            String before = Files.readString(accept);
            Files.writeString(
                    accept,
                    before.replace(
                            "        - bean: {ref: acceptedQueue, method: put}\n",
                            "        " + HALT + "        - bean: {ref: acceptedQueue, method: put}\n"));
            assertThat(Files.readString(accept)).isNotEqualTo(before);
        } else {
            assertThat(planted).isNotEqualTo(text);
        }
    }

    private static void copyRoutes(Path to) throws IOException {
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
