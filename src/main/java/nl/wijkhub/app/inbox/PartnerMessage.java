package nl.wijkhub.app.inbox;

import java.util.Map;

/**
 * What a partner sent by AMQP, taken apart.
 *
 * @param contentType as it was sent; null when there is none
 * @param contentEncoding null when there is none
 * @param subject what it is, in the sender's words; null when there is none
 * @param messageId the sender's own; null when there is none
 * @param properties application properties, by name
 * @param body the message itself
 */
public record PartnerMessage(
        String contentType,
        String contentEncoding,
        String subject,
        String messageId,
        Map<String, Object> properties,
        byte[] body) {

    /** A property as text; null when there is none. */
    public String property(String name) {
        Object value = properties.get(name);
        return value == null ? null : String.valueOf(value);
    }
}
