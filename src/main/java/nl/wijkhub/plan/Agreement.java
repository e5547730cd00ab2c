package nl.wijkhub.plan;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import nl.wijkhub.kernel.Coded;
import nl.wijkhub.plan.PlanPart.Owner;
import nl.wijkhub.plan.PlanPart.Rung;

/**
 * Something that one owner does within one term.
 *
 * @param goalId what it is for; null for the plan as a whole
 * @param participantId when a participant owns it; null otherwise
 * @param rungReason why the rungs below would not do; null where none is needed
 * @param dueOn the last day, in the calendar of the Netherlands
 * @param reason why it was dropped; null otherwise
 */
public record Agreement(
        UUID id,
        UUID goalId,
        String text,
        Owner owner,
        UUID participantId,
        Rung rung,
        String rungReason,
        LocalDate dueOn,
        AgreementState state,
        String reason,
        Instant madeAt,
        Instant endedAt) {
    public enum AgreementState implements Coded {
        OPEN,
        DONE,
        DROPPED
    }

    public boolean isOpen() {
        return state == AgreementState.OPEN;
    }

    public boolean isLate(LocalDate today) {
        return isOpen() && dueOn.isBefore(today);
    }

    Agreement ended(AgreementState how, String why, Instant at) {
        return toBuilder().state(how).reason(why).endedAt(at).build();
    }

    Agreement ofCoordinator() {
        return toBuilder().owner(Owner.COORDINATOR).participantId(null).build();
    }

    Builder toBuilder() {
        return builder()
                .id(id)
                .goalId(goalId)
                .text(text)
                .owner(owner)
                .participantId(participantId)
                .rung(rung)
                .rungReason(rungReason)
                .dueOn(dueOn)
                .state(state)
                .reason(reason)
                .madeAt(madeAt)
                .endedAt(endedAt);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Sets each part by its name; what is not set stays null. */
    public static final class Builder {
        private UUID id;
        private UUID goalId;
        private String text;
        private Owner owner;
        private UUID participantId;
        private Rung rung;
        private String rungReason;
        private LocalDate dueOn;
        private AgreementState state;
        private String reason;
        private Instant madeAt;
        private Instant endedAt;

        private Builder() {}

        public Builder id(UUID value) {
            id = value;
            return this;
        }

        public Builder goalId(UUID value) {
            goalId = value;
            return this;
        }

        public Builder text(String value) {
            text = value;
            return this;
        }

        public Builder owner(Owner value) {
            owner = value;
            return this;
        }

        public Builder participantId(UUID value) {
            participantId = value;
            return this;
        }

        public Builder rung(Rung value) {
            rung = value;
            return this;
        }

        public Builder rungReason(String value) {
            rungReason = value;
            return this;
        }

        public Builder dueOn(LocalDate value) {
            dueOn = value;
            return this;
        }

        public Builder state(AgreementState value) {
            state = value;
            return this;
        }

        public Builder reason(String value) {
            reason = value;
            return this;
        }

        public Builder madeAt(Instant value) {
            madeAt = value;
            return this;
        }

        public Builder endedAt(Instant value) {
            endedAt = value;
            return this;
        }

        public Agreement build() {
            return new Agreement(
                    id, goalId, text, owner, participantId, rung, rungReason, dueOn, state, reason, madeAt, endedAt);
        }
    }
}
