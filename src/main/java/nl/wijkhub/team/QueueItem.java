package nl.wijkhub.team;

import java.time.Instant;
import java.util.UUID;
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

    public enum ItemState {
        WAITING("waiting"),
        TAKEN_UP("taken-up"),
        HANDED_OVER("handed-over"),
        RETURNED("returned"),
        DONE("done");

        private final String code;

        ItemState(String code) {
            this.code = code;
        }

        public String code() {
            return code;
        }
    }
}
