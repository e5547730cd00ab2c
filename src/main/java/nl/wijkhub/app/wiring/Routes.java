package nl.wijkhub.app.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.ext.web.Router;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import nl.wijkhub.app.door.DoorServer;
import nl.wijkhub.web.http.RequestBody;
import org.apache.camel.ManagementMBeansLevel;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;

/** Starts Camel on the files of routes/, with the doors as its HTTP server. */
final class Routes {
    /** Settings that a route may name. */
    private static final List<String> TEXTS = List.of("hub.batch.size", "hub.batch.consumers");

    /** The same of durations, in milliseconds. */
    private static final List<String> DURATIONS =
            List.of("hub.sweep.every", "hub.attention.every", "hub.subscriber.every");

    private static final String STATISTICS = "hub.management.routes";

    private Routes() {}

    /**
     * Returns when the routes run.
     *
     * @param beans what routes may name
     * @param meters where Camel counts, when it is to count
     * @param mount puts everything that is no door on the doors' router
     */
    static Main start(HubSettings settings, Map<String, Object> beans, MeterRegistry meters, Consumer<Router> mount) {
        Main camel = new Main();
        beans.forEach(camel::bind);
        camel.configure()
                .withName("wijkhub")
                .withShutdownTimeout(25)
                .withAutoConfigurationLogSummary(false)
                .withJmxEnabled(settings.isOn(STATISTICS))
                .withJmxManagementMBeansLevel(ManagementMBeansLevel.RoutesOnly)
                .withRoutesIncludePattern(
                        "file:" + Path.of(settings.text("hub.routes")).toAbsolutePath() + "/*.camel.yaml");
        TEXTS.forEach(key -> camel.addInitialProperty(key, settings.text(key)));
        DURATIONS.forEach(key -> camel.addInitialProperty(
                key, String.valueOf(settings.duration(key).toMillis())));
        DoorServer server = new DoorServer(
                settings.text("hub.http.host"),
                settings.number("hub.http.port"),
                new RequestBody(settings.number("hub.http.max-body-bytes"), settings.number("hub.http.max-bulk-bytes")),
                mount);
        camel.addMainListener(new MainListenerSupport() {
            @Override
            public void afterConfigure(BaseMainSupport main) {
                try {
                    main.getCamelContext().addService(server);
                    if (settings.isOn(STATISTICS)) {
                        RouteStatistics.count(main.getCamelContext(), meters);
                    }
                    main.getCamelContext().getManagementStrategy().addEventNotifier(new RouteFailures());
                } catch (Exception e) {
                    throw new IllegalStateException("the doors cannot be added", e);
                }
            }
        });
        try {
            camel.start();
        } catch (Exception e) {
            // a door that is half open must not take anything in
            camel.stop();
            throw new IllegalStateException("the routes cannot start: " + e.getMessage(), e);
        }
        return camel;
    }
}
