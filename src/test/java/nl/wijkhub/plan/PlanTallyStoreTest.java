package nl.wijkhub.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import nl.wijkhub.TestDatabase;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.plan.PlanTallyStore.PlanTally;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is kept of a plan, while somebody else changes its signals; on a real database. */
class PlanTallyStoreTest {
    private static final Instant FROM = Instant.parse("2026-10-21T12:00:00Z");
    private static final Instant UNTIL = FROM.plus(Duration.ofDays(3));

    private final Database database = TestDatabase.store();
    private final PlanTallyStore tallies = new PlanTallyStore(database);
    private final UUID plan = UUID.randomUUID();

    @BeforeEach
    void empty() {
        TestDatabase.empty();
    }

    @Test
    void it_holds_for_the_life_and_the_windows_it_was_counted_for() {
        keep(0);

        PlanTally found = found();
        assertThat(found.counts()).containsExactly(1, 2, 3);
        assertThat(found.holds(2, FROM)).isTrue();
        assertThat(found.holds(2, UNTIL.minusMillis(1))).isTrue();
        assertThat(found.holds(2, UNTIL)).as("the first signal left the window").isFalse();
        assertThat(found.holds(2, FROM.minusMillis(1)))
                .as("a window that begins earlier may hold more")
                .isFalse();
        assertThat(found.holds(3, FROM)).as("another life").isFalse();
    }

    @Test
    void what_was_counted_before_it_became_void_is_not_kept() {
        tallies.makeVoid(List.of(plan, plan));
        keep(0);
        assertThat(found().counts()).as("counted when nothing was kept yet").isNull();

        keep(1);
        assertThat(found().holds(2, FROM)).isTrue();
        tallies.makeVoid(Set.of(plan));
        keep(1);
        assertThat(found().counts()).isNull();
        assertThat(found().holds(0, FROM)).isFalse();
    }

    @Test
    void whoever_makes_void_what_a_batch_keeps_at_this_moment_waits_for_it() {
        CompletableFuture<Void> other = database.inTransaction(() -> {
            keep(0);
            CompletableFuture<Void> started = CompletableFuture.runAsync(() -> tallies.makeVoid(Set.of(plan)));
            awaitWaiting();
            return started;
        });
        other.orTimeout(10, TimeUnit.SECONDS).join();

        assertThat(found().counts()).isNull();
    }

    @Test
    void a_batch_waits_for_whoever_makes_void_what_it_would_keep() {
        keep(0);
        CompletableFuture<Void> batch = database.inTransaction(() -> {
            tallies.makeVoid(Set.of(plan));
            CompletableFuture<Void> started = CompletableFuture.runAsync(() -> keep(0));
            awaitWaiting();
            return started;
        });
        batch.orTimeout(10, TimeUnit.SECONDS).join();

        assertThat(found().counts()).isNull();
    }

    private void awaitWaiting() {
        String waiting = "select count(*) from pg_locks where not granted";
        Instant end = Instant.now().plusSeconds(10);
        while (database.with(h -> h.createQuery(waiting).mapTo(Integer.class).one()) == 0) {
            assertThat(Instant.now()).as("nobody waited").isBefore(end);
            Thread.onSpinWait();
        }
    }

    private void keep(int voids) {
        tallies.keep(List.of(new PlanTally(plan, voids, 2, FROM, UNTIL, new byte[] {1, 2, 3})));
    }

    private PlanTally found() {
        return tallies.of(Set.of(plan)).get(0);
    }
}
