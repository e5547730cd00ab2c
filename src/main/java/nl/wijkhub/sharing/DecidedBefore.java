package nl.wijkhub.sharing;

import java.time.Instant;
import java.util.UUID;

/**
 * What was decided, with everything it rested on: enough to decide it again, also after the signal is gone.
 *
 * @param facts what was known
 * @param decision what was decided then
 */
public record DecidedBefore(
        UUID releaseId, UUID signalId, Recipient recipient, Instant at, SharingFacts facts, Decision decision) {}
