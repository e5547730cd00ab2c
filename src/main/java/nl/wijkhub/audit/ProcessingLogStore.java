package nl.wijkhub.audit;

import static nl.wijkhub.kernel.Database.column;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Vault;
import org.jdbi.v3.core.Handle;

/** Table {@code processing_log}: append only, one record per person, written in the transaction of what it records. */
public final class ProcessingLogStore {
    private static final String INSERT = """
            insert into processing_log (processing_log_id, trace_id, span_id, status_code, name, start_time, end_time,
                processing_activity_id, data_subject_id_sealed, data_subject_id_type, signal_id, nen7513_user,
                nen7513_role, nen7513_action, subject_key, batch_id)
            select i, t, s, 1, n, f, u, :activity, x, y, g, w, o, c, k, :batch
            from unnest(:ids::uuid[], :traces::text[], :spans::text[], :names::text[], :starts::timestamptz[],
                :ends::timestamptz[], :subjects::bytea[], :types::text[], :signals::uuid[], :users::text[],
                :roles::text[], :actions::text[], :keys::bytea[])
                as r(i, t, s, n, f, u, x, y, g, w, o, c, k)
            """;

    private static final String OF_SIGNALS = """
            select signal_id, name, end_time, nen7513_user, nen7513_role from processing_log
            where signal_id = any(:signals) and nen7513_user is not null order by end_time, processing_log_id
            """;
    private static final String OF_SUBJECTS = """
            select signal_id, name, end_time, nen7513_user, nen7513_role from processing_log
            where subject_key = any(:subjects) order by end_time, processing_log_id
            """;
    private static final String OF_BATCH =
            "select * from processing_log where batch_id = :batch order by processing_log_id";

    private final Database database;
    private final Vault vault;
    private final AuditBatchStore batches = new AuditBatchStore();
    private final String activity;

    /**
     * @param activity URI of the processing activity in the controller's register
     */
    public ProcessingLogStore(Database database, Vault vault, String activity) {
        this.database = database;
        this.vault = vault;
        this.activity = activity;
    }

    public void insert(Collection<ProcessingRecord> records) {
        if (records.isEmpty()) {
            return;
        }
        UUID batch = Identifier.next();
        List<ProcessingRecord> inOrder = List.copyOf(records);
        UUID[] ids = Stream.generate(Identifier::next)
                .limit(inOrder.size())
                .sorted(AuditDigest.ORDER)
                .toArray(UUID[]::new);
        String[] spans = column(inOrder, String[]::new, r -> r.trace().child().spanId());
        byte[][] subjects = sealed(inOrder, ids);
        // the records and their digest, or neither
        database.inTransaction(() -> database.with(h -> {
            h.createUpdate(INSERT)
                    .bind("batch", batch)
                    .bind("activity", activity)
                    .bind("ids", ids)
                    .bind("traces", column(inOrder, String[]::new, r -> r.trace()
                            .traceId()))
                    .bind("spans", spans)
                    .bind("names", column(inOrder, String[]::new, ProcessingRecord::name))
                    .bind("starts", column(inOrder, Instant[]::new, ProcessingRecord::startTime))
                    .bind("ends", column(inOrder, Instant[]::new, ProcessingRecord::endTime))
                    .bind("subjects", subjects)
                    .bind("types", column(inOrder, String[]::new, ProcessingRecord::subjectType))
                    .bind("signals", column(inOrder, UUID[]::new, ProcessingRecord::signalId))
                    .bind("users", column(inOrder, String[]::new, r -> by(r, AccessedBy::user)))
                    .bind("roles", column(inOrder, String[]::new, r -> by(r, AccessedBy::role)))
                    .bind("actions", column(inOrder, String[]::new, r -> by(r, AccessedBy::action)))
                    .bind("keys", column(inOrder, byte[][]::new, this::key))
                    .execute();
            AuditDigest digest = new AuditDigest();
            for (int i = 0; i < ids.length; i++) {
                ProcessingRecord r = inOrder.get(i);
                digest.add(
                        ids[i],
                        r.trace().traceId(),
                        spans[i],
                        r.name(),
                        r.startTime(),
                        r.endTime(),
                        activity,
                        subjects[i],
                        r.subjectType(),
                        r.signalId(),
                        by(r, AccessedBy::user));
                addCapacity(digest, by(r, AccessedBy::role), by(r, AccessedBy::action));
            }
            return batches.add(h, batch, AuditBatchStore.PROCESSINGS, ids.length, digest.value());
        }));
    }

