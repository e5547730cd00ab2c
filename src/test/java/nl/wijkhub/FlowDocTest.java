package nl.wijkhub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/flow.md tells of every route, and of no route that is not there. */
class FlowDocTest {
    private static final Pattern HEADING = Pattern.compile("(?m)^## (\\d\\d-[a-z-]+)");
    private static final Pattern ROUTE_ID = Pattern.compile("(?m)^\\s+(?:id|routeId): ([a-z-]+)");

    @Test
    void every_route_file_is_a_heading_and_no_heading_is_left_over() throws IOException {
        assertThat(all(HEADING, Files.readString(Path.of("docs/flow.md")))).containsExactlyElementsOf(routeFiles());
    }

    @Test
    void every_route_id_is_told() throws IOException {
        String flow = Files.readString(Path.of("docs/flow.md"));
        for (String file : routeFiles()) {
            for (String id : all(ROUTE_ID, Files.readString(Path.of("routes", file + ".camel.yaml")))) {
                assertThat(flow).as("route %s of %s", id, file).contains("`" + id + "`");
            }
        }
    }

    @Test
    void every_route_file_begins_by_saying_what_it_is_for() throws IOException {
        for (String file : routeFiles()) {
            assertThat(Files.readString(Path.of("routes", file + ".camel.yaml")))
                    .as(file)
                    .startsWith("# ");
        }
    }

    private static List<String> routeFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            return files.map(f -> f.getFileName().toString().replace(".camel.yaml", ""))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult m) -> m.group(1))
                .toList();
    }
}
