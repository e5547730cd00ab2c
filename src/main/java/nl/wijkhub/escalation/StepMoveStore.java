package nl.wijkhub.escalation;

import java.util.UUID;
import nl.wijkhub.kernel.Database;

/**
 * Table {@code escalation}, as standing steps go from one plan to another; table {@code household_change_step} remembers
 * them.
 */
public final class StepMoveStore {
    // a step that the other plan has too stays where it is
    private static final String MOVE = """
            with standing as (
                select e.escalation_id, e.epoch from escalation e
                where e.plan_id = :from and e.state in ('OPEN', 'MEDIATION', 'CONSULT', 'TAKEN')
                    and not exists (
                        select 1 from escalation o
                        where o.plan_id = :to and o.team_id = e.team_id and o.seat = e.seat
                            and o.level = e.level and o.state in ('OPEN', 'MEDIATION', 'CONSULT', 'TAKEN'))
                order by e.escalation_id for update),
            moved as (
                update escalation e set plan_id = :to, epoch = :epoch
                from standing s where e.escalation_id = s.escalation_id
                returning e.escalation_id, s.epoch as former)
            insert into household_change_step (change_id, escalation_id, from_epoch)
            select cast(:change as uuid), escalation_id, former from moved
            """;
    private static final String MOVE_BACK = """
            update escalation e set plan_id = :from, epoch = s.from_epoch
            from household_change_step s
            where s.change_id = :change and e.escalation_id = s.escalation_id and e.plan_id = :to
                and e.state in ('OPEN', 'MEDIATION', 'CONSULT', 'TAKEN')
                and not exists (
                    select 1 from escalation o
                    where o.plan_id = :from and o.team_id = e.team_id and o.seat = e.seat
                        and o.level = e.level and o.state in ('OPEN', 'MEDIATION', 'CONSULT', 'TAKEN'))
            """;

    private final Database database;

    public StepMoveStore(Database database) {
        this.database = database;
    }

    /**
     * The standing steps of one plan go on in another, unless the same pair has one of that level there.
     *
     * @param epoch in which life of the other plan
     */
    public void move(UUID change, UUID from, UUID to, int epoch) {
        database.with(h -> h.createUpdate(MOVE)
                .bind("change", change)
                .bind("from", from)
                .bind("to", to)
                .bind("epoch", epoch)
                .execute());
    }

    /** Those that went with this change, and still stand, go back to where they came from. */
    public void moveBack(UUID change, UUID from, UUID to) {
        database.with(h -> h.createUpdate(MOVE_BACK)
                .bind("change", change)
                .bind("from", from)
                .bind("to", to)
                .execute());
    }
}
