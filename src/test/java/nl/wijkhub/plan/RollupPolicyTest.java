package nl.wijkhub.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import nl.wijkhub.plan.RollupPolicy.Cell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What of a small town is told. A town is written as buurt code and households: those with noise nuisance, and only
 * those.
 */
class RollupPolicyTest {
    private static final Set<String> CLASSES = Set.of("area", "care", "debt", "nuisance");

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "ten is told | 0101=10 0102=20 0103=30 | 0101=10 0102=20 0103=30 WK999901=60 GM9999=60",
                "nine is not, nor the next smallest | 0101=9 0102=20 0103=30 | 0103=30 WK999901=59 GM9999=59",
                "nought reads the same as nine | 0101=0 0102=20 0103=30 | 0103=30 WK999901=50 GM9999=50",
                "ten alone | 0101=10 | 0101=10 WK999901=10 GM9999=10",
                "nine alone | 0101=9 |",
                "ten and nothing else | 0101=10 0102=0 0103=0 | WK999901=10 GM9999=10",
                "five and five are ten together | 0101=5 0102=5 | WK999901=10 GM9999=10",
                "four and five are nothing | 0101=4 0102=5 |",
                "two left out are seven together | 0101=4 0102=3 0103=30 0104=40 | 0104=40 WK999901=77 GM9999=77",
                "two left out are thirteen | 0101=6 0102=7 0103=30 0104=40 | 0103=30 0104=40 WK999901=83 GM9999=83",
                "a small wijk takes the other with it | 0101=5 0102=4 0201=25 0202=25 | GM9999=59",
            })
    void totals_of(String what, String town, String told) {
        Map<Cell, Integer> households = new HashMap<>();
        for (String buurt : town.strip().split(" ", -1)) {
            String[] part = buurt.split("=", -1);
            for (String of : Set.of(RollupPolicy.TOTAL, "nuisance")) {
                households.put(new Cell("BU9999" + part[0], of), Integer.valueOf(part[1]));
            }
        }
        Set<String> expected = told == null
                ? Set.of()
                : Set.of(told.strip().split(" ", -1)).stream()
                        .map(cell -> cell.startsWith("0") ? "BU9999" + cell : cell)
                        .collect(Collectors.toSet());

        assertThat(published(households, RollupPolicy.TOTAL)).as(what).isEqualTo(expected);
        assertThat(published(households, "nuisance")).as(what).isEqualTo(expected);
        assertThat(published(households, "care")).as(what).isEmpty();
    }

    @Test
    void who_has_no_signal_of_a_class_is_not_told_by_subtracting_it_from_the_total() {
        assertThat(published(of("total=12 nuisance=10"), "nuisance")).isEmpty();
        assertThat(published(of("total=12 nuisance=10"), RollupPolicy.TOTAL)).hasSize(3);
        assertThat(published(of("total=20 nuisance=10"), "nuisance")).hasSize(3);
        assertThat(published(of("total=10 nuisance=10"), "nuisance")).hasSize(3);
    }

    @Test
    void where_one_class_is_left_out_the_next_smallest_is_too() {
        Map<Cell, Integer> households = of("total=60 nuisance=40 debt=20 care=12 area=9");

        assertThat(published(households, "area")).isEmpty();
        assertThat(published(households, "care")).isEmpty();
        assertThat(published(households, "debt")).contains("BU99990101=20", "WK999901=20", "GM9999=20");
    }

    @Test
    void classes_that_leave_a_rest_of_less_than_ten_are_not_all_told() {
        assertThat(published(of("total=66 nuisance=40 debt=20 area=4 care=3"), "debt"))
                .isEmpty();
        assertThat(published(of("total=70 nuisance=40 debt=20 area=8 care=6"), "debt"))
                .hasSize(3);
    }

    @Test
    void a_class_that_bounds_a_small_total_is_not_told() {
        Map<Cell, Integer> households = of("total=5 nuisance=5");
        households.putAll(of("BU99990102", "total=50 nuisance=48 debt=2"));
        households.putAll(of("BU99990103", "total=70 nuisance=60 debt=10"));

        // 50 goes beside 5; 48 told would leave at most 55 - 48 = 7 for the other
        assertThat(published(households, RollupPolicy.TOTAL)).contains("BU99990103=70", "WK999901=125");
        assertThat(published(households, RollupPolicy.TOTAL)).noneMatch(cell -> cell.startsWith("BU99990102"));
        assertThat(published(households, "nuisance")).noneMatch(cell -> cell.startsWith("BU99990102"));
    }

    @Test
    void what_is_not_told_cannot_be_told_from_what_is_small() {
        Map<Cell, Integer> small = of("total=5 nuisance=5");
        small.putAll(of("BU99990102", "total=15 nuisance=15"));
        small.putAll(of("BU99990103", "total=30 nuisance=30"));
        Map<Cell, Integer> other = of("total=15 nuisance=15");
        other.putAll(of("BU99990102", "total=5 nuisance=5"));
        other.putAll(of("BU99990103", "total=30 nuisance=30"));

        assertThat(published(small, RollupPolicy.TOTAL)).isEqualTo(published(other, RollupPolicy.TOTAL));
    }

    @Test
    void every_gemeente_is_a_table_of_its_own() {
        Map<Cell, Integer> households = of("total=40 nuisance=40");
        households.putAll(of("BU88880101", "total=9 nuisance=9"));

        assertThat(published(households, RollupPolicy.TOTAL))
                .containsExactlyInAnyOrder("BU99990101=40", "WK999901=40", "GM9999=40");
    }

    private static Map<Cell, Integer> of(String counts) {
        return of("BU99990101", counts);
    }

    private static Map<Cell, Integer> of(String buurt, String counts) {
        Map<Cell, Integer> households = new HashMap<>();
        for (String count : counts.split(" ", -1)) {
            String[] part = count.split("=", -1);
            households.put(new Cell(buurt, part[0]), Integer.valueOf(part[1]));
        }
        return households;
    }

    private static Set<String> published(Map<Cell, Integer> households, String column) {
        Set<String> buurten = households.keySet().stream().map(Cell::area).collect(Collectors.toSet());
        return RollupPolicy.publish(buurten, CLASSES, households, RollupPolicy.K).entrySet().stream()
                .filter(cell -> cell.getKey().categoryClass().equals(column))
                .map(cell -> cell.getKey().area() + "=" + cell.getValue())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
