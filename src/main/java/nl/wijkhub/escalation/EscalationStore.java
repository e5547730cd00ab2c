package nl.wijkhub.escalation;

import static nl.wijkhub.kernel.Database.column;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import nl.wijkhub.escalation.EscalationPolicy.Change;
import nl.wijkhub.escalation.EscalationStep.Ending;
import nl.wijkhub.escalation.EscalationStep.StepState;
import nl.wijkhub.escalation.PlanFacts.Viewer;
import nl.wijkhub.kernel.Coded;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.sharing.Recipient;

/**
 * Tables {@code escalation} (the steps), {@code escalation_event} (their history), {@code escalation_look} (when time
 * was last asked about a plan). One step stands per plan, recipient and level: a unique partial index.
 */
public final class EscalationStore {
    private static final String STEPS = """
            select * from escalation
            where plan_id = any(:plans)
                and (state in ('OPEN', 'MEDIATION', 'CONSULT', 'TAKEN')
                    or (state = 'DECLINED' and ended_at > :since))
            order by escalation_id for update
            """;
    private static final String RAISE = """
            insert into escalation (escalation_id, plan_id, epoch, team_id, seat, level, rule_id, signal_id,
                state, raised_at, due_at, tried_until, held_at)
            select i, p, e, t, d, l, r, s, z, f, u, w, h
            from unnest(:ids::uuid[], :plans::uuid[], :epochs::int[], :teams::text[], :seats::text[],
                :levels::int[], :rules::text[], :signals::uuid[], :states::text[], :raised::timestamptz[],
                :due::timestamptz[], :tried::timestamptz[], :held::timestamptz[])
                as n(i, p, e, t, d, l, r, s, z, f, u, w, h)
            """;
    private static final String CHANGE = """
            update escalation set rule_id = r, signal_id = s, state = z, due_at = u, held_at = h, again_at = a,
                ended_at = x, ended_reason = y
            from unnest(:ids::uuid[], :rules::text[], :signals::uuid[], :states::text[], :due::timestamptz[],
                :held::timestamptz[], :again::timestamptz[], :ended::timestamptz[], :endings::text[])
                as n(i, r, s, z, u, h, a, x, y)
            where escalation_id = n.i
            """;
    private static final String TELL = """
            insert into escalation_event (event_id, escalation_id, kind, user_id, happened_at)
            select i, e, k, :user, :at from unnest(:ids::uuid[], :steps::uuid[], :kinds::text[]) as n(i, e, k)
            """;
    private static final String PLAN =
            "select household_id, epoch, team_id, state = 'CLOSED' as is_closed from plan where plan_id = :plan";
    private static final String ANSWERED = """
            select e.escalation_id from escalation e
            where e.plan_id = :plan and e.state = 'CONSULT' and (exists (
                    select 1 from consultation c join plan_signal ps on ps.signal_id = c.signal_id
                    where ps.plan_id = e.plan_id and c.team_id = e.team_id and c.answered_at is not null
                        and (c.signal_id = e.signal_id or c.answered_at >= e.raised_at))
                or not exists (
                    select 1 from consultation c join plan_signal ps on ps.signal_id = c.signal_id
                    where ps.plan_id = e.plan_id and c.team_id = e.team_id and c.closed_at is null
                        and not exists (select 1 from withdrawal w where w.signal_id = c.signal_id)))
            """;
    // what time has changed is looked at soon, whatever else stands now and then
    private static final String TO_LOOK_AT = """
            select e.plan_id from escalation e join plan p on p.plan_id = e.plan_id
                left join escalation_look l on l.plan_id = e.plan_id
            where e.state in ('OPEN', 'MEDIATION', 'CONSULT', 'TAKEN')
                and (coalesce(l.looked_at, e.raised_at) < :since or (coalesce(l.looked_at, '-infinity') < :soon and (
                    e.epoch < p.epoch
                    or (e.state in ('MEDIATION', 'CONSULT') and e.tried_until <= :now)
                    or (e.state = 'CONSULT' and exists (
                        select 1 from consultation c join plan_signal ps on ps.signal_id = c.signal_id
                        where ps.plan_id = e.plan_id and c.team_id = e.team_id and c.answered_at is not null
                            and (c.signal_id = e.signal_id or c.answered_at >= e.raised_at)))
                    or (e.state = 'CONSULT' and not exists (
                        select 1 from consultation c join plan_signal ps on ps.signal_id = c.signal_id
                        where ps.plan_id = e.plan_id and c.team_id = e.team_id and c.closed_at is null
                            and not exists (select 1 from withdrawal w where w.signal_id = c.signal_id)))
                    or not exists (
                        select 1 from plan_signal_seen v
                        where v.plan_id = e.plan_id and v.signal_id = e.signal_id
                            and v.team_id = e.team_id and v.seat = e.seat))))
            group by e.plan_id order by min(coalesce(l.looked_at, e.raised_at)) limit :limit
            """;
    private static final String LOOKED = """
            insert into escalation_look (plan_id, looked_at) values (:plan, :now)
            on conflict (plan_id) do update set looked_at = excluded.looked_at
            """;

