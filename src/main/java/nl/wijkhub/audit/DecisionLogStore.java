package nl.wijkhub.audit;

import static nl.wijkhub.kernel.Database.column;

import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Identifier;
import org.jdbi.v3.core.Handle;

/** Tables {@code decision_log} and {@code decision_facts}: append only. */
public final class DecisionLogStore {
    private static final String INSERT = """
            insert into decision_log (decision_id, release_id, evaluation, trace_id, span_id, decided_at,
                facts_id, response, policy, batch_id)
            select i, r, e, t, s, a, f, d, p, :batch
            from unnest(:ids::uuid[], :releases::uuid[], :evaluations::text[], :traces::text[], :spans::text[],
                :times::timestamptz[], :facts::uuid[], :responses::text[], :policies::text[])
                as n(i, r, e, t, s, a, f, d, p)
            """;
    private static final String INSERT_FACTS =
            "insert into decision_facts (facts_id, facts) select * from unnest(:ids::uuid[], :facts::text[])";

    private static final String OF_BATCH = """
            select l.*, f.facts, coalesce(l.response, r.decision::text) as answer
            from decision_log l
            left join decision_facts f using (facts_id)
            left join release r on r.release_id = l.release_id
            where l.batch_id = :batch order by l.decision_id
            """;

    private final Database database;
    private final AuditBatchStore batches = new AuditBatchStore();

    public DecisionLogStore(Database database) {
        this.database = database;
    }

    /**
     * @param facts what the records refer to
     */
    public void insert(Collection<DecisionFacts> facts, Collection<DecisionRecord> records) {
        if (records.isEmpty()) {
            return;
        }
        UUID batch = Identifier.next();
        List<DecisionRecord> inOrder = records.stream()
                .sorted(Comparator.comparing(DecisionRecord::decisionId, AuditDigest.ORDER))
                .toList();
        String[] spans = column(inOrder, String[]::new, r -> r.trace().child().spanId());
        database.inTransaction(() -> database.with(h -> {
            h.createUpdate(INSERT_FACTS)
                    .bind("ids", column(facts, UUID[]::new, DecisionFacts::id))
                    .bind("facts", column(facts, String[]::new, DecisionFacts::facts))
                    .execute();
            h.createUpdate(INSERT)
                    .bind("batch", batch)
                    .bind("ids", column(inOrder, UUID[]::new, DecisionRecord::decisionId))
                    .bind("releases", column(inOrder, UUID[]::new, DecisionRecord::releaseId))
                    .bind("evaluations", column(inOrder, String[]::new, DecisionRecord::evaluation))
                    .bind("traces", column(inOrder, String[]::new, r -> r.trace()
                            .traceId()))
                    .bind("spans", spans)
                    .bind("times", column(inOrder, String[]::new, r -> AuditDigest.stored(r.decidedAt())))
                    .bind("facts", column(inOrder, UUID[]::new, DecisionRecord::factsId))
                    .bind("responses", column(inOrder, String[]::new, r -> r.isOfRelease() ? null : r.response()))
                    .bind("policies", column(inOrder, String[]::new, DecisionRecord::policy))
                    .execute();
            return batches.add(h, batch, "decision_log", inOrder.size(), digest(facts, inOrder, spans));
        }));
    }

    private static byte[] digest(Collection<DecisionFacts> facts, List<DecisionRecord> records, String[] spans) {
        Map<UUID, String> factsById = new HashMap<>();
        facts.forEach(known -> factsById.put(known.id(), known.facts()));
        AuditDigest digest = new AuditDigest();
        for (int i = 0; i < records.size(); i++) {
            DecisionRecord r = records.get(i);
            digest.add(
                    r.decisionId(),
                    r.releaseId(),
                    r.evaluation(),
                    r.trace().traceId(),
                    spans[i],
                    r.decidedAt(),
                    factsById.get(r.factsId()),
                    r.response(),
                    r.policy());
        }
        return digest.value();
    }

    /** What {@link #digest} gave when these records were written; null when a record has lost what it refers to. */
    static byte[] digestAgain(Handle handle, UUID batch) {
        AuditDigest digest = new AuditDigest();
        handle.createQuery(OF_BATCH)
                .bind("batch", batch)
                .map((rs, c) -> digest.add(
                        rs.getObject("decision_id", UUID.class),
                        rs.getObject("release_id", UUID.class),
                        rs.getString("evaluation"),
                        rs.getString("trace_id"),
                        rs.getString("span_id"),
                        rs.getObject("decided_at", OffsetDateTime.class).toInstant(),
                        rs.getString("facts"),
                        rs.getString("answer"),
                        rs.getString("policy")))
                .list();
        return digest.value();
    }
}
