package nl.wijkhub.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import nl.wijkhub.lab.bench.Measurement.Round;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static final long MEGABYTE = 1024 * 1024;

    @Test
    void each_bound_says_what_was_found_and_whether_it_is_met() {
        Report report = new Report(found(1_000, 0.5, 10, 100), found(650, 0.9, 13, 151), 400 * MEGABYTE, 0);

        assertThat(report.bounds().stream().map(Bound::line))
                .containsExactly(
                        "ratio                                            0.65, at least 0.60: met",
                        "CPU of a signal, times bare's                    1.80, at most 1.70: NOT MET",
                        "kilobytes of a signal, times bare's              1.30, at most 1.40: met",
                        "p99 at half rate, times bare's                   1.51, at most 1.50: NOT MET",
                        "heap at most, MB                               400.00, at most 512.00: met");
        assertThat(report.lastLine()).isEqualTo("ratio 0.65 of limit");
    }

    @Test
    void a_bound_is_met_where_it_stands() {
        assertThat(Bound.least("ratio", 0.6, 0.6).isMet()).isTrue();
        assertThat(Bound.least("ratio", 0.59, 0.6).isMet()).isFalse();
        assertThat(Bound.most("heap", 512, 512).isMet()).isTrue();
        assertThat(Bound.most("heap", 513, 512).isMet()).isFalse();
    }

    @Test
    void growth_that_the_disk_has_no_room_for_is_refused() throws IOException {
        Growth growth = new Growth(new Rounds(1, 1, 1), Path.of("none"), Path.of("none"), 8_400_000, 1);

        assertThat(growth.room(growth.bytesNeeded())).startsWith("growth to 8400000 households needs some ");
        assertThatThrownBy(() -> growth.room(growth.bytesNeeded() - 1))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("Choose fewer with --growth-households");
    }

    private static Report.Found found(double perSecond, double cpuMillis, double kilobytes, double latency) {
        int signals = 1_000;
        Round round = new Round(
                signals,
                signals / perSecond,
                signals * cpuMillis / 1000,
                signals * cpuMillis / 2000,
                Math.round(signals * kilobytes * 1024),
                0,
                0);
        return new Report.Found(List.of(round), new double[] {latency});
    }
}
