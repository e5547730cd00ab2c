package nl.wijkhub.casework;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.team.Team;

/** Table {@code attention}: held against the plans every minute, in one statement. */
public final class AttentionStore {
    // a plan nobody coordinates shows at its seat only when something of it was released there
    private static final String LOOK = """
            with member as (
                select * from unnest(:teams::text[], :seats::text[], :users::text[]) as m(team_id, seat, user_id)),
            current as (
                select 'no-coordinator' as kind, p.team_id, p.plan_id, null::uuid as part_id, known.at as since_at
                from plan p, lateral (
                    select min(ps.attached_at) as at
                    from plan_signal ps join plan_signal_seen v using (plan_id, signal_id)
                    where ps.plan_id = p.plan_id and v.team_id = p.team_id and v.seat = 'MUNICIPALITY') as known
                where p.state = 'PROPOSED' and p.opened_at < :unclaimed and known.at < :unclaimed
                union all
                select 'coordinator-left', p.team_id, p.plan_id, null, cast(:now as timestamptz) from plan p
                where p.state in ('ACTIVE', 'DORMANT') and not exists (
                    select 1 from member m where m.team_id = p.team_id and m.user_id = p.coordinator_user
                        and m.seat = coalesce(p.coordinator_seat, 'MUNICIPALITY'))
                union all
                select 'review-due', p.team_id, p.plan_id, null, p.coordinator_review_on::timestamptz from plan p
                where p.state in ('ACTIVE', 'DORMANT') and p.coordinator_review_on <= :today
                union all
                select 'unattended', p.team_id, p.plan_id, null, last.at
                from plan p, lateral (select max(e.happened_at) as at from plan_event e
                    where e.plan_id = p.plan_id and e.user_id is not null) as last
                where p.state = 'ACTIVE' and last.at < :quiet
                union all
                select 'agreement-late', p.team_id, p.plan_id, a.agreement_id, a.due_on::timestamptz
                from plan_agreement a join plan dead on dead.plan_id = a.plan_id
                    join plan p on p.plan_id = coalesce(dead.merged_into_id, dead.plan_id)
                where a.state = 'OPEN' and a.due_on < :today and p.state <> 'CLOSED'
                union all
                select 'silent-partner', p.team_id, p.plan_id, t.participant_id, heard.at
                from plan_participant t join plan p on p.plan_id = t.plan_id,
                    lateral (select greatest(t.joined_at,
                        (select max(a.ended_at) from plan_agreement a where a.participant_id = t.participant_id),
                        (select max(o.given_at) from plan_position o join plan_weighing w using (weighing_id)
                            where w.plan_id = t.plan_id and o.team_id = t.team_id and o.seat = t.seat)) as at)
                        as heard
                where t.kind = 'PARTNER' and t.left_at is null and p.state = 'ACTIVE' and heard.at < :silent
                    and (exists (select 1 from plan_agreement a
                            where a.participant_id = t.participant_id and a.state = 'OPEN' and a.made_at < :silent)
                        or exists (select 1 from plan_weighing w
                            where w.plan_id = t.plan_id and w.decision is null and w.opened_at < :silent and not exists (
                                select 1 from plan_position o where o.weighing_id = w.weighing_id
                                    and o.team_id = t.team_id and o.seat = t.seat)))
                union all
                select 'handover-unanswered', h.from_team_id, h.plan_id, h.handover_id, h.due_at from handover h
                where h.state = 'OPEN' and h.due_at < :now
                union all
                select 'handover-unanswered', h.to_team_id, h.plan_id, h.handover_id, h.due_at from handover h
                where h.state = 'OPEN' and h.due_at < :now
                union all
                select 'escalation-unanswered', e.team_id, e.plan_id, e.escalation_id, least(e.due_at, e.surfaced_at)
                from escalation e
                where e.state = 'OPEN' and (e.due_at < :now or e.surfaced_at is not null)
                union all
                select 'consult-unanswered', c.team_id, ps.plan_id, c.consultation_id, c.due_at
                from consultation c join plan_signal ps on ps.signal_id = c.signal_id
                    join plan p on p.plan_id = ps.plan_id and p.team_id = c.team_id and p.state <> 'CLOSED'
                where c.is_of_seat and c.answered_at is null and c.closed_at is null and c.due_at < :now
                    and exists (
                        select 1 from plan_signal_seen v
                        where v.plan_id = ps.plan_id and v.signal_id = ps.signal_id
                            and v.team_id = c.team_id and v.seat = 'MUNICIPALITY')),
            ended as (
                update attention a set ended_at = :now
                where a.ended_at is null and not exists (
                    select 1 from current c where c.kind = a.kind and c.team_id = a.team_id and c.plan_id = a.plan_id
                        and c.part_id is not distinct from a.part_id)
                returning a.kind, a.plan_id, a.part_id, a.seat),
            raised as (
                insert into attention (kind, team_id, plan_id, part_id, since_at, raised_at, seat)
                select c.kind, c.team_id, c.plan_id, c.part_id, c.since_at, :now,
                    coalesce((select s.seat from escalation s
                        where c.kind = 'escalation-unanswered' and s.escalation_id = c.part_id), 'MUNICIPALITY')
                from current c
                on conflict (kind, team_id, plan_id, coalesce(part_id, plan_id)) where ended_at is null do nothing
                returning kind, plan_id, part_id, seat)
            select distinct r.kind || '-raised' as kind, r.plan_id, r.part_id, r.seat, p.epoch
            from raised r join plan p on p.plan_id = r.plan_id
            union
            select distinct e.kind || '-over', e.plan_id, e.part_id, e.seat, p.epoch
            from ended e join plan p on p.plan_id = e.plan_id
            """;
    private static final String OF_PAIR = """
            select kind, plan_id, part_id, since_at from attention
            where team_id = :team and seat = :seat and ended_at is null
            order by since_at, attention_id limit :limit
            """;
    private static final String COUNTS =
            "select kind, count(*) as items from attention where ended_at is null group by kind";
    private static final String OVERDUE = """
            select q.queue_item_id, q.due_at from queue_item q
            where q.team_id = :team and q.seat = :seat and q.state in ('WAITING', 'RETURNED', 'TAKEN_UP')
                and q.due_at < :now
                and not exists (select 1 from recall w where w.release_id = q.release_id)
            order by q.due_at, q.queue_item_id limit :limit
            """;

