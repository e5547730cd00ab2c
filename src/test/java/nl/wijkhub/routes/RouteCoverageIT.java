package nl.wijkhub.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every route of routes/ was walked by a test. Comes after the unit tests, whatever processes they ran in, and reads what
 * each of them left in target/camel-route-coverage.
 */
class RouteCoverageIT {
    private static final Path ROUTES = Path.of("routes");
    private static final Path COUNTED = Path.of("target/camel-route-coverage");
    private static final Path TESTS = Path.of("target/test-classes/nl/wijkhub/routes");
    private static final Set<String> NO_ROUTES = Set.of("routeTemplate", "routeConfiguration", "beans");

    /** A route that an exchange went through, in the XML that Camel writes: it is not always well formed. */
    private static final Pattern WALKED = Pattern.compile("<route [^>]*exchangesTotal=\"[1-9][^>]* id=\"([^\"]+)\"");

    @Test
    void every_route_was_walked() throws IOException {
        Map<String, Path> routes = routes();
        assertThat(routes).as("routes of %s", ROUTES).isNotEmpty();
        Map<String, FileTime> walked = walked();
        List<String> missed = routes.entrySet().stream()
                .filter(route -> Optional.ofNullable(walked.get(route.getKey()))
                        .filter(at -> at.compareTo(changed(route.getValue())) >= 0)
                        .isEmpty())
                .map(route -> route.getKey() + " (" + route.getValue().getFileName() + ")")
                .toList();
        assertThat(missed).as("""
                        %d of %d routes were walked by no test since they or the tests were changed. Each file of routes/ has a \
                        test in src/test/java/nl/wijkhub/routes, which sends something through its routes. This test only \
                        reads what those have counted: run by itself it needs mvn test -Dtest='*RouteTest' first.""", missed.size(), routes.size()).isEmpty();
    }

    /** Route → its file. */
    private static Map<String, Path> routes() throws IOException {
        Map<String, Path> routes = new TreeMap<>();
        for (Path file : files(ROUTES, ".camel.yaml")) {
            for (JsonNode entry : new YAMLMapper().readTree(file.toFile())) {
                String kind = entry.fieldNames().next();
                if (!NO_ROUTES.contains(kind)) {
                    String id = entry.get(kind)
                            .path(kind.equals("templatedRoute") ? "routeId" : "id")
                            .asText();
                    assertThat(id).as("the id of a %s in %s", kind, file).isNotEmpty();
                    routes.put(id, file);
                }
            }
        }
        return routes;
    }

    /** Route → when a test last walked it; what tests left that were compiled again since is of an earlier run. */
    private static Map<String, FileTime> walked() throws IOException {
        Map<String, FileTime> walked = new TreeMap<>();
        for (Path file : files(COUNTED, ".xml")) {
            FileTime at = changed(file);
            Path test = TESTS.resolve(file.getFileName().toString().replaceFirst("-.*", ".class"));
            if (Files.exists(test) && at.compareTo(changed(test)) >= 0) {
                Matcher route = WALKED.matcher(Files.readString(file));
                while (route.find()) {
                    walked.merge(route.group(1), at, (one, other) -> one.compareTo(other) > 0 ? one : other);
                }
            }
        }
        return walked;
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }

    private static FileTime changed(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
