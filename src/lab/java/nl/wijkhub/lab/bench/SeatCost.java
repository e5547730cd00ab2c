package nl.wijkhub.lab.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import nl.wijkhub.lab.bench.Measurement.Round;

/** The cost of one signal with many seats in a team, most of them no concern of it, beside one seat of each discipline. */
final class SeatCost {
    /** Times as much as with five seats, at most. */
    private static final double BOUND = 1.25;

    private final Path config;
    private final Path routes;
    private final Rounds rounds;
    private final int seats;

    SeatCost(Path config, Path routes, Rounds rounds, int seats) {
        this.config = config;
        this.routes = routes;
        this.rounds = rounds;
        this.seats = seats;
    }

    /** @return whether the bound holds and nothing was lost or doubled */
    boolean measure(Path place, BenchTown five) throws IOException, InterruptedException {
        BenchTown many = new BenchTown(five.households(), five.teams(), five.partners(), seats);
        Cost few = cost(place.resolve("five"), five);
        Cost more = cost(place.resolve("many"), many);
        System.out.printf(
                Locale.ROOT,
                "%n%8s %14s %8s%n%8d %14.2f %8.2f%n%8d %14.2f %8.2f%n",
                "seats",
                "ms per signal",
                "CPU ms",
                five.seats(),
                few.millis(),
                few.cpuMillis(),
                seats,
                more.millis(),
                more.cpuMillis());
        double times = more.cpuMillis() / few.cpuMillis();
        System.out.printf(
                Locale.ROOT, "seats: %.2f times the CPU of %d seats (bound %.2f)%n", times, five.seats(), BOUND);
        return few.isWhole() && more.isWhole() && times <= BOUND;
    }

    private record Cost(double millis, double cpuMillis, boolean isWhole) {}

    private Cost cost(Path folder, BenchTown town) throws IOException, InterruptedException {
        try (HubChild hub = new HubChild(folder, town, config, routes, List.of())) {
            hub.start();
            try (Measurement measurement = new Measurement(hub)) {
                List<Round> measured = rounds.run(town.seats() + " seats", measurement);
                measurement.findings().forEach(finding -> System.out.println("FAULT: " + finding));
                return new Cost(
                        Statistics.median(
                                measured.stream().map(r -> 1000 / r.perSecond()).toList()),
                        Statistics.median(
                                measured.stream().map(Round::cpuMillisPerSignal).toList()),
                        measurement.findings().isEmpty());
            }
        }
    }
}
