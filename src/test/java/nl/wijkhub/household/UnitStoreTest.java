package nl.wijkhub.household;

import static nl.wijkhub.household.HouseholdFixture.at;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import nl.wijkhub.TestDatabase;
import nl.wijkhub.household.UnitStore.Put;
import nl.wijkhub.signal.SignalFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Unit registers on a real database: how many units fit, what leaves, and what earlier releases registered. */
class UnitStoreTest {
    private static final String ONE = "corporatie-demo";
    private static final String TWO = "corporatie-twee";

    private final HouseholdFixture hub = new HouseholdFixture();

    @BeforeEach
    void empty() {
        TestDatabase.empty();
    }

    @Test
    void one_more_than_declared_does_not_fit_and_what_is_known_goes_on() {
        assertThat(put(ONE, "E-1", 11, 2)).isEqualTo(Put.CREATED);
        assertThat(put(ONE, "E-2", 12, 2)).isEqualTo(Put.CREATED);

        assertThat(put(ONE, "E-3", 13, 2)).isEqualTo(Put.FULL);
        assertThat(hub.units.find(ONE, "E-3")).isEmpty();
        assertThat(put(ONE, "E-2", 14, 2)).isEqualTo(Put.UPDATED);
        assertThat(hub.units.find(ONE, "E-2")).contains(at(14));
        assertThat(put(TWO, "E-3", 13, 2)).as("another has places of its own").isEqualTo(Put.CREATED);
        // the number was lowered since
        assertThat(put(ONE, "E-1", 15, 1)).isEqualTo(Put.UPDATED);
    }

    @Test
    void what_is_taken_out_leaves_a_place_and_is_found_no_more() {
        put(ONE, "E-1", 11, 1);
        put(TWO, "E-1", 12, 1);

        assertThat(hub.units.remove(ONE, "E-1")).isTrue();

        assertThat(hub.units.find(ONE, "E-1")).isEmpty();
        assertThat(hub.units.find(TWO, "E-1")).contains(at(12));
        assertThat(hub.units.remove(ONE, "E-1")).isFalse();
        assertThat(put(ONE, "E-2", 13, 1)).isEqualTo(Put.CREATED);
        assertThat(put(ONE, "E-3", 14, 1)).isEqualTo(Put.FULL);
    }

    @Test
    void of_many_at_once_no_more_come_in_than_fit() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(6);
        List<Callable<Put>> puts = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            int number = i + 1;
            puts.add(() -> put(ONE, "E-" + number, number, 7));
        }
        List<Put> outcomes = new ArrayList<>();
        for (Future<Put> done : threads.invokeAll(puts)) {
            outcomes.add(done.get());
        }
        threads.shutdown();

        assertThat(outcomes).filteredOn(Put.CREATED::equals).hasSize(7);
        assertThat(outcomes).filteredOn(Put.FULL::equals).hasSize(17);
    }

    @Test
    void what_an_earlier_release_registered_is_found_by_its_address_once_the_keys_are_filled() {
        MatchedSignal signal = hub.matched(at(11));
        put(ONE, "E-1", 11, 9);
        put(ONE, "E-2", 12, 9);
        hub.database.with(h -> h.execute("update housing_unit set address_key = null, held_since = null"));
        assertThat(hub.claims.holdersOf(List.of(signal))).isEmpty();

        hub.units.fillKeys();
        hub.units.fillKeys();

        assertThat(hub.claims.holdersOf(List.of(signal))).containsOnly(Map.entry(signal.signalId(), ONE));
        int since =
                hub.database.with(h -> h.createQuery("select count(*) from housing_unit where held_since = updated_at")
                        .mapTo(Integer.class)
                        .one());
        assertThat(since).isEqualTo(2);
    }

    @Test
    void what_came_longer_ago_does_not_replace_what_was_put_since() {
        put(ONE, "E-1", 11, 9);

        assertThat(hub.units.put(
                        ONE, "E-1", at(12), 9, SignalFixture.NOON.instant().minusSeconds(1)))
                .isEqualTo(Put.NEWER_STANDS);

        assertThat(hub.units.find(ONE, "E-1")).contains(at(11));
    }

    private Put put(String partner, String ref, int number, int dwellings) {
        return hub.units.put(partner, ref, at(number), dwellings, null);
    }
}
