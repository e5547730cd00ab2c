package nl.wijkhub.audit;

import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Table {@code audit_batch}: a digest of what was written to a log at once, in the same transaction. */
final class AuditBatchStore {
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
