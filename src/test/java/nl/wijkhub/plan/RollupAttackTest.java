package nl.wijkhub.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import nl.wijkhub.plan.RollupPolicy.Cell;

/** The differencing attack on published counts: tried on towns of every shape, and failed. */
class RollupAttackTest {
    private static final int K = RollupPolicy.K;

    /**
     * An invented town in one quarter.
     *
     * @param households buurt → the classes of the signals of each of its households
     */
    record Town(Set<String> classes, Map<String, List<Set<String>>> households) {
        Map<Cell, Integer> counted() {
            Map<Cell, Integer> counted = new HashMap<>();
            households.forEach((buurt, all) -> all.forEach(own -> {
                counted.merge(new Cell(buurt, RollupPolicy.TOTAL), 1, Integer::sum);
                own.forEach(one -> counted.merge(new Cell(buurt, one), 1, Integer::sum));
            }));
            return counted;
        }

        Map<Cell, Integer> published() {
            return RollupPolicy.publish(households.keySet(), classes, counted(), K);
        }
    }

    @Property(tries = 300)
    void nobody_works_out_that_something_is_under_ten(@ForAll("towns") Town town) {
        Map<Cell, Integer> published = town.published();
        RollupAttacker attacker = new RollupAttacker(town.households().keySet(), town.classes(), published);

        assertThat(published.values()).allMatch(households -> households >= K);
        for (Cell cell : attacker.unpublished()) {
            boolean isPinned = attacker.least(cell) >= 1 && attacker.most(cell) < K;
            assertThat(isPinned).as("%s of %s", cell, published).isFalse();
            // nor that it may be 0 to 9: which of two was small does not show
            if (!cell.categoryClass().startsWith("not ")) {
                assertThat(attacker.most(cell)).as("%s of %s", cell, published).isGreaterThanOrEqualTo(K);
            }
        }
    }

    @Property(tries = 300)
    void what_the_attacker_works_out_is_true(@ForAll("towns") Town town) {
        Map<Cell, Integer> counted = town.counted();
        RollupAttacker attacker =
                new RollupAttacker(town.households().keySet(), town.classes(), naive(wholeTown(town)));

        for (Cell cell : attacker.unpublished()) {
            if (cell.area().startsWith("BU") && !cell.categoryClass().startsWith("not ")) {
                assertThat((long) counted.getOrDefault(cell, 0))
                        .as("%s", cell)
                        .isBetween(attacker.least(cell), attacker.most(cell));
            }
        }
    }

    @Property(tries = 300)
    void every_published_count_is_true(@ForAll("towns") Town town) {
        town.published().forEach((cell, households) -> assertThat(households)
                .isEqualTo(town.counted().entrySet().stream()
                        .filter(one -> AreaCode.holds(cell.area(), one.getKey().area()))
                        .filter(one -> one.getKey().categoryClass().equals(cell.categoryClass()))
                        .mapToInt(Map.Entry::getValue)
                        .sum()));
    }

    @Property(tries = 100)
    void two_publications_of_one_quarter_would_be_subtracted_so_there_is_one(@ForAll("towns") Town town) {
        // the same town after one household withdrew: what a second publication would have told
        Map<String, List<Set<String>>> fewer = new HashMap<>(town.households());
        String buurt = new TreeSet<>(fewer.keySet()).first();
        List<Set<String>> own = fewer.get(buurt);
        fewer.put(buurt, own.isEmpty() ? own : own.subList(1, own.size()));
        Map<Cell, Integer> first = town.published();
        Map<Cell, Integer> second = new Town(town.classes(), fewer).published();
        Cell whole = new Cell("GM9999", RollupPolicy.TOTAL);

        if (!own.isEmpty() && first.containsKey(whole) && second.containsKey(whole)) {
            assertThat(first.get(whole) - second.get(whole)).isEqualTo(1);
        }
        // the same quarter told again is the same, whatever the order it was counted in
        assertThat(new Town(new TreeSet<>(town.classes()), new HashMap<>(town.households())).published())
                .isEqualTo(first);
    }

    @Example
    void the_same_attacker_wins_by_subtracting_areas_where_only_small_cells_are_left_out() {
        Town town = town(Map.of("BU99990101", 9, "BU99990102", 20, "BU99990103", 30));
        RollupAttacker attacker = attack(town, naive(wholeTown(town)));

        Cell small = new Cell("BU99990101", RollupPolicy.TOTAL);
        assertThat(attacker.least(small)).isEqualTo(9);
        assertThat(attacker.most(small)).isEqualTo(9);
    }

