package nl.wijkhub.web.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import nl.wijkhub.kernel.Json;
import org.junit.jupiter.api.Test;

/**
 * The OpenAPI document by the national design rules for APIs, with the published Spectral ruleset. With the profile
 * {@code lint} Spectral is fetched and has to run; otherwise it runs where it is installed.
 */
class OpenApiLintTest {
    private static final Path RULES =
            Path.of(System.getenv().getOrDefault("WIJKHUB_DATA", "../shared/data"), "api-design-rules/linter.yaml");

    @Test
    void it_breaks_no_design_rule() throws Exception {
        String profile = System.getProperty("wijkhub.spectral", "");
        assumeTrue(!profile.isEmpty() || isInstalled(), "Spectral is not here: mvn -Plint fetches it, with Node.js");
        assumeTrue(Files.exists(RULES), "the ruleset is not here");
        Path document = Files.createDirectories(Path.of("target/contract")).resolve("lint.json");
        Files.writeString(document, OpenApiDocumentTest.document().json());
        Path found = document.resolveSibling("lint-results.json");
        List<String> command =
                new ArrayList<>(profile.isEmpty() ? List.of("spectral") : Arrays.asList(profile.split(" ")));
        command.addAll(
                List.of("lint", "-r", RULES.toString(), "-f", "json", "-o", found.toString(), document.toString()));
        Files.deleteIfExists(found);

        Process spectral = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(document.resolveSibling("lint.log").toFile())
                .start();

        assertThat(spectral.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(found)
                .as("what Spectral found; see target/contract/lint.log")
                .exists();
        JsonNode results = Json.MAPPER.readTree(found.toFile());
        // warnings too: there are none, and none is to come unnoticed
        assertThat(results).as(results.toPrettyString()).isEmpty();
    }

    private static boolean isInstalled() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "spectral")));
    }
}
