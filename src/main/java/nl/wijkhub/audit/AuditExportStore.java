package nl.wijkhub.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import nl.wijkhub.kernel.Database;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Both logs as they go out, in the order they were committed in, and how far they went ({@code audit_export}). */
public final class AuditExportStore {
    static final String USER = "dpl.nen7513.user";
    static final String ROLE = "dpl.nen7513.role";

    private static final String BATCHES = """
            select b.batch_id, b.log, b.transaction_id::text as transaction
            from audit_batch b
            where (b.transaction_id, b.batch_id) > (select e.until_transaction, e.until_batch from (
                    select until_transaction, until_batch from audit_export
                    union all select '0'::xid8, '00000000-0000-0000-0000-000000000000'::uuid) as e
                    order by 1 desc, 2 desc limit 1)
                and b.transaction_id < pg_snapshot_xmin(pg_current_snapshot())
            order by b.transaction_id, b.batch_id limit :limit
            """;
    private static final String PROCESSINGS =
            "select * from processing_log where batch_id = :batch order by processing_log_id";
    private static final String DECISIONS = """
            select d.evaluation, d.trace_id, d.decided_at, d.policy, d.facts, n.span_id, r.kind, r.team_id, r.seat,
                coalesce(cast(d.responses -> cast(n.place - 1 as int) as text), r.decision::text) as answer
            from decision_set d
            cross join lateral unnest(d.release_ids, d.span_ids) with ordinality as n(release_id, span_id, place)
            left join decided_release r on r.release_id = n.release_id
            where d.batch_id = :batch order by d.decision_set_id, n.place
            """;
    // written before there were sets
    private static final String DECISION_ROWS = """
            select l.*, f.facts, coalesce(l.response, r.decision::text) as answer, r.kind, r.team_id, r.seat
            from decision_log l
            left join decision_facts f using (facts_id)
            left join decided_release r on r.release_id = l.release_id
            where l.batch_id = :batch order by l.decision_id
            """;
    private static final String ADVANCE = """
            with before as (delete from audit_export)
            insert into audit_export (until_transaction, until_batch) values (cast(:transaction as xid8), :batch)
            """;
    private static final String WAITING = """
            select count(*) from audit_batch b
            where b.transaction_id > coalesce((select max(until_transaction) from audit_export), '0'::xid8)
            """;

    /**
     * One record of a log.
     *
     * @param isRefusal a decision that lets nothing pass: not an error
     * @param attributes by their names in the standards; no value is empty
     */
    public record Line(
            String traceId,
            String spanId,
            String name,
            Instant start,
            Instant end,
            boolean isRefusal,
            Map<String, String> attributes) {

        /** The same, with the organisation of who looked. */
        Line with(String organisation, String organisationName) {
            Map<String, String> all = new LinkedHashMap<>(attributes);
            put(all, "dpl.nen7513.organisation", organisation);
            put(all, "dpl.nen7513.organisation_name", organisationName);
            return new Line(traceId, spanId, name, start, end, isRefusal, all);
        }
    }

    /** Some records, and how far they go. */
    public record Page(List<Line> lines, String transaction, UUID batch) {}

    private final Database database;

    public AuditExportStore(Database database) {
        this.database = database;
    }

    /**
     * What was written since the last time; empty when there is nothing.
     *
     * @param batches at most so many of them
     */
    public Page next(int batches) {
        return database.with(h -> {
            List<Line> lines = new ArrayList<>();
            Page[] page = {new Page(lines, null, null)};
            h.createQuery(BATCHES)
                    .bind("limit", batches)
                    .map((rs, c) -> new Page(
                            lines(h, rs.getString("log"), rs.getObject("batch_id", UUID.class)),
                            rs.getString("transaction"),
                            rs.getObject("batch_id", UUID.class)))
                    .list()
                    .forEach(one -> {
                        lines.addAll(one.lines());
                        page[0] = new Page(lines, one.transaction(), one.batch());
                    });
            return page[0];
        });
    }

    /** They are out: the next page begins after them. */
    public void advance(Page page) {
        database.with(h -> h.createUpdate(ADVANCE)
                .bind("transaction", page.transaction())
                .bind("batch", page.batch())
                .execute());
    }

    /** How many batches have not gone out. */
    public long waiting() {
        return database.with(h -> h.createQuery(WAITING).mapTo(Long.class).one());
    }

    private static List<Line> lines(Handle handle, String log, UUID batch) {
        return switch (log) {
            case AuditBatchStore.DECISION_SETS -> decisions(handle.createQuery(DECISIONS), batch);
            case AuditBatchStore.DECISION_ROWS -> decisions(handle.createQuery(DECISION_ROWS), batch);
            default -> processings(handle, batch);
        };
    }

    private static List<Line> processings(Handle handle, UUID batch) {
        return handle.createQuery(PROCESSINGS)
                .bind("batch", batch)
                .map((rs, c) -> {
                    Map<String, String> attributes = new LinkedHashMap<>();
                    put(attributes, "dpl.core.processing_activity_id", rs.getString("processing_activity_id"));
                    byte[] subject = rs.getBytes("data_subject_id_sealed");
                    put(
                            attributes,
                            "dpl.core.data_subject_id",
                            subject == null ? null : Base64.getEncoder().encodeToString(subject));
                    put(attributes, "dpl.core.data_subject_id_type", rs.getString("data_subject_id_type"));
                    put(attributes, USER, rs.getString("nen7513_user"));
                    put(attributes, ROLE, rs.getString("nen7513_role"));
                    put(attributes, "dpl.nen7513.action", rs.getString("nen7513_action"));
                    return new Line(
                            rs.getString("trace_id"),
                            rs.getString("span_id"),
                            rs.getString("name"),
                            instant(rs, "start_time"),
                            instant(rs, "end_time"),
                            false,
                            attributes);
                })
                .list();
    }

    private static List<Line> decisions(Query ofBatch, UUID batch) {
        return ofBatch.bind("batch", batch)
                .map((rs, c) -> {
                    Map<String, String> attributes = new LinkedHashMap<>();
                    put(attributes, "adl.core.request", rs.getString("facts"));
                    put(attributes, "adl.core.response", rs.getString("answer"));
                    put(attributes, "adl.core.policies", rs.getString("policy"));
                    put(
                            attributes,
                            "adl.core.information",
                            rs.getString("kind") + ' ' + rs.getString("team_id") + ' ' + rs.getString("seat"));
                    put(attributes, "adl.core.configuration", rs.getString("evaluation"));
                    Instant at = instant(rs, "decided_at");
                    return new Line(
                            rs.getString("trace_id"),
                            rs.getString("span_id"),
                            "sharing-decision",
                            at,
                            at,
                            String.valueOf(rs.getString("answer")).contains("\"disclosure\":\"NONE\""),
                            attributes);
                })
                .list();
    }

    private static void put(Map<String, String> attributes, String name, String value) {
        if (value != null && !value.isEmpty()) {
            attributes.put(name, value);
        }
    }

    private static Instant instant(ResultSet rs, String column) throws SQLException {
        return rs.getObject(column, OffsetDateTime.class).toInstant();
    }
}
