package nl.wijkhub.escalation;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import nl.wijkhub.kernel.Coded;
import nl.wijkhub.sharing.Recipient;

/**
 * A step up the ladder, as one recipient sees it.
 *
 * @param epoch in which life of the plan it was raised
 * @param ruleId the rule that raised it; from its opening on the rule that opened it
 * @param signalId the last signal it held for; of a step that time brought, the last its recipient saw
 * @param dueAt how soon somebody must have taken it up
 * @param triedUntil how long something else is tried first; null where nothing is
 * @param heldAt when a rule of its level was last seen to hold
 * @param againAt when a signal met it again while something else was tried; null when none did
 * @param endedAt null while it stands
 * @param ending why it was closed; null while it was not
 */
public record EscalationStep(
        UUID id,
        UUID planId,
        int epoch,
        Recipient recipient,
        int level,
        String ruleId,
        UUID signalId,
        StepState state,
        Instant raisedAt,
        Instant dueAt,
        Instant triedUntil,
        Instant heldAt,
        Instant againAt,
        Instant endedAt,
        Ending ending) {

    /** What has become of it. */
    public enum StepState implements Coded {
        OPEN("opened"),
        /** Mediation is tried first. */
        MEDIATION("mediation-begun"),
        /** Care is consulted first. */
        CONSULT("consult-begun"),
        TAKEN("taken"),
        DECLINED("declined"),
        CLOSED("closed");

        private final String event;

        StepState(String event) {
            this.event = event;
        }

        /** What its history calls it when a step becomes this. */
        public String event() {
            return event;
        }

        /** Whether it keeps a second step of its level away. */
        boolean stands() {
            return this != DECLINED && this != CLOSED;
        }

        boolean isTriedFirst() {
            return this == MEDIATION || this == CONSULT;
        }

        /** Whether it has really gone up. */
        public boolean isUp() {
            return this == OPEN || this == TAKEN;
        }
    }

    /** Why a step was closed. */
    public enum Ending implements Coded {
        /** It did not hold for long enough. */
        DE_ESCALATED,
        PLAN_CLOSED,
        /** What it rested on may not be seen any more. */
        RECALLED,
        /** It did not come again while mediation was tried. */
        MEDIATED,
        /** It did not hold any more once care was heard. */
        CONSULTED,
        /** The plan went to another team, which decides by what it may see. */
        HANDED_OVER
    }

    EscalationStep opened(EscalationRules.Rule rule, UUID signal, Instant now) {
        return with(StepState.OPEN, rule.id(), signal, now.plus(rule.due()), now, againAt, null, null);
    }

    /**
     * The same, with what is tried first tried until then at most.
     *
     * @param until null for as long as it is
     */
    EscalationStep noLongerThan(Instant until) {
        if (triedUntil == null || until == null || !until.isBefore(triedUntil)) {
            return this;
        }
        return new EscalationStep(
                id,
                planId,
                epoch,
                recipient,
                level,
                ruleId,
                signalId,
                state,
                raisedAt,
                dueAt.minus(Duration.between(until, triedUntil)),
                until,
                heldAt,
                againAt,
                endedAt,
                ending);
    }

    /** A rule of its level holds now. */
    EscalationStep held(UUID signal, Instant now) {
        return with(state, ruleId, signal, dueAt, now, againAt, null, null);
    }

    /** A signal met it again while something else was tried. */
    EscalationStep again(UUID signal, Instant now) {
        return with(state, ruleId, signal, dueAt, now, now, null, null);
    }

    /** The same, resting on this signal. */
    EscalationStep restingOn(UUID signal) {
        return with(state, ruleId, signal, dueAt, heldAt, againAt, null, null);
    }

    EscalationStep taken() {
        return with(StepState.TAKEN, ruleId, signalId, dueAt, heldAt, againAt, null, null);
    }

    EscalationStep declined(Instant now) {
        return with(StepState.DECLINED, ruleId, signalId, dueAt, heldAt, againAt, now, null);
    }

    EscalationStep closed(Ending why, Instant now) {
        return with(StepState.CLOSED, ruleId, signalId, dueAt, heldAt, againAt, now, why);
    }

    private EscalationStep with(
            StepState next,
            String rule,
            UUID signal,
            Instant due,
            Instant held,
            Instant again,
            Instant ended,
            Ending why) {
        return new EscalationStep(
                id,
                planId,
                epoch,
                recipient,
                level,
                rule,
                signal,
                next,
                raisedAt,
                due,
                triedUntil,
                held,
                again,
                ended,
                why);
    }
}
