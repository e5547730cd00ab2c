package nl.wijkhub.escalation;

import java.time.Clock;
import nl.wijkhub.audit.Timeline;
import nl.wijkhub.plan.PlanTallyStore;

/**
 * Every step up the ladder is decided with these.
 *
 * @param rules the ladder
 * @param escalations the steps that were taken
 * @param seen what each recipient has seen
 * @param tallies what was counted of it
 * @param plans what plans and hand-overs say to one recipient
 * @param opening how a step begins
 */
public record EscalationContext(
        EscalationRules rules,
        EscalationStore escalations,
        SeenSignalStore seen,
        PlanTallyStore tallies,
        PlanFacts plans,
        EscalationOpening opening,
        Timeline timeline,
        Clock clock) {}
