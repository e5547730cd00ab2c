package nl.wijkhub.end2end;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import nl.wijkhub.app.chaos.Chaos;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The fault harness in small: random kills of hub and database under load. The long run is {@code ./wijkhub chaos}. */
class ChaosIT {
    @Test
    void two_random_kills_lose_and_double_nothing(@TempDir Path config) throws Exception {
        copyConfig(config);

        int exit = new CommandLine(new Chaos())
                .execute(
                        "--signals",
                        "600",
                        "--kills",
                        "2",
                        "--minutes",
                        "3",
                        "--seed",
                        "3",
                        "--config",
                        config.toString());

        assertThat(exit).isZero();
    }

    private static void copyConfig(Path to) throws Exception {
        Files.createDirectories(to.resolve("vocabulary"));
        for (String file : new String[] {
            "hub.properties",
            "partners.yaml",
            "teams.yaml",
            "sharing-agreement.yaml",
            "escalation.yaml",
            "vocabulary/categories.yaml",
            "vocabulary/housing-vera.yaml"
        }) {
            Files.copy(Path.of("config", file), to.resolve(file));
        }
    }
}
