package nl.wijkhub.plan;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * One step of a plan.
 *
 * @param epoch in which of its lives
 * @param kind what happened, in kebab-case
 * @param partId the part or the signal it happened to; null for the plan itself
 * @param user who did it; null when it came by itself
 * @param detail what was said with it, as JSON; null for nothing; sealed when stored
 */
public record PlanEvent(
        UUID id, UUID planId, int epoch, String kind, UUID partId, String user, Instant at, String detail) {
    public static final String WOKEN = "woken-by-signal";
    public static final String REOPENED = "reopened-by-signal";

    private static final Set<String> OF_PARTS = Set.of(
            "participant-joined",
            "participant-left",
            "goal-set",
            "goal-reached",
            "goal-dropped",
            "agreement-made",
            "agreement-done",
            "agreement-dropped",
            "scored",
            "weighing-opened",
            "position-given",
            "weighing-decided",
            "coordinator-set",
            "household-agreed",
            "agreement-taken-back",
            "strengths-written",
            "changed");

    /** Whether it was done to what a plan itself shows at every seat: its parts, its coordinator, the household's consent. */
    public boolean isOfParts() {
        return OF_PARTS.contains(kind);
    }

    public boolean isOfScores() {
        return kind.equals("scored");
    }

    /** That it happened, and not by whom nor what was said. */
    public PlanEvent withoutWords() {
        return new PlanEvent(id, planId, epoch, kind, partId, null, at, null);
    }
}
