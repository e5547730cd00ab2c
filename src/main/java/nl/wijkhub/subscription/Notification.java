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
}
