package nl.wijkhub.household;

import java.util.List;
import java.util.UUID;
import nl.wijkhub.signal.AcceptedSignal;
import nl.wijkhub.signal.CaseSignal;

/**
 * A signal and whom it is about.
 *
 * @param householdId null for a neighbourhood signal
 * @param personIds runs along with the persons of the signal; a person's id is the same in every signal of a household
 * @param place the signal's own subject; of persons without an address, the address their household is known by
 * @param teamId the team that took the household over; null for the team of its place
 * @param subjectKeys runs along with them too: the keyed pseudonyms, as hex, under which a consent of each is found
 */
public record MatchedSignal(
        AcceptedSignal accepted,
        UUID householdId,
        CaseSignal.Subject place,
        String teamId,
        List<UUID> personIds,
        List<List<String>> subjectKeys) {
    public UUID signalId() {
        return accepted.id();
    }
}
