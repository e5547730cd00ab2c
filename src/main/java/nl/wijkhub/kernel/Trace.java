package nl.wijkhub.kernel;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * W3C trace context of one request or one piece of work.
 *
 * @param traceId 32 lower-case hex digits (16 bytes)
 * @param spanId 16 lower-case hex digits (8 bytes)
 */
public record Trace(String traceId, String spanId) {
    private static final Pattern TRACEPARENT = Pattern.compile("00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}");
    private static final String NO_TRACE = "0".repeat(32);
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Continues the trace of a {@code traceparent} header with a span of our own; starts one when there is none. */
    public static Trace continuing(String traceparent) {
        if (traceparent != null) {
            var matcher = TRACEPARENT.matcher(traceparent);
            if (matcher.matches() && !matcher.group(1).equals(NO_TRACE)) {
                return new Trace(matcher.group(1), random(8));
            }
        }
        return new Trace(random(16), random(8));
    }

    /** A new span in the same trace. */
    public Trace child() {
        return new Trace(traceId, random(8));
    }

    private static String random(int bytes) {
        byte[] value = new byte[bytes];
        RANDOM.nextBytes(value);
        return HexFormat.of().formatHex(value);
    }
}
