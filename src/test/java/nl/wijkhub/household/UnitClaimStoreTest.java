package nl.wijkhub.household;

import static nl.wijkhub.household.HouseholdFixture.at;
import static nl.wijkhub.household.HouseholdFixture.named;
import static nl.wijkhub.household.HouseholdFixture.numbered;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import nl.wijkhub.TestClock;
import nl.wijkhub.TestDatabase;
import nl.wijkhub.household.UnitClaimStore.UnitConflict;
import nl.wijkhub.signal.Address;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The one partner whose register holds an address, on a real database. */
class UnitClaimStoreTest {
    private static final String ONE = "corporatie-demo";
    private static final String TWO = "corporatie-twee";
    private static final String THREE = "corporatie-drie";
    private static final String BSN = "999990342";

    private final HouseholdFixture hub = new HouseholdFixture();
    private final TestClock clock = new TestClock();
    private final UnitStore units = new UnitStore(hub.database, hub.vault, clock);
    private final UnitClaimStore claims = hub.claims;

    @BeforeEach
    void empty() {
        TestDatabase.empty();
    }

    @Test
    void a_register_holds_an_address_however_it_is_written_and_with_whatever_bag_id() {
        MatchedSignal signal = hub.matched(new Address("9990AB", 12, "B", "2", "9999010000000012"));
        MatchedSignal next = hub.matched(at(12));

        units.put(ONE, "E-1", new Address("9990AB", 12, null, "B2", "9999010000000099"), 9, null);

        assertThat(claims.holdersOf(List.of(signal, next))).isEqualTo(Map.of(signal.signalId(), ONE));
        assertThat(claims.holdersOfNew(List.of(signal, next))).isEqualTo(Map.of(signal.signalId(), ONE));
    }

    @Test
    void a_unit_that_is_put_with_another_address_leaves_the_old_one() {
        MatchedSignal old = hub.matched(at(11));
        MatchedSignal other = hub.matched(at(12));
        put(ONE, "E-1", 11);

        put(ONE, "E-1", 12);

        assertThat(claims.holdersOf(List.of(old, other))).isEqualTo(Map.of(other.signalId(), ONE));
    }

    @Test
    void somebody_known_by_person_lives_where_the_household_does() {
        hub.matched(at(11), numbered(BSN, "Fake Bewoner", "1970-01-02"));
        MatchedSignal byPerson = hub.matched(null, numbered(BSN, null, null));
        MatchedSignal byNobody = hub.matched(null, named("Fake Onbekende", "1980-01-02"));
        put(ONE, "E-1", 11);

        assertThat(claims.holdersOf(List.of(byPerson, byNobody))).isEqualTo(Map.of(byPerson.signalId(), ONE));
        assertThat(claims.holdersOfNew(List.of(byPerson, byNobody))).isEqualTo(Map.of(byPerson.signalId(), ONE));
    }

    @Test
    void who_lives_at_a_collective_address_lives_where_the_signal_says() {
        hub.collective.mark(at(20), "Fictief: opvanglocatie", "fake-lead");
        MatchedSignal signal = hub.matched(at(20), named("Fake Bewoner", "1970-01-02"));
        put(ONE, "E-1", 20);

        assertThat(claims.holdersOf(List.of(signal))).isEqualTo(Map.of(signal.signalId(), ONE));
    }

    @Test
    void an_address_in_two_registers_is_neithers_until_one_is_confirmed() {
        MatchedSignal signal = hub.matched(at(11));
        put(ONE, "E-1", 11);
        assertThat(claims.conflicts()).isEmpty();
        put(TWO, "X-1", 11);

        assertThat(claims.holdersOf(List.of(signal))).isEmpty();
        UnitConflict conflict = only(claims.conflicts());
        assertThat(conflict.address()).isEqualTo(at(11));
        assertThat(conflict.partners()).containsExactly(ONE, TWO);
        assertThat(conflict.since()).isEqualTo(clock.instant());
        assertThat(conflict.isConfirmed()).isFalse();
        assertThat(conflict.household()).isEqualTo(signal.householdId());

        confirm(conflict, TWO);

        assertThat(claims.holdersOf(List.of(signal))).isEqualTo(Map.of(signal.signalId(), TWO));
        assertThat(only(claims.conflicts()).confirmed()).isEqualTo(TWO);
        confirm(conflict, ONE);
        assertThat(claims.holdersOf(List.of(signal))).isEqualTo(Map.of(signal.signalId(), ONE));
    }

