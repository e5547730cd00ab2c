package nl.wijkhub.plan;

import static nl.wijkhub.kernel.Database.column;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.sharing.Recipient;

/**
 * Tables {@code plan}, {@code plan_signal} and {@code plan_signal_seen}, as signals come in. At most one open plan per
 * household is an index.
 */
public final class PlanStore {
    private static final String CURRENT = """
            select distinct on (household_id) household_id, plan_id, team_id, state, epoch,
                coordinator_kind is not null as has_coordinator, coalesce(coordinator_seat, 'MUNICIPALITY') as seat
            from plan where household_id = any(:households) and merged_into_id is null
            order by household_id, state <> 'CLOSED' desc, opened_at desc
            """;
    private static final String OPEN = """
            insert into plan (plan_id, household_id, team_id, state, opened_at)
            select p, h, t, 'PROPOSED', :at
            from unnest(:plans::uuid[], :households::uuid[], :teams::text[]) as n(p, h, t)
            """;
    private static final String REVIVE = """
            update plan set state = n.s, outcome = null, closed_at = null,
                coordinator_kind = case when n.s <> 'PROPOSED' then coordinator_kind end,
                coordinator_user = case when n.s <> 'PROPOSED' then coordinator_user end,
                coordinator_seat = case when n.s <> 'PROPOSED' then coordinator_seat end,
                coordinator_reason_sealed = case when n.s <> 'PROPOSED' then coordinator_reason_sealed end,
                coordinator_review_on = case when n.s <> 'PROPOSED' then coordinator_review_on end
            from unnest(:plans::uuid[], :states::text[]) as n(p, s) where plan_id = n.p
            """;
    // of what was known before, the last word counts
    private static final String ADD = """
            with known as (
                select p.plan_id, p.signal_id, p.epoch, p.attached_at
                from (select distinct g.plan_id, g.signal_id
                    from unnest(:plans::uuid[], :signals::uuid[]) as g(plan_id, signal_id)) d
                join plan_signal p on p.plan_id = d.plan_id and p.signal_id = d.signal_id),
            given as (
                select n.plan_id, n.signal_id, coalesce(k.epoch, n.epoch) as epoch,
                    coalesce(k.attached_at, cast(:at as timestamptz)) as attached_at, k.epoch is not null as is_known,
                    n.team_id, n.seat, n.sender, n.child_count
                from unnest(:plans::uuid[], :signals::uuid[], :epochs::int[], :teams::text[],
                    :seats::text[], :senders::text[], :children::int[])
                    as n(plan_id, signal_id, epoch, team_id, seat, sender, child_count)
                left join known k on k.plan_id = n.plan_id and k.signal_id = n.signal_id),
            joined as (
                insert into plan_signal (plan_id, signal_id, epoch, attached_at)
                select distinct plan_id, signal_id, epoch, attached_at from given where not is_known
                on conflict (plan_id, signal_id) do nothing),
            seen as (
                insert into plan_signal_seen
                    (plan_id, signal_id, team_id, seat, sender, child_count, epoch, attached_at)
                select plan_id, signal_id, team_id, seat, sender, child_count, epoch, attached_at from given
                on conflict (plan_id, signal_id, team_id, seat)
                    do update set sender = excluded.sender, child_count = excluded.child_count)
            select plan_id, signal_id from given where is_known
            """;
    private static final String TAKE_BACK = """
            delete from plan_signal_seen v
            using unnest(:signals::uuid[], :teams::text[], :seats::text[]) as n(s, t, d)
            where v.signal_id = n.s and v.team_id = n.t and v.seat = n.d
                and v.plan_id in (
                    select p.plan_id from plan p where p.household_id = any(:households)
                    union select unnest(array[c.from_plan_id, c.to_plan_id])
                    from household_change_moved m join household_change c on c.change_id = m.change_id
                    where m.signal_id = any(:signals))
            returning v.plan_id
            """;

    /**
     * The plan of a household as far as a new signal needs it.
     *
     * @param hasCoordinator somebody took it up, in this life or an earlier one
     * @param coordinating where it is coordinated from; the municipality's seat while nobody does
     */
    record Current(
            UUID planId,
            String teamId,
            Plan.PlanState state,
            int epoch,
            boolean hasCoordinator,
            Recipient coordinating) {
        static Current proposed(String team) {
            return new Current(
                    UUID.randomUUID(),
                    team,
                    Plan.PlanState.PROPOSED,
                    1,
                    false,
                    new Recipient(team, Discipline.MUNICIPALITY));
        }

        boolean isOfMunicipality() {
            return coordinating.equals(new Recipient(teamId, Discipline.MUNICIPALITY));
        }
    }

