package nl.wijkhub.lab.bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.team.QueueItem;
import nl.wijkhub.team.QueueStore;
import nl.wijkhub.team.QueueStore.Sort;

/**
 * Whether a plan with five hundred signals takes the next one as soon as a plan with five, and a queue of twenty thousand
 * items gives a page as soon as asked. Through the real door, on a hub of its own; pages are timed at the database.
 */
final class PlanCost {
    private static final int HOUSEHOLDS_AT_ONCE = 20;
    private static final int DEEP = 500;
    private static final int SHALLOW = 5;
    private static final int ROUNDS = 9;
    private static final int ITEMS = 20_000;
    private static final int PAGES = 200;
    private static final double MOST_GROWTH = 1.2;
    private static final double SLOWEST_PAGE_MILLIS = 100;
    private static final int IN_FLIGHT = 32;

    private final Path config;
    private final Path routes;
    private final HttpClient http = HttpClient.newHttpClient();
    private HubChild hub;
    private BenchTown town;
    private String token;
    private long sent;

    PlanCost(Path config, Path routes) {
        this.config = config;
        this.routes = routes;
    }

    /** Measures, prints, and says whether both hold. */
    boolean measure(Path folder) throws IOException, InterruptedException {
        // a set of shallow households per round: each is measured once, on five signals
        town = new BenchTown(HOUSEHOLDS_AT_ONCE * (ROUNDS + 1), 1, 1);
        try (HubChild child = new HubChild(folder, town, config, routes, List.of())) {
            hub = child;
            hub.start();
            token = hub.token(0);
            send(0, DEEP);
            for (int set = 1; set <= ROUNDS; set++) {
                send(set, SHALLOW);
            }
            List<Double> deep = new ArrayList<>();
            List<Double> shallow = new ArrayList<>();
            for (int set = 1; set <= ROUNDS; set++) {
                // in turns, so that neither has the warmer hub
                shallow.add(send(set, SHALLOW));
                deep.add(send(0, SHALLOW));
            }
            double growth = Statistics.median(deep) / Statistics.median(shallow);
            System.out.printf(
                    Locale.ROOT,
                    "%d signals to %d plans: %.1f ms with %d on each, %.1f ms with %d; growth %.2f (at most %.1f)%n",
                    HOUSEHOLDS_AT_ONCE * SHALLOW,
                    HOUSEHOLDS_AT_ONCE,
                    Statistics.median(shallow),
                    SHALLOW,
                    Statistics.median(deep),
                    DEEP,
                    growth,
                    MOST_GROWTH);
            boolean areSoon = pages();
            return growth <= MOST_GROWTH && areSoon;
        }
    }

    /** Sends so many signals to each household of a set; how long until the last of them was worked, in ms. */
    private double send(int set, int each) throws InterruptedException {
        Semaphore inFlight = new Semaphore(IN_FLIGHT);
        long from = System.nanoTime();
        for (int i = 0; i < each * HOUSEHOLDS_AT_ONCE; i++) {
            inFlight.acquire();
            int household = set * HOUSEHOLDS_AT_ONCE + i % HOUSEHOLDS_AT_ONCE;
            String body = hub.body("bench-" + sent++, town.address(household));
            CompletableFuture<HttpResponse<Void>> answer = http.sendAsync(
                    HttpRequest.newBuilder(hub.door())
                            .header("Authorization", "Bearer " + token)
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
            answer.whenComplete((done, failed) -> inFlight.release());
        }
        inFlight.acquire(IN_FLIGHT);
        while (hub.rows().count("select count(*) from signal where worked_at is null") > 0) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        return (System.nanoTime() - from) / 1e6;
    }

    private boolean pages() throws InterruptedException {
        Recipient pair = new Recipient(town.teamOf(0), Discipline.MUNICIPALITY);
        long items = hub.rows().count("select count(*) from queue_item where seat = 'MUNICIPALITY'");
        for (int set = 1; items < ITEMS; set = set % ROUNDS + 1) {
            items += HOUSEHOLDS_AT_ONCE * 50L;
            send(set, 50);
        }
        HikariConfig pool = new HikariConfig();
        pool.setDataSource(hub.rows().source());
        pool.setMaximumPoolSize(1);
        List<Double> millis = new ArrayList<>();
        try (HikariDataSource connected = new HikariDataSource(pool)) {
            QueueStore queue = new QueueStore(new Database(connected));
            pages(queue, pair, new ArrayList<>());
            pages(queue, pair, millis);
        }
        millis.sort(null);
        double slowest = millis.get(millis.size() - 1);
        System.out.printf(
                Locale.ROOT,
                "a page of 50 out of %d items: median %.1f ms, p99 %.1f ms, slowest %.1f ms (at most %.0f)%n",
                items,
                millis.get(millis.size() / 2),
                millis.get(millis.size() * 99 / 100),
                slowest,
                SLOWEST_PAGE_MILLIS);
        return slowest < SLOWEST_PAGE_MILLIS;
    }

    /** Pages on and on, in every order, of everything and of what waits. */
    private static void pages(QueueStore queue, Recipient pair, List<Double> millis) {
        for (Sort sort : Sort.values()) {
            UUID after = null;
            for (int i = 0; i < PAGES; i++) {
                long from = System.nanoTime();
                List<QueueItem> page =
                        queue.page(pair, i % 2 == 0 ? null : QueueItem.ItemState.WAITING, sort, after, 51);
                millis.add((System.nanoTime() - from) / 1e6);
                after = page.isEmpty() ? null : page.get(page.size() - 1).id();
            }
        }
    }
}
