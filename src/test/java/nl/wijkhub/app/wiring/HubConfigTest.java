package nl.wijkhub.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.stream.Stream;
import nl.wijkhub.kernel.ConfigFault;
import nl.wijkhub.team.Teams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the files of the configuration say of each other. */
class HubConfigTest {
    @TempDir
    private Path folder;

    @Test
    void a_team_consults_care_providers_that_are_known_and_nobody_else() throws IOException {
        copyConfig();
        Path teams = folder.resolve(Teams.FILE);
        Files.writeString(
                teams,
                Files.readString(teams)
                        .replaceFirst("consulted: \\[zorg-demo]", "consulted: [welzijn-demo, zorg-weg]"));

        assertThat(HubConfig.read(folder, Map.of(), Map.of(), Clock.systemUTC()).faults().stream()
                        .filter(fault -> fault.file().equals(Teams.FILE))
                        .map(ConfigFault::reason))
                .hasSize(2)
                .anyMatch(reason -> reason.contains("'vb-noord' consults 'welzijn-demo'"))
                .anyMatch(reason -> reason.contains("'vb-noord' consults 'zorg-weg'"));
    }

    private void copyConfig() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("config"))) {
            for (Path file : files.filter(
                            file -> Files.isRegularFile(file) && !file.startsWith(Path.of("config", "secrets")))
                    .toList()) {
                Path copy = folder.resolve(Path.of("config").relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }
}
