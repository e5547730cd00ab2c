package nl.wijkhub.team;

import java.util.UUID;

/**
 * One message that leaves: one per event, recipient and occurrence. Its id is the CloudEvent's id and the id under
 * which the broker recognises a repeat; that of an assignment is the id of its queue item.
 *
 * @param itemId the queue item it tells of
 * @param event the CloudEvent as it is sent, every time the same
 * @param recallsId the delivery it recalls: when that still stands on its queue it is taken off, and nothing is sent; null
 *     for one that recalls nothing
 */
public record Delivery(UUID id, String address, UUID itemId, String event, UUID recallsId) {}