    /** Whose plan it is, in which of its lives, and which team has it. */
    record PlanRow(UUID householdId, int epoch, String teamId, boolean closed) {}

    private final Database database;

    public EscalationStore(Database database) {
        this.database = database;
    }

    /**
     * The steps of these plans that stand, and those declined since, held until the transaction ends.
     *
     * @param since of what was declined longer ago nothing is told
     */
    Map<Viewer, List<EscalationStep>> steps(Collection<UUID> plans, Instant since) {
        if (plans.isEmpty()) {
            return Map.of();
        }
        List<EscalationStep> steps = database.with(h -> h.createQuery(STEPS)
                .bind("plans", plans.toArray(UUID[]::new))
                .bind("since", since.atOffset(ZoneOffset.UTC))
                .map((rs, c) -> read(rs))
                .list());
        return steps.stream().collect(Collectors.groupingBy(step -> new Viewer(step.planId(), step.recipient())));
    }

    /** Writes what changed by itself and what became of it, at most one change per step. */
    void write(Collection<Change> changes, Instant now) {
        write(changes, null, now);
    }

    /**
     * @param by who did it; null for the hub itself
     */
    void write(Collection<Change> changes, String by, Instant now) {
        List<EscalationStep> raised = changes.stream()
                .filter(change -> change.before() == null)
                .map(Change::after)
                .toList();
        List<EscalationStep> changed = changes.stream()
                .filter(change -> change.before() != null)
                .map(Change::after)
                .toList();
        // what ends makes room for what is raised
        change(changed);
        raise(raised);
        List<EscalationStep> became =
                changes.stream().filter(Change::isEvent).map(Change::after).toList();
        tell(
                column(became, UUID[]::new, EscalationStep::id),
                column(became, String[]::new, step -> step.state().event()),
                by,
                now);
    }

    /** Something that is told of a step, and does not change it. */
    void tell(UUID step, String kind, String by, Instant now) {
        tell(new UUID[] {step}, new String[] {kind}, by, now);
    }

    private void change(List<EscalationStep> steps) {
        if (!steps.isEmpty()) {
            database.with(h -> h.createUpdate(CHANGE)
                    .bind("ids", column(steps, UUID[]::new, EscalationStep::id))
                    .bind("rules", column(steps, String[]::new, EscalationStep::ruleId))
                    .bind("signals", column(steps, UUID[]::new, EscalationStep::signalId))
                    .bind("states", column(steps, String[]::new, step -> step.state()
                            .name()))
                    .bind("due", times(steps, EscalationStep::dueAt))
                    .bind("held", times(steps, EscalationStep::heldAt))
                    .bind("again", times(steps, EscalationStep::againAt))
                    .bind("ended", times(steps, EscalationStep::endedAt))
                    .bind("endings", column(steps, String[]::new, EscalationStore::ending))
                    .execute());
        }
    }

