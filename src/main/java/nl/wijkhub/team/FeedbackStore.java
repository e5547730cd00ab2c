package nl.wijkhub.team;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import nl.wijkhub.kernel.Coded;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Trace;
import nl.wijkhub.plan.AgendaFeedback;
import nl.wijkhub.sharing.FeedbackSharing;
import nl.wijkhub.sharing.Recipient;

/** Table {@code feedback}: what senders are to hear of their own signals, each kind once. */
public final class FeedbackStore implements AgendaFeedback {
    // in order of signal, so that two who write never wait for each other in a ring; what is closed is not taken up
    private static final String WRITE = """
            insert into feedback (signal_id, partner_id, kind, happened_at)
            select s.signal_id, s.partner_id, :kind, :at from signal s
            where s.signal_id = any(:signals)
                and not exists (select 1 from feedback f where f.signal_id = s.signal_id and f.kind = 'closed')
            order by s.signal_id
            on conflict (signal_id, kind) do nothing
            """;
    // what the seat may not see it did not take up
    private static final String TAKEN_UP_WITH_PLAN = """
            insert into feedback (signal_id, partner_id, kind, happened_at)
            select s.signal_id, s.partner_id, 'taken-up', :at
            from plan_signal ps join signal s using (signal_id)
            where ps.plan_id = :plan and exists (
                    select 1 from plan_signal_seen v
                    where v.plan_id = ps.plan_id and v.signal_id = ps.signal_id
                        and v.team_id = :team and v.seat = :seat)
                and not exists (select 1 from feedback f where f.signal_id = s.signal_id and f.kind = 'closed')
            order by s.signal_id
            on conflict (signal_id, kind) do nothing
            """;
    // what only others see is closed when people did with all of it; what was recalled is nobody's and ends nothing
    private static final String CLOSED_WITH_PLAN = """
            insert into feedback (signal_id, partner_id, kind, happened_at)
            select s.signal_id, s.partner_id, 'closed', :at
            from plan_signal ps join signal s using (signal_id)
            where ps.plan_id = :plan and (
                exists (
                    select 1 from plan_signal_seen v
                    where v.plan_id = ps.plan_id and v.signal_id = ps.signal_id
                        and v.team_id = :team and v.seat = :seat)
                or (exists (
                        select 1 from queue_item q join queue_item_step t using (queue_item_id)
                        where q.plan_id = ps.plan_id and q.signal_id = s.signal_id and q.state = 'DONE' and t.kind = 'done'
                            and not exists (select 1 from recall w where w.release_id = q.release_id))
                    and not exists (
                        select 1 from queue_item q
                        where q.plan_id = ps.plan_id and q.signal_id = s.signal_id and q.state in ('WAITING', 'RETURNED', 'TAKEN_UP')
                            and not exists (select 1 from recall w where w.release_id = q.release_id))))
            order by s.signal_id
            on conflict (signal_id, kind) do nothing
            """;
    private static final String ONE = "select * from feedback where feedback_id = :id and void_at is null for update";
    private static final String OF_SIGNAL =
            "select * from feedback where signal_id = :signal and void_at is null order by happened_at, kind desc";
    private static final String VOID =
            "update feedback set void_at = :at where feedback_id = :id and told_at is null and void_at is null";
    private static final String TOLD = "update feedback set told_at = :at where feedback_id = any(:ids)";
    private static final String OWN = """
            select s.signal_id, s.household_id, s.partner_id, s.discipline, s.trace_id, s.span_id,
                exists (select 1 from withdrawal w where w.signal_id = s.signal_id) as withdrawn
            from signal s where s.signal_id = :signal
            """;

    /** What there is to hear. */
    public enum FeedbackKind implements Coded {
        TAKEN_UP,
        CLOSED
    }

    /**
     * One thing a sender is to hear.
     *
     * @param toldAt when it was handed to those who tell it; null before
     */
    public record Feedback(
            UUID id, UUID signalId, String partnerId, FeedbackKind kind, Instant happenedAt, Instant toldAt) {}

