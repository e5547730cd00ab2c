package nl.wijkhub.plan;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import nl.wijkhub.household.HouseholdMatchStore.MatchReason;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.sharing.Recipient;

/**
 * Reads {@code household_match} as a coordinator's seat may: only what is about two plans of its own team, of both of which
 * something was released to it, and while nobody decided only what the signal that showed it tells the seat too.
 */
public final class PlanMatchStore {
    // the plan of a household that was merged lives on in another one
    private static final String OF_SEAT = """
            select m.match_id, m.kind, m.household_id, m.other_household_id, m.proposed_at,
                p.now_id as plan_id, o.now_id as other_plan_id
            from household_match m
            cross join lateral (
                select c.plan_id, n.plan_id as now_id, n.team_id
                from plan c join plan n on n.plan_id = coalesce(c.merged_into_id, c.plan_id)
                where c.household_id = m.household_id
                order by c.merged_into_id is not null, c.state = 'CLOSED', c.opened_at desc limit 1) as p
            cross join lateral (
                select c.plan_id, n.plan_id as now_id, n.team_id
                from plan c join plan n on n.plan_id = coalesce(c.merged_into_id, c.plan_id)
                where c.household_id = m.other_household_id
                order by c.merged_into_id is not null, c.state = 'CLOSED', c.opened_at desc limit 1) as o
            where p.team_id = :team and o.team_id = :team
                and exists (
                    select 1 from plan_signal_seen v
                    where v.plan_id = p.now_id and v.team_id = :team and v.seat = :seat)
                and exists (
                    select 1 from plan_signal_seen v
                    where v.plan_id = o.now_id and v.team_id = :team and v.seat = :seat)
                and (m.decision is not null or jsonb_exists(
                    (select cast(r.decision as jsonb) -> 'fields' from decided_release r
                    where r.signal_id = m.signal_id and r.team_id = :team and r.seat = 'MUNICIPALITY'
                        and r.kind = 'TEAM' and r.disclosure <> 'NONE'
                        and not exists (select 1 from recall x where x.release_id = r.release_id)
                    order by r.decided_at desc limit 1),
                    case when m.kind = 'BAG' then 'address' else 'persons.name' end))
            """;
    private static final String WAITING = OF_SEAT + """
                and m.decision is null and p.now_id <> o.now_id
                and m.household_id in (
                    select t.household_id from plan t where t.team_id = :team
                    union
                    select c.household_id from plan t join plan c on c.merged_into_id = t.plan_id
                    where t.team_id = :team)
            order by m.proposed_at, m.match_id limit :limit
            """;
    private static final String ONE = OF_SEAT + """
                and m.match_id = :id
            """;

    /**
     * A proposal about two plans.
     *
     * @param householdId where it showed
     * @param planId of that household, or the one in which it goes on
     */
    public record PlanMatch(
            UUID id,
            MatchReason kind,
            UUID householdId,
            UUID otherHouseholdId,
            UUID planId,
            UUID otherPlanId,
            Instant proposedAt) {}

    private final Database database;

    public PlanMatchStore(Database database) {
        this.database = database;
    }

    /** What waits for a decision of this seat, the oldest first. */
    public List<PlanMatch> waitingFor(Recipient seat, int limit) {
        return database.with(h -> h.createQuery(WAITING)
                .bind("team", seat.teamId())
                .bind("seat", seat.seatName())
                .bind("limit", limit)
                .map((rs, c) -> read(rs))
                .list());
    }

    /** One proposal, decided or not; empty where it is none of this seat's. */
    public Optional<PlanMatch> find(UUID id, Recipient seat) {
        return database.with(h -> h.createQuery(ONE)
                .bind("id", id)
                .bind("team", seat.teamId())
                .bind("seat", seat.seatName())
                .map((rs, c) -> read(rs))
                .findOne());
    }

    private static PlanMatch read(ResultSet rs) throws SQLException {
        return new PlanMatch(
                rs.getObject("match_id", UUID.class),
                MatchReason.valueOf(rs.getString("kind")),
                rs.getObject("household_id", UUID.class),
                rs.getObject("other_household_id", UUID.class),
                rs.getObject("plan_id", UUID.class),
                rs.getObject("other_plan_id", UUID.class),
                rs.getObject("proposed_at", OffsetDateTime.class).toInstant());
    }
}
