package nl.wijkhub.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import nl.wijkhub.TestDatabase;
import nl.wijkhub.kernel.Database;
import org.junit.jupiter.api.Test;

class InHandStoreTest {
    private final Database database = new Database(TestDatabase.dataSource());
    private final InHandStore inHand = start();
    private final String queue = "fake." + UUID.randomUUID();

    /** A hub that starts. */
    private InHandStore start() {
        return new InHandStore(database, Clock.systemUTC());
    }

    @Test
    void what_was_let_go_leaves_no_trace() {
        assertThat(inHand.takeTogether(queue, List.of("a", "b"))).isTrue();
        inHand.release(queue, List.of("a", "b"));

        assertThat(inHand.takeTogether(queue, List.of("b", "c"))).isTrue();
    }

    @Test
    void what_was_in_hand_when_a_hub_died_is_never_taken_together_again() {
        inHand.takeTogether(queue, List.of("a", "b"));

        InHandStore next = start();

        assertThat(next.takeTogether(queue, List.of("b", "c"))).isFalse();
        assertThat(next.take(queue, "c")).as("not taken with them").isEqualTo(1);
    }

    @Test
    void each_death_is_counted_for_the_one_that_was_in_hand_alone() {
        inHand.takeTogether(queue, List.of("a", "b"));
        assertThat(start().take(queue, "b")).isEqualTo(2);
        assertThat(start().take(queue, "b")).isEqualTo(3);

        assertThat(start().take(queue, "a")).isEqualTo(2);
    }

    @Test
    void what_comes_to_a_hub_twice_is_no_death() {
        inHand.takeTogether(queue, List.of("a", "b"));

        assertThat(inHand.takeTogether(queue, List.of("a"))).isTrue();
        assertThat(inHand.take(queue, "a")).isEqualTo(1);
    }

    @Test
    void nobody_lets_go_what_another_hub_has_in_hand() {
        inHand.take(queue, "a");
        start().release(queue, "a");

        assertThat(start().take(queue, "a")).isEqualTo(2);
    }

    @Test
    void another_queue_knows_nothing_of_it() {
        inHand.takeTogether(queue, List.of("a"));

        assertThat(inHand.takeTogether(queue + ".other", List.of("a"))).isTrue();
    }

    @Test
    void what_nobody_asks_for_is_forgotten() {
        inHand.takeTogether(queue, List.of("a"));

        new InHandStore(database, Clock.offset(Clock.systemUTC(), Duration.ofDays(8))).forget();

        assertThat(start().takeTogether(queue, List.of("a"))).isTrue();
    }
}
