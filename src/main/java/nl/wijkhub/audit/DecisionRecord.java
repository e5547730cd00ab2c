package nl.wijkhub.audit;

import java.time.Instant;
import java.util.UUID;
import nl.wijkhub.kernel.Trace;

/**
 * One decision of the consent filter. Source: Authorization Decision Log; exactly one record per decision, a denial
 * is no error, and request and policies are enough to decide again.
 *
 * @param evaluation {@code release}, {@code attempt} or {@code pull}
 * @param request the inputs of the decision as JSON: classes, codes and pseudonyms, never names or text
 * @param response what was decided, as JSON
 * @param policy id and version of the sharing agreement
 */
public record DecisionRecord(
        UUID decisionId,
        UUID releaseId,
        String evaluation,
        Trace trace,
        Instant decidedAt,
        String request,
        String response,
        String policy) {}
