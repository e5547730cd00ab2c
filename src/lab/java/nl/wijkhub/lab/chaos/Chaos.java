package nl.wijkhub.lab.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import nl.wijkhub.lab.embedded.DemoTown;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The fault harness: a real hub under load, killed with SIGKILL, its database too. Exit 1 when anything was lost, doubled
 * or shared undecided; exit 2 when the run did too little to prove that nothing was.
 */
@Command(
        name = "chaos",
        description = "Kills a hub under load and counts what was acknowledged against what came out.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:nothing was lost, doubled or shared undecided",
            "1:something was",
            "2:not a proof: too little happened to tell"
        })
public final class Chaos implements Callable<Integer> {
    @Option(names = "--minutes", description = "How long to go on.", defaultValue = "2")
    private double minutes;

    @Option(names = "--seed", description = "Makes households and moments repeatable.", defaultValue = "1")
    private long seed;

    @Option(
            names = "--plant",
            description = "A fault on purpose: send-before-commit, forget-sweep, share-undecided.",
            converter = Plant.Named.class)
    private Plant plant;

    // fifty: each of eight senders had six answers since the last kill, so the doors are open, the stages have ended
    // batches and others are in hand. A kill before that meets a hub that only just came up, and finds nothing.
    @Option(
            names = "--floor",
            description = "Signals to be acknowledged before each kill and after the last; fewer are not a proof.",
            defaultValue = "50")
    private int floor;

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

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (floor < 1 || connections < 1) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--floor and --connections are at least 1");
        }
        DemoTown.secrets(config.resolve("secrets"));
        Path place =
                Files.createTempDirectory(Files.createDirectories(work), "run-").toAbsolutePath();
        Path itsRoutes = place.resolve("routes");
        if (plant == null) {
            Plant.copy(routes, itsRoutes);
        } else {
            plant.into(routes, itsRoutes);
        }
        Path aim = place.resolve("aim");
        try (ChaosHub hub =
                new ChaosHub(place.resolve("data"), config, itsRoutes, List.of("-D" + Aim.PROPERTY + "=" + aim))) {
            ChaosLoad load = new ChaosLoad(hub, 300, seed).forgetful();
            ChaosKills itsKills = new ChaosKills(hub, load, new Aim(aim), plant, connections, floor, new Random(seed));
            ChaosFigures figures = new ChaosRun(hub, config, load, itsKills)
                    .go(Duration.ofMillis((long) (minutes * 60_000)), kills, connections, signals);
            ChaosVerdict verdict = ChaosVerdict.of(figures);
            verdict.lines().forEach(System.out::println);
            return verdict.exit();
        }
    }
}
