package nl.wijkhub.audit;

import static nl.wijkhub.kernel.DatabaseStore.column;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import nl.wijkhub.kernel.DatabaseStore;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Vault;

/** Table {@code processing_log}: append only, one record per person, written in the transaction of what it records. */
public final class ProcessingLogStore {
    private static final String INSERT = """
            insert into processing_log (processing_log_id, trace_id, span_id, status_code, name, start_time, end_time,
                processing_activity_id, data_subject_id_sealed, data_subject_id_type, signal_id, nen7513_user)
            select i, t, s, 1, n, f, u, :activity, x, y, g, w
            from unnest(:ids::uuid[], :traces::text[], :spans::text[], :names::text[], :starts::timestamptz[],
                :ends::timestamptz[], :subjects::bytea[], :types::text[], :signals::uuid[], :users::text[])
                as r(i, t, s, n, f, u, x, y, g, w)
            """;

    private final DatabaseStore database;
    private final Vault vault;
    private final String activity;

    /**
     * @param activity URI of the processing activity in the controller's register
     */
    public ProcessingLogStore(DatabaseStore database, Vault vault, String activity) {
        this.database = database;
        this.vault = vault;
        this.activity = activity;
    }

    public void insert(Collection<ProcessingRecord> records) {
        if (records.isEmpty()) {
            return;
        }
        UUID[] ids = column(records, UUID[]::new, r -> Identifier.next());
        database.with(h -> h.createUpdate(INSERT)
                .bind("activity", activity)
                .bind("ids", ids)
                .bind("traces", column(records, String[]::new, r -> r.trace().traceId()))
                .bind(
                        "spans",
                        column(records, String[]::new, r -> r.trace().child().spanId()))
                .bind("names", column(records, String[]::new, ProcessingRecord::name))
                .bind("starts", column(records, String[]::new, r -> r.startTime()
                        .toString()))
                .bind("ends", column(records, String[]::new, r -> r.endTime().toString()))
                .bind("subjects", sealed(List.copyOf(records), ids))
                .bind("types", column(records, String[]::new, ProcessingRecord::subjectType))
                .bind("signals", column(records, UUID[]::new, ProcessingRecord::signalId))
                .bind("users", column(records, String[]::new, ProcessingRecord::user))
                .execute());
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
