package nl.wijkhub.audit;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import nl.wijkhub.kernel.Trace;

/**
 * What the consent filter decided on one set of facts, for one recipient or for several at once. Source: Authorization
 * Decision Log; exactly one record per decision, a denial is no error, and facts and policy are enough to decide again.
 *
 * @param evaluation {@code release}, {@code attempt}, {@code pull}, {@code receipt} or {@code recall}
 * @param facts as JSON: classes, codes and pseudonyms, never names or text
 * @param policy id and version of the sharing agreement
 */
public record DecisionSet(
        UUID id,
        String evaluation,
        Trace trace,
        Instant decidedAt,
        String facts,
        String policy,
        List<Decided> decisions) {
    public static final String RELEASE = "release";

    /**
     * One of the decisions.
     *
     * @param response what was decided, as JSON; of {@code release} it stands in the release alone
     */
    public record Decided(UUID releaseId, String response) {}

    /** The first decision of each release, which holds the answer itself. */
    boolean isOfReleases() {
        return evaluation.equals(RELEASE);
    }
}
