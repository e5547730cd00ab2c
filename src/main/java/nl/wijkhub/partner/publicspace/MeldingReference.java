package nl.wijkhub.partner.publicspace;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.regex.Pattern;
import nl.wijkhub.signal.Checks;
import nl.wijkhub.signal.EarlierSignals;

/**
 * Under what a report is known that has no reference of its own: what its sender says in {@code Idempotency-Key}, else the
 * hash of its content, so that the same within 24 hours is a repeat and a day later is a new report.
 */
final class MeldingReference {
    private static final Duration REPEAT = Duration.ofHours(24);
    private static final Pattern KEY = Pattern.compile("[!-~]([ -~]{0,126}[!-~])?");

    private final EarlierSignals earlier;
    private final Clock clock;

    MeldingReference(EarlierSignals earlier, Clock clock) {
        this.earlier = earlier;
        this.clock = clock;
    }

    /**
     * @param key the header as sent; null for none
     * @param content the same text for the same content
     */
    String of(String partner, String key, String content, Checks checks) {
        if (key == null) {
            return ofContent(partner, content);
        }
        // a structured header writes it between quotes
        String bare = key.strip().replaceFirst("^\"(.*)\"$", "$1");
        if (!KEY.matcher(bare).matches()) {
            checks.fault("", "wrong-idempotency-key");
        }
        return bare;
    }

    /** Days are counted in UTC; one that began on the day before, and is less than 24 hours old, is still the same. */
    private String ofContent(String partner, String content) {
        String hash = "sha256:" + sha256(content) + '/';
        long day = clock.instant().getEpochSecond() / REPEAT.toSeconds();
        String before = hash + (day - 1);
        Instant recent = clock.instant().minus(REPEAT);
        return earlier.acceptedAt(partner, before)
                .filter(at -> at.isAfter(recent))
                .map(at -> before)
                .orElse(hash + day);
    }

    private static String sha256(String content) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
