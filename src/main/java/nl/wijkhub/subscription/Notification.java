package nl.wijkhub.subscription;

import java.time.Instant;
import java.util.UUID;

/**
 * One event for one subscription.
 *
 * @param id the event's id
 * @param position its place in the order
 * @param aboutId the escalation, consultation, feedback, or notification that it is about
 * @param subject what the receiver knows the plan by; null while it was never let go
 * @param sequence its number in the subscription; null while it was never let go
 * @param hasReached whether the receiver may have seen it
 * @param retryUntil until when it is tried; null while nobody tried
 * @param failure why the last attempt failed, as a code; null when none did
 */
public record Notification(
        UUID id,
        long position,
        UUID subscriptionId,
        NotificationKind kind,
        UUID aboutId,
        String subject,
        Long sequence,
        NotificationState state,
        boolean hasReached,
        int attempts,
        Instant createdAt,
        Instant retryUntil,
        String failure) {

    public enum NotificationKind {
        ESCALATION,
        CONSULT,
        FEEDBACK,
        /** What was told before does not stand any more. */
        RECALL
    }

    public enum NotificationState {
        WAITING,
        SENT,
        /** It may not go any more. */
        VOID,
        /** Tried for as long as the hub tries; its owner may have it tried again. */
        DEAD
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Sets each part by its name; what is not set stays null. */
    public static final class Builder {
        private UUID id;
        private long position;
        private UUID subscriptionId;
        private NotificationKind kind;
        private UUID aboutId;
        private String subject;
        private Long sequence;
        private NotificationState state;
        private boolean hasReached;
        private int attempts;
        private Instant createdAt;
        private Instant retryUntil;
        private String failure;

        private Builder() {}

        public Builder id(UUID value) {
            id = value;
            return this;
        }

        public Builder position(long value) {
            position = value;
            return this;
        }

        public Builder subscriptionId(UUID value) {
            subscriptionId = value;
            return this;
        }

        public Builder kind(NotificationKind value) {
            kind = value;
            return this;
        }

        public Builder aboutId(UUID value) {
            aboutId = value;
            return this;
        }

        public Builder subject(String value) {
            subject = value;
            return this;
        }

        public Builder sequence(Long value) {
            sequence = value;
            return this;
        }

        public Builder state(NotificationState value) {
            state = value;
            return this;
        }

        public Builder hasReached(boolean value) {
            hasReached = value;
            return this;
        }

        public Builder attempts(int value) {
            attempts = value;
            return this;
        }

        public Builder createdAt(Instant value) {
            createdAt = value;
            return this;
        }

        public Builder retryUntil(Instant value) {
            retryUntil = value;
            return this;
        }

        public Builder failure(String value) {
            failure = value;
            return this;
        }

        public Notification build() {
            return new Notification(
                    id,
                    position,
                    subscriptionId,
                    kind,
                    aboutId,
                    subject,
                    sequence,
                    state,
                    hasReached,
                    attempts,
                    createdAt,
                    retryUntil,
                    failure);
        }
    }
}
