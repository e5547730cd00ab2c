package nl.wijkhub.plan;

import java.util.UUID;
import nl.wijkhub.sharing.DecidedSignal;

/**
 * A decided signal and the plan it belongs to.
 *
 * @param planId null when nobody may see the signal, or when it is about a neighbourhood
 * @param epoch in which life of the plan it came; 0 without a plan
 */
public record AttachedSignal(DecidedSignal decided, UUID planId, int epoch) {
    public UUID signalId() {
        return decided.signalId();
    }
}
