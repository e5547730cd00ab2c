package nl.wijkhub.audit;

import java.time.ZoneOffset;
import java.util.Collection;
import nl.wijkhub.kernel.DatabaseStore;

/** Table {@code decision_log}: append only. */
public final class DecisionLogStore {
    private static final String INSERT = """
            insert into decision_log (decision_id, release_id, evaluation, trace_id, span_id, decided_at,
                request, response, policy)
            values (:id, :release, :evaluation, :trace, :span, :at, :request::jsonb, :response::jsonb, :policy)
            """;

    private final DatabaseStore database;

    public DecisionLogStore(DatabaseStore database) {
        this.database = database;
    }

    public void insert(Collection<DecisionRecord> records) {
        if (records.isEmpty()) {
            return;
        }
        database.with(h -> {
            var batch = h.prepareBatch(INSERT);
            for (DecisionRecord record : records) {
                batch.bind("id", record.decisionId())
                        .bind("release", record.releaseId())
                        .bind("evaluation", record.evaluation())
                        .bind("trace", record.trace().traceId())
                        .bind("span", record.trace().child().spanId())
                        .bind("at", record.decidedAt().atOffset(ZoneOffset.UTC))
                        .bind("request", record.request())
                        .bind("response", record.response())
                        .bind("policy", record.policy())
                        .add();
            }
            return batch.execute();
        });
    }
}
