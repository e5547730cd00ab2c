package nl.wijkhub.audit;

import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Table {@code audit_batch}: a digest of what was written to a log at once, in the same transaction. */
final class AuditBatchStore {
    static final String DECISION_SETS = "decision_set";

    /** Of decisions that were written before there were sets. */
    static final String DECISION_ROWS = "decision_log";

    static final String PROCESSINGS = "processing_log";

    private static final String ADD =
            "insert into audit_batch (batch_id, log, record_count, digest) values (:id, :log, :count, :digest)";

    int add(Handle handle, UUID id, String log, int count, byte[] digest) {
        return handle.createUpdate(ADD)
                .bind("id", id)
                .bind("log", log)
                .bind("count", count)
                .bind("digest", digest)
                .execute();
    }
}
