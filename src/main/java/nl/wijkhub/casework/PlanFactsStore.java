package nl.wijkhub.casework;

import static nl.wijkhub.kernel.Database.column;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import nl.wijkhub.escalation.PlanFacts;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.sharing.SharingPolicy;

/** What the ladder asks of plans and hand-overs, for one recipient at a time: of what is not its own it hears nothing. */
public final class PlanFactsStore implements PlanFacts {
    private static final String FACTS = """
            select v.plan_id, v.team_id, v.seat,
                p.epoch > 1 and exists (
                    select 1 from plan_signal ps join plan_signal_seen s using (plan_id, signal_id)
                    where ps.plan_id = p.plan_id and ps.epoch < p.epoch
                        and s.team_id = v.team_id and s.seat = v.seat) as reopened,
                (select count(*) from plan_agreement a left join plan_participant t using (participant_id)
                    where a.plan_id in (select m.plan_id from plan m
                            where m.plan_id = p.plan_id or m.merged_into_id = p.plan_id)
                        and a.state = 'OPEN' and a.due_on < :today
                        and ((v.seat = 'MUNICIPALITY' and v.team_id = p.team_id)
                            or (p.agreed_on is not null and t.team_id = v.team_id and t.seat = v.seat)))
                    as late,
                (select count(*) from handover h
                    where h.plan_id = p.plan_id and h.state = 'OPEN' and h.due_at < :now
                        and v.seat = 'MUNICIPALITY' and v.team_id in (h.from_team_id, h.to_team_id)) as unanswered
            from unnest(:plans::uuid[], :teams::text[], :seats::text[]) as v(plan_id, team_id, seat)
            join plan p on p.plan_id = v.plan_id
            where p.epoch > 1
                or exists (select 1 from plan_agreement a where a.plan_id = p.plan_id and a.state = 'OPEN')
                or exists (select 1 from plan m where m.merged_into_id = p.plan_id)
                or exists (select 1 from handover h where h.plan_id = p.plan_id and h.state = 'OPEN')
            """;
    private static final String TO_LOOK_AT = """
            select p.plan_id from (
                    select a.plan_id from plan_agreement a where a.state = 'OPEN' and a.due_on < :today
                    union
                    select h.plan_id from handover h where h.state = 'OPEN' and h.due_at < :now) as late
                join plan dead on dead.plan_id = late.plan_id
                join plan p on p.plan_id = coalesce(dead.merged_into_id, dead.plan_id)
                left join escalation_look l on l.plan_id = p.plan_id
            where p.state <> 'CLOSED' and (l.looked_at is null or l.looked_at <= :since)
            group by p.plan_id, l.looked_at
            order by l.looked_at nulls first, p.plan_id limit :limit
            """;

    private final Database database;

    public PlanFactsStore(Database database) {
        this.database = database;
    }

    @Override
    public Map<Viewer, Facts> of(Collection<Viewer> viewers, Instant now) {
        Map<Viewer, Facts> facts = new HashMap<>();
        if (!viewers.isEmpty()) {
            database.with(h -> h.createQuery(FACTS)
                    .bind("plans", column(viewers, UUID[]::new, Viewer::planId))
                    .bind("teams", column(viewers, String[]::new, v -> v.recipient()
                            .teamId()))
                    .bind("seats", column(viewers, String[]::new, v -> v.recipient()
                            .seatName()))
                    .bind("today", today(now))
                    .bind("now", now.atOffset(ZoneOffset.UTC))
                    .map((rs, c) -> facts.put(
                            new Viewer(
                                    rs.getObject("plan_id", UUID.class),
                                    Recipient.at(rs.getString("team_id"), rs.getString("seat"))),
                            new Facts(rs.getBoolean("reopened"), rs.getLong("late"), rs.getLong("unanswered"))))
                    .list());
        }
        return facts;
    }

    @Override
    public Collection<UUID> plansToLookAt(Instant now, Instant since, int limit) {
        return database.with(h -> h.createQuery(TO_LOOK_AT)
                .bind("since", since.atOffset(ZoneOffset.UTC))
                .bind("today", today(now))
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .bind("limit", limit)
                .mapTo(UUID.class)
                .list());
    }

    private static LocalDate today(Instant now) {
        return LocalDate.ofInstant(now, SharingPolicy.CALENDAR);
    }
}
