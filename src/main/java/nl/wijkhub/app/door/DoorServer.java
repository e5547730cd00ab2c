package nl.wijkhub.app.door;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import nl.wijkhub.web.http.RequestBody;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server behind platform-http. It mounts the token check and the gate before it listens: with Camel's own start
 * order a request can come in while the router is still empty, and a partner would take its 404 as final.
 */
public final class DoorServer extends VertxPlatformHttpServer {
    private static final Logger LOG = LoggerFactory.getLogger(DoorServer.class);

    /** A connection on which nothing goes either way: longer than any answer takes, and who follows a queue is written to. */
    private static final int IDLE_SECONDS = 60;

    /** Each may hold the head of a request and what the network has taken in for it. */
    private static final long MOST_CONNECTIONS = Runtime.getRuntime().maxMemory() / (128 * 1024);

    private static final long BETWEEN_TELLING = TimeUnit.MINUTES.toNanos(1);

    private final AtomicLong open = new AtomicLong();
    private final AtomicLong toldFull = new AtomicLong(System.nanoTime() - BETWEEN_TELLING);
    private final int port;
    private final RequestBody body;
    private final Consumer<Router> mount;
    private HttpServer server;

    public DoorServer(String host, int port, RequestBody body, Consumer<Router> mount) {
        super(configuration(host, port));
        this.port = port;
        this.body = body;
        this.mount = mount;
    }

    private static VertxPlatformHttpServerConfiguration configuration(String host, int port) {
        VertxPlatformHttpServerConfiguration configuration = new VertxPlatformHttpServerConfiguration();
        configuration.setBindHost(host);
        configuration.setBindPort(port);
        configuration.setServerType(VertxPlatformHttpRouter.SERVER_TYPE_SERVER);
        return configuration;
    }

    /** Camel's own router takes every body up to one limit; ours asks how many messages are in it. */
    @Override
    protected void initializeServer() {
        super.initializeServer();
        String name = VertxPlatformHttpRouter.getRouterNameFromPort(port);
        Router camels = VertxPlatformHttpRouter.lookup(getCamelContext(), name);
        // a second one under the same name would stand beside the first, not in its place
        getCamelContext().getRegistry().unbind(name);
        getCamelContext()
                .getRegistry()
                .bind(
                        name,
                        new VertxPlatformHttpRouter(
                                this, getVertx(), camels, name, VertxPlatformHttpRouter.SERVER_TYPE_SERVER) {
                            @Override
                            public Handler<RoutingContext> bodyHandler() {
                                return body;
                            }
                        });
    }

    /**
     * Camel's own start leaves no say over the protocol. Java's client asks any server whether it upgrades to HTTP/2 in clear,
     * and then cannot read one answer in ten that is larger than its first window (seen here, with 200 KB): the doors speak
     * HTTP/1.1, and what ends TLS in front of them speaks what it likes.
     */
    @Override
    protected void startServer() {
        Router router =
                VertxPlatformHttpRouter.lookup(getCamelContext(), VertxPlatformHttpRouter.getRouterNameFromPort(port));
        mount.accept(router);
        server = getVertx()
                .createHttpServer(new HttpServerOptions()
                        .setHost(getHost())
                        .setPort(port)
                        .setHttp2ClearTextEnabled(false)
                        .setIdleTimeout(IDLE_SECONDS))
                .connectionHandler(this::admit)
                .requestHandler(router)
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private void admit(HttpConnection connection) {
        connection.closeHandler(closed -> open.decrementAndGet());
        if (open.incrementAndGet() > MOST_CONNECTIONS) {
            long now = System.nanoTime();
            long told = toldFull.get();
            if (now - told > BETWEEN_TELLING && toldFull.compareAndSet(told, now)) {
                LOG.warn("event=door.full connections={}", MOST_CONNECTIONS);
            }
            connection.close();
        }
    }

    @Override
    protected void stopServer() {
        if (server != null) {
            server.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    @Override
    public HttpServer getServer() {
        return server;
    }
}
