package nl.wijkhub.plan;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.kernel.Vault;
import nl.wijkhub.plan.PlanPart.Coordinator;
import nl.wijkhub.sharing.Recipient;

/** Table {@code plan} as people work on it: one plan with its parts, read and written as a whole, under its lock. */
public final class PlanLifeStore {
    private static final String HOUSEHOLD = "select household_id from plan where plan_id = :id";
    private static final String OF_AGREEMENT = "select plan_id from plan_agreement where agreement_id = :id";
    private static final String LOCKED = "select * from plan where plan_id = :id for no key update";
    private static final String ONE = "select * from plan where plan_id = :id";
    private static final String UPDATE = """
            update plan set team_id = :team, state = :state, epoch = :epoch, coordinator_kind = :kind,
                coordinator_user = :user, coordinator_seat = :seat, coordinator_reason_sealed = :reason,
                coordinator_review_on = :review, agreed_on = :agreed, strengths_sealed = :strengths, outcome = :outcome, closed_at = :closed
            where plan_id = :id
            """;
    private static final String OTHER_OPEN = """
            select exists (
                select 1 from plan where household_id = :household and plan_id <> :id and state <> 'CLOSED')
            """;
    // what was superseded or recalled is nobody's any more
    private static final String SIGNALS = """
            select ps.signal_id from plan_signal ps join plan_signal_seen v using (plan_id, signal_id)
            where ps.plan_id = :plan and v.team_id = :team and v.seat = :seat
            order by ps.attached_at desc, ps.signal_id limit :limit
            """;
    private static final String NEWEST_SIGNALS = """
            select p.plan_id, s.signal_id from unnest(:plans::uuid[]) as p(plan_id), lateral (
                select ps.signal_id, ps.attached_at
                from plan_signal ps join plan_signal_seen v using (plan_id, signal_id)
                where ps.plan_id = p.plan_id and v.team_id = :team and v.seat = :seat
                order by ps.attached_at desc, ps.signal_id limit :limit) s
            order by p.plan_id, s.attached_at desc, s.signal_id
            """;
    private static final String ALL_SIGNALS =
            "select signal_id from plan_signal where plan_id = :plan order by attached_at, signal_id";
    private static final String SEEN_BY = """
            select exists (
                select 1 from plan_signal_seen
                where plan_id = :plan and team_id = :team and seat = :seat)
            """;
    private static final String KNOWN_SINCE = """
            select coalesce(
                (select min(ps.attached_at) from plan_signal ps join plan_signal_seen v using (plan_id, signal_id)
                    where ps.plan_id = :plan and v.team_id = :team and v.seat = :seat),
                (select max(e.happened_at) from plan_event e
                    where e.plan_id = :plan and e.kind in ('handover-accepted', 'coordinator-set')))
            """;
    private static final String TAKEN_OVER_AT =
            "select max(happened_at) from plan_event where plan_id = :plan and kind = 'handover-accepted'";
    private static final String OF_TEAM = """
            select p.plan_id, p.state, coalesce(
                    (select min(ps.attached_at) from plan_signal ps join plan_signal_seen v using (plan_id, signal_id)
                        where ps.plan_id = p.plan_id and v.team_id = :team and v.seat = :seat),
                    (select max(e.happened_at) from plan_event e
                        where e.plan_id = p.plan_id and e.kind in ('handover-accepted', 'coordinator-set')))
                    as opened_at, p.coordinator_user, p.coordinator_kind from plan p
            where p.team_id = :team and p.state = any(:states) and (:cursor::uuid is null or p.plan_id > :cursor)
                and case when :seat = 'MUNICIPALITY' then p.coordinator_kind is not null or exists (
                        select 1 from plan_signal_seen v
                        where v.plan_id = p.plan_id and v.team_id = :team and v.seat = :seat)
                    else p.coordinator_seat = :seat and p.state <> 'CLOSED' end
            order by p.plan_id limit :limit
            """;

    /** A plan in a list of its team. */
    public record Listed(UUID id, Plan.PlanState state, Instant openedAt, String coordinator) {}

    private final Database database;
    private final Vault vault;
    private final PlanPartStore parts;

    public PlanLifeStore(Database database, Vault vault) {
        this.database = database;
        this.vault = vault;
        this.parts = new PlanPartStore(database, vault);
    }

