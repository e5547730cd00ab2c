package nl.wijkhub.audit;

import static nl.wijkhub.kernel.Database.column;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import nl.wijkhub.audit.DecisionSet.Decided;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Identifier;
import org.jdbi.v3.core.Handle;

/**
 * Table {@code decision_set}: append only. {@code decision_log} and {@code decision_facts} hold what was decided before there
 * were sets, a row for each decision; nothing is added to them.
 */
public final class DecisionLogStore {
    private static final String INSERT = """
            insert into decision_set (decision_set_id, batch_id, evaluation, trace_id, decided_at, policy, facts,
                release_ids, span_ids, responses)
            select i, :batch, e, t, a, p, f, cast(r as uuid[]), cast(s as text[]), cast(o as json)
            from unnest(:ids::uuid[], :evaluations::text[], :traces::text[], :times::timestamptz[], :policies::text[],
                :facts::text[], :releases::text[], :spans::text[], :responses::text[]) as n(i, e, t, a, p, f, r, s, o)
            """;
    private static final String OF_BATCH = """
            select d.decision_set_id, d.evaluation, d.trace_id, d.decided_at, d.policy, d.facts, n.release_id, n.span_id, n.place,
                coalesce(cast(d.responses -> cast(n.place - 1 as int) as text), r.decision::text) as answer
            from decision_set d
            cross join lateral unnest(d.release_ids, d.span_ids) with ordinality as n(release_id, span_id, place)
            left join decided_release r on r.release_id = n.release_id
            where d.batch_id = :batch order by d.decision_set_id, n.place
            """;
    private static final String ROWS_OF_BATCH = """
            select l.*, f.facts, coalesce(l.response, r.decision::text) as answer
            from decision_log l
            left join decision_facts f using (facts_id)
            left join decided_release r on r.release_id = l.release_id
            where l.batch_id = :batch order by l.decision_id
            """;

    private final Database database;
    private final AuditBatchStore batches = new AuditBatchStore();

    public DecisionLogStore(Database database) {
        this.database = database;
    }

    public void insert(Collection<DecisionSet> sets) {
        if (sets.isEmpty()) {
            return;
        }
        UUID batch = Identifier.next();
        List<DecisionSet> inOrder = sets.stream()
                .sorted(Comparator.comparing(DecisionSet::id, AuditDigest.ORDER))
                .toList();
        List<List<String>> spans = inOrder.stream().map(DecisionLogStore::spans).toList();
        database.inTransaction(() -> database.with(h -> {
            h.createUpdate(INSERT)
                    .bind("batch", batch)
                    .bind("ids", column(inOrder, UUID[]::new, DecisionSet::id))
                    .bind("evaluations", column(inOrder, String[]::new, DecisionSet::evaluation))
                    .bind("traces", column(inOrder, String[]::new, one -> one.trace()
                            .traceId()))
                    .bind("times", column(inOrder, Instant[]::new, DecisionSet::decidedAt))
                    .bind("policies", column(inOrder, String[]::new, DecisionSet::policy))
                    .bind("facts", column(inOrder, String[]::new, DecisionSet::facts))
                    .bind("releases", column(inOrder, String[]::new, DecisionLogStore::releases))
                    .bind("spans", column(spans, String[]::new, one -> "{" + String.join(",", one) + "}"))
                    .bind("responses", column(inOrder, String[]::new, DecisionLogStore::responses))
                    .execute();
            int decisions =
                    inOrder.stream().mapToInt(one -> one.decisions().size()).sum();
            return batches.add(h, batch, AuditBatchStore.DECISION_SETS, decisions, digest(inOrder, spans));
        }));
    }

    private static List<String> spans(DecisionSet set) {
        return set.decisions().stream().map(one -> set.trace().child().spanId()).toList();
    }

    /** An array as a literal of the server; nothing in an id needs quotes. */
    private static String releases(DecisionSet set) {
        return set.decisions().stream()
                .map(one -> one.releaseId().toString())
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String responses(DecisionSet set) {
        return set.isOfReleases()
                ? null
                : set.decisions().stream().map(Decided::response).collect(Collectors.joining(",", "[", "]"));
    }

    private static byte[] digest(List<DecisionSet> sets, List<List<String>> spans) {
        AuditDigest digest = new AuditDigest();
        for (int i = 0; i < sets.size(); i++) {
            DecisionSet set = sets.get(i);
            for (int j = 0; j < set.decisions().size(); j++) {
                Decided one = set.decisions().get(j);
                digest.add(
                        set.id(),
                        one.releaseId(),
                        set.evaluation(),
                        set.trace().traceId(),
                        spans.get(i).get(j),
                        set.decidedAt(),
                        j == 0 ? set.facts() : null,
                        one.response(),
                        set.policy());
            }
        }
        return digest.value();
    }

    /** What {@link #digest} gave when these sets were written; something else when a set has lost a release it refers to. */
    static byte[] digestAgain(Handle handle, UUID batch) {
        AuditDigest digest = new AuditDigest();
        handle.createQuery(OF_BATCH)
                .bind("batch", batch)
                .map((rs, c) -> digest.add(
                        rs.getObject("decision_set_id", UUID.class),
                        rs.getObject("release_id", UUID.class),
                        rs.getString("evaluation"),
                        rs.getString("trace_id"),
                        rs.getString("span_id"),
                        rs.getObject("decided_at", OffsetDateTime.class).toInstant(),
                        rs.getLong("place") == 1 ? rs.getString("facts") : null,
                        rs.getString("answer"),
                        rs.getString("policy")))
                .list();
        return digest.value();
    }

    /** The same of decisions that were written before there were sets. */
    static byte[] digestOfRows(Handle handle, UUID batch) {
        AuditDigest digest = new AuditDigest();
        handle.createQuery(ROWS_OF_BATCH)
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