    @Example
    void the_same_attacker_wins_by_subtracting_a_class_from_its_total() {
        Map<Cell, Integer> told =
                Map.of(new Cell("BU99990101", RollupPolicy.TOTAL), 12, new Cell("BU99990101", "nuisance"), 10);
        RollupAttacker attacker = new RollupAttacker(Set.of("BU99990101"), Set.of("nuisance", "debt"), told);

        Cell without = new Cell("BU99990101", "not nuisance");
        assertThat(attacker.least(without)).isEqualTo(2);
        assertThat(attacker.most(without)).isEqualTo(2);
    }

    @Example
    void the_same_attacker_wins_by_bounds_where_a_class_stands_beside_a_total_that_was_left_out() {
        Map<Cell, Integer> told =
                Map.of(new Cell("WK999901", RollupPolicy.TOTAL), 55, new Cell("BU99990102", "nuisance"), 48);
        RollupAttacker attacker =
                new RollupAttacker(Set.of("BU99990101", "BU99990102"), Set.of("nuisance", "debt"), told);

        assertThat(attacker.most(new Cell("BU99990101", RollupPolicy.TOTAL))).isEqualTo(7);
    }

    @Example
    void against_what_is_published_of_the_first_of_these_it_gets_nowhere() {
        Town town = town(Map.of("BU99990101", 9, "BU99990102", 20, "BU99990103", 30));
        RollupAttacker attacker = attack(town, town.published());

        assertThat(attacker.least(new Cell("BU99990101", RollupPolicy.TOTAL))).isZero();
        assertThat(attacker.most(new Cell("BU99990101", RollupPolicy.TOTAL))).isEqualTo(29);
    }

    private static RollupAttacker attack(Town town, Map<Cell, Integer> told) {
        return new RollupAttacker(town.households().keySet(), town.classes(), told);
    }

    private static Town town(Map<String, Integer> households) {
        Map<String, List<Set<String>>> all = new HashMap<>();
        households.forEach((buurt, count) -> all.put(buurt, Collections.nCopies(count, Set.of("nuisance"))));
        return new Town(Set.of("care", "debt", "nuisance"), all);
    }

    /** With wijken and gemeente. */
    private static Map<Cell, Integer> wholeTown(Town town) {
        Map<Cell, Integer> whole = new HashMap<>();
        town.counted().forEach((cell, households) -> {
            for (String area : List.of(cell.area(), AreaCode.wijkOf(cell.area()), AreaCode.gemeenteOf(cell.area()))) {
                whole.merge(new Cell(area, cell.categoryClass()), households, Integer::sum);
            }
        });
        return whole;
    }

    /** Everything but what is itself under ten. */
    private static Map<Cell, Integer> naive(Map<Cell, Integer> counted) {
        return counted.entrySet().stream()
                .filter(cell -> cell.getValue() >= K)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** One to three wijken of one to four buurten, from deserted to busy; two to four classes, from rare to common. */
    @Provide
    Arbitrary<Town> towns() {
        Arbitrary<List<List<Integer>>> busy = Arbitraries.of(0, 12, 40, 120)
                .flatMap(limit -> Arbitraries.integers().between(0, limit))
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .list()
                .ofMinSize(1)
                .ofMaxSize(3);
        return Combinators.combine(
                        busy,
                        Arbitraries.of("area", "care", "debt", "nuisance").set().ofMinSize(2),
                        Arbitraries.longs())
                .as(RollupAttackTest::built);
    }

    private static Town built(List<List<Integer>> busy, Set<String> classes, long seed) {
        Random random = new Random(seed);
        List<String> in = List.copyOf(new TreeSet<>(classes));
        Map<String, Double> common = in.stream().collect(Collectors.toMap(one -> one, one -> random.nextDouble()));
        Map<String, List<Set<String>>> households = new HashMap<>();
        for (int wijk = 0; wijk < busy.size(); wijk++) {
            for (int buurt = 0; buurt < busy.get(wijk).size(); buurt++) {
                List<Set<String>> own = new ArrayList<>();
                for (int i = 0; i < busy.get(wijk).get(buurt); i++) {
                    Set<String> signals = new HashSet<>();
                    in.stream()
                            .filter(one -> random.nextDouble() < common.get(one))
                            .forEach(signals::add);
                    if (signals.isEmpty()) {
                        signals.add(in.get(random.nextInt(in.size())));
                    }
                    own.add(signals);
                }
                households.put("BU9999%02d%02d".formatted(wijk + 1, buurt + 1), own);
            }
        }
        return new Town(classes, households);
    }
}
