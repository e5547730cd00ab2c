package nl.wijkhub.app.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import nl.wijkhub.app.bench.Measurement.Round;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Load and limit in one run: first what this machine can do with the bare shape, then the hub through its real doors.
 * Its last line is {@code ratio 0.NN of limit}. Exit 1 when anything was lost or doubled.
 */
@Command(name = "bench", description = "Measures the hub against this machine's limit; last line: ratio 0.NN of limit.")
public final class Bench implements Callable<Integer> {
    /** Code is compiled while it runs: a warm-up goes on until two stretches differ by less. */
    private static final double STEADY = 0.04;

    private static final int MOST_WARM_UPS = 12;

    @Option(names = "--signals", description = "At least so many per round.", defaultValue = "20000")
    private int signals;

    @Option(names = "--households", description = "Households in the database.", defaultValue = "10000")
    private int households;

    @Option(names = "--teams", description = "Teams of five queues.", defaultValue = "2")
    private int teams;

    @Option(names = "--partners", description = "Partners that send.", defaultValue = "4")
    private int partners;

    @Option(names = "--seconds", description = "At least so long per round.", defaultValue = "40")
    private double seconds;

    @Option(names = "--rounds", description = "Rounds, after a warm-up.", defaultValue = "3")
    private int rounds;

    @Option(names = "--config", description = "The config folder.", defaultValue = "config")
    private Path config;

    @Option(names = "--routes", description = "The routes folder.", defaultValue = "routes")
    private Path routes;

    @Option(names = "--work", description = "Where everything temporary lives.", defaultValue = "target/bench")
    private Path work;

    private final List<String> findings = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path place = Files.createTempDirectory(Files.createDirectories(work), "run-").toAbsolutePath();
        BenchTown town = new BenchTown(households, teams, partners);
        List<Round> limit = limit(place.resolve("bare"));
        Report report = new Report(limit);
        if (only.equals("bare")) {
            return 0;
        }
        hub(place.resolve("hub"), town, report);
        report.print();
        findings.forEach(finding -> System.out.println("FAULT: " + finding));
        if (findings.isEmpty()) {
            delete(place);
        }
        System.out.println(report.lastLine());
        return findings.isEmpty() ? 0 : 1;
    }

    @Option(names = "--only", hidden = true, defaultValue = "")
    private String only;

    private List<Round> limit(Path folder) throws IOException, InterruptedException {
        try (BareChild bare = new BareChild(folder, HubLimits.of(config), teams)) {
            bare.start();
            try (Measurement measurement = new Measurement(bare)) {
                List<Round> measured = rounds("limit", measurement);
                findings.addAll(measurement.findings());
                return measured;
            }
        }
    }

    private void hub(Path folder, BenchTown town, Report report) throws IOException, InterruptedException {
        try (HubChild hub = new HubChild(folder, town, config, routes.toAbsolutePath(), List.of())) {
            hub.start();
            try (Measurement measurement = new Measurement(hub)) {
                report.hub(rounds("hub", measurement));
                double half = report.achieved() / 2;
                report.latencies(measurement.latencies(half, (long) Math.ceil(half * seconds)));
                report.memory(measurement.heapPeak(), ProcessCost.residentPeakBytes(hub.pid()));
                findings.addAll(measurement.findings());
            }
        }
    }

    /** A warm-up until the rate stands still, then the rounds that count. */
    private List<Round> rounds(String name, Measurement measurement) throws IOException, InterruptedException {
        double before = 0;
        double rate = measurement.saturate(1, seconds / 4).perSecond();
        for (int i = 1; i < MOST_WARM_UPS && Math.abs(rate - before) > STEADY * rate; i++) {
            before = rate;
            rate = measurement.saturate(1, seconds / 4).perSecond();
            System.out.printf(Locale.ROOT, "%s warm-up: %.0f/s%n", name, rate);
        }
        List<Round> measured = new ArrayList<>();
        for (int i = 1; i <= rounds; i++) {
            Round round = measurement.saturate(signals, seconds);
            System.out.printf(
                    Locale.ROOT,
                    "%s round %d: %d signals in %.1f s, %.0f/s, %.2f ms CPU each, told to wait %d times%n",
                    name,
                    i,
                    round.signals(),
                    round.seconds(),
                    round.perSecond(),
                    round.cpuMillisPerSignal(),
                    round.pushedBack());
            measured.add(round);
        }
        return measured;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
