package nl.wijkhub.audit;

import static nl.wijkhub.kernel.DatabaseStore.column;

import java.util.Collection;
import java.util.UUID;
import nl.wijkhub.kernel.DatabaseStore;

/** Table {@code decision_log}: append only. */
public final class DecisionLogStore {
    private static final String INSERT = """
            insert into decision_log (decision_id, release_id, evaluation, trace_id, span_id, decided_at,
                request, response, policy)
            select i, r, e, t, s, a, q, d, p
            from unnest(:ids::uuid[], :releases::uuid[], :evaluations::text[], :traces::text[], :spans::text[],
                :times::timestamptz[], :requests::text[], :responses::text[], :policies::text[])
                as n(i, r, e, t, s, a, q, d, p)
            """;

    private final DatabaseStore database;

    public DecisionLogStore(DatabaseStore database) {
        this.database = database;
    }

    public void insert(Collection<DecisionRecord> records) {
        if (records.isEmpty()) {
            return;
        }
        database.with(h -> h.createUpdate(INSERT)
                .bind("ids", column(records, UUID[]::new, DecisionRecord::decisionId))
                .bind("releases", column(records, UUID[]::new, DecisionRecord::releaseId))
                .bind("evaluations", column(records, String[]::new, DecisionRecord::evaluation))
                .bind("traces", column(records, String[]::new, r -> r.trace().traceId()))
                .bind(
                        "spans",
                        column(records, String[]::new, r -> r.trace().child().spanId()))
                .bind("times", column(records, String[]::new, r -> r.decidedAt().toString()))
                .bind("requests", column(records, String[]::new, DecisionRecord::request))
                .bind("responses", column(records, String[]::new, DecisionRecord::response))
                .bind("policies", column(records, String[]::new, DecisionRecord::policy))
                .execute());
    }
}
