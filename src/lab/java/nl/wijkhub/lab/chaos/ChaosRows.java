package nl.wijkhub.lab.chaos;

import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * What the data folder of a stopped hub holds.
 *
 * @param stored signals in the database
 * @param worked of these, through every stage
 * @param workedSince of these, after the last kill
 * @param waiting signals whose id waits on the queue of accepted ids
 * @param decided signals about which something was decided, be it that nobody gets them
 * @param released what was decided to pass: one for each signal and queue
 * @param messages what stands on the team queues
 * @param standing how many messages the broker says stand there
 * @param unsent deliveries not marked as sent
 * @param doublePlans households with more than one active plan
 */
record ChaosRows(
        Set<UUID> stored,
        Set<UUID> worked,
        int workedSince,
        Set<UUID> waiting,
        Set<UUID> decided,
        Set<Due> released,
        List<Message> messages,
        long standing,
        long unsent,
        long doublePlans) {
    /** A signal for one team queue. */
    record Due(String queue, UUID signal) {}

    /** One message on a team queue. */
    record Message(Due due, String eventId) {}
}
