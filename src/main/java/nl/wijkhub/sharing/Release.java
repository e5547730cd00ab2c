package nl.wijkhub.sharing;

import java.time.Instant;
import java.util.UUID;

/**
 * One decision for one signal and one recipient, as it stood when it was made. Kept for denials too.
 *
 * @param signalId null when it is about the plan of a household
 * @param householdId null for a neighbourhood signal
 */
public record Release(
        UUID id, UUID signalId, UUID householdId, Recipient recipient, Decision decision, Instant decidedAt) {

    /** The same decision, about a release that was made before. */
    Release under(UUID original) {
        return new Release(original, signalId, householdId, recipient, decision, decidedAt);
    }
}