    /**
     * A signal of a plan as one recipient may know it. Written with the release and taken back with it.
     *
     * @param epoch in which life of the plan it joined
     * @param sender null where it does not pass
     * @param children how many the recipient may see
     */
    record PlanSignalSeen(
            UUID planId, UUID signalId, int epoch, Recipient recipient, Discipline sender, int children) {}

    /** What a recipient does not know of a signal any more. */
    record TakenBack(UUID signalId, UUID householdId, Recipient recipient) {}

    private final Database database;
    private final PlanTallyStore tallies;

    public PlanStore(Database database) {
        this.database = database;
        this.tallies = new PlanTallyStore(database);
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
                                    rs.getBoolean("has_coordinator"),
                                    Recipient.at(rs.getString("team_id"), rs.getString("seat")))))
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
        teamOfHousehold.forEach((household, team) -> opened.put(household, Current.proposed(team)));
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

    /** Brings plans that sleep or were closed back: plan → the state it has from now on; one that is proposed has nobody. */
    void revive(Map<UUID, Plan.PlanState> states) {
        if (!states.isEmpty()) {
            database.with(h -> h.createUpdate(REVIVE)
                    .bind("plans", states.keySet().toArray(UUID[]::new))
                    .bind("states", column(states.values(), String[]::new, Plan.PlanState::name))
                    .execute());
        }
    }

    /**
     * Signals join their plan with what recipients may know of each. One that is there (something of it was held, or another
     * team gets to see it) keeps the life it came in and its moment; its plan is counted anew. The others are counted along
     * by whoever adds them. The caller's transaction.
     *
     * @return the signals that were there
     */
    Set<UUID> add(Collection<PlanSignalSeen> rows, Instant at) {
        if (rows.isEmpty()) {
            return Set.of();
        }
        Map<UUID, UUID> planOfKnown = insert(rows, at);
        tallies.makeVoid(planOfKnown.values());
        return planOfKnown.keySet();
    }

    /** The same, where nobody counts along. */
    void addUncounted(UUID plan, Collection<PlanSignalSeen> rows, Instant at) {
        if (!rows.isEmpty()) {
            insert(rows, at);
            tallies.makeVoid(Set.of(plan));
        }
    }

    /** @return the signals that were there, each with its plan */
    private Map<UUID, UUID> insert(Collection<PlanSignalSeen> rows, Instant at) {
        Map<UUID, UUID> planOf = new HashMap<>();
        database.with(h -> h.createQuery(ADD)
                .bind("plans", column(rows, UUID[]::new, PlanSignalSeen::planId))
                .bind("signals", column(rows, UUID[]::new, PlanSignalSeen::signalId))
                .bind("epochs", column(rows, Integer[]::new, PlanSignalSeen::epoch))
                .bind("teams", column(rows, String[]::new, row -> row.recipient()
                        .teamId()))
                .bind("seats", column(rows, String[]::new, row -> row.recipient()
                        .seatName()))
                .bind("senders", column(rows, String[]::new, row -> nameOf(row.sender())))
                .bind("children", column(rows, Integer[]::new, PlanSignalSeen::children))
                .bind("at", at.atOffset(ZoneOffset.UTC))
                .map((rs, c) -> planOf.put(rs.getObject("signal_id", UUID.class), rs.getObject("plan_id", UUID.class)))
                .list());
        return planOf;
    }

    private static String nameOf(Discipline sender) {
        return sender == null ? null : sender.name();
    }

    /** Deletes what recipients do not know any more; it counts for none of them. The caller's transaction. */
    void takeBack(Collection<TakenBack> takenBack) {
        if (!takenBack.isEmpty()) {
            tallies.makeVoid(database.with(h -> h.createQuery(TAKE_BACK)
                    .bind("signals", column(takenBack, UUID[]::new, TakenBack::signalId))
                    .bind(
                            "households",
                            takenBack.stream()
                                    .map(TakenBack::householdId)
                                    .distinct()
                                    .toArray(UUID[]::new))
                    .bind("teams", column(takenBack, String[]::new, t -> t.recipient()
                            .teamId()))
                    .bind("seats", column(takenBack, String[]::new, t -> t.recipient()
                            .seatName()))
                    .mapTo(UUID.class)
                    .set()));
        }
    }
}
