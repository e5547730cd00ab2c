package nl.wijkhub.escalation;

import static nl.wijkhub.kernel.Database.column;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.sharing.Recipient;

/** Table {@code escalation}, for whoever looks at a step or answers it. */
public final class EscalationSeenStore {
    private static final String BY_ID = "select * from escalation where escalation_id = :id";
    private static final String LOCKED = "select * from escalation where escalation_id = :id for update";
    // what was tried first and helped never went up: nobody outside heard of it
    private static final String WAS_OPENED = """
            select exists (select 1 from escalation_event where escalation_id = :id and kind = 'opened')
            """;
    // a step that rests on what its pair may not see any more is not listed; nothing committed late is skipped
    private static final String STANDING = """
            with pair as (select * from unnest(:teams::text[], :seats::text[]) as m(team_id, seat))
            select e.* from escalation e join pair using (team_id, seat)
            where e.state in ('OPEN', 'MEDIATION', 'CONSULT')
                and exists (
                    select 1 from plan_signal_seen v
                    where v.plan_id = e.plan_id and v.signal_id = e.signal_id
                        and v.team_id = e.team_id and v.seat = e.seat)
            order by e.due_at, e.escalation_id limit :limit
            """;
    private static final String OF_PAIRS = """
            with pair as (select * from unnest(:teams::text[], :seats::text[]) as m(team_id, seat)),
            after as (
                select c.transaction_id, c.escalation_id from escalation c join pair using (team_id, seat)
                where c.escalation_id = cast(:after as uuid))
            select e.* from escalation e join pair using (team_id, seat)
            where e.transaction_id < pg_snapshot_xmin(pg_current_snapshot())
                and (cast(:after as uuid) is null
                    or (e.transaction_id, e.escalation_id) > (select transaction_id, escalation_id from after))
                and exists (
                    select 1 from plan_signal_seen v
                    where v.plan_id = e.plan_id and v.signal_id = e.signal_id
                        and v.team_id = e.team_id and v.seat = e.seat)
            order by e.transaction_id, e.escalation_id limit :limit
            """;
    private static final String OF_PLAN = """
            select e.* from escalation e
            where e.plan_id = :plan and e.team_id = :team and e.seat = :seat
                and exists (
                    select 1 from plan_signal_seen v
                    where v.plan_id = e.plan_id and v.signal_id = e.signal_id
                        and v.team_id = e.team_id and v.seat = e.seat)
            order by e.raised_at, e.escalation_id
            """;
    private static final String SURFACE = """
            update escalation set surfaced_at = :at where escalation_id = :id and surfaced_at is null
            """;
    private static final String TOLD = "update escalation_event set told_at = :at where event_id = any(:ids)";

    private final Database database;

    public EscalationSeenStore(Database database) {
        this.database = database;
    }

    Optional<EscalationStep> find(UUID id) {
        return database.with(h -> h.createQuery(BY_ID)
                .bind("id", id)
                .map((rs, c) -> EscalationStore.read(rs))
                .findOne());
    }

    /** The same, held until the transaction ends. */
    Optional<EscalationStep> locked(UUID id) {
        return database.with(h -> h.createQuery(LOCKED)
                .bind("id", id)
                .map((rs, c) -> EscalationStore.read(rs))
                .findOne());
    }

    boolean wasOpened(UUID id) {
        return database.with(h ->
                h.createQuery(WAS_OPENED).bind("id", id).mapTo(Boolean.class).one());
    }

    /**
     * The steps of these pairs, in the order they were raised.
     *
     * @param after the last of the page before; null for the first page
     */
    List<EscalationStep> ofPairs(Collection<Recipient> pairs, UUID after, int limit) {
        return database.with(h -> h.createQuery(OF_PAIRS)
                .bind("teams", column(pairs, String[]::new, Recipient::teamId))
                .bind("seats", column(pairs, String[]::new, pair -> pair.seatName()))
                .bind("after", after)
                .bind("limit", limit)
                .map((rs, c) -> EscalationStore.read(rs))
                .list());
    }

    /** What stands at these pairs and waits for an answer, the first term first. */
    List<EscalationStep> standing(Collection<Recipient> pairs, int limit) {
        return database.with(h -> h.createQuery(STANDING)
                .bind("teams", column(pairs, String[]::new, Recipient::teamId))
                .bind("seats", column(pairs, String[]::new, pair -> pair.seatName()))
                .bind("limit", limit)
                .map((rs, c) -> EscalationStore.read(rs))
                .list());
    }

    /** What one pair saw of the ladder of a plan, the oldest first. */
    List<EscalationStep> ofPlan(UUID plan, Recipient pair) {
        return database.with(h -> h.createQuery(OF_PLAN)
                .bind("plan", plan)
                .bind("team", pair.teamId())
                .bind("seat", pair.seatName())
                .map((rs, c) -> EscalationStore.read(rs))
                .list());
    }

    /** Asks for attention before its time. */
    void surface(UUID id, Instant now) {
        database.with(h -> h.createUpdate(SURFACE)
                .bind("id", id)
                .bind("at", now.atOffset(ZoneOffset.UTC))
                .execute());
    }

    /** These events were told to whoever listens. */
    public void told(Collection<UUID> events, Instant now) {
        if (!events.isEmpty()) {
            database.with(h -> h.createUpdate(TOLD)
                    .bind("ids", events.toArray(UUID[]::new))
                    .bind("at", now.atOffset(ZoneOffset.UTC))
                    .execute());
        }
    }
}
