package nl.wijkhub.plan;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.sharing.Recipient;

/**
 * What a partner has to do in the plans it takes part in: its own agreements and where its position is asked, and nothing of how
 * a plan stands.
 */
public final class PlanTaskStore {
    private static final String OF_PAIR = """
            select t.* from (
                select pp.plan_id, pp.joined_at,
                    split_part(coalesce(plan.coordinator_seat, 'MUNICIPALITY'), '/', 1) as coordinating,
                    (select count(*) from plan_agreement a
                        where a.participant_id = pp.participant_id and a.state = 'OPEN') as open,
                    (select count(*) from plan_agreement a
                        where a.participant_id = pp.participant_id and a.state = 'OPEN' and a.due_on < :today) as late,
                    (select count(*) from plan_weighing w
                        where w.plan_id = pp.plan_id and w.decision is null and w.opened_at >= pp.joined_at
                            and not exists (
                                select 1 from plan_position p
                                where p.weighing_id = w.weighing_id and p.team_id = pp.team_id
                                    and p.seat = pp.seat)) as weighings
                from plan_participant pp join plan on plan.plan_id = pp.plan_id
                where pp.team_id = :team and pp.seat = :seat and pp.left_at is null and pp.kind = 'PARTNER'
                    and plan.agreed_on is not null and plan.outcome is distinct from 'MERGED') t
            where t.open > 0 or t.weighings > 0
            order by t.late desc, t.joined_at, t.plan_id limit :limit
            """;

    /**
     * @param from the discipline of the coordinator
     * @param open agreements of this partner that are not done
     * @param late those among them that are past their term
     * @param weighings in which its position is asked
     */
    public record Tasks(UUID planId, Discipline from, int open, int late, int weighings) {
        /** The same, of the plan by another id of it. */
        public Tasks knownAs(UUID id) {
            return new Tasks(id, from, open, late, weighings);
        }
    }

    private final Database database;

    public PlanTaskStore(Database database) {
        this.database = database;
    }

    /** Of the plans the household agreed to, what is late first. */
    public List<Tasks> ofPair(Recipient pair, LocalDate today, int limit) {
        return database.with(h -> h.createQuery(OF_PAIR)
                .bind("team", pair.teamId())
                .bind("seat", pair.seatName())
                .bind("today", today)
                .bind("limit", limit)
                .map((rs, c) -> new Tasks(
                        rs.getObject("plan_id", UUID.class),
                        Discipline.valueOf(rs.getString("coordinating")),
                        rs.getInt("open"),
                        rs.getInt("late"),
                        rs.getInt("weighings")))
                .list());
    }
}
