package nl.wijkhub.app.wiring;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nl.wijkhub.app.batch.BatchComponent;
import nl.wijkhub.app.batch.OneTransaction;
import nl.wijkhub.app.broker.AcceptedQueue;
import nl.wijkhub.app.broker.ArtemisSender;
import nl.wijkhub.app.broker.BrokerConnection;
import nl.wijkhub.app.broker.SeatQueues;
import nl.wijkhub.app.door.MessageReplay;
import nl.wijkhub.app.door.Pressure;
import nl.wijkhub.app.inbox.AmqpSource;
import nl.wijkhub.app.inbox.InboxComponent;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Vault;
import nl.wijkhub.sharing.fhir.FhirDocument;
import nl.wijkhub.team.TeamQueue;
import org.apache.camel.main.Main;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One running hub: database, broker connection, stages, routes, web. Starts in that order and stops in the reverse. */
public final class Hub implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Hub.class);

    private final HubConfig config;
    private final HubSettings settings;
    private final Vault vault;
    private final Clock clock;
    private final List<AutoCloseable> parts = new ArrayList<>();
    private Main camel;
    private ManagementServer management;
    private WebParts web;
    private SubscriptionParts subscribers;
    private MessageReplay replay;

    public Hub(HubConfig config, Vault vault, Clock clock) {
        this.config = config;
        this.settings = config.settings();
        this.vault = vault;
        this.clock = clock;
    }

    /** Returns when the doors are open. */
    public void start() {
        HikariDataSource pool = open(pool());
        DatabaseStart.migrate(pool);
        Database database = new Database(pool);
        DatabaseStart.requireSameKeys(database, vault);
        DatabaseStart.requireSameSeats(database, config.teams());
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new JvmMemoryMetrics().bindTo(meters);
        new JvmThreadMetrics().bindTo(meters);
        Foundation foundation = new Foundation(config, database, vault, meters, clock);
        BrokerConnection broker = broker();
        DomainParts domain = DomainParts.of(foundation, new ArtemisSender(broker, meters));
        BrokerParts queues = new BrokerParts(domain, new AcceptedQueue(broker, clock));
        Pressure pressure = open(new Pressure(
                database, domain.signal().signals, domain.team().deliveries, queues.accepted, meters, clock));
        pressure.start();
        Vertx vertx = Vertx.vertx();
        parts.add(() -> vertx.close().toCompletionStage().toCompletableFuture().join());
        subscribers = open(new SubscriptionParts(domain, broker, vertx));
        subscribers.keepOwnQueues(config, broker);
        management = open(new ManagementServer(vertx, pressure, meters, settings.duration("hub.ready.oldest-waiting")));
        management.start(settings.text("hub.management.host"), settings.number("hub.management.port"));
        web = open(new WebParts(domain, subscribers, (entry, by, trace) -> replay.replay(entry, by, trace), vertx));
        Map<String, Object> beans = new LinkedHashMap<>();
        domain.bind(beans::put);
        new PartnerParts(foundation, domain.signal(), domain.household()).bind(beans::put);
        queues.bind(beans::put);
        subscribers.bind(beans::put);
        DoorParts doors = new DoorParts(domain, queues, pressure, web.fhir());
        doors.bind(beans::put);
        doors.keepQueues(broker);
        AmqpSource source = open(doors.source());
        beans.put("vertx", vertx);
        beans.put("oneTransaction", new OneTransaction(database));
        beans.put("wijkhub-batch", new BatchComponent(broker, queues.parking));
        beans.put("wijkhub-inbox", new InboxComponent(source, doors.inbox));
        domain.signal().inHand.forget();
        // before any door opens: what an earlier release registered is found by its address from now on
        domain.household().units.fillKeys();
        queues.sweep.sendLeftovers();
        open(domain.audit().export);
        parts.add(0, domain.team().teamQueue::letGo);
        camel = Routes.start(settings, beans, meters, web::mount);
        if (settings.isOn("hub.management.routes")) {
            management.show(() -> RouteStatistics.of(camel.getCamelContext()));
        }
        replay = doors.replay(camel.getCamelContext().createProducerTemplate());
        web.open(true);
        management.started(true);
        LOG.info("event=hub.ready port={}", settings.number("hub.http.port"));
        // the first FHIR message need not wait for what takes seconds
        vertx.executeBlocking(
                () -> {
                    FhirDocument.warmUp();
                    return null;
                },
                false);
    }

    private BrokerConnection broker() {
        BrokerConnection broker = open(new BrokerConnection(
                settings.text("hub.broker.url"),
                settings.text("hub.broker.user"),
                settings.text("hub.broker.password")));
        broker.ensureQueues(List.of(AcceptedQueue.ADDRESS), AcceptedQueue.GROUP_BUCKETS);
        broker.ensureQueues(List.of(AcceptedQueue.DEAD), -1);
        new SeatQueues(broker).ensure(TeamQueue.queues(config.teams()));
        return broker;
    }

    /** Whether the queue of a subscription is this client's. */
    public boolean ownsQueue(String client, String address) {
        return subscribers.owns(client, address);
    }

    private HikariDataSource pool() {
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(settings.text("hub.database.url"));
        pool.setUsername(settings.text("hub.database.user"));
        pool.setPassword(settings.text("hub.database.password"));
        pool.setMaximumPoolSize(settings.number("hub.database.connections"));
        pool.setConnectionTimeout(5_000);
        pool.setPoolName("database");
        pool.addDataSourceProperty("reWriteBatchedInserts", "true");
        // a server that hangs is away, not slow
        pool.addDataSourceProperty("socketTimeout", "30");
        pool.addDataSourceProperty("tcpKeepAlive", "true");
        return new HikariDataSource(pool);
    }

    private <T extends AutoCloseable> T open(T part) {
        parts.add(0, part);
        return part;
    }

    /** Stops taking in, finishes what is in hand, then lets go of everything. */
    @Override
    public void close() {
        if (management != null) {
            management.started(false);
        }
        if (web != null) {
            web.open(false);
        }
        if (camel != null) {
            camel.stop();
        }
        for (AutoCloseable part : parts) {
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("event=hub.part-not-closed part={}", part.getClass().getSimpleName());
            }
        }
        LOG.info("event=hub.stopped");
    }
}
