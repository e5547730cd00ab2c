package nl.wijkhub.app.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import nl.wijkhub.app.embedded.DemoTown;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The fault harness: a real hub under load, killed with SIGKILL at random moments, its database too. Exit 1 when
 * anything acknowledged was lost, doubled or shared undecided.
 */
@Command(name = "chaos", description = "Kills a hub under load and counts what was acknowledged against what came out.")
public final class Chaos implements Callable<Integer> {
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(120);

    @Option(names = "--minutes", description = "How long to go on.", defaultValue = "2")
    private double minutes;

    @Option(names = "--seed", description = "Makes households and moments repeatable.", defaultValue = "1")
    private long seed;

    @Option(names = "--plant", description = "A fault on purpose: send-before-commit, forget-sweep.")
    private String plant;

    @Option(names = "--signals", description = "Stop after this many signals.", defaultValue = "2147483647")
    private int signals;

    @Option(names = "--connections", description = "Connections that send.", defaultValue = "8")
    private int connections;

    @Option(names = "--kills", description = "Stop killing after this many.", defaultValue = "2147483647")
    private int kills;

    @Option(names = "--config", description = "The config folder.", defaultValue = "config")
    private Path config;

    @Option(names = "--routes", description = "The routes folder.", defaultValue = "routes")
    private Path routes;

    @Option(names = "--work", description = "Where the hub under test lives.", defaultValue = "target/chaos")
    private Path work;

    @Override
    public Integer call() throws IOException, InterruptedException {
        DemoTown.secrets(config.resolve("secrets"));
        Path place = Files.createTempDirectory(Files.createDirectories(work), "run-");
        Path itsRoutes = place.resolve("routes");
        if (plant == null) {
            Plant.copy(routes, itsRoutes);
        } else {
            Plant.of(plant).into(routes, itsRoutes);
        }
        try (ChaosHub hub = new ChaosHub(place.resolve("data").toAbsolutePath(), config, itsRoutes)) {
            ChaosLoad load = new ChaosLoad(hub, 300, seed);
            hub.start();
            hub.awaitReady();
            CountDownLatch sending = load.start(connections, signals);
            int done = killAtRandom(hub, sending);
            load.stop();
            hub.awaitReady();
            if (!sending.await(2, TimeUnit.MINUTES)) {
                System.out.println("some senders were never acknowledged");
                return 1;
            }
            drain(hub);
            int exit = hub.stop();
            ChaosCount count =
                    ChaosCount.of(hub.data(), config, load.acknowledged().values());
            System.out.println(
                    "kills " + done + ", repeats by senders " + load.repeats() + ", exit on SIGTERM " + exit);
            System.out.println(count);
            if (load.fault() != null) {
                System.out.println("FAULT: " + load.fault());
            }
            count.findings().forEach(finding -> System.out.println("FAULT: " + finding));
            boolean sound = count.findings().isEmpty() && load.fault() == null && exit == 0;
            System.out.println(sound ? "nothing lost, nothing doubled" : "NOT SOUND");
            return sound ? 0 : 1;
        }
    }

    private int killAtRandom(ChaosHub hub, CountDownLatch sending) throws IOException, InterruptedException {
        Random random = new Random(seed);
        Instant end = Instant.now().plusMillis((long) (minutes * 60_000));
        int done = 0;
        while (Instant.now().isBefore(end) && sending.getCount() > 0) {
            if (sending.await(1_500 + random.nextInt(4_000), TimeUnit.MILLISECONDS) || done >= kills) {
                continue;
            }
            done++;
            if (random.nextInt(4) == 0) {
                hub.killDatabase();
                System.out.println("killed the database");
            } else {
                hub.kill();
                System.out.println("killed the hub");
                hub.start();
            }
            hub.awaitReady();
        }
        return done;
    }

    /** Waits until nothing waits: neither for its stages nor to be sent. */
    private static void drain(ChaosHub hub) throws IOException, InterruptedException {
        Instant limit = Instant.now().plus(DRAIN_LIMIT);
        while (Instant.now().isBefore(limit)) {
            String metrics = hub.metrics();
            if (isZero(metrics, "wijkhub_signal_age_seconds")
                    && isZero(metrics, "wijkhub_delivery_waiting")
                    && isZero(metrics, "wijkhub_queue_depth")) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(250);
        }
        System.out.println("the hub did not come to rest");
    }

    private static boolean isZero(String metrics, String name) {
        return metrics.lines().filter(line -> line.startsWith(name)).allMatch(line -> line.endsWith(" 0.0"));
    }
}
