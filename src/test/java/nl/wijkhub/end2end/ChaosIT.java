package nl.wijkhub.end2end;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import nl.wijkhub.lab.chaos.Chaos;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The fault harness in small: kills of hub and database under load. The long run is {@code ./wijkhub chaos}. */
class ChaosIT {
    @TempDir
    private Path config;

    @BeforeEach
    void copy_the_configuration() throws IOException {
        copyConfig(config);
    }

    @Tag("slow")
    @Test
    void two_random_kills_lose_double_and_wrongly_share_nothing() {
        assertThat(chaos("--kills", "2", "--minutes", "3", "--seed", "3")).isZero();
    }

    @Test
    void one_kill_aimed_at_a_planted_fault_finds_it() {
        assertThat(chaos("--plant", "send-before-commit", "--kills", "1", "--minutes", "3"))
                .isEqualTo(1);
    }

    @Tag("slow")
    @Test
    void what_is_shared_undecided_is_counted() {
        assertThat(chaos("--plant", "share-undecided", "--kills", "1", "--minutes", "3"))
                .isEqualTo(1);
    }

    @Tag("slow")
    @Test
    void a_forgotten_sweep_is_found() {
        assertThat(chaos("--plant", "forget-sweep", "--kills", "1", "--minutes", "3"))
                .isEqualTo(1);
    }

    @Tag("slow")
    @Test
    void a_run_below_its_floor_is_no_proof() {
        assertThat(chaos("--floor", "100", "--signals", "80", "--minutes", "3")).isEqualTo(2);
    }

    @Test
    void a_mistake_on_the_command_line_is_not_taken_for_a_fault() {
        assertThat(chaos("--plant", "send-twice")).isEqualTo(2);
        assertThat(chaos("--floor", "0")).isEqualTo(2);
    }

    private int chaos(String... options) {
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.addAll(List.of("--config", config.toString()));
        return new CommandLine(new Chaos()).execute(arguments.toArray(String[]::new));
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
