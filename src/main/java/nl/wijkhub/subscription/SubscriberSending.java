package nl.wijkhub.subscription;

import java.time.Duration;
import java.util.Map;
import nl.wijkhub.subscription.Subscription.Protocol;

/**
 * The way in which events are sent.
 *
 * @param languages what is said, by the protocol of the subscription
 * @param sender who sends it
 * @param retry when it is tried again
 * @param lease longer than anything that is sent may take
 */
public record SubscriberSending(
        Map<Protocol, SubscriberMessages> languages, SubscriberSender sender, RetryPolicy retry, Duration lease) {}
