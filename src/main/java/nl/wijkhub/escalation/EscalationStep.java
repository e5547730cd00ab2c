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
        return standing()
                .signalId(signal)
                .state(StepState.OPEN)
                .ruleId(rule.id())
                .dueAt(now.plus(rule.due()))
                .heldAt(now)
                .build();
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
        return toBuilder()
                .dueAt(dueAt.minus(Duration.between(until, triedUntil)))
                .triedUntil(until)
                .build();
    }

    /** A rule of its level holds now. */
    EscalationStep held(UUID signal, Instant now) {
        return standing().signalId(signal).heldAt(now).build();
    }

    /** A signal met it again while something else was tried. */
    EscalationStep again(UUID signal, Instant now) {
        return standing().signalId(signal).heldAt(now).againAt(now).build();
    }

    /** The same, resting on this signal. */
    EscalationStep restingOn(UUID signal) {
        return standing().signalId(signal).build();
    }

    EscalationStep taken() {
        return standing().state(StepState.TAKEN).build();
    }

    EscalationStep declined(Instant now) {
        return standing().state(StepState.DECLINED).endedAt(now).build();
    }

    EscalationStep closed(Ending why, Instant now) {
        return toBuilder().state(StepState.CLOSED).endedAt(now).ending(why).build();
    }

    private Builder standing() {
        return toBuilder().endedAt(null).ending(null);
    }

    Builder toBuilder() {
        return builder()
                .id(id)
                .planId(planId)
                .epoch(epoch)
                .recipient(recipient)
                .level(level)
                .ruleId(ruleId)
                .signalId(signalId)
                .state(state)
                .raisedAt(raisedAt)
                .dueAt(dueAt)
                .triedUntil(triedUntil)
                .heldAt(heldAt)
                .againAt(againAt)
                .endedAt(endedAt)
                .ending(ending);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Sets each part by its name; what is not set stays null. */
    public static final class Builder {
        private UUID id;
        private UUID planId;
        private int epoch;
        private Recipient recipient;
        private int level;
        private String ruleId;
        private UUID signalId;
        private StepState state;
        private Instant raisedAt;
        private Instant dueAt;
        private Instant triedUntil;
        private Instant heldAt;
        private Instant againAt;
        private Instant endedAt;
        private Ending ending;

        private Builder() {}

        public Builder id(UUID value) {
            id = value;
            return this;
        }

        public Builder planId(UUID value) {
            planId = value;
            return this;
        }

        public Builder epoch(int value) {
            epoch = value;
            return this;
        }

        public Builder recipient(Recipient value) {
            recipient = value;
            return this;
        }

        public Builder level(int value) {
            level = value;
            return this;
        }

        public Builder ruleId(String value) {
            ruleId = value;
            return this;
        }

        public Builder signalId(UUID value) {
            signalId = value;
            return this;
        }

        public Builder state(StepState value) {
            state = value;
            return this;
        }

        public Builder raisedAt(Instant value) {
            raisedAt = value;
            return this;
        }

        public Builder dueAt(Instant value) {
            dueAt = value;
            return this;
        }

        public Builder triedUntil(Instant value) {
            triedUntil = value;
            return this;
        }

        public Builder heldAt(Instant value) {
            heldAt = value;
            return this;
        }

        public Builder againAt(Instant value) {
            againAt = value;
            return this;
        }

        public Builder endedAt(Instant value) {
            endedAt = value;
            return this;
        }

        public Builder ending(Ending value) {
            ending = value;
            return this;
        }

        public EscalationStep build() {
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
                    dueAt,
                    triedUntil,
                    heldAt,
                    againAt,
                    endedAt,
                    ending);
        }
    }
}