    /**
     * Somebody looked at a signal, or at a household.
     *
     * @param signalId null for a household
     * @param role null in records from before there were capacities
     */
    public record Look(UUID signalId, String name, Instant at, String user, String role) {}

    /** Who looked at these signals, in the order they did. */
    public List<Look> looksAt(Collection<UUID> signals) {
        return database.with(h -> h.createQuery(OF_SIGNALS)
                .bind("signals", signals.toArray(UUID[]::new))
                .map((rs, c) -> look(rs))
                .list());
    }

    /** The looks at these households themselves, in order. */
    public List<Look> looksAtHouseholds(Collection<UUID> households) {
        return database.with(h -> h.createQuery(OF_SUBJECTS)
                .bind("subjects", households.stream().map(this::key).toArray(byte[][]::new))
                .map((rs, c) -> look(rs))
                .list());
    }

    private static Look look(ResultSet rs) throws SQLException {
        return new Look(
                rs.getObject("signal_id", UUID.class),
                rs.getString("name"),
                rs.getObject("end_time", OffsetDateTime.class).toInstant(),
                rs.getString("nen7513_user"),
                rs.getString("nen7513_role"));
    }

    /** The key of a look at a household; null for any other record. */
    private byte[] key(ProcessingRecord processed) {
        return processed.signalId() == null && processed.by() != null ? key(processed.subjectId()) : null;
    }

    private byte[] key(UUID subject) {
        return vault.pseudonym("processing-subject", subject.toString());
    }

    /** What the digest was when these records were written. */
    static byte[] digestAgain(Handle handle, UUID batch) {
        AuditDigest digest = new AuditDigest();
        handle.createQuery(OF_BATCH)
                .bind("batch", batch)
                .map((rs, c) -> {
                    digest.add(
                            rs.getObject("processing_log_id", UUID.class),
                            rs.getString("trace_id"),
                            rs.getString("span_id"),
                            rs.getString("name"),
                            rs.getObject("start_time", OffsetDateTime.class).toInstant(),
                            rs.getObject("end_time", OffsetDateTime.class).toInstant(),
                            rs.getString("processing_activity_id"),
                            rs.getBytes("data_subject_id_sealed"),
                            rs.getString("data_subject_id_type"),
                            rs.getObject("signal_id", UUID.class),
                            rs.getString("nen7513_user"));
                    return addCapacity(digest, rs.getString("nen7513_role"), rs.getString("nen7513_action"));
                })
                .list();
        return digest.value();
    }

    private static String by(ProcessingRecord processed, Function<AccessedBy, String> field) {
        return processed.by() == null ? null : field.apply(processed.by());
    }

    /** Only where there is one: records written before there were capacities keep their digest. */
    private static AuditDigest addCapacity(AuditDigest digest, String role, String action) {
        return role == null && action == null ? digest : digest.add(role, action);
    }

    /** Whose data it was, each sealed to its own row. */
    private byte[][] sealed(List<ProcessingRecord> records, UUID[] ids) {
        byte[][] subjects = new byte[ids.length][];
        for (int i = 0; i < ids.length; i++) {
            String subject = records.get(i).subjectId().toString();
            subjects[i] = vault.seal("processing_log", "data_subject_id_sealed", ids[i], subject);
        }
        return subjects;
    }
}
