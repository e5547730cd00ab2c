package nl.wijkhub.plan;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.UUID;
import nl.wijkhub.kernel.Discipline;

/**
 * A subject on the agenda of a neighbourhood, as somebody may see it: computed from the signals released to whoever
 * looks, and from the steps since the first of them. What was experienced stands beside what was recorded; neither is
 * averaged, and the one is never taken for the other.
 *
 * @param area a BU code; null for a place in words
 * @param place in words; null for a code
 * @param statusSince when it got there; of what is only raised, the first signal
 * @param recordedCount signals, each counted once
 * @param experiencedImpact 1..5 → signals that said so, every step there
 * @param gap signals of an experienced impact of 3 or more that the police do not know of
 * @param senders disciplines that reported → signals, where the sender passes
 * @param follows the item about the same before this one; null for none
 * @param linkedTo the item it is a duplicate of; null for none
 * @param linked its duplicates, as whole items
 * @param steps what was done with it, in order
 */
public record AgendaItem(
        UUID id,
        String area,
        String place,
        String category,
        AgendaState status,
        Instant statusSince,
        int recordedCount,
        SortedMap<Integer, Integer> experiencedImpact,
        KnownToPolice knownToPolice,
        int gap,
        SortedMap<Discipline, Integer> senders,
        UUID follows,
        UUID linkedTo,
        List<AgendaItem> linked,
        List<AgendaEvent> steps) {

    /** Signals the police know of, do not know of, and of which that was not said or does not pass. */
    public record KnownToPolice(int yes, int no, int unknown) {}

    /**
     * Something that was done with an item.
     *
     * @param kind the status it got, or linked or unlinked
     * @param otherId the item it was linked to; null for a status
     * @param reason null where none was given
     */
    public record AgendaEvent(String kind, UUID otherId, String user, String reason, Instant at) {}

    /** Signals of which the sender's discipline passes. */
    public int fromKnownSenders() {
        return senders.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Whom it speaks for, as a sentence. */
    public String representationNl() {
        return "Signalen: " + recordedCount + ". Waarvan bekend is van welke discipline: " + fromKnownSenders()
                + ", van " + senders.size() + " verschillende. Dit zegt wie er meldde, niet wie er woont.";
    }

    /** The same for who may not see who did what with it, and why; its duplicates likewise. */
    public AgendaItem withoutSteps() {
        return builder()
                .id(id)
                .area(area)
                .place(place)
                .category(category)
                .status(status)
                .statusSince(statusSince)
                .recordedCount(recordedCount)
                .experiencedImpact(experiencedImpact)
                .knownToPolice(knownToPolice)
                .gap(gap)
                .senders(senders)
                .follows(follows)
                .linkedTo(linkedTo)
                .linked(linked.stream().map(AgendaItem::withoutSteps).toList())
                .build();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Sets each part by its name; what is not set is null, 0 or empty. */
    public static final class Builder {
        private UUID id;
        private String area;
        private String place;
        private String category;
        private AgendaState status;
        private Instant statusSince;
        private int recordedCount;
        private SortedMap<Integer, Integer> experiencedImpact;
        private KnownToPolice knownToPolice;
        private int gap;
        private SortedMap<Discipline, Integer> senders;
        private UUID follows;
        private UUID linkedTo;
        private List<AgendaItem> linked = List.of();
        private List<AgendaEvent> steps = List.of();

        private Builder() {}

        public Builder id(UUID value) {
            id = value;
            return this;
        }

        public Builder area(String value) {
            area = value;
            return this;
        }

        public Builder place(String value) {
            place = value;
            return this;
        }

        public Builder category(String value) {
            category = value;
            return this;
        }

        public Builder status(AgendaState value) {
            status = value;
            return this;
        }

        public Builder statusSince(Instant value) {
            statusSince = value;
            return this;
        }

        public Builder recordedCount(int value) {
            recordedCount = value;
            return this;
        }

        public Builder experiencedImpact(SortedMap<Integer, Integer> value) {
            experiencedImpact = value;
            return this;
        }

        public Builder knownToPolice(KnownToPolice value) {
            knownToPolice = value;
            return this;
        }

        public Builder gap(int value) {
            gap = value;
            return this;
        }

        public Builder senders(SortedMap<Discipline, Integer> value) {
            senders = value;
            return this;
        }

        public Builder follows(UUID value) {
            follows = value;
            return this;
        }

        public Builder linkedTo(UUID value) {
            linkedTo = value;
            return this;
        }

        public Builder linked(List<AgendaItem> value) {
            linked = value;
            return this;
        }

        public Builder steps(List<AgendaEvent> value) {
            steps = value;
            return this;
        }

        public AgendaItem build() {
            return new AgendaItem(
                    id,
                    area,
                    place,
                    category,
                    status,
                    statusSince,
                    recordedCount,
                    experiencedImpact,
                    knownToPolice,
                    gap,
                    senders,
                    follows,
                    linkedTo,
                    linked,
                    steps);
        }
    }
}
