package nl.wijkhub.app.wiring;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import nl.wijkhub.app.batch.BatchComponent;
import nl.wijkhub.app.broker.AcceptedQueue;
import nl.wijkhub.app.broker.BrokerConnection;
import nl.wijkhub.app.door.Door;
import nl.wijkhub.app.door.DoorServer;
import nl.wijkhub.app.door.MessageDoor;
import nl.wijkhub.app.door.MessageReplay;
import nl.wijkhub.app.door.Pressure;
import nl.wijkhub.app.inbox.AmqpSource;
import nl.wijkhub.app.inbox.InboxComponent;
import nl.wijkhub.kernel.DatabaseStore;
import nl.wijkhub.kernel.Vault;
import nl.wijkhub.sharing.fhir.FhirDocument;
import nl.wijkhub.team.TeamQueue;
import nl.wijkhub.web.http.RequestBody;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
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
    private WebPart web;
    private SubscriberPart subscribers;
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
        DatabaseStore database = new DatabaseStore(pool);
        DatabaseStart.requireSameKeys(database, vault);
        BrokerConnection broker = open(new BrokerConnection(
                settings.text("hub.broker.url"),
                settings.text("hub.broker.user"),
                settings.text("hub.broker.password")));
        broker.ensureQueues(List.of(AcceptedQueue.ADDRESS), AcceptedQueue.GROUP_BUCKETS);
        broker.ensureQueues(List.of(AcceptedQueue.DEAD), -1);
        broker.ensureQueues(TeamQueue.queues(config.teams()), -1);
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new JvmMemoryMetrics().bindTo(meters);
        new JvmThreadMetrics().bindTo(meters);
        Stages stages = new Stages(config, database, broker, vault, meters, clock);
        Pressure pressure =
                open(new Pressure(database, stages.signals, stages.deliveries, stages.acceptedQueue, meters, clock));
        pressure.start();
        Vertx vertx = Vertx.vertx();
        parts.add(() -> vertx.close().toCompletionStage().toCompletableFuture().join());
        subscribers = open(new SubscriberPart(config, stages, database, broker, vault, vertx, meters, clock));
        subscribers.keepOwnQueues(config, broker);
        management = open(new ManagementServer(vertx, pressure, meters, settings.duration("hub.ready.oldest-waiting")));
        management.start(settings.text("hub.management.host"), settings.number("hub.management.port"));
        MessageDoor messages = new MessageDoor(
                config.partners(),
                pressure,
                new MessageDoor.Limits(
                        settings.duration("hub.pressure.oldest-waiting"),
                        settings.number("hub.http.max-body-bytes"),
                        settings.number("hub.http.max-bulk-bytes"),
                        settings.number("hub.work.attempts"),
                        settings.duration("hub.work.first-pause")),
                stages.quarantine,
                stages.traffic,
                stages.inHand,
                stages.parking::probe,
                meters);
        broker.ensureQueues(
                messages.partners().stream()
                        .map(id -> MessageDoor.ADDRESS + '.' + id)
                        .toList(),
                -1);
        tellUnread(broker, config);
        AmqpSource source = open(new AmqpSource(
                URI.create(settings.text("hub.broker.amqp-url")),
                settings.text("hub.broker.user"),
                settings.text("hub.broker.password")));
        web = open(new WebPart(
                config,
                stages,
                subscribers,
                (entry, by, trace) -> replay.replay(entry, by, trace),
                database,
                vault,
                vertx,
                clock));
        Door door = new Door(
                config.partners(),
                pressure,
                settings.duration("hub.pressure.oldest-waiting"),
                web.fhir(),
                stages.traffic,
                meters);
        stages.inHand.forget();
        stages.sweep.sendLeftovers();
        open(stages.export);
        parts.add(0, stages.teamQueue::markSent);
        startCamel(
                stages,
                Map.of(
                        "door", door,
                        "messageDoor", messages,
                        "vertx", vertx,
                        "wijkhub-batch", new BatchComponent(broker, stages.parking),
                        "wijkhub-inbox", new InboxComponent(source, messages)));
        replay = new MessageReplay(
                stages.quarantine,
                config.partners(),
                messages.mostBytes(),
                camel.getCamelContext().createProducerTemplate());
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

    /** Whether the queue of a subscription is this client's. */
    public boolean ownsQueue(String client, String address) {
        return subscribers.owns(client, address);
    }

    /** What a partner sent that is no partner any more stays on its address: nobody but a person can say what is to be done. */
    private static void tellUnread(BrokerConnection broker, HubConfig config) {
        for (String queue : broker.queues(MessageDoor.ADDRESS + '.')) {
            String partner = queue.substring(MessageDoor.ADDRESS.length() + 1);
            long messages = config.partners().find(partner).isPresent() ? 0 : broker.depth(queue);
            if (messages > 0) {
                LOG.warn("event=inbox.unread queue={} messages={}", queue, messages);
            }
        }
    }

    private void startCamel(Stages stages, Map<String, Object> doors) {
        camel = new Main();
        stages.beans().forEach(camel::bind);
        subscribers.beans().forEach(camel::bind);
        doors.forEach(camel::bind);
        camel.configure()
                .withName("wijkhub")
                .withShutdownTimeout(25)
                .withRoutesIncludePattern(
                        "file:" + Path.of(settings.text("hub.routes")).toAbsolutePath() + "/*.camel.yaml");
        camel.addInitialProperty("hub.batch.size", settings.text("hub.batch.size"));
        camel.addInitialProperty("hub.batch.consumers", settings.text("hub.batch.consumers"));
        camel.addInitialProperty(
                "hub.sweep.every",
                String.valueOf(settings.duration("hub.sweep.every").toMillis()));
        camel.addInitialProperty(
                "hub.attention.every",
                String.valueOf(settings.duration("hub.attention.every").toMillis()));
        camel.addInitialProperty(
                "hub.subscriber.every",
                String.valueOf(settings.duration("hub.subscriber.every").toMillis()));
        DoorServer server = new DoorServer(
                settings.text("hub.http.host"),
                settings.number("hub.http.port"),
                new RequestBody(settings.number("hub.http.max-body-bytes"), settings.number("hub.http.max-bulk-bytes")),
                web::mount);
        camel.addMainListener(new MainListenerSupport() {
            @Override
            public void afterConfigure(BaseMainSupport main) {
                try {
                    main.getCamelContext().addService(server);
                    main.getCamelContext().getManagementStrategy().addEventNotifier(new RouteFailures());
                } catch (Exception e) {
                    throw new IllegalStateException("the doors cannot be added", e);
                }
            }
        });
        try {
            camel.start();
        } catch (Exception e) {
            throw new IllegalStateException("the routes cannot start: " + e.getMessage(), e);
        }
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
