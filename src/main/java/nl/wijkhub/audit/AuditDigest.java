package nl.wijkhub.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.UUID;

/** SHA-256 over the fields of log records, in a form of its own that no later column changes. */
final class AuditDigest {
    /** As PostgreSQL orders ids: by their bytes. */
    static final Comparator<UUID> ORDER = Comparator.comparing(UUID::getMostSignificantBits, Long::compareUnsigned)
            .thenComparing(UUID::getLeastSignificantBits, Long::compareUnsigned);

    private static final byte[] NOTHING = {};

    private final MessageDigest digest;
    private final ByteBuffer head = ByteBuffer.allocate(1 + Integer.BYTES);
    private Instant moment;
    private byte[] written;

    AuditDigest() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java", e);
        }
    }

    /** A moment as the database keeps it: in microseconds, and cut off, not rounded. */
    static String stored(Instant at) {
        return at.truncatedTo(ChronoUnit.MICROS).toString();
    }

    /** Each field with its length before it, so that no text can pass for two. */
    AuditDigest add(Object... fields) {
        for (Object field : fields) {
            byte[] bytes = bytes(field);
            head.clear().put((byte) (field == null ? 0 : 1)).putInt(bytes.length);
            digest.update(head.array());
            digest.update(bytes);
        }
        return this;
    }

    private byte[] bytes(Object field) {
        if (field == null) {
            return NOTHING;
        }
        if (field instanceof byte[] raw) {
            return raw;
        }
        if (field instanceof Instant at) {
            // records that are written together were decided together
            if (!at.equals(moment)) {
                moment = at;
                written = stored(at).getBytes(StandardCharsets.UTF_8);
            }
            return written;
        }
        return field.toString().getBytes(StandardCharsets.UTF_8);
    }

    byte[] value() {
        return digest.digest();
    }
}
