package nl.wijkhub.team;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import nl.wijkhub.kernel.DatabaseStore;

/**
 * Tables {@code queue_item} and {@code escalation}, as signals and standing steps go from one plan to another; table
 * {@code household_change_step} remembers the steps.
 */
public final class ItemMoveStore {
    private static final String MOVE = """
            update queue_item q set plan_id = :to, plan_epoch = n.e
            from unnest(:signals::uuid[], :epochs::int[]) as n(s, e)
            where q.plan_id = :from and q.signal_id = n.s
            """;
    // what is done, or was recalled, is on nobody's board
    private static final String TELL = """
            insert into queue_event (queue_item_id, team_id, discipline, kind, happened_at)
            select q.queue_item_id, q.team_id, q.discipline, 'moved', :at
            from queue_item q
            where q.plan_id = :plan and q.signal_id = any(:signals) and q.state <> 'DONE'
                and not exists (select 1 from recall w where w.release_id = q.release_id)
            """;
    // a step that the other plan has too stays where it is
    private static final String STEPS = """
            with standing as (
                select e.escalation_id, e.epoch from escalation e
                where e.plan_id = :from and e.state in ('OPEN', 'MEDIATION', 'CONSULT', 'TAKEN')
                    and not exists (
                        select 1 from escalation o
                        where o.plan_id = :to and o.team_id = e.team_id and o.discipline = e.discipline
                            and o.level = e.level and o.state in ('OPEN', 'MEDIATION', 'CONSULT', 'TAKEN'))
                order by e.escalation_id for update),
            moved as (
                update escalation e set plan_id = :to, epoch = :epoch
                from standing s where e.escalation_id = s.escalation_id
                returning e.escalation_id, s.epoch as former)
            insert into household_change_step (change_id, escalation_id, from_epoch)
            select cast(:change as uuid), escalation_id, former from moved
            """;
    private static final String STEPS_BACK = """
            update escalation e set plan_id = :from, epoch = s.from_epoch
            from household_change_step s
            where s.change_id = :change and e.escalation_id = s.escalation_id and e.plan_id = :to
                and e.state in ('OPEN', 'MEDIATION', 'CONSULT', 'TAKEN')
                and not exists (
                    select 1 from escalation o
                    where o.plan_id = :from and o.team_id = e.team_id and o.discipline = e.discipline
                        and o.level = e.level and o.state in ('OPEN', 'MEDIATION', 'CONSULT', 'TAKEN'))
            """;

    private final DatabaseStore database;

    public ItemMoveStore(DatabaseStore database) {
        this.database = database;
    }

    /**
     * The items of these signals go with them; whoever follows a queue is told.
     *
     * @param epochs by signal: in which life of the other plan
     */
    public void move(UUID from, UUID to, Map<UUID, Integer> epochs, Instant at) {
        if (epochs.isEmpty()) {
            return;
        }
        UUID[] signals = epochs.keySet().toArray(UUID[]::new);
        database.with(h -> {
            h.createUpdate(MOVE)
                    .bind("from", from)
                    .bind("to", to)
                    .bind("signals", signals)
                    .bind("epochs", epochs.values().toArray(Integer[]::new))
                    .execute();
            return h.createUpdate(TELL)
                    .bind("plan", to)
                    .bind("signals", signals)
                    .bind("at", at.atOffset(ZoneOffset.UTC))
                    .execute();
        });
    }

    /**
     * The standing steps of one plan go on in another, unless the same pair has one of that level there.
     *
     * @param epoch in which life of the other plan
     */
    public void steps(UUID change, UUID from, UUID to, int epoch) {
        database.with(h -> h.createUpdate(STEPS)
                .bind("change", change)
                .bind("from", from)
                .bind("to", to)
                .bind("epoch", epoch)
                .execute());
    }

    /** Those that went with this change, and still stand, go back to where they came from. */
    public void stepsBack(UUID change, UUID from, UUID to) {
        database.with(h -> h.createUpdate(STEPS_BACK)
                .bind("change", change)
                .bind("from", from)
                .bind("to", to)
                .execute());
    }
}
