package nl.wijkhub.app.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.net.PemKeyCertOptions;
import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
import nl.wijkhub.app.broker.BrokerConnection;
import nl.wijkhub.app.outbound.SubscriberLine;
import nl.wijkhub.app.outbound.WebhookClient;
import nl.wijkhub.escalation.EscalationSeenStore;
import nl.wijkhub.household.MatchedSignal;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Vault;
import nl.wijkhub.sharing.ConsultationStore;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.signal.Address;
import nl.wijkhub.signal.Partners.Partner;
import nl.wijkhub.subscription.EventFeed;
import nl.wijkhub.subscription.EventRights;
import nl.wijkhub.subscription.EventType;
import nl.wijkhub.subscription.NotificationStore;
import nl.wijkhub.subscription.RetryPolicy;
import nl.wijkhub.subscription.SinkPolicy;
import nl.wijkhub.subscription.StuckCheck;
import nl.wijkhub.subscription.StuckStore;
import nl.wijkhub.subscription.SubscriberDelivery;
import nl.wijkhub.subscription.SubscriberDispatch;
import nl.wijkhub.subscription.SubscriberEvent;
import nl.wijkhub.subscription.SubscriberMessages;
import nl.wijkhub.subscription.SubscriberNotify;
import nl.wijkhub.subscription.SubscriberSending;
import nl.wijkhub.subscription.Subscription.Protocol;
import nl.wijkhub.subscription.SubscriptionLeaseStore;
import nl.wijkhub.subscription.SubscriptionStore;
import nl.wijkhub.subscription.Subscriptions;
import nl.wijkhub.subscription.UnnotifiedEventStore;
import nl.wijkhub.subscription.WebhookMessages;
import nl.wijkhub.subscription.WishPolicy;
import nl.wijkhub.subscription.fhir.Backport;
import nl.wijkhub.subscription.fhir.BackportMessages;
import nl.wijkhub.subscription.fhir.SubscriptionMapper;
import nl.wijkhub.team.FeedbackStore;
import nl.wijkhub.web.api.SubscriptionReading;

/** Stages 80 and 85 of one hub, wired by hand: who listens, and the way out to them. */
final class SubscriptionParts implements AutoCloseable {
    final SubscriptionStore store;
    final Subscriptions subscriptions;
    final EventFeed feed;
    final SubscriptionReading reading;
    final StuckCheck stuck;
    final SubscriptionMapper mapper;
    final Backport backport;
    private final SubscriberNotify notify;
    private final SubscriberDispatch dispatch;
    private final SubscriberLine line;

    SubscriptionParts(DomainParts domain, BrokerConnection broker, Vertx vertx) {
        Foundation foundation = domain.foundation();
        HubConfig config = foundation.config();
        HubSettings settings = config.settings();
        Database database = foundation.database();
        Vault vault = foundation.vault();
        MeterRegistry meters = foundation.meters();
        Clock clock = foundation.clock();
        NotificationStore notifications = new NotificationStore(database);
        Duration timeout = settings.duration("hub.subscriber.timeout");
        Duration giveUpAfter = settings.duration("hub.subscriber.give-up-after");
        int rate = settings.number("hub.subscriber.rate");
        // a look-up, a token and an event, each as slow as it may be
        Duration lease = timeout.multipliedBy(2).plusSeconds(15);
        SinkPolicy sinks = new SinkPolicy(settings.addresses("hub.subscriber.allowed-addresses"));
        store = new SubscriptionStore(database, vault);
        SubscriptionLeaseStore leases = new SubscriptionLeaseStore(database);
        line = new SubscriberLine(
                new WebhookClient(
                        vertx,
                        sinks,
                        timeout,
                        identity(settings),
                        settings.optional("hub.subscriber.trust").orElse(null),
                        host -> List.of(InetAddress.getAllByName(host))),
                broker,
                meters);
        UnnotifiedEventStore happened = new UnnotifiedEventStore(
                database,
                new EscalationSeenStore(database),
                new ConsultationStore(database, vault),
                new FeedbackStore(database));
        SubscriberEvent events = new SubscriberEvent(settings.text("hub.oin"), vault);
        EventRights rights = new EventRights(
                domain.escalation().known,
                domain.sharing().consultationSharing,
                (feedback, evaluation) -> domain.team().feedback.mayTell(feedback, evaluation)
                        ? Optional.of(happened.signalOf(feedback))
                        : Optional.empty(),
                notifications,
                events,
                config.partners());
        String origin = URI.create(settings.text("hub.http.public-url")).getHost();
        backport = new Backport(settings.text("hub.http.public-url") + "/fhir");
        Map<Protocol, SubscriberMessages> languages = Map.of(
                Protocol.HTTP, new WebhookMessages(origin, events),
                Protocol.FHIR, new BackportMessages(backport, clock));
        RetryPolicy retry = new RetryPolicy(
                settings.duration("hub.subscriber.first-pause"),
                settings.duration("hub.subscriber.longest-pause"),
                giveUpAfter,
                () -> ThreadLocalRandom.current().nextLong());
        SubscriberDelivery delivery = new SubscriberDelivery(
                new SubscriberSending(languages, line, retry, lease),
                database,
                store,
                leases,
                notifications,
                rights,
                events,
                clock);
        dispatch = new SubscriberDispatch(leases, delivery, line, lease, clock);
        notify = new SubscriberNotify(database, happened, store, leases, notifications, new Places(domain), clock);
        subscriptions = new Subscriptions(store, leases, notifications, line, rate, giveUpAfter, clock);
        feed = new EventFeed(store, notifications, rights, events, giveUpAfter, clock);
        stuck = new StuckCheck(
                new StuckStore(database),
                domain.signal().traffic,
                address -> Optional.ofNullable(broker.oldestWaiting(address)),
                settings.duration("hub.stuck.after"),
                meters,
                clock);
        WishPolicy wishes =
                new WishPolicy(sinks, (type, partner) -> mayHear(type, partner, domain), subscriptions::isFull);
        reading = new SubscriptionReading(wishes, identity(settings) != null);
        mapper = new SubscriptionMapper(backport, wishes, timeout, clock);
    }

