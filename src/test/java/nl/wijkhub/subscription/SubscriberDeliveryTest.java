package nl.wijkhub.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import nl.wijkhub.TestDatabase;
import nl.wijkhub.TestVault;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.subscription.Notification.NotificationKind;
import nl.wijkhub.subscription.Notification.NotificationState;
import nl.wijkhub.subscription.SubscriberDelivery.Task;
import nl.wijkhub.subscription.SubscriberEvent.EventContent;
import nl.wijkhub.subscription.SubscriberSender.Answer;
import nl.wijkhub.subscription.Subscription.Protocol;
import nl.wijkhub.subscription.Subscription.Standing;
import nl.wijkhub.subscription.Subscription.Status;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One subscription, one event at a time: numbers without gaps, whatever is withdrawn in between. On a real database. */
class SubscriberDeliveryTest {
    private static final Duration LEASE = Duration.ofSeconds(35);
    private static final Answer GOOD = new Answer(200, Map.of(), null, true);
    private static final Answer REFUSED_CONNECTION = Answer.notReached("not-reached");
    private static final String WAITING_FOR_A_ROW = """
            select exists(select 1 from pg_locks l join pg_stat_activity a using (pid)
                where not l.granted and a.datname = current_database())
            """;
    private final Database database = TestDatabase.store();
    private final SubscriptionStore subscriptions = new SubscriptionStore(database, TestVault.vault());
    private final SubscriptionLeaseStore leases = new SubscriptionLeaseStore(database);
    private final NotificationStore notifications = new NotificationStore(database);
    private final Set<UUID> withdrawn = new HashSet<>();
    private final Map<String, List<UUID>> queues = new HashMap<>();
    private final SubscriberEvent events = new SubscriberEvent("00000009999999999000", TestVault.vault());
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private SubscriberDelivery delivery;
    private EventFeed feed;
    private UUID subscription;

