package nl.wijkhub.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StatisticsTest {
    @Test
    void the_median_is_the_middle_value_whatever_the_order() {
        assertThat(Statistics.median(List.of(9.0, 1.0, 5.0))).isEqualTo(5.0);
        assertThat(Statistics.median(List.of(4.0, 1.0, 2.0, 100.0))).isEqualTo(3.0);
        assertThat(Statistics.median(List.of(7.0))).isEqualTo(7.0);
        assertThatThrownBy(() -> Statistics.median(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_spread_is_a_part_of_the_median() {
        assertThat(Statistics.spread(List.of(90.0, 100.0, 120.0))).isCloseTo(0.3, within(1e-9));
        assertThat(Statistics.spread(List.of(42.0))).isZero();
    }

    @Test
    void a_percentile_is_a_value_that_was_measured() {
        double[] values =
                IntStream.rangeClosed(1, 200).mapToDouble(i -> 201 - i).toArray();

        assertThat(Statistics.percentile(values, 0.50)).isEqualTo(100);
        assertThat(Statistics.percentile(values, 0.99)).isEqualTo(198);
        assertThat(Statistics.percentile(values, 1.0)).isEqualTo(200);
        assertThat(Statistics.percentile(new double[] {3}, 0.5)).isEqualTo(3);
        assertThatThrownBy(() -> Statistics.percentile(new double[0], 0.5))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void every_household_has_an_address_of_its_own_in_the_area_of_its_team() {
        BenchTown town = new BenchTown(20_000, 3, 1);

        assertThat(IntStream.range(0, town.households())
                        .mapToObj(i -> town.address(i).matchKey()))
                .doesNotHaveDuplicates();
        assertThat(town.address(7).postalCode()).startsWith("1001");
        assertThat(town.teamOf(7)).isEqualTo("bench-team-1");
        assertThat(town.queueCount()).isEqualTo(15);
        assertThat(town.receivingQueues()).hasSize(9).contains("team.bench-team-0.police");
    }

    @Test
    void a_message_tells_its_signal_in_its_reference_or_is_its_id() {
        UUID id = UUID.fromString("01234567-89ab-7def-8123-456789abcdef");

        assertThat(TeamReaders.signalIn("{\"id\":\"other\",\"dataref\":\"/v1/signals/" + id + "\"}"))
                .isEqualTo(id);
        assertThat(TeamReaders.signalIn(id.toString())).isEqualTo(id);
    }

    @Test
    void a_flame_graph_is_as_wide_as_its_samples() {
        String svg = new FlameGraph(Map.of("main;a.B.run", 3L, "main;a.B.<init>", 1L)).svg();

        assertThat(svg).contains("a.B.run: 3 samples, 75.0%").contains("a.B.&lt;init&gt;: 1 samples, 25.0%");
    }

    @Test
    void a_process_alone_costs_no_more_than_with_its_children() {
        long pid = ProcessHandle.current().pid();

        double alone = ProcessCost.ownCpuSeconds(pid);

        assertThat(alone).isPositive().isLessThanOrEqualTo(ProcessCost.cpuSeconds(pid));
    }
}