    /** The queues that are always there, and their places in the table. */
    void keepOwnQueues(HubConfig config, BrokerConnection broker) {
        Collection<String> partners = config.partners().ids();
        broker.ensureQueues(
                partners.stream().map(id -> "partner." + id + ".feedback").toList(), -1);
        subscriptions.keepOwnQueues(
                partners,
                config.teams().all().stream()
                        .flatMap(team -> team.recipients().stream())
                        .filter(pair -> pair.discipline() == Discipline.CARE)
                        .map(Recipient::clientId)
                        .toList());
    }

    boolean owns(String client, String address) {
        return Identifier.parse(address.substring("subscriber.".length()))
                .flatMap(store::owner)
                .filter(client::equals)
                .isPresent();
    }

    /** The beans that routes/ may name. */
    void bind(BiConsumer<String, Object> beans) {
        beans.accept("subscriberNotify", notify);
        beans.accept("subscriberDispatch", dispatch);
        beans.accept("stuckCheck", stuck);
    }

    private static boolean mayHear(EventType type, Partner partner, DomainParts domain) {
        return switch (type) {
            case ESCALATION -> domain.escalation().sharing.mayEverTell(partner);
            case CONSULT ->
                domain.foundation().config().teams().all().stream()
                        .anyMatch(team -> team.consulted().contains(partner.id()));
            case FEEDBACK, RECALL -> true;
        };
    }

    private static PemKeyCertOptions identity(HubSettings settings) {
        Optional<String> certificate = settings.optional("hub.subscriber.certificate");
        return certificate
                .map(file -> new PemKeyCertOptions()
                        .setCertPath(file)
                        .setKeyPath(settings.text("hub.subscriber.certificate-key")))
                .orElse(null);
    }

    /** Where a step lies: in the buurt of its household, else anywhere its team is drawn for. */
    private record Places(DomainParts domain) implements SubscriberNotify.Places {
        @Override
        public Collection<String> buurten(UUID signalId, UUID householdId, String teamId) {
            MatchedSignal matched = domain.household()
                    .match
                    .again(domain.signal().signals.byId(signalId).orElseThrow(), householdId);
            Address address =
                    matched.place().isHousehold() ? matched.place().household().address() : null;
            return Optional.ofNullable(address)
                    .flatMap(known ->
                            domain.foundation().config().neighbourhoods().buurtOf(known.postalCode()))
                    .map(List::of)
                    .orElseGet(() ->
                            List.copyOf(domain.foundation().config().teams().buurtenOf(teamId)));
        }

        @Override
        public Collection<String> consulted(String teamId) {
            List<String> clients = new ArrayList<>();
            domain.foundation().config().teams().ofTeam(teamId).stream()
                    .filter(seat -> seat.discipline() == Discipline.CARE)
                    .map(Recipient::clientId)
                    .forEach(clients::add);
            domain.foundation().config().teams().find(teamId).ifPresent(team -> clients.addAll(team.consulted()));
            return clients;
        }
    }

    @Override
    public void close() {
        dispatch.close();
        line.close();
    }
}
