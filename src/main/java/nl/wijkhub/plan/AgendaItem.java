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
}
