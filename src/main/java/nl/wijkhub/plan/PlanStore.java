package nl.wijkhub.plan;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import nl.wijkhub.kernel.DatabaseStore;
import nl.wijkhub.sharing.Recipient;

/** Tables {@code plan} and {@code plan_signal}. At most one active plan per household is a unique partial index. */
public final class PlanStore {
    private static final String ACTIVE =
            "select household_id, plan_id from plan where household_id = any(:households) and state = 'ACTIVE'";
    private static final String OPEN = """
            insert into plan (plan_id, household_id, team_id, state, opened_at)
            select p, h, t, 'ACTIVE', :at from unnest(:plans::uuid[], :households::uuid[], :teams::text[]) as n(p, h, t)
            """;
    private static final String ADD = """
            insert into plan_signal (plan_id, signal_id, attached_at, seen)
            select p, s, :at, string_to_array(v, ' ')
            from unnest(:plans::uuid[], :signals::uuid[], :seen::text[]) as n(p, s, v)
            on conflict (plan_id, signal_id) do update set seen = plan_signal.seen || excluded.seen
            """;
    private static final String TAKE_BACK = """
            update plan_signal ps set seen = array(
                select v from unnest(ps.seen) as v
                where not exists (
                    select 1 from unnest(:signals::uuid[], :recipients::text[]) as n(s, r)
                    where n.s = ps.signal_id and starts_with(v, n.r)))
            where ps.signal_id = any(:signals)
                and ps.plan_id in (select p.plan_id from plan p where p.household_id = any(:households))
            """;

    /**
     * @param seen what each recipient may know of it: {@code team|discipline|sender}, the sender where it passes
     */
    record PlanSignal(UUID planId, UUID signalId, List<String> seen) {}

    /** What a recipient does not know of a signal any more. */
    record TakenBack(UUID signalId, UUID householdId, Recipient recipient) {}

    private final DatabaseStore database;

    public PlanStore(DatabaseStore database) {
        this.database = database;
    }

    Map<UUID, UUID> activeOf(Collection<UUID> households) {
        Map<UUID, UUID> plans = new HashMap<>();
        if (!households.isEmpty()) {
            database.with(h -> h.createQuery(ACTIVE)
                    .bind("households", households.toArray(UUID[]::new))
                    .map((rs, c) ->
                            plans.put(rs.getObject("household_id", UUID.class), rs.getObject("plan_id", UUID.class)))
                    .list());
        }
        return plans;
    }

    /**
     * Opens a plan per household, at the team that sees it first. A plan's id is random: one that tells its time would
     * tell a recipient that there was a plan before the first signal it may see.
     */
    Map<UUID, UUID> open(Map<UUID, String> teamOfHousehold, Instant at) {
        Map<UUID, UUID> opened = new HashMap<>();
        if (teamOfHousehold.isEmpty()) {
            return opened;
        }
        teamOfHousehold.keySet().forEach(household -> opened.put(household, UUID.randomUUID()));
        List<UUID> households = List.copyOf(teamOfHousehold.keySet());
        database.with(h -> h.createUpdate(OPEN)
                .bind("plans", households.stream().map(opened::get).toArray(UUID[]::new))
                .bind("households", households.toArray(UUID[]::new))
                .bind("teams", households.stream().map(teamOfHousehold::get).toArray(String[]::new))
                .bind("at", at.atOffset(ZoneOffset.UTC))
                .execute());
        return opened;
    }

    void add(Collection<PlanSignal> rows, Instant at) {
        if (!rows.isEmpty()) {
            database.with(h -> h.createUpdate(ADD)
                    .bind("plans", rows.stream().map(PlanSignal::planId).toArray(UUID[]::new))
                    .bind("signals", rows.stream().map(PlanSignal::signalId).toArray(UUID[]::new))
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
    static String seenBy(Recipient recipient) {
        return recipient.teamId() + '|' + recipient.discipline() + '|';
    }
}
