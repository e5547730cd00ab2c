package nl.wijkhub.end2end;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import nl.wijkhub.lab.bench.Bench;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The bench in small: everything that goes in comes out, the report has its form. How fast it was is no test's matter. */
@Tag("slow")
class BenchIT {
    @Test
    void a_tiny_load_comes_out_whole_and_the_last_line_tells_the_ratio(@TempDir Path work) throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream before = System.out;
        int exit;
        try {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            exit = new CommandLine(new Bench())
                    .execute(
                            "--signals",
                            "100",
                            "--households",
                            "50",
                            "--seconds",
                            "0.5",
                            "--rounds",
                            "1",
                            "--work",
                            work.toString());
        } finally {
            System.setOut(before);
        }

        String report = printed.toString(StandardCharsets.UTF_8);
        assertThat(exit).as(report).isZero();
        assertThat(report.strip().lines().reduce((a, b) -> b))
                .hasValueSatisfying(last -> assertThat(last).matches("ratio [0-9]+\\.[0-9]{2} of limit"));
        assertThat(report).contains("p99").doesNotContain("FAULT");
        try (Stream<Path> left = Files.list(work)) {
            assertThat(left).isEmpty();
        }
    }
}
