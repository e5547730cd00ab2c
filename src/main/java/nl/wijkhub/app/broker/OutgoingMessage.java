package nl.wijkhub.app.broker;

/**
 * One durable message.
 *
 * @param address where to, e.g. {@code team.vb-noord.municipality}
 * @param duplicateId the id under which the broker recognises a repeat
 * @param group messages of one group are worked in order; null for none
 * @param contentType media type of the body
 * @param body ids and codes alone, never anything about a person
 */
public record OutgoingMessage(String address, String duplicateId, String group, String contentType, byte[] body) {}