    /** Whose plan it is; empty when there is none. */
    public Optional<UUID> householdOf(UUID id) {
        return database.with(
                h -> h.createQuery(HOUSEHOLD).bind("id", id).mapTo(UUID.class).findOne());
    }

    /** Whose agreement it is; empty when there is none. */
    public Optional<UUID> planOfAgreement(UUID id) {
        return database.with(h ->
                h.createQuery(OF_AGREEMENT).bind("id", id).mapTo(UUID.class).findOne());
    }

    /** The plan with its parts, held until the transaction ends; its household is to be locked first. */
    public Optional<Plan> locked(UUID id) {
        return one(LOCKED, id);
    }

    public Optional<Plan> find(UUID id) {
        return one(ONE, id);
    }

    private Optional<Plan> one(String sql, UUID id) {
        return database.with(h -> h.createQuery(sql)
                .bind("id", id)
                .map((rs, c) -> plan(rs))
                .findOne()
                .map(parts::filled));
    }

    /**
     * Writes what changed. Rejects: a second open plan for a household.
     */
    public void save(Plan before, Plan after) {
        boolean opens = !before.isOpen() && after.isOpen();
        if (opens && hasOtherOpen(after)) {
            throw Rejected.of(Problem.STATE_CONFLICT, "", "second-open-plan");
        }
        Coordinator by = after.coordinator();
        database.with(h -> h.createUpdate(UPDATE)
                .bind("id", after.id())
                .bind("team", after.teamId())
                .bind("state", after.state().name())
                .bind("epoch", after.epoch())
                .bind("kind", by == null ? null : by.kind().name())
                .bind("user", by == null ? null : by.user())
                .bind("seat", by == null ? null : by.seat().seatName())
                .bind("reason", by == null ? null : sealed("coordinator_reason_sealed", after.id(), by.reason()))
                .bind("review", by == null ? null : by.reviewOn())
                .bind("agreed", after.agreedOn())
                .bind(
                        "strengths",
                        after.strengths().isEmpty()
                                ? null
                                : sealed("strengths_sealed", after.id(), Json.write(after.strengths())))
                .bind(
                        "outcome",
                        after.outcome() == null ? null : after.outcome().name())
                .bind(
                        "closed",
                        after.closedAt() == null ? null : after.closedAt().atOffset(ZoneOffset.UTC))
                .execute());
        parts.save(before, after);
    }

    private boolean hasOtherOpen(Plan plan) {
        return database.with(h -> h.createQuery(OTHER_OPEN)
                .bind("household", plan.householdId())
                .bind("id", plan.id())
                .mapTo(Boolean.class)
                .one());
    }

    /** The signals of a plan that this pair may know of, the newest first. */
    public List<UUID> signalsOf(UUID plan, Recipient pair, int limit) {
        return database.with(h -> h.createQuery(SIGNALS)
                .bind("plan", plan)
                .bind("team", pair.teamId())
                .bind("seat", pair.seatName())
                .bind("limit", limit)
                .map((rs, c) -> rs.getObject("signal_id", UUID.class))
                .list());
    }

    /** Plan → the newest signals of it that this pair may know of, the newest first. */
    public Map<UUID, List<UUID>> newestSignalsOf(Collection<UUID> plans, Recipient pair, int limit) {
        return database.with(h -> h.createQuery(NEWEST_SIGNALS)
                .bind("plans", plans.toArray(UUID[]::new))
                .bind("team", pair.teamId())
                .bind("seat", pair.seatName())
                .bind("limit", limit)
                .reduceRows(new HashMap<UUID, List<UUID>>(), (newest, row) -> {
                    newest.computeIfAbsent(row.getColumn("plan_id", UUID.class), plan -> new ArrayList<>())
                            .add(row.getColumn("signal_id", UUID.class));
                    return newest;
                }));
    }

    /** Every signal of a plan, whoever may see it: to decide anew about, never to show. */
    public List<UUID> allSignalsOf(UUID plan) {
        return database.with(h ->
                h.createQuery(ALL_SIGNALS).bind("plan", plan).mapTo(UUID.class).list());
    }

