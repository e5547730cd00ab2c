package nl.wijkhub.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import nl.wijkhub.kernel.Meters;
import nl.wijkhub.signal.ParkedStore;
import nl.wijkhub.signal.Quarantine;
import nl.wijkhub.signal.Quarantined;
import nl.wijkhub.signal.SignalParking;
import nl.wijkhub.subscription.Notification.NotificationState;
import nl.wijkhub.subscription.StuckCheck.Stuck;
import nl.wijkhub.subscription.Subscription.Protocol;
import nl.wijkhub.subscription.Subscription.Status;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What stands still is found the moment after its time, not a moment before, and is over when it goes on. */
class StuckCheckTest {
    private static final Set<StuckCheck.StuckKind> FOUND = EnumSet.noneOf(StuckCheck.StuckKind.class);

    private final StuckFixture hub = new StuckFixture();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        logger().addAppender(log);
    }

    @AfterEach
    void stopListening() {
        logger().detachAppender(log);
    }

    @AfterAll
    static void every_kind_was_found() {
        assertThat(FOUND).isEqualTo(EnumSet.allOf(StuckCheck.StuckKind.class));
    }

    @Test
    void a_signal_that_was_accepted_and_not_worked() {
        Instant since = hub.now();
        UUID first = hub.accepted();
        hub.accepted();
        hub.passItsTime();
        none();

        hub.passAMoment();
        found(new Stuck(StuckCheck.StuckKind.SIGNAL, "corporatie-demo", 2, since));

        hub.stages.work(List.of(first.toString()));
        assertThat(signals()).containsExactly("corporatie-demo 1");
        hub.stages.work(hub.stages.database.with(
                h -> h.createQuery("select signal_id::text from signal where worked_at is null")
                        .mapTo(String.class)
                        .list()));
        assertThat(signals()).isEmpty();
    }

    @Test
    void a_signal_that_stands_aside_from_its_last_attempt_on() {
        SignalParking parking = hub.parking();
        UUID signal = hub.accepted();
        parking.failed(signal.toString(), new IllegalStateException("fake"));
        none();

        parking.failed(signal.toString(), new IllegalStateException("fake"));
        Instant since = hub.now();
        hub.passItsTime();
        hub.passAMoment();
        found(new Stuck(StuckCheck.StuckKind.PARKED, "corporatie-demo", 1, since));

        new ParkedStore(hub.stages.database).again(signal);
        hub.check.check();
        assertThat(hub.check.found()).extracting(Stuck::kind).containsExactly(StuckCheck.StuckKind.SIGNAL);
    }

    @Test
    void a_message_that_could_not_be_taken() {
        Quarantine quarantine = hub.quarantine();
        Instant since = hub.now();
        UUID kept = hub.kept(quarantine);
        hub.passItsTime();
        none();

        hub.passAMoment();
        found(new Stuck(StuckCheck.StuckKind.QUARANTINED, "politie-demo", 1, since));

        quarantine.taken(kept, new Quarantined.Answer(202, "application/json", "{}"));
        none();
    }

    @Test
    void a_message_that_is_still_being_written_is_none() {
        hub.halfWritten();
        hub.passItsTime();
        hub.passAMoment();

        none();
    }

    @Test
    void what_is_written_for_a_queue_and_not_on_it() {
        Instant since = hub.now();
        hub.stages.work(List.of(hub.accepted().toString()));
        hub.passItsTime();
        none();

        hub.passAMoment();
        found(
                new Stuck(StuckCheck.StuckKind.DELIVERY, "team.vb-noord.community-work", 1, since),
                new Stuck(StuckCheck.StuckKind.DELIVERY, "team.vb-noord.municipality", 1, since),
                new Stuck(StuckCheck.StuckKind.DELIVERY, "team.vb-noord.police", 1, since),
                new Stuck(StuckCheck.StuckKind.DELIVERY, "team.vb-noord.welfare", 1, since));

        hub.stages.database.with(h -> h.execute("update delivery set void_at = now() where address like '%police'"));
        hub.check.check();
        assertThat(hub.check.found()).hasSize(3);
        hub.stages.database.inTransaction(() -> {
            hub.stages.queue.letGo();
            return null;
        });
        none();
    }

    @Test
    void what_was_not_told_to_whoever_asked_for_it() {
        Subscription subscription = hub.subscribed(Protocol.HTTP, StuckFixture.SINK, null, Status.ACTIVE);
        hub.subscribed(Protocol.HTTP, StuckFixture.SINK, null, Status.ACTIVE);
        Instant since = hub.now();
        UUID notification = hub.happened(subscription);
        hub.passItsTime();
        none();

        hub.passAMoment();
        found(new Stuck(StuckCheck.StuckKind.NOTIFICATION, "zorg-demo", 1, since));

        hub.told(notification, NotificationState.SENT, null);
        none();
    }

    @Test
    void what_a_client_fetches_itself_or_stopped_asking_for_stands_still_for_nobody() {
        Subscription fetched = hub.subscribed(Protocol.HTTP, null, null, Status.ACTIVE);
        Subscription stopped = hub.subscribed(Protocol.HTTP, StuckFixture.SINK, null, Status.ACTIVE);
        Subscription queued = hub.subscribed(Protocol.AMQP, null, "subscriber.fake", Status.ACTIVE);
        hub.happened(fetched);
        hub.happened(stopped);
        UUID dead = hub.happened(stopped);
        hub.told(dead, NotificationState.DEAD, "fake-failure");
        hub.subscriptions.setStatus(stopped.id(), Status.STOPPED, null, null, hub.now());
        hub.passItsTime();
        hub.passAMoment();
        none();

        hub.happened(queued);
        hub.passItsTime();
        hub.passAMoment();
        hub.check.check();
        assertThat(hub.check.found()).extracting(Stuck::kind).containsExactly(StuckCheck.StuckKind.NOTIFICATION);
    }

    @Test
    void what_was_tried_for_as_long_as_the_hub_tries() {
        Subscription subscription = hub.subscribed(Protocol.HTTP, StuckFixture.SINK, null, Status.ACTIVE);
        Instant since = hub.now();
        UUID notification = hub.happened(subscription);
        none();

        hub.told(notification, NotificationState.DEAD, "fake-failure");
        found(new Stuck(StuckCheck.StuckKind.DEAD_LETTER, "zorg-demo", 1, since));

        new Subscriptions(
                        hub.subscriptions,
                        new SubscriptionLeaseStore(hub.stages.database),
                        hub.notifications,
                        null,
                        6000,
                        Duration.ofDays(2),
                        hub.stages.clock)
                .redeliver(subscription);
        none();
    }

    @Test
    void a_receiver_that_never_said_whether_it_wants_events() {
        Instant since = hub.now();
        Subscription asked = hub.subscribed(Protocol.HTTP, StuckFixture.SINK, null, Status.PENDING);
        hub.passItsTime();
        none();

        hub.passAMoment();
        found(new Stuck(StuckCheck.StuckKind.SUBSCRIPTION, "zorg-demo", 1, since));

        hub.subscriptions.setStatus(asked.id(), Status.ACTIVE, null, null, hub.now());
        none();
    }

    @Test
    void a_queue_that_was_told_something_and_nobody_reads() {
        Subscription queued = hub.subscribed(Protocol.AMQP, null, "subscriber.fake", Status.ACTIVE);
        Subscription stopped = hub.subscribed(Protocol.AMQP, null, "subscriber.fake-stopped", Status.STOPPED);
        Instant since = hub.now();
        hub.oldestUnread.put("subscriber.fake", since);
        hub.oldestUnread.put("subscriber.fake-stopped", since);
        hub.subscriptions.number(stopped.id());
        hub.passItsTime();
        hub.passAMoment();
        // nothing was ever told on it
        none();
        hub.subscriptions.number(queued.id());
        found(new Stuck(StuckCheck.StuckKind.UNREAD, "zorg-demo", 1, since));

        // the oldest was read, the next is not that old yet
        hub.oldestUnread.put("subscriber.fake", since.plusSeconds(1));
        none();
        hub.oldestUnread.clear();
        hub.passAMoment();
        none();
    }

    @Test
    void it_is_told_once_when_it_begins_and_once_when_it_is_over() {
        UUID first = hub.accepted();
        hub.passItsTime();
        hub.passAMoment();
        hub.check.check();
        hub.check.check();
        hub.stages.work(List.of(first.toString()));
        hub.check.check();
        hub.check.check();

        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .filteredOn(said -> said.contains("client=corporatie-demo"))
                .containsExactly(
                        "event=stuck.found kind=signal client=corporatie-demo items=1 since=2026-11-21T12:00:00Z",
                        "event=stuck.over kind=signal client=corporatie-demo");
    }

    private void found(Stuck... expected) {
        hub.check.check();
        assertThat(hub.check.found()).containsExactly(expected);
        StuckCheck.StuckKind kind = expected[0].kind();
        assertThat(hub.stages
                        .meters
                        .get(Meters.STUCK)
                        .tag(Meters.TAG_KIND, kind.code())
                        .gauge()
                        .value())
                .isEqualTo(Arrays.stream(expected).mapToLong(Stuck::items).sum());
        FOUND.add(kind);
    }

    private void none() {
        hub.check.check();
        assertThat(hub.check.found()).isEmpty();
    }

    private List<String> signals() {
        hub.check.check();
        return hub.check.found().stream()
                .filter(stuck -> stuck.kind() == StuckCheck.StuckKind.SIGNAL)
                .map(stuck -> stuck.client() + ' ' + stuck.items())
                .toList();
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger(StuckCheck.class);
    }
}
