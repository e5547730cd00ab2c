package nl.wijkhub.subscription;

import static nl.wijkhub.subscription.SubscriptionFixture.NOON;
import static nl.wijkhub.subscription.SubscriptionFixture.aFhirSubscription;
import static nl.wijkhub.subscription.SubscriptionFixture.aRecall;
import static nl.wijkhub.subscription.SubscriptionFixture.aStep;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import nl.wijkhub.TestDatabase;
import nl.wijkhub.TestVault;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.subscription.Notification.NotificationKind;
import nl.wijkhub.subscription.SubscriberDelivery.Ask;
import nl.wijkhub.subscription.SubscriberDelivery.Task;
import nl.wijkhub.subscription.SubscriberDelivery.Tell;
import nl.wijkhub.subscription.SubscriberSender.Answer;
import nl.wijkhub.subscription.Subscription.Content;
import nl.wijkhub.subscription.Subscription.Protocol;
import nl.wijkhub.subscription.Subscription.Standing;
import nl.wijkhub.subscription.Subscription.Status;
import nl.wijkhub.subscription.fhir.Backport;
import nl.wijkhub.subscription.fhir.BackportMessages;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What somebody saw keeps its number, whatever becomes of bringing it; a receiver that fails is failing until it takes something. */
class SeenNumbersTest {
    private static final Answer AWAY = Answer.notReached("not-reached");
    private static final Answer YES = new Answer(200, Map.of(), null, true);
    private static final Duration GIVE_UP_AFTER = Duration.ofDays(1);

    private final Database database = TestDatabase.store();
    private final SubscriptionStore store = new SubscriptionStore(database, TestVault.vault());
    private final SubscriptionLeaseStore leases = new SubscriptionLeaseStore(database);
    private final NotificationStore notifications = new NotificationStore(database);
    private final SubscriberEvent events = new SubscriberEvent("00000009999999999000", TestVault.vault());
    private final Set<UUID> withdrawn = new HashSet<>();
    private final Hands clock = new Hands();
    private final SubscriberDelivery delivery = new SubscriberDelivery(
            new SubscriberSending(
                    Map.of(Protocol.FHIR, new BackportMessages(new Backport("https://hub.example.nl/fhir"), clock)),
                    null,
                    new RetryPolicy(
                            Duration.ofSeconds(10), Duration.ofMinutes(1), GIVE_UP_AFTER, new java.util.Random(1)),
                    Duration.ofMinutes(1)),
            database,
            store,
            leases,
            notifications,
            this::look,
            events,
            clock);
    private final EventFeed feed = new EventFeed(store, notifications, this::look, events, GIVE_UP_AFTER, clock);
    private final Subscriptions subscriptions =
            new Subscriptions(store, leases, notifications, null, 6000, GIVE_UP_AFTER, clock);
    private Subscription subscription;

    @BeforeEach
    void subscribe() {
        TestDatabase.empty();
        subscription = aFhirSubscription(Content.ID_ONLY, Status.ACTIVE, 0, 0);
        store.insert(subscription);
    }

    @Test
    void a_number_that_nobody_saw_is_given_again_and_never_counted() {
        UUID first = happens();
        settle(next(), AWAY);
        assertThat(subscriptions.seen(subscription)).isZero();

        withdrawn.add(first);
        happens();

        assertThat(sequence(next())).isEqualTo(1);
    }

    @Test
    void what_its_owner_fetched_is_recalled_under_its_number() {
        UUID fetched = happens();
        settle(next(), AWAY);
        assertThat(fetch()).containsExactly(EventType.ESCALATION);

        withdrawn.add(fetched);

        isRecalledUnderItsNumber();
    }

    @Test
    void what_its_owner_fetched_while_it_was_on_its_way_is_recalled_under_its_number() {
        UUID fetched = happens();
        Task onItsWay = next();
        assertThat(fetch()).containsExactly(EventType.ESCALATION);
        settle(onItsWay, AWAY);

        withdrawn.add(fetched);

        isRecalledUnderItsNumber();
    }

    @Test
    void a_dead_letter_keeps_the_number_its_owner_sees() {
        UUID dead = happens();
        settle(next(), AWAY);
        clock.now = clock.now.plus(GIVE_UP_AFTER).plusSeconds(1);
        settle(next(), AWAY);
        assertThat(subscriptions.dead(subscription))
                .extracting(Notification::sequence)
                .containsExactly(1L);
        assertThat(subscriptions.seen(subscription)).isEqualTo(1);

        withdrawn.add(dead);
        database.inTransaction(() -> subscriptions.redeliver(subscription));

        isRecalledUnderItsNumber();
    }

    private void isRecalledUnderItsNumber() {
        Task recall = next();
        assertThat(((Tell) recall).notification().kind()).isEqualTo(NotificationKind.RECALL);
        assertThat(sequence(recall)).isEqualTo(1);
        assertThat(subscriptions.seen(subscription)).isEqualTo(1);
        settle(recall, YES);
        happens();
        assertThat(sequence(next())).isEqualTo(2);
    }

    @Test
    void a_heartbeat_that_failed_comes_again_after_the_pause_and_fails_until_it_is_taken() {
        assertThat(delivery.next(subscription.id())).isEmpty();
        clock.now = clock.now.plusSeconds(subscription.heartbeatSeconds());
        settle(next(), AWAY);

        clock.now = clock.now.plusSeconds(11);
        Task again = next();
        assertThat(again).isInstanceOf(Ask.class);
        assertThat(standing().failures()).isEqualTo(1);
        assertThat(standing().reason()).isEqualTo("not-reached");

        settle(again, YES);
        assertThat(standing().failures()).isZero();
        assertThat(standing().reason()).isNull();
    }

    @Test
    void a_heartbeat_does_not_count_what_was_withdrawn_a_moment_ago() {
        UUID first = happens();
        settle(next(), AWAY);
        withdrawn.add(first);
        clock.now = clock.now.plusSeconds(subscription.heartbeatSeconds());

        Ask heartbeat = (Ask) next();

        assertThat(new String(heartbeat.request().body(), StandardCharsets.UTF_8))
                .contains("heartbeat", "{\"name\":\"events-since-subscription-start\",\"valueString\":\"0\"}");
    }

    private Optional<SubscriberEvent.EventContent> look(Subscription to, Notification notification, String evaluation) {
        if (notification.kind() == NotificationKind.RECALL) {
            return Optional.of(aRecall(
                    notifications.byId(notification.aboutId()).orElseThrow().aboutId()));
        }
        return withdrawn.contains(notification.aboutId())
                ? Optional.empty()
                : Optional.of(aStep(notification.aboutId()));
    }

    private UUID happens() {
        UUID escalation = Identifier.next();
        notifications.insert(NotificationKind.ESCALATION, escalation, List.of(subscription.id()), clock.now);
        return escalation;
    }

    private Task next() {
        return delivery.next(subscription.id()).orElseThrow();
    }

    private void settle(Task task, Answer answer) {
        delivery.settle(task, answer);
    }

    private static long sequence(Task task) {
        String body = new String(((Tell) task).request().body(), StandardCharsets.UTF_8);
        return Long.parseLong(body.replaceAll(".*\"event-number\",\"valueString\":\"([0-9]+)\".*", "$1"));
    }

    private List<EventType> fetch() {
        return database.inTransaction(() -> feed.numbered(subscription.id(), 0, 10)).stream()
                .map(one -> one.told().type())
                .toList();
    }

    private Standing standing() {
        return store.byId(subscription.id()).orElseThrow().standing();
    }

    /** A clock that is set by hand. */
    private static final class Hands extends Clock {
        private Instant now = NOON;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
