package nl.wijkhub.household;

import java.util.List;
import java.util.UUID;
import nl.wijkhub.signal.AcceptedSignal;

/**
 * A signal and whom it is about.
 *
 * @param householdId null for a neighbourhood signal
 * @param personIds runs along with the persons of the signal; a person's id is the same in every signal of a household
 */
public record MatchedSignal(AcceptedSignal accepted, UUID householdId, List<UUID> personIds) {
    public UUID signalId() {
        return accepted.id();
    }
}
