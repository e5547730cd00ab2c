package nl.wijkhub.plan;

import java.time.Instant;
import java.util.UUID;
import nl.wijkhub.sharing.DecidedSignal;

/**
 * A decided signal and the plan it belongs to.
 *
 * @param planId null when nobody may see the signal, or when it is about a neighbourhood
 * @param epoch in which life of the plan it came; 0 without a plan
 * @param joinedAt when it joined the plan, just now; null without a plan, for one that was in it before, and where
 *     nobody counts along
 */
public record AttachedSignal(DecidedSignal decided, UUID planId, int epoch, Instant joinedAt) {
    public UUID signalId() {
        return decided.signalId();
    }
}
