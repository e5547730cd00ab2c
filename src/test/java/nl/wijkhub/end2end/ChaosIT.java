package nl.wijkhub.end2end;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
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

    private static void copyConfig(Path to) throws IOException {
        Path from = Path.of("config");
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(f -> !f.startsWith(from.resolve("secrets")))
                    .toList()) {
                Path target = to.resolve(from.relativize(file));
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }
}
