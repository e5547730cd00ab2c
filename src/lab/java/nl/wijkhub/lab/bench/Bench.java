package nl.wijkhub.lab.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import nl.wijkhub.lab.bench.Measurement.Round;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Load and limit in one run: first what this machine can do with the bare shape, then the hub through its real doors.
 * Its last line is {@code ratio 0.NN of limit}. Exit 1 when anything was lost or doubled.
 */
@Command(name = "bench", description = "Measures the hub against this machine's limit; last line: ratio 0.NN of limit.")
public final class Bench implements Callable<Integer> {
    private static final int SIGNALS_OF_A_ROUND = 20_000;
    private static final int SIGNALS_OF_A_LONG_RUN = 500_000;

    @Option(names = "--signals", description = "At least so many per round (20000), or with --long in all (500000).")
    private Integer signals;

    @Option(names = "--households", description = "Households in the database.", defaultValue = "10000")
    private int households;

    @Option(names = "--teams", description = "Teams, of five queues each.", defaultValue = "2")
    private int teams;

    @Option(names = "--partners", description = "Partners that send.", defaultValue = "4")
    private int partners;

    @Option(names = "--seconds", description = "At least so long per round.", defaultValue = "40")
    private double seconds;

    @Option(names = "--rounds", description = "Rounds, after a warm-up.", defaultValue = "3")
    private int rounds;

    @Option(names = "--growth", description = "Also: the cost of a signal with more households, with more queues.")
    private boolean growth;

    @Option(names = "--growth-households", description = "The larger number of them.", defaultValue = "1000000")
    private int growthHouseholds;

    @Option(names = "--plans", description = "Instead: the cost of a signal on a plan with many, and of a queue page.")
    private boolean plans;

    @Option(names = "--subscribers", description = "Instead: whether dead subscribers delay the others.")
    private boolean subscribers;

    @Option(names = "--boards", description = "Instead: a queue page of 20,000 items, and 500 live boards.")
    private boolean boards;

    @Option(names = "--ndjson", description = "Instead: what a signal costs alone and among many in one request.")
    private boolean ndjson;

    @Option(names = "--long", description = "Instead: a load without a break, and whether its last tenth goes as fast.")
    private boolean isLong;

    @Option(names = "--seats", description = "Instead: the cost of a signal with so many seats in a team, beside five.")
    private int seats;

    @Option(names = "--start", description = "Instead: how soon a hub is ready, without and with archived classes.")
    private boolean start;

    @Option(names = "--profile", description = "Also: a flame graph of the hub, in the work folder.")
    private boolean profile;

    @Option(names = "--config", description = "The config folder.", defaultValue = "config")
    private Path config;

    @Option(names = "--routes", description = "The routes folder.", defaultValue = "routes")
    private Path routes;

    @Option(names = "--work", description = "Where everything temporary lives.", defaultValue = "target/bench")
    private Path work;

    private final List<String> findings = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path place =
                Files.createTempDirectory(Files.createDirectories(work), "run-").toAbsolutePath();
        if (isAlone()) {
            boolean isMet = alone(place);
            delete(place);
            return isMet ? 0 : 1;
        }
        Growth cases = new Growth(
                new Rounds(signals() / 4, seconds / 2, rounds),
                config,
                routes.toAbsolutePath(),
                growthHouseholds,
                partners);
        if (growth) {
            System.out.println(cases.room(place.toFile().getUsableSpace()));
        }
        BenchTown town = new BenchTown(households, teams, partners);
        Report report = hub(place.resolve("hub"), town, limit(place.resolve("bare")));
        if (profile) {
            profile(place.resolve("profiled"), town);
        }
        if (growth) {
            cases.measure(place.resolve("growth"));
            findings.addAll(cases.findings());
            cases.print();
        }
        report.print();
        findings.forEach(finding -> System.out.println("FAULT: " + finding));
        if (findings.isEmpty()) {
            delete(place);
        }
        System.out.println(report.lastLine());
        return findings.isEmpty() ? 0 : 1;
    }

    private boolean isAlone() {
        return plans || boards || subscribers || ndjson || isLong || start || seats > 0;
    }

    /** Whether what is measured by itself holds. */
    private boolean alone(Path place) throws IOException, InterruptedException {
        Path ways = routes.toAbsolutePath();
        if (plans) {
            return new PlanCost(config, ways).measure(place);
        }
        if (boards) {
            return new BoardCost(config, ways).measure(place);
        }
        if (subscribers) {
            return new SubscriberCost(config, ways).measure(place);
        }
        BenchTown town = new BenchTown(households, teams, partners);
        if (seats > 0) {
            return new SeatCost(config, ways, new Rounds(signals() / 4, seconds / 2, rounds), seats)
                    .measure(place, town);
        }
        if (ndjson) {
            return new DoorCost(config, ways, signals(), rounds).measure(place, town);
        }
        if (isLong) {
            try (HubChild hub = new HubChild(place.resolve("hub"), town, config, ways, List.of())) {
                return new LongRun(signals()).measure(hub);
            }
        }
        new StartCost(config, ways, rounds).measure(place, town);
        return true;
    }

    private int signals() {
        if (signals != null) {
            return signals;
        }
        return isLong ? SIGNALS_OF_A_LONG_RUN : SIGNALS_OF_A_ROUND;
    }

    private Report.Found limit(Path folder) throws IOException, InterruptedException {
        try (BareChild bare = new BareChild(folder, HubLimits.of(config), teams)) {
            bare.start();
            try (Measurement measurement = new Measurement(bare)) {
                return found("limit", measurement);
            }
        }
    }

    private Report hub(Path folder, BenchTown town, Report.Found limit) throws IOException, InterruptedException {
        try (HubChild hub = new HubChild(folder, town, config, routes.toAbsolutePath(), List.of())) {
            hub.start();
            try (Measurement measurement = new Measurement(hub)) {
                TableCosts before = hub.rows().costs();
                Report.Found found = found("hub", measurement);
                hub.rows().costs().linesSince(before, measurement.signals()).forEach(System.out::println);
                return new Report(limit, found, measurement.heapPeak(), ProcessCost.residentPeakBytes(hub.pid()));
            }
        }
    }

    /** The rounds, then half their rate on a schedule; what was lost or doubled is kept for the end. */
    private Report.Found found(String name, Measurement measurement) throws IOException, InterruptedException {
        List<Round> measured = new Rounds(signals(), seconds, rounds).run(name, measurement);
        double half = new Report.Found(measured, new double[0]).perSecond() / 2;
        double[] latencies = measurement.latencies(half, (long) Math.ceil(half * seconds));
        measurement.findings().forEach(finding -> findings.add(name + ": " + finding));
        return new Report.Found(measured, latencies);
    }

    /** One round on a hub that records itself; what that costs stays out of the figures. */
    private void profile(Path folder, BenchTown town) throws IOException, InterruptedException {
        Profile recorded = new Profile(Files.createDirectories(folder).resolve("hub.jfr"));
        Instant from;
        Instant until;
        try (HubChild hub = new HubChild(folder, town, config, routes.toAbsolutePath(), recorded.jvmOptions())) {
            hub.start();
            try (Measurement measurement = new Measurement(hub)) {
                new Rounds(0, seconds, 0).run("profiled", measurement);
                from = Instant.now();
                measurement.saturate(signals(), seconds);
                until = Instant.now();
            }
        }
        Profile.write(recorded.stacks(from, until), work);
        System.out.println("profile: " + work.resolve("profile.svg") + ", " + work.resolve("profile.collapsed"));
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