    /** What was raised or is over now, and of whom in the team it asks attention. */
    record Changed(String kind, UUID planId, UUID partId, String seat, int epoch) {}

    /**
     * Something that asks for attention.
     *
     * @param partId the part of the plan, the hand-over or the item it is about; null for the plan as a whole
     */
    public record Item(String kind, UUID planId, UUID partId, Instant since) {}

    /** How long something may take before it shows. */
    record Terms(Instant now, LocalDate today, Instant unclaimedSince, Instant silentSince, Instant quietSince) {}

    private final Database database;

    public AttentionStore(Database database) {
        this.database = database;
    }

    List<Changed> look(Collection<Team> teams, Terms terms) {
        List<String[]> members = teams.stream()
                .flatMap(team -> team.seats().stream().flatMap(seat -> seat.users().stream()
                        .map(user -> new String[] {team.id(), seat.recipient().seatName(), user.user()})))
                .toList();
        return database.with(h -> h.createQuery(LOOK)
                .bind("teams", members.stream().map(m -> m[0]).toArray(String[]::new))
                .bind("seats", members.stream().map(m -> m[1]).toArray(String[]::new))
                .bind("users", members.stream().map(m -> m[2]).toArray(String[]::new))
                .bind("now", terms.now().atOffset(ZoneOffset.UTC))
                .bind("today", terms.today())
                .bind("unclaimed", terms.unclaimedSince().atOffset(ZoneOffset.UTC))
                .bind("silent", terms.silentSince().atOffset(ZoneOffset.UTC))
                .bind("quiet", terms.quietSince().atOffset(ZoneOffset.UTC))
                .map((rs, c) -> new Changed(
                        rs.getString("kind"),
                        rs.getObject("plan_id", UUID.class),
                        rs.getObject("part_id", UUID.class),
                        rs.getString("seat"),
                        rs.getInt("epoch")))
                .list());
    }

    /** What asks a pair for attention on the plans of its team, the oldest first; nearly all of it the seat. */
    public List<Item> ofPair(Recipient pair, int limit) {
        return database.with(h -> h.createQuery(OF_PAIR)
                .bind("team", pair.teamId())
                .bind("seat", pair.seatName())
                .bind("limit", limit)
                .map((rs, c) -> new Item(
                        rs.getString("kind"),
                        rs.getObject("plan_id", UUID.class),
                        rs.getObject("part_id", UUID.class),
                        rs.getObject("since_at", OffsetDateTime.class).toInstant()))
                .list());
    }

    /** What a pair should have done by now, the longest waiting first. */
    public List<Item> overdue(Recipient pair, Instant now, int limit) {
        return database.with(h -> h.createQuery(OVERDUE)
                .bind("team", pair.teamId())
                .bind("seat", pair.seatName())
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .bind("limit", limit)
                .map((rs, c) -> new Item(
                        "item-overdue",
                        null,
                        rs.getObject("queue_item_id", UUID.class),
                        rs.getObject("due_at", OffsetDateTime.class).toInstant()))
                .list());
    }

    /** How much of each kind stands, over all teams. */
    public Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        database.with(h -> h.createQuery(COUNTS)
                .map((rs, c) -> counts.put(rs.getString("kind"), rs.getLong("items")))
                .list());
        return counts;
    }
}
