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
        return Subscription.builder()
                .id(Identifier.next())
                .client("zorg-demo")
                .types(List.of(EventType.ESCALATION.type()))
                .areas(Set.of("GM9999"))
                .protocol(Protocol.FHIR)
                .sink(URI.create("https://ontvanger.example.nl/fhir"))
                .content(content)
                .heartbeatSeconds(60)
                .ratePerMinute(6000)
                .createdAt(NOON)
                .standing(new Standing(
                        status, failures > 0 ? "status-503" : null, NOON, events, failures, null, null, null))
                .build();
    }

    public static Notification aNotification(NotificationKind kind, UUID about, Long sequence) {
        return Notification.builder()
                .id(Identifier.next())
                .position(1)
                .subscriptionId(Identifier.next())
                .kind(kind)
                .aboutId(about)
                .sequence(sequence)
                .state(NotificationState.WAITING)
                .createdAt(NOON)
                .build();
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
