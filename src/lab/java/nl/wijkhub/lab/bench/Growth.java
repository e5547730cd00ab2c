package nl.wijkhub.lab.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import nl.wijkhub.lab.bench.Measurement.Round;

/** What one signal costs as the hub grows: with few and with many households, with few and with many team queues. */
final class Growth {
    private static final int FEW_HOUSEHOLDS = 10_000;

    /** Two teams, 10 queues; 2,900 teams, 14,500 queues: every team of the country. */
    private static final int FEW_TEAMS = 2;

    private static final int MANY_TEAMS = 2_900;

    /**
     * The embedded broker lives in the hub's process: with less, 14,500 queues and what nobody has read yet keep
     * the collector so busy that it would be measured. Production has a broker of its own.
     */
    private static final List<String> MEMORY = List.of("-Xmx2g");

    private static final double GIGABYTE = 1024.0 * 1024 * 1024;
    private static final int CASES = 3;

    /** Room for the log files, the journal and the rows that a hub of any size writes while it is measured. */
    private static final long CASE_BYTES = 4L * 1024 * 1024 * 1024;

    /** Three rows, five indexes and what the log files hold of them until a checkpoint. */
    private static final long HOUSEHOLD_BYTES = 1_500;

    /** One size of the hub and what a signal cost there, per round. */
    private record Case(BenchTown town, List<Round> rounds) {
        double millis() {
            return Statistics.median(
                    rounds.stream().map(r -> 1000 / r.perSecond()).toList());
        }

        double cpuMillis() {
            return Statistics.median(
                    rounds.stream().map(Round::cpuMillisPerSignal).toList());
        }
    }

    private final Rounds rounds;
    private final Path config;
    private final Path routes;
    private final int manyHouseholds;
    private final int partners;
    private final List<Case> cases = new ArrayList<>();
    private final List<String> findings = new ArrayList<>();

    Growth(Rounds rounds, Path config, Path routes, int manyHouseholds, int partners) {
        this.rounds = rounds;
        this.config = config;
        this.routes = routes;
        this.manyHouseholds = manyHouseholds;
        this.partners = partners;
    }

    /** Bytes of disk that all of it takes, rather too many than too few. */
    long bytesNeeded() {
        return CASES * CASE_BYTES + (manyHouseholds + 2L * FEW_HOUSEHOLDS) * HOUSEHOLD_BYTES;
    }

    /**
     * Says how much disk is needed and free.
     *
     * @throws IOException when it is not enough
     */
    String room(long freeBytes) throws IOException {
        String room = String.format(
                Locale.ROOT,
                "growth to %d households needs some %.1f GB of disk; %.1f GB are free",
                manyHouseholds,
                bytesNeeded() / GIGABYTE,
                freeBytes / GIGABYTE);
        if (freeBytes < bytesNeeded()) {
            throw new IOException(room + ". Choose fewer with --growth-households");
        }
        return room;
    }

    /** Measures every size on a hub of its own. */
    void measure(Path place) throws IOException, InterruptedException {
        measure(place.resolve("small"), FEW_HOUSEHOLDS, FEW_TEAMS);
        measure(place.resolve("households"), manyHouseholds, FEW_TEAMS);
        measure(place.resolve("queues"), FEW_HOUSEHOLDS, MANY_TEAMS);
    }

    private void measure(Path folder, int households, int teams) throws IOException, InterruptedException {
        BenchTown town = new BenchTown(households, teams, partners);
        String name = households + " households, " + town.queueCount() + " queues";
        try (HubChild hub = new HubChild(folder, town, config, routes, MEMORY)) {
            hub.start();
            try (Measurement measurement = new Measurement(hub)) {
                cases.add(new Case(town, rounds.run(name, measurement)));
                measurement.findings().forEach(finding -> findings.add(name + ": " + finding));
            }
        }
    }

    List<String> findings() {
        return findings;
    }

    void print() {
        Case least = cases.get(0);
        System.out.printf(
                "%n%12s %8s %14s %8s %14s %8s%n",
                "households", "queues", "ms per signal", "growth", "CPU ms", "growth");
        for (Case one : cases) {
            System.out.printf(
                    Locale.ROOT,
                    "%12d %8d %14.2f %7.0f%% %14.2f %7.0f%%%n",
                    one.town().households(),
                    one.town().queueCount(),
                    one.millis(),
                    100 * (one.millis() / least.millis() - 1),
                    one.cpuMillis(),
                    100 * (one.cpuMillis() / least.cpuMillis() - 1));
        }
    }
}
