package nl.wijkhub.household;

import java.time.Instant;
import java.util.UUID;

/**
 * What a person changed about two households; each has a plan.
 *
 * @param from what was merged into the other, whom somebody left, what was split
 * @param to what is left of both, where somebody went, what was split off
 * @param matchId the proposal it came from; null for one that was made by hand
 * @param former how the plan stood that was closed by it; null where none was
 * @param undone it does not stand any more
 */
public record HouseholdChange(
        UUID id,
        ChangeKind kind,
        UUID from,
        UUID to,
        UUID matchId,
        UUID fromPlan,
        UUID toPlan,
        Former former,
        Instant at,
        boolean undone) {
    public enum ChangeKind {
        /** Two households are one. */
        MERGE,
        /** Somebody lives elsewhere. */
        MOVE,
        /** One household is two. */
        SPLIT
    }

    /**
     * How a plan stood.
     *
     * @param outcome null for one that was open
     * @param closedAt null for one that was open
     */
    public record Former(String state, int epoch, String outcome, Instant closedAt) {}

    /**
     * Who says so, and why.
     *
     * @param reason sealed when stored
     */
    public record Said(String reason, String user, Instant at) {}
}
