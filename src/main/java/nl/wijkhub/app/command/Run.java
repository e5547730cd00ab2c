package nl.wijkhub.app.command;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import nl.wijkhub.app.wiring.Hub;
import nl.wijkhub.app.wiring.HubConfig;
import nl.wijkhub.kernel.ConfigFault;
import nl.wijkhub.kernel.Vault;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Production: external PostgreSQL, Artemis and identity server. Refuses any demo part, all of them at once. */
@Command(name = "run", description = "Runs the hub on external PostgreSQL, Artemis and identity server.")
public final class Run implements Callable<Integer> {
    @Option(names = "--config", description = "The config folder.", defaultValue = "config")
    private Path config;

    @Override
    public Integer call() {
        Clock clock = Clock.systemUTC();
        HubConfig.Reading reading = HubConfig.read(config, System.getenv(), Map.of(), clock);
        List<ConfigFault> faults = new ArrayList<>(reading.faults());
        Path secrets = config.resolve("secrets");
        faults.addAll(ProductionGuard.faults(reading.config(), secrets));
        if (!faults.isEmpty()) {
            faults.forEach(System.err::println);
            System.err.println("wijkhub: not started, " + faults.size() + " faults");
            return 1;
        }
        Stop stop = new Stop();
        try (Hub hub = new Hub(reading.config(), Vault.open(secrets), clock)) {
            hub.start();
            stop.await();
        }
        return 0;
    }
}
