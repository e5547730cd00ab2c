package nl.wijkhub.lab.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * How soon the first page of a queue of twenty thousand items is there and how much it weighs, and what five hundred boards
 * that follow it live cost the hub in memory, CPU and time. Through the real board, logged in as a person.
 */
final class BoardCost {
    private static final int ITEMS = 20_000;
    private static final int IN_FLIGHT = 32;
    private static final int PAGES = 200;
    private static final int BOARDS = 500;
    private static final int SIGNALS = 20;
    private static final int QUIET_SECONDS = 20;
    private static final double SLOWEST_PAGE_MILLIS = 100;
    private static final double LARGEST_KB = 150;
    private static final long SOON_SECONDS = 30;
    private static final List<String> WITH_IT =
            List.of("/static/board.css", "/static/theme.css", "/static/htmx/htmx.min.js", "/static/board.js");

    private final Path config;
    private final Path routes;
    private final HttpClient http = HttpClient.newHttpClient();
    private final HttpClient board = HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.ALWAYS)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private HubChild hub;
    private BenchTown town;
    private URI home;
    private long sent;

    BoardCost(Path config, Path routes) {
        this.config = config;
        this.routes = routes;
    }

    /** Measures, prints, and says whether the page is there soon and small, and every board hears everything. */
    boolean measure(Path folder) throws IOException, InterruptedException {
        town = new BenchTown(2_000, 1, 1);
        try (HubChild child = new HubChild(folder, town, config, routes, List.of())) {
            hub = child;
            hub.start();
            home = hub.door().resolve("/");
            send(ITEMS);
            login();
            boolean isLight = page();
            return boards() && isLight;
        }
    }

    /** Sends so many signals, and waits until all of them were worked. */
    private void send(int signals) throws InterruptedException {
        Semaphore inFlight = new Semaphore(IN_FLIGHT);
        for (int i = 0; i < signals; i++) {
            inFlight.acquire();
            String body = hub.body("bench-" + sent, town.address((int) (sent++ % town.households())));
            CompletableFuture<HttpResponse<Void>> answer = http.sendAsync(
                    HttpRequest.newBuilder(hub.door())
                            .header("Authorization", "Bearer " + hub.token(0))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
            answer.whenComplete((done, failed) -> inFlight.release());
        }
        inFlight.acquire(IN_FLIGHT);
        while (hub.rows().count("select count(*) from signal where worked_at is null") > 0) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private void login() throws IOException, InterruptedException {
        HttpResponse<String> form = get("board/");
        String user = "username=" + URLEncoder.encode(BenchTown.USER, StandardCharsets.UTF_8);
        HttpResponse<String> in = board.send(
                HttpRequest.newBuilder(form.uri())
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(user))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (in.statusCode() != 200 || !in.uri().getPath().startsWith("/board/")) {
            throw new IOException("cannot log in to the board: " + in.statusCode());
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return board.send(
                HttpRequest.newBuilder(home.resolve("/" + path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private String queue() {
        return "board/teams/" + town.teamOf(0) + "/queue";
    }

    private boolean page() throws IOException, InterruptedException {
        timed(PAGES);
        List<Double> millis = timed(PAGES);
        millis.sort(null);
        double slowest = millis.get(millis.size() - 1);
        double weight = weight(queue());
        for (String one : WITH_IT) {
            weight += weight(one.substring(1));
        }
        System.out.printf(
                Locale.ROOT,
                "first page of %d items: median %.1f ms, p99 %.1f ms, slowest %.1f ms (at most %.0f); %.0f kB with all it"
                        + " needs (at most %.0f)%n",
                hub.rows().count("select count(*) from queue_item where seat = 'MUNICIPALITY'"),
                millis.get(millis.size() / 2),
                millis.get(millis.size() * 99 / 100),
                slowest,
                SLOWEST_PAGE_MILLIS,
                weight / 1000,
                LARGEST_KB);
        return millis.get(millis.size() * 99 / 100) < SLOWEST_PAGE_MILLIS && weight / 1000 < LARGEST_KB;
    }

    private List<Double> timed(int pages) throws IOException, InterruptedException {
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < pages; i++) {
            long from = System.nanoTime();
            if (get(queue()).statusCode() != 200) {
                throw new IOException("no page");
            }
            millis.add((System.nanoTime() - from) / 1e6);
        }
        return millis;
    }

    private double weight(String path) throws IOException, InterruptedException {
        return board.send(
                        HttpRequest.newBuilder(home.resolve("/" + path)).build(),
                        HttpResponse.BodyHandlers.ofByteArray())
                .body()
                .length;
    }

    private boolean boards() throws IOException, InterruptedException {
        long heapBefore = hub.heapUsed();
        long residentBefore = ProcessCost.residentPeakBytes(hub.pid());
        double quiet = cpuShare();
        AtomicLong heard = new AtomicLong();
        List<InputStream> open = new ArrayList<>();
        for (int i = 0; i < BOARDS; i++) {
            InputStream events = board.send(
                            HttpRequest.newBuilder(home.resolve("/v1/teams/" + town.teamOf(0) + "/events"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofInputStream())
                    .body();
            open.add(events);
            follow(events, heard);
        }
        double live = cpuShare();
        long from = System.nanoTime();
        send(SIGNALS);
        double worked = (System.nanoTime() - from) / 1e6;
        long all = (long) BOARDS * SIGNALS;
        while (heard.get() < all && System.nanoTime() - from < TimeUnit.SECONDS.toNanos(SOON_SECONDS)) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        double told = (System.nanoTime() - from) / 1e6;
        System.out.printf(
                Locale.ROOT,
                "%d live boards: CPU %.1f %% of a core (without %.1f %%), heap in use %d MB (before %d MB), most resident"
                        + " %d MB (before %d MB)%n",
                BOARDS,
                live * 100,
                quiet * 100,
                hub.heapUsed() >> 20,
                heapBefore >> 20,
                ProcessCost.residentPeakBytes(hub.pid()) >> 20,
                residentBefore >> 20);
        System.out.printf(
                Locale.ROOT,
                "%d signals: worked in %.0f ms, told to every board in %.0f ms (%d of %d)%n",
                SIGNALS,
                worked,
                told,
                heard.get(),
                all);
        for (InputStream events : open) {
            events.close();
        }
        return heard.get() >= all;
    }

    private double cpuShare() throws InterruptedException {
        double from = ProcessCost.cpuSeconds(hub.pid());
        TimeUnit.SECONDS.sleep(QUIET_SECONDS);
        return (ProcessCost.cpuSeconds(hub.pid()) - from) / QUIET_SECONDS;
    }

    private static void follow(InputStream events, AtomicLong heard) {
        Thread follower = new Thread(() -> {
            try (Stream<String> lines =
                    new java.io.BufferedReader(new java.io.InputStreamReader(events, StandardCharsets.UTF_8)).lines()) {
                lines.filter(line -> line.startsWith("data:") && line.contains("assigned"))
                        .forEach(line -> heard.incrementAndGet());
            } catch (java.io.UncheckedIOException closed) {
                // the measuring is over
            }
        });
        follower.setDaemon(true);
        follower.start();
    }
}
