package nl.wijkhub.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command itself, over what is shipped and over what somebody wrote wrong. */
class CheckConfigTest {
    private static final Map<String, String> WRONG = Map.of(
            "hub.http.port", "eighty",
            "hub.work.first-pause", "half a second",
            "hub.routes", "no-such-folder",
            "hub.audit.otlp-endpoint", "somewhere",
            "hub.broker.amqp-url", "tcp://broker.example:5672",
            "hub.subscriber.allowed-addresses", "everywhere");

    @TempDir
    private Path folder;

    @Test
    void what_is_shipped_is_sound_before_anything_is_set_and_says_what_the_start_will_ask_for() throws Exception {
        CommandRun run = CommandRun.of(Map.of(), "check-config");

        assertThat(run.text()).contains("config is sound");
        assertThat(run.exit()).isZero();
        assertThat(run.text().lines().filter(line -> line.contains("not set here")))
                .singleElement()
                .asString()
                .contains(
                        "WIJKHUB_BOARD_SECRET",
                        "WIJKHUB_DATABASE_URL",
                        "WIJKHUB_DATABASE_USER",
                        "WIJKHUB_DATABASE_PASSWORD",
                        "WIJKHUB_BROKER_URL",
                        "WIJKHUB_BROKER_USER",
                        "WIJKHUB_BROKER_PASSWORD",
                        "WIJKHUB_BROKER_AMQP_URL");
    }

    @Test
    void every_wrong_form_is_told_with_its_file_and_line() throws Exception {
        copyConfig();
        Path settings = folder.resolve("hub.properties");
        List<String> lines = Files.readAllLines(settings).stream()
                .map(line -> {
                    String key = line.split("=", 2)[0];
                    return WRONG.containsKey(key) ? key + "=" + WRONG.get(key) : line;
                })
                .toList();
        Files.write(settings, lines);

        CommandRun run = CommandRun.of(Map.of(), "check-config", "--config", folder.toString());

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.text()).contains(WRONG.size() + " faults");
        WRONG.forEach((key, value) -> assertThat(run.text())
                .contains("hub.properties:" + (lines.indexOf(key + "=" + value) + 1) + ": '" + key + "' "));
    }

    @Test
    void a_variable_that_is_set_counts() throws Exception {
        CommandRun run = CommandRun.of(Map.of("WIJKHUB_BROKER_AMQP_URL", "broker.example"), "check-config");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.text()).contains("'hub.broker.amqp-url' must be like amqp://", "1 faults");
        assertThat(run.text().lines().filter(line -> line.contains("not set here")))
                .singleElement()
                .asString()
                .doesNotContain("WIJKHUB_BROKER_AMQP_URL");
    }

    private void copyConfig() throws IOException {
        Path shipped = Path.of("config");
        try (Stream<Path> files = Files.walk(shipped)) {
            for (Path file : files.filter(
                            one -> Files.isRegularFile(one) && !one.startsWith(shipped.resolve("secrets")))
                    .toList()) {
                Path copy = folder.resolve(shipped.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }
}