    private void raise(List<EscalationStep> steps) {
        if (!steps.isEmpty()) {
            database.with(h -> h.createUpdate(RAISE)
                    .bind("ids", column(steps, UUID[]::new, EscalationStep::id))
                    .bind("plans", column(steps, UUID[]::new, EscalationStep::planId))
                    .bind("epochs", column(steps, Integer[]::new, EscalationStep::epoch))
                    .bind("teams", column(steps, String[]::new, step -> step.recipient()
                            .teamId()))
                    .bind("seats", column(steps, String[]::new, step -> step.recipient()
                            .seatName()))
                    .bind("levels", column(steps, Integer[]::new, EscalationStep::level))
                    .bind("rules", column(steps, String[]::new, EscalationStep::ruleId))
                    .bind("signals", column(steps, UUID[]::new, EscalationStep::signalId))
                    .bind("states", column(steps, String[]::new, step -> step.state()
                            .name()))
                    .bind("raised", times(steps, EscalationStep::raisedAt))
                    .bind("due", times(steps, EscalationStep::dueAt))
                    .bind("tried", times(steps, EscalationStep::triedUntil))
                    .bind("held", times(steps, EscalationStep::heldAt))
                    .execute());
        }
    }

    private void tell(UUID[] steps, String[] kinds, String by, Instant now) {
        if (steps.length > 0) {
            database.with(h -> h.createUpdate(TELL)
                    .bind("ids", column(List.of(steps), UUID[]::new, step -> Identifier.next()))
                    .bind("steps", steps)
                    .bind("kinds", kinds)
                    .bind("user", by)
                    .bind("at", now.atOffset(ZoneOffset.UTC))
                    .execute());
        }
    }

    PlanRow plan(UUID plan) {
        return database.with(h -> h.createQuery(PLAN)
                .bind("plan", plan)
                .map((rs, c) -> new PlanRow(
                        rs.getObject("household_id", UUID.class),
                        rs.getInt("epoch"),
                        rs.getString("team_id"),
                        rs.getBoolean("is_closed")))
                .one());
    }

    /** The steps of a plan that waited for care, and care has answered or may not be asked. */
    Set<UUID> answered(UUID plan) {
        return database.with(h ->
                h.createQuery(ANSWERED).bind("plan", plan).mapTo(UUID.class).set());
    }

    /**
     * Plans of which time may change a step.
     *
     * @param since whatever was not looked at since then
     * @param soon those with something that is due, unless they were looked at since then
     */
    List<UUID> toLookAt(Instant now, Instant since, Instant soon, int limit) {
        return database.with(h -> h.createQuery(TO_LOOK_AT)
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .bind("since", since.atOffset(ZoneOffset.UTC))
                .bind("soon", soon.atOffset(ZoneOffset.UTC))
                .bind("limit", limit)
                .mapTo(UUID.class)
                .list());
    }

    void looked(UUID plan, Instant now) {
        database.with(h -> h.createUpdate(LOOKED)
                .bind("plan", plan)
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .execute());
    }

    private static String ending(EscalationStep step) {
        return step.ending() == null ? null : step.ending().code();
    }

    private static String[] times(List<EscalationStep> steps, Function<EscalationStep, Instant> time) {
        return column(steps, String[]::new, step -> {
            Instant at = time.apply(step);
            return at == null ? null : at.toString();
        });
    }

    static EscalationStep read(ResultSet rs) throws SQLException {
        return EscalationStep.builder()
                .id(rs.getObject("escalation_id", UUID.class))
                .planId(rs.getObject("plan_id", UUID.class))
                .epoch(rs.getInt("epoch"))
                .recipient(Recipient.at(rs.getString("team_id"), rs.getString("seat")))
                .level(rs.getInt("level"))
                .ruleId(rs.getString("rule_id"))
                .signalId(rs.getObject("signal_id", UUID.class))
                .state(StepState.valueOf(rs.getString("state")))
                .raisedAt(instant(rs, "raised_at"))
                .dueAt(instant(rs, "due_at"))
                .triedUntil(instant(rs, "tried_until"))
                .heldAt(instant(rs, "held_at"))
                .againAt(instant(rs, "again_at"))
                .endedAt(instant(rs, "ended_at"))
                .ending(Optional.ofNullable(rs.getString("ended_reason"))
                        .flatMap(code -> Coded.of(Ending.class, code))
                        .orElse(null))
                .build();
    }

    private static Instant instant(ResultSet rs, String column) throws SQLException {
        OffsetDateTime at = rs.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
