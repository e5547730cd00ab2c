package nl.wijkhub.lab.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import nl.wijkhub.app.command.ProductionGuard;
import nl.wijkhub.app.wiring.Hub;
import nl.wijkhub.app.wiring.HubConfig;
import nl.wijkhub.kernel.Vault;
import nl.wijkhub.sharing.Recipient;

/**
 * A whole hub with everything it needs, in one process and on loopback alone: identity server, PostgreSQL, Artemis, hub.
 * Used by the demo, the tests and the fault harness. Secrets are made at the first start and kept.
 */
public final class DemoTown implements AutoCloseable {
    private static final String DATABASE_SECRET = "database-password";

    /**
     * Where it stands.
     *
     * @param routes the folder of the routes; null for the one in hub.properties
     * @param issuer a Keycloak realm that logs people in instead of the demo's own identity server; empty for none
     * @param broker core URL of an Artemis that runs apart, with an AMQP acceptor on {@code amqpPort}; empty for none
     */
    public record Place(
            Path config,
            Path data,
            Path routes,
            int httpPort,
            int managementPort,
            int amqpPort,
            int identityPort,
            String issuer,
            String broker) {}

    private final Place place;
    private DemoIdentity identity;
    private EmbeddedDatabase database;
    private EmbeddedBroker broker;
    private BrokerLogins logins;
    private Hub hub;

    public DemoTown(Place place) {
        this.place = place;
    }

    /** Starts everything; returns when the doors are open. */
    public void start() {
        Path secrets = place.config().resolve("secrets");
        Vault vault = secrets(secrets);
        HubConfig config = config(vault, secrets);
        // the three outer parts do not need each other
        Thread identityStart = new Thread(() -> {
            DemoIdentity starting = new DemoIdentity();
            starting.start(place.identityPort());
            identity = starting;
        });
        boolean isApart = !place.broker().isEmpty();
        Thread brokerStart = new Thread(() -> {
            if (!isApart) {
                startBroker(vault, config);
            }
        });
        identityStart.start();
        brokerStart.start();
        database.start();
        join(identityStart);
        join(brokerStart);
        if (identity == null || (broker == null && !isApart)) {
            throw new IllegalStateException("a part of the demo did not start; is a port taken?");
        }
        hub = new Hub(config(vault, secrets), vault, Clock.systemUTC());
        hub.start();
        if (!isApart) {
            logins.owners(hub::ownsQueue);
        }
    }

    private void startBroker(Vault vault, HubConfig config) {
        logins = new BrokerLogins(vault, id -> config.partners().find(id).isPresent(), id -> config.teams()
                .system(id)
                .map(Recipient::queue));
        EmbeddedBroker starting = new EmbeddedBroker(
                0,
                place.data().resolve("broker"),
                place.amqpPort(),
                logins,
                config.settings().duration("hub.broker.unread-expiry"));
        starting.start();
        broker = starting;
    }

    /** The configuration of the config folder, with what the demo puts in place of production's parts. */
    private HubConfig config(Vault vault, Path secrets) {
        if (database == null) {
            database = new EmbeddedDatabase(place.data().resolve("database"), read(secrets.resolve(DATABASE_SECRET)));
        }
        String issuer = "http://localhost:" + place.identityPort() + "/" + DemoIdentity.REALM;
        Map<String, String> overrides = new HashMap<>(Map.of(
                "hub.http.host",
                "127.0.0.1",
                "hub.http.port",
                String.valueOf(place.httpPort()),
                "hub.http.public-url",
                "http://localhost:" + place.httpPort(),
                "hub.management.port",
                String.valueOf(place.managementPort()),
                "hub.oidc.issuer",
                issuer,
                "hub.oidc.jwks-url",
                issuer + "/jwks",
                "hub.oidc.audience",
                DemoIdentity.AUDIENCE,
                "hub.oidc.user-claim",
                "sub",
                "hub.oidc.board-client-secret",
                "demo-board-secret"));
        if (!place.issuer().isEmpty()) {
            overrides.put("hub.oidc.issuer", place.issuer());
            overrides.put("hub.oidc.jwks-url", place.issuer() + "/protocol/openid-connect/certs");
            overrides.put("hub.oidc.user-claim", "preferred_username");
        }
        overrides.put("hub.database.url", database.isStarted() ? database.jdbcUrl() : "not-started-yet");
        overrides.put("hub.database.user", EmbeddedDatabase.USER);
        overrides.put("hub.database.password", read(secrets.resolve(DATABASE_SECRET)));
        overrides.put("hub.broker.url", place.broker().isEmpty() ? "vm://0" : place.broker());
        overrides.put("hub.broker.amqp-url", "amqp://127.0.0.1:" + place.amqpPort());
        overrides.put("hub.broker.user", BrokerLogins.HUB);
        overrides.put("hub.broker.password", BrokerLogins.passwordOf(vault, BrokerLogins.HUB));
        overrides.put("hub.subscriber.allowed-addresses", "127.0.0.0/8, ::1/128");
        if (place.routes() != null) {
            overrides.put("hub.routes", place.routes().toString());
        }
        HubConfig.Reading reading = HubConfig.read(place.config(), Map.of(), overrides, Clock.systemUTC());
        if (!reading.faults().isEmpty()) {
            throw new IllegalStateException("config has faults:\n  "
                    + String.join(
                            "\n  ",
                            reading.faults().stream().map(String::valueOf).toList()));
        }
        return reading.config();
    }

    /** Makes the demo's secrets where there are none; each file is readable by its owner alone. */
    public static Vault secrets(Path folder) {
        try {
            if (Vault.standsIn(folder) && !Files.exists(folder.resolve(ProductionGuard.DEMO_MARK))) {
                throw new IllegalStateException("these secrets were not made by a demo: a demo does not touch them");
            }
            if (!Vault.standsIn(folder)) {
                if (!Files.exists(folder.resolve(ProductionGuard.DEMO_MARK))) {
                    Vault.SecretFile.write(
                            folder.resolve(ProductionGuard.DEMO_MARK),
                            "Made by a demo: production refuses these keys.\n");
                }
                Vault.createKeys(folder);
            }
            if (!Files.exists(folder.resolve(DATABASE_SECRET))) {
                byte[] random = new byte[24];
                new SecureRandom().nextBytes(random);
                Vault.SecretFile.write(
                        folder.resolve(DATABASE_SECRET), HexFormat.of().formatHex(random));
            }
            return Vault.open(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("the demo's secrets cannot be made", e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("a secret cannot be read", e);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public EmbeddedDatabase database() {
        return database;
    }

    @Override
    public void close() {
        if (hub != null) {
            hub.close();
        }
        if (broker != null) {
            broker.close();
        }
        if (database != null) {
            database.close();
        }
        if (identity != null) {
            identity.close();
        }
    }
}
