package nl.wijkhub.escalation;

import java.util.Map;
import java.util.UUID;
import nl.wijkhub.plan.AttachedSignal;

/**
 * An attached signal and the step each recipient saw it cause.
 *
 * @param levels release id → level of the ladder; absent when the recipient sees no step
 */
public record EscalatedSignal(AttachedSignal attached, Map<UUID, Integer> levels) {
    public UUID signalId() {
        return attached.signalId();
    }
}
