package nl.wijkhub.sharing;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
 * @param unconcerned the seats, by client id, that the signal is no concern of: another landlord's, or another task
 * @param undesignated the care seats, by client id, that are not their team's crisis care
 * @param organisations seat, by client id → the partner that sits there; only where a consent names organisations
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
        Set<DataClass> narrative,
        Set<String> unconcerned,
        Set<String> undesignated,
        Map<String, String> organisations) {

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
        unconcerned = unconcerned == null ? Set.of() : Set.copyOf(unconcerned);
        undesignated = undesignated == null ? Set.of() : Set.copyOf(undesignated);
        organisations = organisations == null ? Map.of() : Map.copyOf(organisations);
    }

    SharingFacts resting(String onArticle, String onDecision) {
        boolean isSo = Objects.equals(onArticle, article) && Objects.equals(onDecision, externalDecision);
        return isSo
                ? this
                : toBuilder().article(onArticle).externalDecision(onDecision).build();
    }

    SharingFacts with(boolean isDrawnFor) {
        return isDrawnFor == drawnFor ? this : toBuilder().drawnFor(isDrawnFor).build();
    }

    /** The same, while this holds too. */
    SharingFacts with(Circumstance circumstance) {
        Set<Circumstance> all = EnumSet.of(circumstance);
        all.addAll(circumstances);
        return toBuilder().circumstances(all).build();
    }

    /** The same, passed on by a receiver for this purpose. */
    SharingFacts onwardFor(String otherPurpose) {
        return toBuilder().onward(true).purpose(otherPurpose).build();
    }

    SeatsConcerned.Seats seats() {
        return new SeatsConcerned.Seats(unconcerned, undesignated, organisations);
    }

    SharingFacts at(SeatsConcerned.Seats seats) {
        return toBuilder().at(seats).build();
    }

    boolean has(Circumstance circumstance) {
        return circumstances.contains(circumstance);
    }

    private Builder toBuilder() {
        return builder()
                .from(from)
                .classes(classes)
                .category(category)
                .area(area)
                .article(article)
                .externalDecision(externalDecision)
                .acute(acute)
                .reporterAllows(reporterAllows)
                .withdrawn(withdrawn)
                .onward(onward)
                .drawnFor(drawnFor)
                .purpose(purpose)
                .circumstances(circumstances)
                .persons(persons)
                .narrative(narrative)
                .at(seats());
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Sets each part by its name; what is not set stays null, empty or false. */
    public static final class Builder {
        private Discipline from;
        private Set<DataClass> classes;
        private String category;
        private boolean area;
        private String article;
        private String externalDecision;
        private boolean acute;
        private boolean reporterAllows;
        private boolean withdrawn;
        private boolean onward;
        private boolean drawnFor;
        private String purpose;
        private Set<Circumstance> circumstances;
        private List<PersonFacts> persons;
        private Set<DataClass> narrative;
        private SeatsConcerned.Seats seats = SeatsConcerned.Seats.ALL;

        private Builder() {}

        public Builder from(Discipline value) {
            from = value;
            return this;
        }

        public Builder classes(Set<DataClass> value) {
            classes = value;
            return this;
        }

        public Builder category(String value) {
            category = value;
            return this;
        }

        public Builder area(boolean value) {
            area = value;
            return this;
        }

        public Builder article(String value) {
            article = value;
            return this;
        }

        public Builder externalDecision(String value) {
            externalDecision = value;
            return this;
        }

        public Builder acute(boolean value) {
            acute = value;
            return this;
        }

        public Builder reporterAllows(boolean value) {
            reporterAllows = value;
            return this;
        }

        public Builder withdrawn(boolean value) {
            withdrawn = value;
            return this;
        }

        public Builder onward(boolean value) {
            onward = value;
            return this;
        }

        public Builder drawnFor(boolean value) {
            drawnFor = value;
            return this;
        }

        public Builder purpose(String value) {
            purpose = value;
            return this;
        }

        public Builder circumstances(Set<Circumstance> value) {
            circumstances = value;
            return this;
        }

        public Builder persons(List<PersonFacts> value) {
            persons = value;
            return this;
        }

        public Builder narrative(Set<DataClass> value) {
            narrative = value;
            return this;
        }

        public Builder at(SeatsConcerned.Seats value) {
            seats = value;
            return this;
        }

        public SharingFacts build() {
            return new SharingFacts(
                    from,
                    classes,
                    category,
                    area,
                    article,
                    externalDecision,
                    acute,
                    reporterAllows,
                    withdrawn,
                    onward,
                    drawnFor,
                    purpose,
                    circumstances,
                    persons,
                    narrative,
                    seats.unconcerned(),
                    seats.undesignated(),
                    seats.organisations());
        }
    }
}
