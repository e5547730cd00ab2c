package nl.wijkhub.lab.bench;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Whether a signal among many in one request is no dearer than a signal alone: both through the real door of one hub, in
 * turns. What counts is the CPU of the hub and its database until every signal is worked, and how soon all were accepted.
 */
final class DoorCost {
    private static final int ALONE_IN_FLIGHT = Measurement.CONNECTIONS;
    private static final int MANY_IN_FLIGHT = 4;
    private static final int LINES = 250;
    private static final int WARM_UPS = 3;

    private final Path config;
    private final Path routes;
    private final int signals;
    private final int rounds;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private HubChild hub;
    private long next;

    /** @param signals per round, rounded up to whole requests */
    DoorCost(Path config, Path routes, int signals, int rounds) {
        this.config = config;
        this.routes = routes;
        this.signals = (signals + LINES - 1) / LINES * LINES;
        this.rounds = rounds;
    }

    /** One way in, one round. */
    private record Cost(double perSecond, double cpuMillis) {}

    /** Measures, prints, and says whether a signal among many costs no more CPU than one alone. */
    boolean measure(Path folder, BenchTown town) throws IOException, InterruptedException {
        List<Cost> alone = new ArrayList<>();
        List<Cost> among = new ArrayList<>();
        try (HubChild child = new HubChild(folder, town, config, routes, List.of())) {
            hub = child;
            hub.start();
            for (int i = -WARM_UPS; i < rounds; i++) {
                // in turns, so that neither has the warmer hub
                Cost one = round("application/json", 1, ALONE_IN_FLIGHT);
                Cost many = round("application/x-ndjson", LINES, MANY_IN_FLIGHT);
                if (i >= 0) {
                    alone.add(one);
                    among.add(many);
                }
            }
        }
        double dearer = told("alone", alone) / told("among " + LINES, among);
        System.out.printf(Locale.ROOT, "a signal alone costs %.2f times one among %d%n", dearer, LINES);
        return dearer >= 1;
    }

    /** Prints every round and the medians; returns the median CPU. */
    private double told(String how, List<Cost> costs) {
        costs.forEach(cost -> System.out.printf(
                Locale.ROOT,
                "%s: %d accepted at %.0f/s, %.2f ms CPU each until worked%n",
                how,
                signals,
                cost.perSecond(),
                cost.cpuMillis()));
        double cpu = Statistics.median(costs.stream().map(Cost::cpuMillis).toList());
        System.out.printf(
                Locale.ROOT,
                "%s, median: %.0f/s, %.2f ms%n",
                how,
                Statistics.median(costs.stream().map(Cost::perSecond).toList()),
                cpu);
        return cpu;
    }

    private Cost round(String mediaType, int each, int atOnce) throws IOException, InterruptedException {
        double cpu = ProcessCost.cpuSeconds(hub.pid());
        Semaphore inFlight = new Semaphore(atOnce);
        AtomicReference<String> fault = new AtomicReference<>();
        long from = System.nanoTime();
        for (int sent = 0; sent < signals; sent += each) {
            inFlight.acquire();
            post(mediaType, each).whenComplete((answer, failed) -> {
                inFlight.release();
                if (failed != null || answer.statusCode() > 202 || answer.body().contains("\"problem\"")) {
                    fault.set(failed == null ? answer.statusCode() + " " + answer.body() : failed.toString());
                }
            });
        }
        inFlight.acquire(atOnce);
        double seconds = (System.nanoTime() - from) / 1e9;
        if (fault.get() != null) {
            throw new IllegalStateException("a door answered " + fault.get());
        }
        while (hub.rows().count("select count(*) from signal where worked_at is null") > 0) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return new Cost(signals / seconds, (ProcessCost.cpuSeconds(hub.pid()) - cpu) * 1000 / signals);
    }

    private CompletableFuture<HttpResponse<String>> post(String mediaType, int each) {
        long first = next;
        next += each;
        String body = LongStream.range(first, next)
                .mapToObj(number -> hub.body(number).toString())
                .collect(Collectors.joining("\n"));
        return http.sendAsync(
                HttpRequest.newBuilder(hub.door())
                        .header("Authorization", "Bearer " + hub.token(0))
                        .header("Content-Type", mediaType)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
