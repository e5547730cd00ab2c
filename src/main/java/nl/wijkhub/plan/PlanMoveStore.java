package nl.wijkhub.plan;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import nl.wijkhub.household.HouseholdChange.Former;
import nl.wijkhub.kernel.Database;

/**
 * Tables {@code plan}, {@code plan_signal} and {@code plan_signal_seen}, as households are merged and split: which signal
 * counts for which plan.
 */
public final class PlanMoveStore {
    private static final String SIGNALS = "select signal_id, epoch from plan_signal where plan_id = :plan for update";
    // what was released to nobody is in no plan; what moved once is where it moved to
    private static final String OWN = """
            select ps.signal_id from plan_signal ps where ps.plan_id = :plan
            union
            select s.signal_id from signal s
            where s.household_id = :household and s.worked_at is not null
                and not exists (select 1 from household_change_moved m where m.signal_id = s.signal_id)
            """;
    private static final String MOVE = """
            with seen as (
                update plan_signal_seen v set plan_id = :to, epoch = n.e
                from unnest(:signals::uuid[], :epochs::int[]) as n(s, e)
                where v.plan_id = :from and v.signal_id = n.s)
            update plan_signal ps set plan_id = :to, epoch = n.e
            from unnest(:signals::uuid[], :epochs::int[]) as n(s, e)
            where ps.plan_id = :from and ps.signal_id = n.s
            """;
    private static final String OPEN = """
            insert into plan (plan_id, household_id, team_id, state, opened_at)
            values (:plan, :household, :team, 'PROPOSED', :at)
            """;
    // one that was open ends this life, as any that closes
    private static final String MERGE = """
            update plan set epoch = epoch + case when state = 'CLOSED' then 0 else 1 end, state = 'CLOSED',
                outcome = 'MERGED', closed_at = coalesce(closed_at, :at), merged_into_id = :into
            where plan_id = :plan
            """;
    private static final String MERGED_ALONG =
            "update plan set merged_into_id = :into where merged_into_id = :plan and plan_id <> :into";
    // what had become part of it before, by a merge that stands or a split that was undone, however long ago
    private static final String MERGED_BACK = """
            with recursive part (plan_id) as (
                select cast(:plan as uuid)
                union
                select case when c.kind = 'MERGE' then c.from_plan_id else c.to_plan_id end
                from part p join household_change c
                    on (c.kind = 'MERGE' and c.undone_at is null and c.to_plan_id = p.plan_id)
                    or (c.kind = 'SPLIT' and c.undone_at is not null and c.from_plan_id = p.plan_id))
            update plan set merged_into_id = :plan
            where merged_into_id = :into and plan_id <> :plan and plan_id in (select plan_id from part)
            """;
    private static final String NOT_AGREED = "update plan set agreed_on = null where plan_id = :plan";
    private static final String HAS_OTHER_OPEN = """
            select exists (
                select 1 from plan where household_id = :household and plan_id <> :plan and state <> 'CLOSED')
            """;
    private static final String RESTORE = """
            update plan set state = :state, epoch = :epoch, outcome = :outcome, closed_at = :closed, team_id = :team,
                coordinator_seat = case when team_id = :team then coordinator_seat end, merged_into_id = null
            where plan_id = :plan
            """;

    private final Database database;
    private final PlanTallyStore tallies;

    public PlanMoveStore(Database database) {
        this.database = database;
        this.tallies = new PlanTallyStore(database);
    }

    /** The signals of a plan, each with the life of the plan it came in; held until the transaction ends. */
    public Map<UUID, Integer> signalsOf(UUID plan) {
        Map<UUID, Integer> epochs = new LinkedHashMap<>();
        database.with(h -> h.createQuery(SIGNALS)
                .bind("plan", plan)
                .map((rs, c) -> epochs.put(rs.getObject("signal_id", UUID.class), rs.getInt("epoch")))
                .list());
        return epochs;
    }

    /** The signals of a plan, and those of its household that are in none. */
    public Set<UUID> ownOf(UUID household, UUID plan) {
        return database.with(h -> h.createQuery(OWN)
                .bind("household", household)
                .bind("plan", plan)
                .mapTo(UUID.class)
                .set());
    }

    /**
     * Signals of one plan count for the other from now on. The caller's transaction.
     *
     * @param epochs by signal: in which life of the other plan
     */
    public void move(UUID from, UUID to, Map<UUID, Integer> epochs) {
        if (!epochs.isEmpty()) {
            database.with(h -> h.createUpdate(MOVE)
                    .bind("from", from)
                    .bind("to", to)
                    .bind("signals", epochs.keySet().toArray(UUID[]::new))
                    .bind("epochs", epochs.values().toArray(Integer[]::new))
                    .execute());
            tallies.makeVoid(Set.of(from, to));
        }
    }

    /** Proposes a plan to a team. Its id is random, as that of every plan. */
    public UUID open(UUID household, String team, Instant at) {
        UUID plan = UUID.randomUUID();
        database.with(h -> h.createUpdate(OPEN)
                .bind("plan", plan)
                .bind("household", household)
                .bind("team", team)
                .bind("at", at.atOffset(ZoneOffset.UTC))
                .execute());
        return plan;
    }

    /** A plan goes on as part of another, with all that was agreed in it, and with what had become part of it before. */
    public void merge(UUID plan, UUID into, Instant at) {
        database.with(h -> {
            h.createUpdate(MERGED_ALONG).bind("plan", plan).bind("into", into).execute();
            return h.createUpdate(MERGE)
                    .bind("plan", plan)
                    .bind("into", into)
                    .bind("at", at.atOffset(ZoneOffset.UTC))
                    .execute();
        });
    }

    /** What had become part of this plan before it became part of the other goes back with it. */
    public void mergedBack(UUID plan, UUID into) {
        database.with(h -> h.createUpdate(MERGED_BACK)
                .bind("plan", plan)
                .bind("into", into)
                .execute());
    }

    /** The household did not agree to what the plan is now. */
    public void notAgreed(UUID plan) {
        database.with(h -> h.createUpdate(NOT_AGREED).bind("plan", plan).execute());
    }

    /** Whether a household has an open plan beside this one. */
    public boolean hasOtherOpen(UUID household, UUID plan) {
        return database.with(h -> h.createQuery(HAS_OTHER_OPEN)
                .bind("household", household)
                .bind("plan", plan)
                .mapTo(Boolean.class)
                .one());
    }

    /** A plan that went on as part of another stands by itself again, as it stood before, with this team. */
    public void restore(UUID plan, Former former, String team) {
        database.with(h -> h.createUpdate(RESTORE)
                .bind("plan", plan)
                .bind("state", former.state())
                .bind("epoch", former.epoch())
                .bind("outcome", former.outcome())
                .bind(
                        "closed",
                        former.closedAt() == null ? null : former.closedAt().atOffset(ZoneOffset.UTC))
                .bind("team", team)
                .execute());
    }
}
