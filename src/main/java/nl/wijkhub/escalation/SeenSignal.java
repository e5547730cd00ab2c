package nl.wijkhub.escalation;

import java.time.Instant;
import java.util.UUID;
import nl.wijkhub.kernel.Discipline;

/**
 * A signal of a plan as one recipient may see it.
 *
 * @param epoch in which life of the plan it came
 * @param sender null where it does not pass
 * @param children how many the recipient may see
 * @param severity empty where it does not pass
 * @param category as the recipient reads it; empty where it does not pass
 */
public record SeenSignal(
        PlanFacts.Viewer viewer,
        UUID signalId,
        int epoch,
        Instant at,
        Discipline sender,
        long children,
        String severity,
        String category) {}
