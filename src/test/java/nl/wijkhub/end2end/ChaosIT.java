package nl.wijkhub.end2end;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
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
        chaos("--kills", "2", "--minutes", "3", "--seed", "3").with(0);
    }

    @Test
    void one_kill_aimed_at_a_planted_fault_finds_it() {
        chaos("--plant", "send-before-commit", "--kills", "1", "--minutes", "3").with(1);
    }

    @Tag("slow")
    @Test
    void what_is_shared_undecided_is_counted() {
        chaos("--plant", "share-undecided", "--kills", "1", "--minutes", "3").with(1);
    }

    @Tag("slow")
    @Test
    void a_forgotten_sweep_is_found() {
        chaos("--plant", "forget-sweep", "--kills", "1", "--minutes", "3").with(1);
    }

    @Tag("slow")
    @Test
    void a_run_below_its_floor_is_no_proof() {
        chaos("--floor", "100", "--signals", "80", "--minutes", "3").with(2);
    }

    @Test
    void a_mistake_on_the_command_line_is_not_taken_for_a_fault() {
        chaos("--plant", "send-twice").with(2);
        chaos("--floor", "0").with(2);
    }

    private Ended chaos(String... options) {
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.addAll(List.of("--config", config.toString()));
        PrintStream console = System.out;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        int exit;
        try {
            exit = new CommandLine(new Chaos()).execute(arguments.toArray(String[]::new));
        } finally {
            System.setOut(console);
        }
        return new Ended(exit, said.toString(StandardCharsets.UTF_8));
    }

    /** How a run came to its end, and what it printed. */
    private record Ended(int exit, String said) {
        void with(int code) {
            assertThat(exit).as(said).isEqualTo(code);
        }
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
