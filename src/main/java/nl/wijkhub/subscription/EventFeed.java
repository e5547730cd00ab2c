package nl.wijkhub.subscription;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import nl.wijkhub.subscription.Notification.NotificationState;
import nl.wijkhub.subscription.SubscriberEvent.EventContent;
import nl.wijkhub.subscription.Subscription.Protocol;

/**
 * What a subscription was told, by number, for its owner to fetch. Each event is decided anew at that moment: one that
 * does not stand any more shows as recalled, under its own number. Fetching lets go of what waits.
 */
public final class EventFeed {
    /**
     * @param events CloudEvents as JSON, by number
     * @param last the number to go on from
     */
    public record Page(List<String> events, long last) {}

    /** One event as it may be told now. */
    public record Numbered(Notification notification, EventContent told) {}

    private final SubscriptionStore subscriptions;
    private final NotificationStore notifications;
    private final SubscriberRights rights;
    private final SubscriberEvent events;
    private final Duration retryFor;
    private final Clock clock;

    /**
     * @param retryFor how long what was fetched is still brought, where it is brought
     */
    public EventFeed(
            SubscriptionStore subscriptions,
            NotificationStore notifications,
            SubscriberRights rights,
            SubscriberEvent events,
            Duration retryFor,
            Clock clock) {
        this.subscriptions = subscriptions;
        this.notifications = notifications;
        this.rights = rights;
        this.events = events;
        this.retryFor = retryFor;
        this.clock = clock;
    }

    /** The caller's transaction. */
    public Page page(Subscription subscription, long after, int limit) {
        List<String> written = new ArrayList<>();
        long last = after;
        for (Numbered one : numbered(subscription.id(), after, limit)) {
            last = one.notification().sequence();
            written.add(new String(events.of(one.notification(), last, one.told()), StandardCharsets.UTF_8));
        }
        return new Page(written, last);
    }

    /** The same, not yet written in any language. The caller's transaction. */
    public List<Numbered> numbered(UUID subscriptionId, long after, int limit) {
        Subscription held = subscriptions.hold(subscriptionId).orElseThrow();
        Instant now = clock.instant();
        // on a queue an event and a recall of it are numbered together, by whoever puts them there
        if (held.protocol() != Protocol.AMQP && held.standing().lastSequence() - after < limit) {
            assignSequences(held, limit, now);
        }
        List<Notification> numbered = notifications.numbered(held.id(), after, limit);
        notifications.fetched(numbered.stream().map(Notification::id).toList());
        List<Numbered> told = new ArrayList<>();
        for (Notification notification : numbered) {
            told.add(new Numbered(notification, now(held, notification)));
        }
        return told;
    }

    /** Gives what waits its number, in order; what may not go never gets one. */
    private void assignSequences(Subscription held, int limit, Instant now) {
        for (Notification waiting : notifications.unnumbered(held.id(), limit)) {
            Optional<EventContent> told = rights.look(held, waiting, "attempt");
            if (told.isEmpty()) {
                notifications.makeVoid(waiting.id(), now);
                continue;
            }
            long sequence = subscriptions.number(held.id());
            notifications.assignSequence(waiting.id(), sequence, told.get().subject(), now.plus(retryFor));
            if (!held.isBrought()) {
                notifications.tried(waiting.id(), NotificationState.SENT, true, null, now);
            }
        }
    }

    private EventContent now(Subscription held, Notification notification) {
        return rights.look(held, notification, "pull").orElseGet(() -> gone(notification));
    }

    private static EventContent gone(Notification notification) {
        String dataref =
                switch (notification.kind()) {
                    case ESCALATION -> "/v1/escalations/" + notification.aboutId();
                    case CONSULT -> "/v1/consultations/" + notification.aboutId();
                    case FEEDBACK, RECALL -> null;
                };
        return new EventContent(EventType.RECALL, notification.id(), notification.subject(), dataref, null, 0);
    }
}
