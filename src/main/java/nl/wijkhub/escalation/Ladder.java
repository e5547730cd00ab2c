package nl.wijkhub.escalation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import nl.wijkhub.escalation.EscalationPolicy.Change;

/** The steps of one recipient on one plan, as they change along a batch. */
final class Ladder {
    private final Map<UUID, EscalationStep> before = new LinkedHashMap<>();
    private final Map<UUID, EscalationStep> steps = new LinkedHashMap<>();

    /**
     * @param known its steps that stand, and those that were declined not long ago
     */
    Ladder(Collection<EscalationStep> known) {
        known.forEach(step -> before.put(step.id(), step));
        steps.putAll(before);
    }

    List<EscalationStep> steps() {
        return List.copyOf(steps.values());
    }

    /** The highest step of this life of the plan that has really gone up; 0 for none. */
    long level(int epoch) {
        return steps.values().stream()
                .filter(step -> step.epoch() == epoch && step.state().isUp())
                .mapToInt(EscalationStep::level)
                .max()
                .orElse(0);
    }

    void change(List<Change> changes) {
        changes.forEach(change -> steps.put(change.after().id(), change.after()));
    }

    /** What has changed since the beginning, once per step. */
    List<Change> changes() {
        List<Change> changes = new ArrayList<>();
        for (EscalationStep step : steps.values()) {
            EscalationStep was = before.get(step.id());
            if (!step.equals(was)) {
                changes.add(new Change(was, step));
            }
        }
        return changes;
    }
}
