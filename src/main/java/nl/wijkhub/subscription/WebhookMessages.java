package nl.wijkhub.subscription;

import java.util.HashMap;
import java.util.Map;
import nl.wijkhub.subscription.SubscriberSender.Answer;
import nl.wijkhub.subscription.SubscriberSender.Request;

/** Speaks CloudEvents webhook. Source: CloudEvents HTTP webhook 1.0.2. */
public final class WebhookMessages implements SubscriberMessages {
    private final String origin;
    private final SubscriberEvent events;

    /**
     * @param origin the name the hub sends under, e.g. {@code hub.example.nl}
     */
    public WebhookMessages(String origin, SubscriberEvent events) {
        this.origin = origin;
        this.events = events;
    }

    @Override
    public Request handshake(Subscription subscription) {
        Map<String, String> headers = Handshake.headers(origin, subscription.ratePerMinute());
        return new Request("OPTIONS", subscription.sink(), headers, new byte[0], subscription.credential());
    }

    @Override
    public Handshake.Verdict verdict(Subscription subscription, Answer answer) {
        return Handshake.verdict(answer, origin, subscription.ratePerMinute());
    }

    @Override
    public Request event(
            Subscription subscription, Notification notification, long sequence, SubscriberEvent.EventContent told) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Content-Type", SubscriberEvent.MEDIA_TYPE + "; charset=utf-8");
        headers.put(Handshake.ASKED_ORIGIN, origin);
        return new Request(
                "POST",
                subscription.sink(),
                headers,
                events.of(notification, sequence, told),
                subscription.credential());
    }

    @Override
    public Request heartbeat(Subscription subscription) {
        throw new IllegalStateException("a webhook has no heartbeat");
    }
}