    private final Database database;

    public FeedbackStore(Database database) {
        this.database = database;
    }

    @Override
    public void takenUp(Collection<UUID> signals, Instant at) {
        write(signals, FeedbackKind.TAKEN_UP, at);
    }

    @Override
    public void closed(Collection<UUID> signals, Instant at) {
        write(signals, FeedbackKind.CLOSED, at);
    }

    private void write(Collection<UUID> signals, FeedbackKind kind, Instant at) {
        if (!signals.isEmpty()) {
            database.with(h -> h.createUpdate(WRITE)
                    .bind("signals", signals.toArray(UUID[]::new))
                    .bind("kind", kind.code())
                    .bind("at", at.atOffset(ZoneOffset.UTC))
                    .execute());
        }
    }

    /**
     * @param seat the plan's: what it may see, it took up
     */
    void takenUpWithPlan(UUID plan, Recipient seat, Instant at) {
        withPlan(TAKEN_UP_WITH_PLAN, plan, seat, at);
    }

    void closedWithPlan(UUID plan, Recipient seat, Instant at) {
        withPlan(CLOSED_WITH_PLAN, plan, seat, at);
    }

    private void withPlan(String sql, UUID plan, Recipient seat, Instant at) {
        database.with(h -> h.createUpdate(sql)
                .bind("plan", plan)
                .bind("team", seat.teamId())
                .bind("seat", seat.seatName())
                .bind("at", at.atOffset(ZoneOffset.UTC))
                .execute());
    }

    /** One, held until the transaction ends; empty when there is none. */
    Optional<Feedback> held(UUID id) {
        return database.with(
                h -> h.createQuery(ONE).bind("id", id).map((rs, c) -> read(rs)).findOne());
    }

    /** What there is to hear of a signal, in order; without what is void. */
    List<Feedback> ofSignal(UUID signal) {
        return database.with(h -> h.createQuery(OF_SIGNAL)
                .bind("signal", signal)
                .map((rs, c) -> read(rs))
                .list());
    }

    /** Never goes. */
    void makeVoid(UUID id, Instant at) {
        database.with(h -> h.createUpdate(VOID)
                .bind("id", id)
                .bind("at", at.atOffset(ZoneOffset.UTC))
                .execute());
    }

    /** These are with those who tell them. */
    public void told(Collection<UUID> ids, Instant now) {
        if (!ids.isEmpty()) {
            database.with(h -> h.createUpdate(TOLD)
                    .bind("ids", ids.toArray(UUID[]::new))
                    .bind("at", now.atOffset(ZoneOffset.UTC))
                    .execute());
        }
    }

    /** A signal as its sender may hear of it; empty when there is none. */
    Optional<FeedbackSharing.Own> own(UUID signal) {
        return database.with(h -> h.createQuery(OWN)
                .bind("signal", signal)
                .map((rs, c) -> new FeedbackSharing.Own(
                        rs.getObject("signal_id", UUID.class),
                        rs.getObject("household_id", UUID.class),
                        rs.getString("partner_id"),
                        Discipline.valueOf(rs.getString("discipline")),
                        rs.getBoolean("withdrawn"),
                        new Trace(rs.getString("trace_id"), rs.getString("span_id"))))
                .findOne());
    }

    private static Feedback read(ResultSet rs) throws SQLException {
        OffsetDateTime toldAt = rs.getObject("told_at", OffsetDateTime.class);
        return new Feedback(
                rs.getObject("feedback_id", UUID.class),
                rs.getObject("signal_id", UUID.class),
                rs.getString("partner_id"),
                Coded.of(FeedbackKind.class, rs.getString("kind")).orElseThrow(),
                rs.getObject("happened_at", OffsetDateTime.class).toInstant(),
                toldAt == null ? null : toldAt.toInstant());
    }
}
