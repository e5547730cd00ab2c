package nl.wijkhub.audit;

import java.time.Instant;
import java.util.UUID;
import nl.wijkhub.kernel.Trace;

/**
 * One decision of the consent filter. Source: Authorization Decision Log; exactly one record per decision, a denial
 * is no error, and facts and policy are enough to decide again.
 *
 * @param evaluation {@code release}, {@code attempt}, {@code pull}, {@code receipt} or {@code recall}
 * @param factsId of the {@link DecisionFacts} it was decided on
 * @param response what was decided, as JSON; of {@code release} it stands in the release alone
 * @param policy id and version of the sharing agreement
 */
public record DecisionRecord(
        UUID decisionId,
        UUID releaseId,
        String evaluation,
        Trace trace,
        Instant decidedAt,
        UUID factsId,
        String response,
        String policy) {
    /** The first decision of a release, which holds the answer itself. */
    boolean isOfRelease() {
        return evaluation.equals(RELEASE);
    }

    public static final String RELEASE = "release";
}
