package nl.wijkhub;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import nl.wijkhub.app.wiring.HubConfig;

/** The config folder as it is shipped, with stand-ins for what a start would ask the environment for. */
public final class ShippedConfig {
    private static final HubConfig READ = reading();

    private ShippedConfig() {}

    /** Read once for all tests of one process: it never changes. */
    public static HubConfig read() {
        return READ;
    }

    private static HubConfig reading() {
        HubConfig.Reading reading = HubConfig.read(
                Path.of("config"),
                Map.of(),
                Map.of(
                        "hub.oidc.board-client-secret", "x",
                        "hub.database.url", "x",
                        "hub.database.user", "x",
                        "hub.database.password", "x",
                        "hub.broker.url", "x",
                        "hub.broker.amqp-url", "amqp://x",
                        "hub.broker.user", "x",
                        "hub.broker.password", "x"),
                Clock.systemUTC());
        if (!reading.faults().isEmpty()) {
            throw new IllegalStateException("the shipped config has faults: " + reading.faults());
        }
        return reading.config();
    }
}