    /** A clock that a test moves. */
    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    };

    @BeforeEach
    void begin() {
        TestDatabase.empty();
        RetryPolicy retry = new RetryPolicy(
                Duration.ofSeconds(5), Duration.ofMinutes(10), Duration.ofDays(2), () -> Long.MAX_VALUE);
        SubscriberRights rights = (s, n, evaluation) -> n.kind() == NotificationKind.RECALL
                ? Optional.of(new EventContent(EventType.RECALL, n.aboutId(), "fake-subject", null, null, 0))
                : withdrawn.contains(n.aboutId())
                        ? Optional.empty()
                        : Optional.of(
                                new EventContent(EventType.ESCALATION, n.aboutId(), "fake-subject", "/fake", now, 1));
        delivery = new SubscriberDelivery(
                new SubscriberSending(
                        Map.of(Protocol.HTTP, new WebhookMessages("hub.example.nl", events)),
                        new Queues(),
                        retry,
                        LEASE),
                database,
                subscriptions,
                leases,
                notifications,
                rights,
                events,
                clock);
        feed = new EventFeed(subscriptions, notifications, rights, events, Duration.ofDays(2), clock);
        subscription = subscribe(Protocol.HTTP, URI.create("https://fake.example.nl/"), null);
    }

    @Test
    void events_go_one_by_one_in_order_each_with_the_next_number() {
        happens(3);

        assertThat(sendAll(GOOD)).containsExactly("1 escalation", "2 escalation", "3 escalation");
        assertThat(delivery.next(subscription)).isEmpty();
    }

    @Test
    void a_failure_keeps_the_event_at_the_head_under_its_number() {
        List<UUID> about = happens(2);
        Task first = next();
        assertThat(delivery.settle(first, new Answer(500, Map.of(), null, true)))
                .isFalse();
        assertThat(read().standing().failures()).isEqualTo(1);
        assertThat(claim(true)).as("not before the pause is over").isEmpty();

        now = now.plusSeconds(5);
        assertThat(claim(true)).containsExactly(subscription);
        Task again = next();
        assertThat(numbered(again)).isEqualTo("1 escalation");
        assertThat(notificationOf(again).id()).isEqualTo(notificationOf(first).id());
        assertThat(notificationOf(again).aboutId()).isEqualTo(about.get(0));
        assertThat(delivery.settle(again, GOOD)).isTrue();
        assertThat(sendAll(GOOD)).containsExactly("2 escalation");
        assertThat(read().standing().failures()).isZero();
    }

    @Test
    void what_nobody_can_have_seen_gives_its_number_to_the_next() {
        List<UUID> about = happens(2);
        delivery.settle(next(), REFUSED_CONNECTION);
        withdrawn.add(about.get(0));

        assertThat(sendAll(GOOD)).containsExactly("1 escalation");
    }

    @Test
    void where_somebody_may_have_seen_it_a_recall_takes_its_place() {
        List<UUID> about = happens(2);
        Task first = next();
        delivery.settle(first, Answer.none("no-answer-in-time"));
        withdrawn.add(about.get(0));

        assertThat(sendAll(GOOD)).containsExactly("1 recall", "2 escalation");
        Notification recall = database.inTransaction(() -> feed.numbered(subscription, 0, 1))
                .get(0)
                .notification();
        assertThat(recall.id()).isNotEqualTo(notificationOf(first).id());
        assertThat(recall.aboutId()).isEqualTo(notificationOf(first).id());
    }

    @Test
    void a_kill_after_letting_go_counts_as_seen() {
        List<UUID> about = happens(1);
        next();
        withdrawn.add(about.get(0));

        now = now.plus(LEASE).plusSeconds(1);
        assertThat(claim(false)).as("the lease ran out").containsExactly(subscription);
        assertThat(sendAll(GOOD)).containsExactly("1 recall");
    }

    @Test
    void what_was_withdrawn_before_its_turn_leaves_no_trace() {
        List<UUID> about = happens(4);
        withdrawn.addAll(about.subList(0, 3));

        assertThat(sendAll(GOOD)).containsExactly("1 escalation");
        assertThat(read().standing().lastSequence()).isEqualTo(1);
    }

    @Test
    void a_fetched_number_stands_and_is_not_given_twice() {
        List<UUID> about = happens(2);
        assertThat(fetched()).containsExactly("1 opschaling", "2 opschaling");
        withdrawn.add(about.get(0));
        happens(1);

        assertThat(fetched()).containsExactly("1 vrijgave-ingetrokken", "2 opschaling", "3 opschaling");
        assertThat(sendAll(GOOD)).containsExactly("1 recall", "2 escalation", "3 escalation");
    }

    @Test
    void what_is_tried_long_enough_is_a_dead_letter_and_can_be_tried_again() {
        happens(2);
        delivery.settle(next(), new Answer(500, Map.of(), null, true));
        now = now.plus(Duration.ofDays(2)).plusSeconds(1);
        delivery.settle(next(), new Answer(500, Map.of(), null, true));

        assertThat(notifications.dead(subscription)).hasSize(1);
        assertThat(sendAll(GOOD)).containsExactly("2 escalation");
        Subscriptions own =
                new Subscriptions(subscriptions, leases, notifications, new Queues(), 100, Duration.ofDays(2), clock);
        assertThat(database.inTransaction(() -> own.redeliver(read()))).isEqualTo(1);
        assertThat(claim(false)).containsExactly(subscription);
        assertThat(sendAll(GOOD)).containsExactly("1 escalation");
    }

    @Test
    void a_receiver_that_is_gone_ends_it_and_one_that_asks_is_left_alone() {
        happens(1);
        delivery.settle(next(), new Answer(429, Map.of("retry-after", "120"), null, true));
        now = now.plusSeconds(119);
        assertThat(claim(true)).isEmpty();
        now = now.plusSeconds(1);
        assertThat(claim(true)).containsExactly(subscription);

        delivery.settle(next(), new Answer(410, Map.of(), null, true));
        assertThat(read().status()).isEqualTo(Status.STOPPED);
        assertThat(delivery.next(subscription)).isEmpty();
        assertThat(claim(false)).isEmpty();
    }

    @Test
    void no_more_requests_a_minute_than_the_receiver_takes() {
        happens(2);
        subscriptions.setStatus(subscription, Status.ACTIVE, null, 6, now);

        assertThat(delivery.settle(next(), GOOD)).isFalse();
        now = now.plusSeconds(9);
        assertThat(claim(false)).isEmpty();
        now = now.plusSeconds(1);
        assertThat(claim(false)).containsExactly(subscription);
    }

    @Test
    void what_comes_while_one_is_on_its_way_is_not_forgotten() {
        happens(1);
        assertThat(claim(false)).containsExactly(subscription);
        Task first = next();
        happens(1);
        leases.wake(List.of(subscription), now);
        assertThat(claim(false)).as("somebody has it in hand").isEmpty();
        assertThat(delivery.settle(first, GOOD)).isTrue();
        assertThat(sendAll(GOOD)).containsExactly("2 escalation");
    }

    @Test
    void a_recall_takes_what_still_stands_on_a_queue_off_it_and_comes_under_its_number() {
        UUID onQueue = subscribe(Protocol.AMQP, null, "subscriber.fake");
        UUID about = Identifier.next();
        notifications.insert(NotificationKind.ESCALATION, about, List.of(onQueue), now);
        SubscriberDelivery.Enqueue told =
                (SubscriberDelivery.Enqueue) delivery.next(onQueue).orElseThrow();
        queues.computeIfAbsent("subscriber.fake", a -> new ArrayList<>())
                .add(told.notification().id());
        delivery.enqueued(told);
        notifications.insert(NotificationKind.RECALL, told.notification().id(), List.of(onQueue), now);

        SubscriberDelivery.Enqueue recall =
                (SubscriberDelivery.Enqueue) delivery.next(onQueue).orElseThrow();

        assertThat(queues.get("subscriber.fake")).isEmpty();
        assertThat(Json.read(new String(recall.event(), StandardCharsets.UTF_8), JsonNode.class)
                        .get("sequence")
                        .asText())
                .isEqualTo("1");
    }

    @Test
    void fetching_and_putting_on_a_queue_at_once_never_wait_for_each_other() throws Exception {
        UUID onQueue = subscribe(Protocol.AMQP, null, "subscriber.fake");
        notifications.insert(NotificationKind.ESCALATION, Identifier.next(), List.of(onQueue), now);
        SubscriberDelivery.Enqueue told =
                (SubscriberDelivery.Enqueue) delivery.next(onQueue).orElseThrow();

        CompletableFuture<Boolean> putting = database.inTransaction(() -> {
            // as whoever fetches: the subscription first, then its events
            assertThat(subscriptions.hold(onQueue)).isPresent();
            CompletableFuture<Boolean> enqueued = CompletableFuture.supplyAsync(() -> delivery.enqueued(told));
            await().until(() -> database.with(
                    h -> h.createQuery(WAITING_FOR_A_ROW).mapTo(Boolean.class).one()));
            notifications.fetched(List.of(told.notification().id()));
            return enqueued;
        });

        assertThat(putting.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(notifications.byId(told.notification().id()).orElseThrow().state())
                .isEqualTo(NotificationState.SENT);
    }

    private UUID subscribe(Protocol protocol, URI sink, String address) {
        UUID id = Identifier.next();
        subscriptions.insert(Subscription.builder()
                .id(id)
                .client("fake-zorg")
                .types(List.of(EventType.ESCALATION.type()))
                .areas(Set.of("GM9999"))
                .protocol(protocol)
                .sink(sink)
                .address(address)
                .ratePerMinute(600_000)
                .createdAt(now)
                .standing(new Standing(Status.ACTIVE, null, now, 0, 0, null, null, null))
                .build());
        return id;
    }

    private List<UUID> happens(int times) {
        List<UUID> about = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            about.add(Identifier.next());
            notifications.insert(NotificationKind.ESCALATION, about.get(i), List.of(subscription), now);
        }
        leases.wake(List.of(subscription), now);
        return about;
    }

    private List<UUID> claim(boolean failing) {
        return leases.claim(failing, now, now.plus(LEASE), 10);
    }

    private Subscription read() {
        return subscriptions.byId(subscription).orElseThrow();
    }

    private Task next() {
        return delivery.next(subscription).orElseThrow();
    }

    private List<String> sendAll(Answer answer) {
        List<String> sent = new ArrayList<>();
        for (Optional<Task> task = delivery.next(subscription); task.isPresent(); task = delivery.next(subscription)) {
            sent.add(numbered(task.get()));
            delivery.settle(task.get(), answer);
        }
        return sent;
    }

    private List<String> fetched() {
        return database.inTransaction(() -> feed.page(read(), 0, 100)).events().stream()
                .map(event -> Json.read(event, JsonNode.class))
                .map(event -> event.get("sequence").asText() + " "
                        + event.get("type").asText().replaceAll("nl.veilige-buurten.|.v1", ""))
                .toList();
    }

    private static Notification notificationOf(Task task) {
        return ((SubscriberDelivery.Tell) task).notification();
    }

    private static String numbered(Task task) {
        SubscriberDelivery.Tell tell = (SubscriberDelivery.Tell) task;
        String sequence = Json.read(new String(tell.request().body(), StandardCharsets.UTF_8), JsonNode.class)
                .get("sequence")
                .asText();
        return sequence + " " + tell.notification().kind().name().toLowerCase(Locale.ROOT);
    }

    /** Queues as lists. */
    private final class Queues implements SubscriberSender {
        @Override
        public CompletionStage<Answer> send(Request request) {
            return CompletableFuture.completedFuture(GOOD);
        }

        @Override
        public void enqueue(String address, UUID id, byte[] event) {
            queues.computeIfAbsent(address, a -> new ArrayList<>()).add(id);
        }

        @Override
        public boolean takeOff(String address, UUID id) {
            return queues.getOrDefault(address, new ArrayList<>()).remove(id);
        }

        @Override
        public void openQueue(String address, String owner) {
            queues.put(address, new ArrayList<>());
        }

        @Override
        public void closeQueue(String address) {
            queues.remove(address);
        }
    }
}
