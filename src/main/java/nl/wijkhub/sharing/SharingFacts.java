package nl.wijkhub.sharing;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.signal.DataClass;

/**
 * Everything a decision rests on, and all that is stored of it: classes, codes and pseudonyms, so that it can be
 * decided again years later, also after the signal itself is gone.
 *
 * @param from the sender's discipline; null when it is not known any more
 * @param area whether the subject is a neighbourhood
 * @param reporterAllows the reporter may be named, or there is none
 * @param withdrawn what the signal rested on was withdrawn, or the signal was superseded
 * @param onward a receiver passes it on: hand-over, feedback, escalation, break-glass
 * @param drawnFor the recipient's team is the one drawn for the place of the signal
 */
public record SharingFacts(
        Discipline from,
        Set<DataClass> classes,
        String category,
        boolean area,
        boolean reporterAllows,
        boolean withdrawn,
        boolean onward,
        boolean drawnFor,
        List<PersonFacts> persons) {

    /**
     * @param role in the household: resident, tenant, child or other
     * @param withdrawn this person's data may not pass any more
     */
    public record PersonFacts(UUID personId, String role, boolean withdrawn) {}

    public SharingFacts {
        // what is empty is not stored, and comes back as null
        classes = classes == null ? Set.of() : Set.copyOf(classes);
        persons = persons == null ? List.of() : List.copyOf(persons);
    }

    SharingFacts with(boolean isDrawnFor) {
        return new SharingFacts(from, classes, category, area, reporterAllows, withdrawn, onward, isDrawnFor, persons);
    }
}
