package nl.wijkhub.subscription;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.subscription.Notification.NotificationKind;
import nl.wijkhub.subscription.Notification.NotificationState;
import nl.wijkhub.subscription.SubscriberEvent.EventContent;
import nl.wijkhub.subscription.Subscription.Content;
import nl.wijkhub.subscription.Subscription.Protocol;
import nl.wijkhub.subscription.Subscription.Standing;
import nl.wijkhub.subscription.Subscription.Status;

/** Subscriptions and events of nobody. */
public final class SubscriptionFixture {
    public static final Instant NOON = Instant.parse("2026-01-15T12:00:00Z");

    private SubscriptionFixture() {}

    public static Subscription aFhirSubscription(Content content, Status status, long events, int failures) {
        return new Subscription(
                Identifier.next(),
                "zorg-demo",
                false,
                List.of(EventType.ESCALATION.type()),
                Set.of("GM9999"),
                Set.of(),
                Protocol.FHIR,
                URI.create("https://ontvanger.example.nl/fhir"),
                null,
                null,
                content,
                60,
                6000,
                NOON,
                new Standing(status, failures > 0 ? "status-503" : null, NOON, events, failures, null, null, null));
    }

    public static Notification aNotification(NotificationKind kind, UUID about, Long sequence) {
        return new Notification(
                Identifier.next(),
                1,
                Identifier.next(),
                kind,
                about,
                null,
                sequence,
                NotificationState.WAITING,
                false,
                0,
                NOON,
                null,
                null);
    }

    public static EventContent aStep(UUID escalation) {
        return new EventContent(
                EventType.ESCALATION,
                escalation,
                "fake-subject",
                "/v1/escalations/" + escalation,
                NOON.plusSeconds(3600),
                2);
    }

    public static EventContent aRecall(UUID escalation) {
        return new EventContent(
                EventType.RECALL, Identifier.next(), "fake-subject", "/v1/escalations/" + escalation, null, 0);
    }
}
