package nl.wijkhub.team;

import java.time.Instant;
import java.util.UUID;
import nl.wijkhub.kernel.Coded;
import nl.wijkhub.sharing.Recipient;

/**
 * One signal waiting for one (team, discipline) pair.
 *
 * @param planId null for a neighbourhood signal
 * @param planEpoch in which life of the plan it came
 */
public record QueueItem(
        UUID id,
        Recipient recipient,
        UUID releaseId,
        UUID signalId,
        UUID planId,
        int planEpoch,
        ItemState state,
        Priority priority,
        Instant createdAt,
        Instant dueAt) {

    public enum ItemState implements Coded {
        WAITING,
        TAKEN_UP,
        HANDED_OVER,
        RETURNED,
        DONE
    }
}
