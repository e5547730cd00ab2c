package nl.wijkhub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import nl.wijkhub.app.wiring.HubConfig;
import nl.wijkhub.app.wiring.HubSettings;
import nl.wijkhub.kernel.Meters;
import nl.wijkhub.kernel.Problem;
import org.junit.jupiter.api.Test;

/** Settings, problems, metrics and log events are told in docs/, each of them. */
class ConfigDocTest {
    @Test
    void every_setting_stands_in_the_file_and_in_the_manual() throws IOException {
        String manual = Files.readString(Path.of("docs/operating.md"));
        String file = Files.readString(Path.of("config/hub.properties"));
        for (String key : HubSettings.KEYS) {
            assertThat(manual).contains("`" + key + "`");
            assertThat(file).contains(key + "=");
        }
    }

    @Test
    void every_placeholder_in_the_routes_is_a_setting() throws IOException {
        try (Stream<Path> routes = Files.list(Path.of("routes"))) {
            for (Path route : routes.toList()) {
                String text = Files.readString(route);
                List<String> parameters = Pattern.compile("(?m)^      - \\{name: (\\w+), description:")
                        .matcher(text)
                        .results()
                        .map(m -> m.group(1))
                        .toList();
                Pattern.compile("\\{\\{([\\w.-]+)")
                        .matcher(text)
                        .results()
                        .map(m -> m.group(1))
                        .filter(name -> !parameters.contains(name))
                        .forEach(name -> assertThat(HubSettings.KEYS).contains(name));
            }
        }
    }

    @Test
    void the_config_that_is_shipped_is_sound() {
        Map<String, String> environment = Map.of(
                "WIJKHUB_BOARD_SECRET", "x",
                "WIJKHUB_DATABASE_URL", "x",
                "WIJKHUB_DATABASE_USER", "x",
                "WIJKHUB_DATABASE_PASSWORD", "x",
                "WIJKHUB_BROKER_URL", "x",
                "WIJKHUB_BROKER_AMQP_URL", "amqp://x",
                "WIJKHUB_BROKER_USER", "x",
                "WIJKHUB_BROKER_PASSWORD", "x");
        assertThat(HubConfig.read(Path.of("config"), environment, Map.of(), Clock.systemUTC())
                        .faults())
                .isEmpty();
    }

    @Test
    void every_problem_is_told_with_its_status_and_title() throws IOException {
        String manual = Files.readString(Path.of("docs/problems.md"));
        for (Problem problem : Problem.values()) {
            assertThat(manual.lines())
                    .as(problem.type())
                    .anyMatch(line -> line.contains("`" + problem.type() + "`")
                            && line.contains(String.valueOf(problem.status()))
                            && line.contains(problem.title()));
        }
    }

    @Test
    void every_metric_is_told() throws IOException, IllegalAccessException {
        String manual = Files.readString(Path.of("docs/metrics.md"));
        for (Field constant : Meters.class.getFields()) {
            String name = (String) constant.get(null);
            if (name.startsWith("wijkhub.")) {
                assertThat(manual).contains("`" + name + "`");
            }
        }
    }

    @Test
    void every_log_event_stands_in_the_catalogue() throws IOException {
        String manual = Files.readString(Path.of("docs/operating.md"));
        try (Stream<Path> hub = Files.walk(Path.of("src/main/java"));
                Stream<Path> lab = Files.walk(Path.of("src/lab/java"))) {
            List<String> events = Stream.concat(hub, lab)
                    .filter(p -> p.toString().endsWith(".java"))
                    .flatMap(ConfigDocTest::events)
                    .distinct()
                    .toList();
            assertThat(events).isNotEmpty().allSatisfy(event -> assertThat(manual)
                    .contains("`" + event + "`"));
        }
    }

    private static Stream<String> events(Path source) {
        try {
            return Pattern.compile("\"event=([a-z.-]+)")
                    .matcher(Files.readString(source))
                    .results()
                    .map(m -> m.group(1))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void the_test_command_of_the_readme_is_the_one_ci_runs() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        List<String> commands = Arrays.asList("mvn -B verify");
        assertThat(commands).allSatisfy(command -> {
            assertThat(readme).contains(command);
            assertThat(Files.readString(Path.of(".ci/run"))).contains(command);
        });
    }
}
