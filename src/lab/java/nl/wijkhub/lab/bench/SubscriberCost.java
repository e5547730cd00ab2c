package nl.wijkhub.lab.bench;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * Whether subscribers whose machine takes a connection and never answers delay the others. A thousand webhooks on a hub of
 * its own; how long after an escalation each of the nine hundred healthy ones has its event, with none of the other
 * hundred dead and with all of them dead.
 */
final class SubscriberCost {
    private static final int SUBSCRIBERS = 1_000;
    private static final int DEAD = 100;
    private static final int EVENTS = 8;
    private static final double MOST_DELAY = 1.1;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Path config;
    private final Path routes;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Queue<Double> latencies = new ConcurrentLinkedQueue<>();
    private volatile boolean areDead;
    private HubChild hub;
    private BenchTown town;
    private int sent;

    SubscriberCost(Path config, Path routes) {
        this.config = config;
        this.routes = routes;
    }

    /** Measures, prints, and says whether it holds. */
    boolean measure(Path folder) throws IOException, InterruptedException {
        town = new BenchTown(1_000, 1, 1);
        Vertx vertx = Vertx.vertx();
        HttpServer server = vertx.createHttpServer(
                new HttpServerOptions().setHost("127.0.0.1").setPort(0));
        server.requestHandler(this::answer);
        int port =
                server.listen().toCompletionStage().toCompletableFuture().join().actualPort();
        try (HubChild child = new HubChild(folder, town, config, routes, List.of())) {
            hub = child;
            hub.start();
            subscribe(port);
            // the first events pay for what is new to the hub
            round(EVENTS);
            List<double[]> without = new ArrayList<>();
            List<double[]> with = new ArrayList<>();
            without.add(round(EVENTS));
            without.add(round(EVENTS));
            areDead = true;
            with.add(round(EVENTS));
            with.add(round(EVENTS));
            return told(without, with);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private static boolean told(List<double[]> without, List<double[]> with) {
        double none = Math.min(without.get(0)[1], without.get(1)[1]);
        double dead = Math.min(with.get(0)[1], with.get(1)[1]);
        System.out.printf(
                Locale.ROOT,
                "%d subscribers, none dead: median %.0f and %.0f ms, p99 %.0f and %.0f ms%n",
                SUBSCRIBERS,
                without.get(0)[0],
                without.get(1)[0],
                without.get(0)[1],
                without.get(1)[1]);
        System.out.printf(
                Locale.ROOT,
                "%d of them dead: median %.0f and %.0f ms, p99 %.0f and %.0f ms for the others; %.2f times (at most %.1f)%n",
                DEAD,
                with.get(0)[0],
                with.get(1)[0],
                with.get(0)[1],
                with.get(1)[1],
                dead / none,
                MOST_DELAY);
        return dead <= none * MOST_DELAY;
    }

    /** Median and p99 in ms of so many events, one after another, at the healthy ones. */
    private double[] round(int events) throws IOException, InterruptedException {
        latencies.clear();
        for (int i = 1; i <= events; i++) {
            acute();
            Instant limit = Instant.now().plus(PATIENCE);
            while (latencies.size() < i * (SUBSCRIBERS - DEAD)) {
                if (Instant.now().isAfter(limit)) {
                    throw new IllegalStateException("only " + latencies.size() + " events came");
                }
                TimeUnit.MILLISECONDS.sleep(2);
            }
        }
        List<Double> all = new ArrayList<>(latencies);
        all.sort(null);
        return new double[] {all.get(all.size() / 2), all.get(all.size() * 99 / 100)};
    }

    private void acute() throws IOException, InterruptedException {
        String body = hub.body("bench-" + sent, town.address(sent++)).replace("\"low\"", "\"acute\"");
        HttpResponse<String> answer = post(hub.door(), hub.token(0), body);
        if (answer.statusCode() != 202) {
            throw new IllegalStateException("the door answered " + answer.statusCode());
        }
    }

    private void subscribe(int port) throws IOException, InterruptedException {
        String token = hub.tokenOf(BenchTown.CARE);
        for (int i = 0; i < SUBSCRIBERS; i++) {
            String wish = "{\"types\":[\"nl.veilige-buurten.opschaling.v1\"],\"protocol\":\"HTTP\",\"sink\":"
                    + "\"http://127.0.0.1:" + port + "/" + i + "\"}";
            HttpResponse<String> answer = post(hub.door().resolve("/v1/subscriptions"), token, wish);
            if (answer.statusCode() != 201) {
                throw new IllegalStateException("a subscription was answered " + answer.statusCode());
            }
        }
        while (hub.rows().count("select count(*) from subscription where status = 'ACTIVE' and not built_in")
                < SUBSCRIBERS) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private HttpResponse<String> post(URI to, String token, String body) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(to)
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private void answer(HttpServerRequest request) {
        if (request.method().name().equals("OPTIONS")) {
            request.response()
                    .putHeader("WebHook-Allowed-Origin", request.getHeader("WebHook-Request-Origin"))
                    .end();
            return;
        }
        boolean isHealthy = Integer.parseInt(request.path().substring(1)) >= DEAD;
        request.body().onSuccess(body -> {
            if (isHealthy) {
                Instant happened = Instant.parse(new JsonObject(body).getString("time"));
                latencies.add(Duration.between(happened, Instant.now()).toNanos() / 1e6);
            }
            if (isHealthy || !areDead) {
                request.response().end();
            }
        });
    }
}
