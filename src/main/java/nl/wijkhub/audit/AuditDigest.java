package nl.wijkhub.audit;

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

    private final MessageDigest digest;

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
            digest.update((byte) (field == null ? 0 : 1));
            digest.update(new byte[] {
                (byte) (bytes.length >>> 24),
                (byte) (bytes.length >>> 16),
                (byte) (bytes.length >>> 8),
                (byte) bytes.length
            });
            digest.update(bytes);
        }
        return this;
    }

    private static byte[] bytes(Object field) {
        if (field == null) {
            return new byte[0];
        }
        if (field instanceof byte[] raw) {
            return raw;
        }
        // the database keeps microseconds
        String text =
                field instanceof Instant at ? at.truncatedTo(ChronoUnit.MICROS).toString() : field.toString();
        return text.getBytes(StandardCharsets.UTF_8);
    }

    byte[] value() {
        return digest.digest();
    }
}
