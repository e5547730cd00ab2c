package nl.wijkhub.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import nl.wijkhub.TestDatabase;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.plan.PlanStore.PlanSignalSeen;
import nl.wijkhub.plan.PlanStore.TakenBack;
import nl.wijkhub.sharing.Recipient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What each recipient may know of a signal of a plan, on a real database. */
class PlanStoreTest {
    private static final Instant NOON = Instant.parse("2026-11-20T11:00:00Z");
    private static final Recipient SEAT = new Recipient("vb-noord", Discipline.MUNICIPALITY);
    private static final Recipient CARE = new Recipient("vb-noord", Discipline.CARE);
    private static final Recipient OTHER_SEAT = new Recipient("vb-zuid", Discipline.MUNICIPALITY);

    private final Database database = TestDatabase.store();
    private final PlanStore plans = new PlanStore(database);
    private final UUID household = UUID.randomUUID();
    private final UUID signal = UUID.randomUUID();
    private UUID plan;

    @BeforeEach
    void a_plan_with_a_signal() {
        TestDatabase.empty();
        insert("insert into household (household_id, created_at) values (:id, now())", household);
        insert("""
                insert into signal (signal_id, partner_id, discipline, reference_key, content_key, category, severity,
                    data_class, group_key, trace_id, span_id, accepted_at, body_sealed)
                values (:id, 'fake-partner', 'HOUSING', :key, :key, 'nuisance.noise', 'low', '{N}', 'g', 't', 's',
                    now(), :key)
                """, signal);
        plan = plans.open(Map.of(household, "vb-noord"), NOON).get(household).planId();
        add(seenBy(SEAT, Discipline.HOUSING, 2), seenBy(CARE, null, 0));
    }

    @Test
    void what_a_recipient_may_know_is_what_was_decided_last_and_others_keep_theirs() {
        Instant later = NOON.plusSeconds(60);
        plans.add(
                List.of(
                        new PlanSignalSeen(plan, signal, 2, SEAT, null, 1),
                        new PlanSignalSeen(plan, signal, 2, OTHER_SEAT, Discipline.HOUSING, 0)),
                later);

        assertThat(database.<List<String>>with(
                        h -> h.createQuery("""
                                select distinct concat_ws(' ', v.epoch, v.attached_at = ps.attached_at, ps.epoch)
                                from plan_signal_seen v join plan_signal ps using (plan_id, signal_id)
                                """).mapTo(String.class).list()))
                .as("whoever gets to know of it later: in the life and at the moment it joined")
                .containsExactly("1 t 1");
        assertThat(seen(plan))
                .containsExactly(
                        "vb-noord CARE null 0", "vb-noord MUNICIPALITY null 1", "vb-zuid MUNICIPALITY HOUSING 0");
    }

    @Test
    void what_is_taken_back_from_one_recipient_is_left_to_the_others() {
        plans.takeBack(List.of(new TakenBack(signal, household, SEAT), new TakenBack(signal, household, OTHER_SEAT)));

        assertThat(seen(plan)).containsExactly("vb-noord CARE null 0");
    }

    @Test
    void what_recipients_may_know_goes_along_with_a_signal_that_moves() {
        PlanMoveStore moves = new PlanMoveStore(database);
        UUID other = UUID.randomUUID();
        insert("insert into household (household_id, created_at) values (:id, now())", other);
        UUID to = moves.open(other, "vb-noord", NOON);

        moves.move(plan, to, Map.of(signal, 3));

        assertThat(seen(plan)).isEmpty();
        assertThat(seen(to)).containsExactly("vb-noord CARE null 0", "vb-noord MUNICIPALITY HOUSING 2");
        assertThat(moves.signalsOf(to)).isEqualTo(Map.of(signal, 3));
        assertThat(database.<List<Integer>>with(h -> h.createQuery("select distinct epoch from plan_signal_seen")
                        .mapTo(Integer.class)
                        .list()))
                .containsExactly(3);
    }

    private void add(PlanSignalSeen... seen) {
        plans.add(List.of(seen), NOON);
    }

    private PlanSignalSeen seenBy(Recipient recipient, Discipline sender, int children) {
        return new PlanSignalSeen(plan, signal, 1, recipient, sender, children);
    }

    private List<String> seen(UUID of) {
        return database.with(
                h -> h.createQuery("""
                        select concat_ws(' ', team_id, seat, coalesce(sender, 'null'), child_count)
                        from plan_signal_seen where plan_id = :plan order by 1
                        """).bind("plan", of).mapTo(String.class).list());
    }

    private void insert(String sql, UUID id) {
        database.with(h -> h.createUpdate(sql)
                .bind("id", id)
                .bind("key", id.toString().getBytes(StandardCharsets.UTF_8))
                .execute());
    }
}
