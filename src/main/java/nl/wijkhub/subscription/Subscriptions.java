package nl.wijkhub.subscription;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.signal.Partners.Partner;
import nl.wijkhub.subscription.Subscription.Content;
import nl.wijkhub.subscription.Subscription.Credential;
import nl.wijkhub.subscription.Subscription.Protocol;
import nl.wijkhub.subscription.Subscription.Standing;
import nl.wijkhub.subscription.Subscription.Status;

/** What a partner does with its subscriptions: asks for one, looks, ends it, has tried again what was given up. */
public final class Subscriptions {
    /** What one client may have at once. */
    public static final int MOST = 2_000;

    /**
     * What somebody asks for, read and found sound.
     *
     * @param sink null to fetch, or to read a queue
     */
    public record Wish(
            List<String> types,
            Set<String> areas,
            Set<Integer> levels,
            Protocol protocol,
            URI sink,
            Credential credential,
            Content content,
            int heartbeatSeconds) {}

    private final SubscriptionStore subscriptions;
    private final SubscriptionLeaseStore leases;
    private final NotificationStore notifications;
    private final SubscriberSender sender;
    private final int ratePerMinute;
    private final Duration retryFor;
    private final Clock clock;

    /**
     * @param ratePerMinute how many requests the hub asks a receiver to take
     */
    public Subscriptions(
            SubscriptionStore subscriptions,
            SubscriptionLeaseStore leases,
            NotificationStore notifications,
            SubscriberSender sender,
            int ratePerMinute,
            Duration retryFor,
            Clock clock) {
        this.subscriptions = subscriptions;
        this.leases = leases;
        this.notifications = notifications;
        this.sender = sender;
        this.ratePerMinute = ratePerMinute;
        this.retryFor = retryFor;
        this.clock = clock;
    }

    public boolean isFull(String client) {
        return subscriptions.count(client) >= MOST;
    }

    /** The caller's transaction. A receiver is asked first whether it wants this; a queue or a fetcher needs no asking. */
    public Subscription ask(Partner partner, Wish wish) {
        UUID id = Identifier.next();
        String address = wish.protocol() == Protocol.AMQP ? "subscriber." + id : null;
        if (address != null) {
            sender.openQueue(address, partner.id());
        }
        Status status = wish.sink() == null ? Status.ACTIVE : Status.PENDING;
        Subscription subscription = Subscription.builder()
                .id(id)
                .client(partner.id())
                .types(wish.types())
                .areas(wish.areas())
                .levels(wish.levels())
                .protocol(wish.protocol())
                .sink(wish.sink())
                .credential(wish.credential())
                .address(address)
                .content(wish.content())
                .heartbeatSeconds(wish.heartbeatSeconds())
                .ratePerMinute(ratePerMinute)
                .createdAt(clock.instant())
                .standing(standing(status))
                .build();
        subscriptions.insert(subscription);
        return subscription;
    }

    private Standing standing(Status status) {
        return new Standing(status, null, clock.instant(), 0, 0, null, null, null);
    }

    public List<Subscription> of(String client) {
        return subscriptions.of(client).stream().filter(s -> !s.isDeleted()).toList();
    }

    /** One of a client's own. */
    public Optional<Subscription> find(UUID id, String client) {
        return subscriptions.byId(id).filter(s -> s.client().equals(client) && !s.builtIn() && !s.isDeleted());
    }

    /**
     * How many events its owner may have seen. What nobody can have seen may still give its number to another: it does not
     * count yet.
     */
    public long seen(Subscription subscription) {
        return notifications.lastSeen(subscription.id());
    }

    /** The caller's transaction: from now on nothing is told. */
    public void end(Subscription subscription) {
        Instant now = clock.instant();
        subscriptions.hold(subscription.id());
        subscriptions.setStatus(subscription.id(), Status.STOPPED, Subscription.DELETED, null, now);
        notifications.end(subscription.id(), now);
        if (subscription.address() != null) {
            sender.closeQueue(subscription.address());
        }
    }

    /** How many events were given up on, per subscription; one that has none is absent. */
    public Map<UUID, Integer> deadCounts() {
        return notifications.deadCounts();
    }

    /** What was tried for as long as the hub tries. */
    public List<Notification> dead(Subscription subscription) {
        return notifications.dead(subscription.id());
    }

    /** The caller's transaction: whatever was given up is tried again, at once. */
    public int redeliver(Subscription subscription) {
        Instant now = clock.instant();
        subscriptions.hold(subscription.id());
        int again = notifications.again(subscription.id(), now.plus(retryFor));
        leases.wakeNow(subscription.id(), now);
        return again;
    }

    /**
     * The queues that are always there: what became of a partner's signals, what a team asks its care professional. And
     * those that somebody asked for, should the broker have come back without them.
     */
    public void keepOwnQueues(Collection<String> partners, Collection<String> careSystems) {
        partners.forEach(partner -> own(partner, "partner." + partner + ".feedback", EventType.FEEDBACK));
        careSystems.forEach(system -> own(system, "team." + system, EventType.CONSULT));
        subscriptions.queues().forEach(one -> sender.openQueue(one.address(), one.client()));
    }

    private void own(String client, String address, EventType type) {
        UUID id = UUID.nameUUIDFromBytes(address.getBytes(StandardCharsets.UTF_8));
        subscriptions.insert(Subscription.builder()
                .id(id)
                .client(client)
                .builtIn(true)
                .types(List.of(type.type()))
                .protocol(Protocol.AMQP)
                .address(address)
                .ratePerMinute(ratePerMinute)
                .createdAt(clock.instant())
                .standing(standing(Status.ACTIVE))
                .build());
    }
}