    /** Whether something of the plan was released to this pair, and stands. */
    public boolean isSeenBy(UUID plan, Recipient pair) {
        return database.with(h -> h.createQuery(SEEN_BY)
                .bind("plan", plan)
                .bind("team", pair.teamId())
                .bind("seat", pair.seatName())
                .mapTo(Boolean.class)
                .one());
    }

    /** When this pair first got to know of the plan; empty when it does not. */
    public Optional<Instant> knownSince(UUID plan, Recipient pair) {
        return database.with(h -> h.createQuery(KNOWN_SINCE)
                .bind("plan", plan)
                .bind("team", pair.teamId())
                .bind("seat", pair.seatName())
                .map((rs, c) -> Optional.ofNullable(rs.getObject(1, OffsetDateTime.class)))
                .one()
                .map(OffsetDateTime::toInstant));
    }

    /** When the team that has the plan took it over; empty when it had it from the start. */
    public Optional<Instant> takenOverAt(UUID plan) {
        return database.with(h -> h.createQuery(TAKEN_OVER_AT)
                .bind("plan", plan)
                .map((rs, c) -> Optional.ofNullable(rs.getObject(1, OffsetDateTime.class)))
                .one()
                .map(OffsetDateTime::toInstant));
    }

    /**
     * The plans of a team that a seat works on: the municipality's on all it knows of, another on those it coordinates.
     *
     * @param cursor the last one of the page before; null for the first page
     */
    public List<Listed> ofTeam(Recipient seat, Collection<Plan.PlanState> states, UUID cursor, int limit) {
        return database.with(h -> h.createQuery(OF_TEAM)
                .bind("team", seat.teamId())
                .bind("seat", seat.seatName())
                .bind("states", states.stream().map(Plan.PlanState::name).toArray(String[]::new))
                .bind("cursor", cursor)
                .bind("limit", limit)
                .map((rs, c) -> new Listed(
                        rs.getObject("plan_id", UUID.class),
                        Plan.PlanState.valueOf(rs.getString("state")),
                        rs.getObject("opened_at", OffsetDateTime.class).toInstant(),
                        rs.getString("coordinator_user")))
                .list());
    }

    private Plan plan(ResultSet rs) throws SQLException {
        UUID id = rs.getObject("plan_id", UUID.class);
        String kind = rs.getString("coordinator_kind");
        byte[] reason = rs.getBytes("coordinator_reason_sealed");
        byte[] strengths = rs.getBytes("strengths_sealed");
        String outcome = rs.getString("outcome");
        OffsetDateTime closedAt = rs.getObject("closed_at", OffsetDateTime.class);
        return Plan.builder()
                .id(id)
                .householdId(rs.getObject("household_id", UUID.class))
                .teamId(rs.getString("team_id"))
                .state(Plan.PlanState.valueOf(rs.getString("state")))
                .epoch(rs.getInt("epoch"))
                .coordinator(
                        kind == null
                                ? null
                                : new Coordinator(
                                        Coordinator.CoordinatorKind.valueOf(kind),
                                        rs.getString("coordinator_user"),
                                        seat(rs),
                                        reason == null
                                                ? null
                                                : vault.open("plan", "coordinator_reason_sealed", id, reason),
                                        rs.getObject("coordinator_review_on", LocalDate.class)))
                .agreedOn(rs.getObject("agreed_on", LocalDate.class))
                .strengths(
                        strengths == null
                                ? List.of()
                                : Arrays.asList(Json.read(
                                        vault.open("plan", "strengths_sealed", id, strengths), String[].class)))
                .outcome(outcome == null ? null : Plan.Outcome.valueOf(outcome))
                .openedAt(rs.getObject("opened_at", OffsetDateTime.class).toInstant())
                .closedAt(closedAt == null ? null : closedAt.toInstant())
                .parts(PlanParts.NONE)
                .build();
    }

    /** What was written without a seat was the municipality's. */
    private static Recipient seat(ResultSet rs) throws SQLException {
        String seat = rs.getString("coordinator_seat");
        return Recipient.at(rs.getString("team_id"), seat == null ? Discipline.MUNICIPALITY.name() : seat);
    }

    private byte[] sealed(String column, UUID plan, String text) {
        return text == null ? null : vault.seal("plan", column, plan, text);
    }
}
