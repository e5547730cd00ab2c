package nl.wijkhub.audit;

import java.time.ZoneOffset;
import java.util.Collection;
import java.util.UUID;
import nl.wijkhub.kernel.DatabaseStore;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Vault;

/** Table {@code processing_log}: append only, one record per person, written in the transaction of what it records. */
public final class ProcessingLogStore {
    private static final String INSERT = """
            insert into processing_log (processing_log_id, trace_id, span_id, status_code, name, start_time, end_time,
                processing_activity_id, data_subject_id_sealed, data_subject_id_type, signal_id, nen7513_user)
            values (:id, :trace, :span, 1, :name, :start, :end, :activity, :subject, :type, :signal, :user)
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
        database.with(h -> {
            var batch = h.prepareBatch(INSERT);
            for (ProcessingRecord record : records) {
                UUID id = Identifier.next();
                batch.bind("id", id)
                        .bind("trace", record.trace().traceId())
                        .bind("span", record.trace().child().spanId())
                        .bind("name", record.name())
                        .bind("start", record.startTime().atOffset(ZoneOffset.UTC))
                        .bind("end", record.endTime().atOffset(ZoneOffset.UTC))
                        .bind("activity", activity)
                        .bind(
                                "subject",
                                vault.seal(
                                        "processing_log",
                                        "data_subject_id_sealed",
                                        id,
                                        record.subjectId().toString()))
                        .bind("type", record.subjectType())
                        .bind("signal", record.signalId())
                        .bind("user", record.user())
                        .add();
            }
            return batch.execute();
        });
    }
}
