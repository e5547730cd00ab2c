package nl.wijkhub.audit;

import java.util.UUID;

/**
 * What was known of a signal when it was decided, the same for all its recipients.
 *
 * @param facts as JSON: classes, codes and pseudonyms, never names or text
 */
public record DecisionFacts(UUID id, String facts) {}
