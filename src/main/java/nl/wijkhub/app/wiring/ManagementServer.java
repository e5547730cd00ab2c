package nl.wijkhub.app.wiring;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;
import nl.wijkhub.app.door.Pressure;

/** Health and metrics on a port of their own, which stands on loopback unless an operator opens it. */
final class ManagementServer implements AutoCloseable {
    private final Vertx vertx;
    private final Pressure pressure;
    private final PrometheusMeterRegistry meters;
    private final Duration oldestAllowed;
    private volatile boolean started;
    private volatile Supplier<JsonObject> statistics;
    private HttpServer server;

    ManagementServer(Vertx vertx, Pressure pressure, PrometheusMeterRegistry meters, Duration oldestAllowed) {
        this.vertx = vertx;
        this.pressure = pressure;
        this.meters = meters;
        this.oldestAllowed = oldestAllowed;
    }

    void start(String host, int port) {
        Router router = Router.router(vertx);
        router.get("/health/live").handler(ctx -> answer(ctx, true, new JsonObject()));
        router.get("/health/ready").handler(this::ready);
        router.get("/metrics").handler(ctx -> ctx.response()
                .putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                .end(meters.scrape()));
        router.get("/routes").handler(this::routes);
        server = vertx.createHttpServer()
                .requestHandler(router)
                .listen(port, host)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    /** Shows what is counted of each route; to callers on this machine alone. */
    void show(Supplier<JsonObject> statistics) {
        this.statistics = statistics;
    }

    private void routes(RoutingContext ctx) {
        Supplier<JsonObject> shown = statistics;
        // behind a proxy on this machine everybody would be on this machine
        boolean isForwarded = ctx.request().headers().names().stream()
                .anyMatch(name -> name.toLowerCase(Locale.ROOT).matches("(x-)?forwarded.*|via"));
        if (shown == null
                || isForwarded
                || !isLoopback(ctx.request().remoteAddress().hostAddress())) {
            ctx.fail(404);
            return;
        }
        ctx.response()
                .putHeader("Content-Type", "application/json")
                .end(shown.get().encode());
    }

    private static boolean isLoopback(String address) {
        return address.startsWith("127.") || address.equals("0:0:0:0:0:0:0:1") || address.equals("::1");
    }

    /** The doors are open; before that the hub lives but is not ready. */
    void started(boolean isStarted) {
        started = isStarted;
    }

    private void ready(RoutingContext ctx) {
        boolean young = pressure.age().compareTo(oldestAllowed) <= 0;
        JsonObject checks = new JsonObject()
                .put("doors", state(started))
                .put("database", state(pressure.databaseUp()))
                .put("broker", state(pressure.brokerUp()))
                .put("oldestWaiting", state(young))
                .put("oldestWaitingSeconds", pressure.age().toSeconds());
        answer(ctx, started && pressure.databaseUp() && pressure.brokerUp() && young, checks);
    }

    private static void answer(RoutingContext ctx, boolean up, JsonObject checks) {
        ctx.response()
                .setStatusCode(up ? 200 : 503)
                .putHeader("Content-Type", "application/json")
                .end(new JsonObject()
                        .put("status", state(up))
                        .put("checks", checks)
                        .encode());
    }

    private static String state(boolean up) {
        return up ? "UP" : "DOWN";
    }

    @Override
    public void close() {
        if (server != null) {
            server.close().toCompletionStage().toCompletableFuture().join();
        }
    }
}
