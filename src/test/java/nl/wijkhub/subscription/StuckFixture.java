package nl.wijkhub.subscription;

import static nl.wijkhub.TestStages.CONFIG;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import nl.wijkhub.TestDatabase;
import nl.wijkhub.TestStages;
import nl.wijkhub.audit.Timeline;
import nl.wijkhub.audit.TimelineStore;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Trace;
import nl.wijkhub.signal.CaseSignalMapper;
import nl.wijkhub.signal.PartnerTraffic;
import nl.wijkhub.signal.PartnerTrafficStore;
import nl.wijkhub.signal.Quarantine;
import nl.wijkhub.signal.QuarantineStore;
import nl.wijkhub.signal.SignalParking;
import nl.wijkhub.signal.SignalSchema;
import nl.wijkhub.subscription.Notification.NotificationKind;
import nl.wijkhub.subscription.Notification.NotificationState;
import nl.wijkhub.subscription.Subscription.Protocol;
import nl.wijkhub.subscription.Subscription.Standing;
import nl.wijkhub.subscription.Subscription.Status;

/** What comes in and goes out, as far as it may stand still. */
final class StuckFixture {
    static final Duration TIME = Duration.ofMinutes(15);
    static final URI SINK = URI.create("https://ontvanger.example.nl/fake");
    private static final Duration A_MOMENT = Duration.ofSeconds(1);

    /** Per address, when the oldest message that nobody took was put on it. */
    final Map<String, Instant> oldestUnread = new HashMap<>();

    final TestStages stages;
    final SubscriptionStore subscriptions;
    final NotificationStore notifications;
    final PartnerTraffic traffic;
    final StuckCheck check;

    StuckFixture() {
        TestDatabase.empty();
        stages = new TestStages();
        subscriptions = new SubscriptionStore(stages.database, stages.vault);
        notifications = new NotificationStore(stages.database);
        traffic = new PartnerTraffic(new PartnerTrafficStore(stages.database), stages.clock);
        check = new StuckCheck(
                new StuckStore(stages.database),
                traffic,
                address -> Optional.ofNullable(oldestUnread.get(address)),
                CONFIG.settings().duration("hub.stuck.after"),
                stages.meters,
                stages.clock);
    }

    Instant now() {
        return stages.clock.instant();
    }

    /** As long as it may take, and no longer. */
    void passItsTime() {
        stages.clock.pass(TIME);
    }

    void passAMoment() {
        stages.clock.pass(A_MOMENT);
    }

    /** Two attempts, and it stands aside. */
    SignalParking parking() {
        return new SignalParking(
                stages.database,
                stages.signals,
                new Timeline(new TimelineStore(stages.database), stages.meters),
                2,
                Duration.ofSeconds(1),
                stages.clock);
    }

    Quarantine quarantine() {
        return new Quarantine(
                stages.database,
                new QuarantineStore(stages.database, stages.vault),
                stages.vault,
                1000,
                Duration.ofDays(90),
                stages.clock);
    }

    UUID kept(Quarantine quarantine) {
        return quarantine.keep(
                "politie-demo",
                new ByteArrayInputStream("fake".getBytes(StandardCharsets.UTF_8)),
                null,
                "{\"problem\":{}}");
    }

    /** A message of which the last piece has not come yet. */
    void halfWritten() {
        stages.database.with(h -> h.createUpdate("""
                        insert into quarantine (quarantine_id, partner_id, size_bytes, refusal_sealed, received_at,
                            last_received_at, is_whole)
                        values (:id, 'politie-demo', 0, '\\x00', :at, :at, false)
                        """)
                .bind("id", UUID.randomUUID())
                .bind("at", now().atOffset(ZoneOffset.UTC))
                .execute());
    }

    UUID accepted() {
        String at = now().minusSeconds(3600).toString();
        String json = """
                {"reference":"%s","occurredAt":"%s","reportedAt":"%s","category":"nuisance.noise","severity":"low",
                 "subject":{"household":{"address":{"postalCode":"9990 AB","houseNumber":12}}}}
                """.formatted("fake-" + UUID.randomUUID(), at, at);
        return stages.accept
                .accept(new CaseSignalMapper(
                                new SignalSchema(), CONFIG.vocabulary(), stages.accept::knows, stages.clock)
                        .map(
                                CONFIG.partners().get("corporatie-demo"),
                                Json.readStrictly(json.getBytes(StandardCharsets.UTF_8)),
                                Trace.continuing(null)))
                .signalId();
    }

    Subscription subscribed(Protocol protocol, URI sink, String address, Status status) {
        Subscription subscription = Subscription.builder()
                .id(Identifier.next())
                .client("zorg-demo")
                .types(List.of(EventType.ESCALATION.type()))
                .areas(Set.of("GM9999"))
                .protocol(protocol)
                .sink(sink)
                .address(address)
                .ratePerMinute(6000)
                .createdAt(now())
                .standing(new Standing(status, null, now(), 0, 0, null, null, null))
                .build();
        subscriptions.insert(subscription);
        return subscription;
    }

    UUID happened(Subscription subscription) {
        UUID about = Identifier.next();
        notifications.insert(NotificationKind.ESCALATION, about, List.of(subscription.id()), now());
        return notifications.unnumbered(subscription.id(), 10).stream()
                .filter(one -> one.aboutId().equals(about))
                .map(Notification::id)
                .findFirst()
                .orElseThrow();
    }

    /** The hub let it go, and this is what came of it. */
    void told(UUID notification, NotificationState state, String failure) {
        notifications.assignSequence(notification, 1, "fake-subject", now().plus(TIME));
        notifications.tried(notification, state, true, failure, now());
    }
}
