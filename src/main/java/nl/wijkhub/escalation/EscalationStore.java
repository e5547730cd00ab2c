package nl.wijkhub.escalation;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import nl.wijkhub.kernel.DatabaseStore;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.sharing.Recipient;

/** Table {@code escalation}; reads what each recipient may know of a plan. */
public final class EscalationStore {
    private static final String SEEN = """
            select plan_id, team_id, discipline, count(*) as signals,
                array_remove(array_agg(distinct sender), '') as senders
            from (
                select ps.plan_id, split_part(v, '|', 1) as team_id, split_part(v, '|', 2) as discipline,
                    split_part(v, '|', 3) as sender
                from plan_signal ps, unnest(ps.seen) as v
                where ps.plan_id = any(:plans) and ps.attached_at > :since and not ps.signal_id = any(:own)) as seen
            group by plan_id, team_id, discipline
            """;
    private static final String RAISE = """
            insert into escalation (escalation_id, plan_id, team_id, discipline, level, rule_id, signal_id, state,
                raised_at, due_at)
            values (:id, :plan, :team, :discipline, :level, :rule, :signal, 'OPEN', :at, :due)
            on conflict (plan_id, team_id, discipline, level) where state = 'OPEN' do nothing
            """;

    /** What one recipient saw of one plan in the window. */
    record Seen(UUID planId, Recipient recipient, Set<Discipline> senders, long signals) {}

    record Step(
            UUID id,
            UUID planId,
            Recipient recipient,
            int level,
            String ruleId,
            UUID signalId,
            Instant raisedAt,
            Instant dueAt) {}

    private final DatabaseStore database;

    public EscalationStore(DatabaseStore database) {
        this.database = database;
    }

    List<Seen> seen(Collection<UUID> plans, Instant since, Collection<UUID> own) {
        if (plans.isEmpty()) {
            return List.of();
        }
        return database.with(h -> h.createQuery(SEEN)
                .bind("plans", plans.toArray(UUID[]::new))
                .bind("since", since.atOffset(ZoneOffset.UTC))
                .bind("own", own.toArray(UUID[]::new))
                .map((rs, c) -> new Seen(
                        rs.getObject("plan_id", UUID.class),
                        new Recipient(rs.getString("team_id"), Discipline.valueOf(rs.getString("discipline"))),
                        Arrays.stream((String[]) rs.getArray("senders").getArray())
                                .map(Discipline::valueOf)
                                .collect(Collectors.toSet()),
                        rs.getLong("signals")))
                .list());
    }

    void raise(Collection<Step> steps) {
        if (steps.isEmpty()) {
            return;
        }
        database.with(h -> {
            var batch = h.prepareBatch(RAISE);
            for (Step step : steps) {
                batch.bind("id", step.id())
                        .bind("plan", step.planId())
                        .bind("team", step.recipient().teamId())
                        .bind("discipline", step.recipient().discipline().name())
                        .bind("level", step.level())
                        .bind("rule", step.ruleId())
                        .bind("signal", step.signalId())
                        .bind("at", step.raisedAt().atOffset(ZoneOffset.UTC))
                        .bind("due", step.dueAt().atOffset(ZoneOffset.UTC))
                        .add();
            }
            return batch.execute();
        });
    }
}
