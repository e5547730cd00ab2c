package nl.wijkhub.plan;

import static nl.wijkhub.kernel.Database.column;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.sharing.Recipient;

/** Tables {@code plan} and {@code plan_signal}, as signals come in. At most one open plan per household is an index. */
public final class PlanStore {
    private static final String CURRENT = """
            select distinct on (household_id) household_id, plan_id, team_id, state, epoch,
                coordinator_kind is not null as has_coordinator
            from plan where household_id = any(:households) and merged_into_id is null
            order by household_id, state <> 'CLOSED' desc, opened_at desc
            """;
    private static final String OPEN = """
            insert into plan (plan_id, household_id, team_id, state, opened_at)
            select p, h, t, 'PROPOSED', :at
            from unnest(:plans::uuid[], :households::uuid[], :teams::text[]) as n(p, h, t)
            """;
    private static final String REVIVE = """
            update plan set state = n.s, outcome = null, closed_at = null
            from unnest(:plans::uuid[], :states::text[]) as n(p, s) where plan_id = n.p
            """;
    private static final String ADD = """
            insert into plan_signal (plan_id, signal_id, epoch, attached_at, seen)
            select p, s, e, :at, string_to_array(v, ' ')
            from unnest(:plans::uuid[], :signals::uuid[], :epochs::int[], :seen::text[]) as n(p, s, e, v)
            on conflict (plan_id, signal_id) do update set seen = excluded.seen || array(
                select v from unnest(plan_signal.seen) as v
                where not exists (
                    select 1 from unnest(excluded.seen) as n
                    where split_part(n, '|', 1) = split_part(v, '|', 1)
                        and split_part(n, '|', 2) = split_part(v, '|', 2)))
            """;
    private static final String TAKE_BACK = """
            update plan_signal ps set seen = array(
                select v from unnest(ps.seen) as v
                where not exists (
                    select 1 from unnest(:signals::uuid[], :recipients::text[]) as n(s, r)
                    where n.s = ps.signal_id and starts_with(v, n.r)))
            where ps.signal_id = any(:signals)
                and ps.plan_id in (
                    select p.plan_id from plan p where p.household_id = any(:households)
                    union select unnest(array[c.from_plan_id, c.to_plan_id])
                    from household_change_moved m join household_change c on c.change_id = m.change_id
                    where m.signal_id = any(:signals))
            """;

    /**
     * The plan of a household as far as a new signal needs it.
     *
     * @param hasCoordinator somebody took it up, in this life or an earlier one
     */
    record Current(UUID planId, String teamId, Plan.PlanState state, int epoch, boolean hasCoordinator) {}

    /**
     * @param seen what each recipient may know of it: {@code team|discipline|sender|children}, the sender where it passes
     *     and the number of children it may see
     */
    record PlanSignal(UUID planId, UUID signalId, int epoch, List<String> seen) {}

    /** What a recipient does not know of a signal any more. */
    record TakenBack(UUID signalId, UUID householdId, Recipient recipient) {}

    private final Database database;

    public PlanStore(Database database) {
        this.database = database;
    }

    /** The plan of each household that has one: the open one, or else the last that was closed. */
    Map<UUID, Current> currentOf(Collection<UUID> households) {
        Map<UUID, Current> plans = new HashMap<>();
        if (!households.isEmpty()) {
            database.with(h -> h.createQuery(CURRENT)
                    .bind("households", households.toArray(UUID[]::new))
                    .map((rs, c) -> plans.put(
                            rs.getObject("household_id", UUID.class),
                            new Current(
                                    rs.getObject("plan_id", UUID.class),
                                    rs.getString("team_id"),
                                    Plan.PlanState.valueOf(rs.getString("state")),
                                    rs.getInt("epoch"),
                                    rs.getBoolean("has_coordinator"))))
                    .list());
        }
        return plans;
    }

    /**
     * Proposes a plan per household, to the team that sees it first. A plan's id is random: one that tells its time would
     * tell a recipient that there was a plan before the first signal it may see.
     */
    Map<UUID, Current> open(Map<UUID, String> teamOfHousehold, Instant at) {
        Map<UUID, Current> opened = new HashMap<>();
        if (teamOfHousehold.isEmpty()) {
            return opened;
        }
        teamOfHousehold.forEach((household, team) ->
                opened.put(household, new Current(UUID.randomUUID(), team, Plan.PlanState.PROPOSED, 1, false)));
        List<UUID> households = List.copyOf(teamOfHousehold.keySet());
        database.with(h -> h.createUpdate(OPEN)
                .bind("plans", column(households, UUID[]::new, one -> opened.get(one)
                        .planId()))
                .bind("households", households.toArray(UUID[]::new))
                .bind("teams", column(households, String[]::new, teamOfHousehold::get))
                .bind("at", at.atOffset(ZoneOffset.UTC))
                .execute());
        return opened;
    }

    /** Brings plans that sleep or were closed back: plan → the state it has from now on. */
    void revive(Map<UUID, Plan.PlanState> states) {
        if (!states.isEmpty()) {
            database.with(h -> h.createUpdate(REVIVE)
                    .bind("plans", states.keySet().toArray(UUID[]::new))
                    .bind("states", column(states.values(), String[]::new, Plan.PlanState::name))
                    .execute());
        }
    }

    void add(Collection<PlanSignal> rows, Instant at) {
        if (!rows.isEmpty()) {
            database.with(h -> h.createUpdate(ADD)
                    .bind("plans", rows.stream().map(PlanSignal::planId).toArray(UUID[]::new))
                    .bind("signals", rows.stream().map(PlanSignal::signalId).toArray(UUID[]::new))
                    .bind("epochs", column(rows, Integer[]::new, PlanSignal::epoch))
                    .bind(
                            "seen",
                            rows.stream().map(r -> String.join(" ", r.seen())).toArray(String[]::new))
                    .bind("at", at.atOffset(ZoneOffset.UTC))
                    .execute());
        }
    }

    /** What was taken back counts for nobody any more. */
    void takeBack(Collection<TakenBack> takenBack) {
        if (!takenBack.isEmpty()) {
            database.with(h -> h.createUpdate(TAKE_BACK)
                    .bind("signals", takenBack.stream().map(TakenBack::signalId).toArray(UUID[]::new))
                    .bind(
                            "households",
                            takenBack.stream()
                                    .map(TakenBack::householdId)
                                    .distinct()
                                    .toArray(UUID[]::new))
                    .bind(
                            "recipients",
                            takenBack.stream().map(t -> seenBy(t.recipient())).toArray(String[]::new))
                    .execute());
        }
    }

    /** How what a recipient sees begins. */
    public static String seenBy(Recipient recipient) {
        return recipient.teamId() + '|' + recipient.discipline() + '|';
    }
}
