package nl.wijkhub.app.inbox;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a partner sent by AMQP, taken apart.
 *
 * @param contentType as it was sent; null when there is none
 * @param contentEncoding null when there is none
 * @param subject what it is, in the sender's words; null when there is none
 * @param properties application properties, by name
 * @param body the message itself
 */
public record PartnerMessage(
        String contentType, String contentEncoding, String subject, Map<String, Object> properties, byte[] body) {
    private static final String TRACE = "traceparent";

    /** A property as text; null when there is none. */
    public String property(String name) {
        Object value = properties.get(name);
        return value == null ? null : String.valueOf(value);
    }

    /** The trace that the sender says this belongs to; null when it says nothing. */
    public String traceparent() {
        return property(TRACE);
    }

    /** The same for the same message sent again: its id, its time and its trace are others then. */
    public String sameness() {
        Map<String, Object> named = new TreeMap<>(properties);
        named.remove(TRACE);
        MessageDigest digest = sha256();
        for (Object one :
                List.of(String.valueOf(contentType), String.valueOf(contentEncoding), String.valueOf(subject))) {
            digest.update((one + "\n").getBytes(StandardCharsets.UTF_8));
        }
        digest.update((named + "\n").getBytes(StandardCharsets.UTF_8));
        digest.update(body);
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
