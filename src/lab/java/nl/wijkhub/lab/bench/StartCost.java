package nl.wijkhub.lab.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import nl.wijkhub.lab.bench.Measurement.Round;

/** The time until a hub is ready and the rate of its first signals, without and with an archive of its classes, in turns. */
final class StartCost {
    private static final int SIGNALS = 1_000;

    private final Path config;
    private final Path routes;
    private final int rounds;

    StartCost(Path config, Path routes, int rounds) {
        this.config = config;
        this.routes = routes;
        this.rounds = rounds;
    }

    /** One start. */
    private record Start(double readySeconds, double perSecond, double cpuMillis) {}

    /** Measures and prints; every start but the first of a data folder, which makes the database, counts. */
    void measure(Path place, BenchTown town) throws IOException, InterruptedException {
        ClassArchive archive = new ClassArchive(place.resolve("hub.jsa"));
        archive.make(place.resolve("archived"), town, config, routes);
        List<Start> without = new ArrayList<>();
        List<Start> with = new ArrayList<>();
        try (HubChild cold = new HubChild(place.resolve("cold"), town, config, routes, List.of());
                HubChild warm = new HubChild(place.resolve("warm"), town, config, routes, archive.jvmOptions())) {
            cold.start();
            cold.close();
            warm.start();
            warm.close();
            for (int i = 0; i < rounds; i++) {
                without.add(start(cold));
                with.add(start(warm));
            }
        }
        print("without an archive", without);
        print("with an archive", with);
    }

    private static Start start(HubChild hub) throws IOException, InterruptedException {
        double seconds = hub.startAgain();
        try (Measurement measurement = new Measurement(hub)) {
            Round first = measurement.saturate(SIGNALS, 0);
            return new Start(seconds, first.perSecond(), first.cpuMillisPerSignal());
        } finally {
            hub.close();
        }
    }

    private static void print(String how, List<Start> starts) {
        starts.forEach(start -> System.out.printf(
                Locale.ROOT,
                "%s: ready in %.1f s, first %d signals at %.0f/s, %.2f ms CPU each%n",
                how,
                start.readySeconds(),
                SIGNALS,
                start.perSecond(),
                start.cpuMillis()));
        System.out.printf(
                Locale.ROOT,
                "%s, median: ready in %.1f s, %.0f/s%n",
                how,
                Statistics.median(starts.stream().map(Start::readySeconds).toList()),
                Statistics.median(starts.stream().map(Start::perSecond).toList()));
    }
}
