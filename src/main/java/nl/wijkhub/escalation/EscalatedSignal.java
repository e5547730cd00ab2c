package nl.wijkhub.escalation;

import java.util.Map;
import java.util.UUID;
import nl.wijkhub.plan.AttachedSignal;

/**
 * An attached signal and the step each recipient saw it cause.
 *
 * @param levels release id → the highest level of the ladder that opened with this signal or stands open for it; absent
 *     when the recipient sees no step, or something else is tried first
 */
public record EscalatedSignal(AttachedSignal attached, Map<UUID, Integer> levels) {
    public UUID signalId() {
        return attached.signalId();
    }
}
