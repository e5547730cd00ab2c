package nl.wijkhub.audit;

import static nl.wijkhub.kernel.DatabaseStore.column;

import java.util.Collection;
import java.util.UUID;
import nl.wijkhub.kernel.DatabaseStore;

/** Tables {@code decision_log} and {@code decision_facts}: append only. */
public final class DecisionLogStore {
    private static final String INSERT = """
            insert into decision_log (decision_id, release_id, evaluation, trace_id, span_id, decided_at,
                facts_id, response, policy)
            select i, r, e, t, s, a, f, d, p
            from unnest(:ids::uuid[], :releases::uuid[], :evaluations::text[], :traces::text[], :spans::text[],
                :times::timestamptz[], :facts::uuid[], :responses::text[], :policies::text[])
                as n(i, r, e, t, s, a, f, d, p)
            """;

    private static final String INSERT_FACTS =
            "insert into decision_facts (facts_id, facts) select * from unnest(:ids::uuid[], :facts::text[])";

    private final DatabaseStore database;

    public DecisionLogStore(DatabaseStore database) {
        this.database = database;
    }

    /**
     * @param facts what the records refer to
     */
    public void insert(Collection<DecisionFacts> facts, Collection<DecisionRecord> records) {
        if (records.isEmpty()) {
            return;
        }
        database.with(h -> h.createUpdate(INSERT_FACTS)
                .bind("ids", column(facts, UUID[]::new, DecisionFacts::id))
                .bind("facts", column(facts, String[]::new, DecisionFacts::facts))
                .execute());
        database.with(h -> h.createUpdate(INSERT)
                .bind("ids", column(records, UUID[]::new, DecisionRecord::decisionId))
                .bind("releases", column(records, UUID[]::new, DecisionRecord::releaseId))
                .bind("evaluations", column(records, String[]::new, DecisionRecord::evaluation))
                .bind("traces", column(records, String[]::new, r -> r.trace().traceId()))
                .bind(
                        "spans",
                        column(records, String[]::new, r -> r.trace().child().spanId()))
                .bind("times", column(records, String[]::new, r -> r.decidedAt().toString()))
                .bind("facts", column(records, UUID[]::new, DecisionRecord::factsId))
                .bind("responses", column(records, String[]::new, DecisionRecord::response))
                .bind("policies", column(records, String[]::new, DecisionRecord::policy))
                .execute());
    }
}
