package nl.wijkhub.subscription;

import nl.wijkhub.subscription.SubscriberSender.Answer;
import nl.wijkhub.subscription.SubscriberSender.Request;

/** The language in which a receiver is spoken to over HTTP. */
public interface SubscriberMessages {
    /** Asks whether it wants events. */
    Request handshake(Subscription subscription);

    Handshake.Verdict verdict(Subscription subscription, Answer answer);

    /** Tells one event. */
    Request event(
            Subscription subscription, Notification notification, long sequence, SubscriberEvent.EventContent told);

    /** Says that the subscription lives, and nothing else. */
    Request heartbeat(Subscription subscription);
}
