package nl.wijkhub.sharing;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.signal.Consent;
import nl.wijkhub.signal.DataClass;

/**
 * Everything a decision rests on, and all that is stored of it: classes, codes and pseudonyms, so that it can be
 * decided again years later, also after the signal itself is gone.
 *
 * @param from the sender's discipline; null when it is not known any more
 * @param area whether the subject is a neighbourhood
 * @param article the legal article the sender names; null for none
 * @param externalDecision the decision the sender names with it, such as one under Wpg article 20; null for none
 * @param acute whether the severity is acute
 * @param reporterAllows the reporter may be named, or there is none
 * @param withdrawn what the signal rested on was withdrawn, or the signal was superseded
 * @param onward a receiver passes it on: hand-over, feedback, escalation, break-glass
 * @param drawnFor the recipient's team is the one drawn for the place of the signal
 * @param purpose what it is asked for, by its id in the agreement; null for what the sender's article, or else the
 *     recipient, is for
 * @param circumstances what else holds
 * @param narrative the data classes a person found in the narrative; empty while nobody has read it
 */
public record SharingFacts(
        Discipline from,
        Set<DataClass> classes,
        String category,
        boolean area,
        String article,
        String externalDecision,
        boolean acute,
        boolean reporterAllows,
        boolean withdrawn,
        boolean onward,
        boolean drawnFor,
        String purpose,
        Set<Circumstance> circumstances,
        List<PersonFacts> persons,
        Set<DataClass> narrative) {

    /** How old somebody is, as far as consent asks. */
    public enum Age {
        UNDER_12,
        FROM_12_TO_15,
        FROM_16,
        UNKNOWN
    }

    /**
     * @param role in the household: resident, tenant, child or other
     * @param withdrawn this person's data may not pass any more
     * @param objects this person objects, and nobody weighed it yet
     * @param consents what this person, or who speaks for this person, said about sharing
     */
    public record PersonFacts(
            UUID personId, String role, boolean withdrawn, boolean objects, Age age, List<Consent> consents) {
        public PersonFacts {
            age = age == null ? Age.UNKNOWN : age;
            consents = consents == null ? List.of() : List.copyOf(consents);
        }
    }

    public SharingFacts {
        // what is empty is not stored, and comes back as null
        classes = classes == null ? Set.of() : Set.copyOf(classes);
        circumstances = circumstances == null ? Set.of() : Set.copyOf(circumstances);
        persons = persons == null ? List.of() : List.copyOf(persons);
        narrative = narrative == null ? Set.of() : Set.copyOf(narrative);
    }

    SharingFacts resting(String onArticle, String onDecision) {
        return but(onArticle, onDecision, onward, drawnFor, purpose, circumstances);
    }

    SharingFacts with(boolean isDrawnFor) {
        return but(article, externalDecision, onward, isDrawnFor, purpose, circumstances);
    }

    /** The same, while this holds too. */
    SharingFacts with(Circumstance circumstance) {
        Set<Circumstance> all = EnumSet.of(circumstance);
        all.addAll(circumstances);
        return but(article, externalDecision, onward, drawnFor, purpose, all);
    }

    /** The same, passed on by a receiver for this purpose. */
    SharingFacts onwardFor(String otherPurpose) {
        return but(article, externalDecision, true, drawnFor, otherPurpose, circumstances);
    }

    boolean has(Circumstance circumstance) {
        return circumstances.contains(circumstance);
    }

    private SharingFacts but(
            String onArticle,
            String onDecision,
            boolean isOnward,
            boolean isDrawnFor,
            String forPurpose,
            Set<Circumstance> under) {
        return new SharingFacts(
                from,
                classes,
                category,
                area,
                onArticle,
                onDecision,
                acute,
                reporterAllows,
                withdrawn,
                isOnward,
                isDrawnFor,
                forPurpose,
                under,
                persons,
                narrative);
    }
}
