package nl.wijkhub.subscription;

import java.util.Optional;

/** A port: what a subscriber may be told of something at this very moment. */
public interface SubscriberRights {
    /**
     * Decides and logs; the caller's transaction.
     *
     * @param evaluation {@code attempt} or {@code pull}
     * @return empty for nothing: whatever the reason
     */
    Optional<SubscriberEvent.EventContent> look(
            Subscription subscription, Notification notification, String evaluation);
}
