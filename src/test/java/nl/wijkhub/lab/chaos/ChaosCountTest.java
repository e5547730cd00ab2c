package nl.wijkhub.lab.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What stood in the database and on the queues → what is wrong, and what proves nothing. */
class ChaosCountTest {
    private static final String SEAT = "team.vb-noord.municipality";
    private static final String CARE = "team.vb-noord.care";
    private static final UUID ONE = new UUID(0, 1);
    private static final UUID TWO = new UUID(0, 2);

    private final Set<UUID> stored = new HashSet<>(Set.of(ONE, TWO));
    private final Set<UUID> worked = new HashSet<>(Set.of(ONE, TWO));
    private final Set<UUID> waiting = new HashSet<>();
    private final Set<UUID> decided = new HashSet<>(Set.of(ONE, TWO));
    private final Set<ChaosRows.Due> released =
            new HashSet<>(Set.of(new ChaosRows.Due(SEAT, ONE), new ChaosRows.Due(SEAT, TWO)));
    private final List<ChaosRows.Message> messages =
            new ArrayList<>(List.of(message(SEAT, ONE, "event-1"), message(SEAT, TWO, "event-2")));
    private long unread;
    private long unsent;
    private long doublePlans;

    @Test
    void what_was_acknowledged_came_out_once() {
        ChaosCount count = count(true);

        assertThat(count.findings()).isEmpty();
        assertThat(count.doubts()).isEmpty();
        assertThat(count)
                .hasToString(
                        "acknowledged 2, in the database 2 = worked 2; released 2 = messages on the team queues 2");
    }

    @Test
    void lost_is_what_was_acknowledged_and_is_not_stored() {
        stored.remove(TWO);
        worked.remove(TWO);

        assertThat(count(true).findings()).containsExactly("1 acknowledged, not in the database");
        assertThat(count(false).findings()).containsExactly("1 acknowledged, not in the database");
    }

    @Test
    void lost_is_what_is_stored_and_nobody_will_ever_work() {
        worked.remove(TWO);

        assertThat(count(true).findings()).containsExactly("1 in the database, never worked");
    }

    @Test
    void what_still_waits_its_turn_is_not_lost_but_proves_nothing() {
        worked.remove(TWO);
        waiting.add(TWO);

        assertThat(count(true).findings()).isEmpty();
        assertThat(count(true).doubts()).containsExactly("1 still waited their turn");
    }

    @Test
    void lost_is_what_was_released_and_stands_on_no_queue() {
        messages.remove(1);

        assertThat(count(true).findings()).containsExactly("1 released, not on their team queue");
    }

    @Test
    void doubled_is_a_signal_that_stands_on_one_queue_twice() {
        messages.add(message(SEAT, TWO, "event-3"));

        assertThat(count(true).findings()).containsExactly("1 signals stand on a team queue more than once");
    }

    @Test
    void doubled_is_an_event_that_stands_on_one_queue_twice() {
        messages.add(message(SEAT, TWO, "event-2"));

        assertThat(count(true).findings()).contains("1 events stand on a team queue twice");
    }

    @Test
    void one_signal_on_the_queues_of_two_that_may_have_it_is_not_doubled() {
        released.add(new ChaosRows.Due(CARE, ONE));
        messages.add(message(CARE, ONE, "event-3"));

        assertThat(count(true).findings()).isEmpty();
    }

    @Test
    void undecided_is_what_stands_on_the_queue_of_one_for_whom_it_was_not_released() {
        messages.add(message(CARE, ONE, "event-3"));

        assertThat(count(true).findings()).containsExactly("1 on a team queue, not decided to pass there");
        assertThat(count(false).findings()).containsExactly("1 on a team queue, not decided to pass there");
    }

    @Test
    void undecided_is_what_was_worked_without_any_decision() {
        decided.remove(TWO);
        released.remove(new ChaosRows.Due(SEAT, TWO));
        messages.remove(1);

        assertThat(count(true).findings()).containsExactly("1 worked, never decided");
    }

    @Test
    void queues_that_could_not_be_read_whole_prove_nothing() {
        messages.remove(1);
        unread = 1;

        assertThat(count(true).findings()).isEmpty();
        assertThat(count(true).doubts()).containsExactly("1 of 2 messages on the team queues could be read");
    }

    @Test
    void queues_without_any_message_prove_nothing() {
        messages.clear();
        released.clear();

        assertThat(count(true).findings()).isEmpty();
        assertThat(count(true).doubts()).containsExactly("no message stood on any team queue");
    }

    @Test
    void what_a_hub_that_never_came_back_still_owes_is_no_finding_yet() {
        worked.remove(TWO);
        released.remove(new ChaosRows.Due(SEAT, TWO));
        messages.clear();
        unsent = 1;

        assertThat(count(false).findings()).isEmpty();
        assertThat(count(false).doubts())
                .contains(
                        "1 in the database, never worked",
                        "1 released, not on their team queue",
                        "1 deliveries never marked as sent");
        assertThat(count(true).findings()).contains("1 deliveries never marked as sent");
    }

    @Test
    void two_active_plans_of_one_household_are_wrong() {
        doublePlans = 1;

        assertThat(count(true).findings()).containsExactly("1 households with two active plans");
    }

    private ChaosCount count(boolean settled) {
        return ChaosCount.of(
                new ChaosRows(
                        stored,
                        worked,
                        worked.size(),
                        waiting,
                        decided,
                        released,
                        messages,
                        messages.size() + unread,
                        unsent,
                        doublePlans),
                List.of(ONE.toString(), TWO.toString()),
                settled);
    }

    private static ChaosRows.Message message(String queue, UUID signal, String event) {
        return new ChaosRows.Message(new ChaosRows.Due(queue, signal), event);
    }
}