    @Test
    void a_confirmation_stands_when_another_leaves_or_claims_and_ends_when_its_partner_leaves() {
        MatchedSignal signal = hub.matched(at(11));
        put(ONE, "E-1", 11);
        put(TWO, "X-1", 11);
        confirm(only(claims.conflicts()), ONE);

        put(THREE, "Y-1", 11);
        assertThat(holder(signal)).isEqualTo(ONE);
        units.remove(TWO, "X-1");
        assertThat(holder(signal)).isEqualTo(ONE);
        put(ONE, "E-1-new", 11);
        units.remove(ONE, "E-1");
        assertThat(holder(signal)).as("by another id of its own").isEqualTo(ONE);

        units.remove(ONE, "E-1-new");
        assertThat(holder(signal)).isEqualTo(THREE);
        put(ONE, "E-1", 11);
        assertThat(holder(signal)).as("came back").isNull();
        assertThat(only(claims.conflicts()).isConfirmed()).isFalse();
    }

    @Test
    void what_is_no_conflict_any_more_is_found_by_nobody() {
        put(ONE, "E-1", 11);
        put(TWO, "X-1", 11);
        UnitConflict conflict = only(claims.conflicts());

        units.remove(TWO, "X-1");

        assertThat(claims.conflicts()).isEmpty();
        assertThat(claims.held(conflict.id())).isEmpty();
        put(TWO, "X-1", 11);
        assertThat(only(claims.conflicts()).id()).isEqualTo(conflict.id());
    }

    private static List<Integer> seeds() {
        return IntStream.range(0, 12).boxed().toList();
    }

    /** Three partners put, move, take out and are confirmed at three addresses, in whatever order. */
    @ParameterizedTest(name = "order {0}")
    @MethodSource("seeds")
    void there_is_never_more_than_one_holder_and_it_is_the_one_that_the_rule_says(int seed) {
        List<MatchedSignal> signals = List.of(hub.matched(at(11)), hub.matched(at(12)), hub.matched(at(13)));
        List<String> partners = List.of(ONE, TWO, THREE);
        Random random = new Random(seed);
        Model model = new Model();
        for (int step = 0; step < 40; step++) {
            clock.pass(Duration.ofMinutes(1));
            String partner = partners.get(random.nextInt(3));
            String ref = "E-" + random.nextInt(2);
            int number = 11 + random.nextInt(3);
            switch (random.nextInt(5)) {
                case 0 -> {
                    units.remove(partner, ref);
                    model.remove(partner, ref);
                }
                case 1 ->
                    claims.conflicts().stream()
                            .filter(one -> one.address().houseNumber() == number
                                    && one.partners().contains(partner))
                            .forEach(one -> {
                                claims.confirm(one.id(), partner, "fake-user", clock.instant());
                                model.confirmed.put(number, partner);
                            });
                default -> {
                    put(partner, ref, number);
                    model.put(partner, ref, number);
                }
            }
            Map<UUID, String> expected = new HashMap<>();
            for (int i = 0; i < 3; i++) {
                String holder = model.holder(11 + i);
                if (holder != null) {
                    expected.put(signals.get(i).signalId(), holder);
                }
            }
            assertThat(claims.holdersOf(signals)).as("step %d", step).isEqualTo(expected);
            assertThat(claims.holdersOfNew(signals)).as("new, step %d", step).isEqualTo(expected);
        }
    }

    /** The rule in a few lines: who leaves an address loses what was confirmed. */
    private static final class Model {
        private final Map<String, Integer> numberOf = new TreeMap<>();
        private final Map<Integer, String> confirmed = new HashMap<>();

        void put(String partner, String ref, int number) {
            numberOf.put(partner + " " + ref, number);
            forget();
        }

        void remove(String partner, String ref) {
            numberOf.remove(partner + " " + ref);
            forget();
        }

        private void forget() {
            confirmed.entrySet().removeIf(one -> !holders(one.getKey()).contains(one.getValue()));
        }

        private List<String> holders(int number) {
            return numberOf.entrySet().stream()
                    .filter(unit -> unit.getValue() == number)
                    .map(unit -> unit.getKey().split(" ")[0])
                    .distinct()
                    .toList();
        }

        String holder(int number) {
            List<String> holders = new ArrayList<>(holders(number));
            return holders.size() == 1 ? holders.get(0) : confirmed.get(number);
        }
    }

    private void put(String partner, String ref, int number) {
        clock.pass(Duration.ofMinutes(1));
        units.put(partner, ref, at(number), 9, null);
    }

    private void confirm(UnitConflict conflict, String partner) {
        clock.pass(Duration.ofMinutes(1));
        claims.confirm(conflict.id(), partner, "fake-user", clock.instant());
    }

    private String holder(MatchedSignal signal) {
        return claims.holdersOf(List.of(signal)).get(signal.signalId());
    }

    private static UnitConflict only(List<UnitConflict> conflicts) {
        assertThat(conflicts).hasSize(1);
        return conflicts.get(0);
    }
}
