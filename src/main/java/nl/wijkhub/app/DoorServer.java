package nl.wijkhub.app;

import io.vertx.ext.web.Router;
import java.util.function.Consumer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;

/**
 * The HTTP server behind platform-http. It mounts the token check and the gate before it listens: with Camel's own start
 * order a request can come in while the router is still empty, and a partner would take its 404 as final.
 */
final class DoorServer extends VertxPlatformHttpServer {
    private final int port;
    private final Consumer<Router> mount;

    DoorServer(String host, int port, long maxBodyBytes, Consumer<Router> mount) {
        super(configuration(host, port, maxBodyBytes));
        this.port = port;
        this.mount = mount;
    }

    private static VertxPlatformHttpServerConfiguration configuration(String host, int port, long maxBodyBytes) {
        VertxPlatformHttpServerConfiguration configuration = new VertxPlatformHttpServerConfiguration();
        configuration.setBindHost(host);
        configuration.setBindPort(port);
        configuration.setMaxBodySize(maxBodyBytes);
        configuration.setServerType(VertxPlatformHttpRouter.SERVER_TYPE_SERVER);
        configuration.getBodyHandler().setHandleFileUploads(false);
        return configuration;
    }

    @Override
    protected void startServer() throws Exception {
        mount.accept(
                VertxPlatformHttpRouter.lookup(getCamelContext(), VertxPlatformHttpRouter.getRouterNameFromPort(port)));
        super.startServer();
    }
}
