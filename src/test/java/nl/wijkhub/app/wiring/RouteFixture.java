package nl.wijkhub.app.wiring;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** One real YAML route at a time: its from is replaced, every other endpoint is skipped, its beans are told apart. */
final class RouteFixture implements AutoCloseable {
    final DefaultCamelContext camel = new DefaultCamelContext();

    RouteFixture() {
        camel.getPropertiesComponent().addInitialProperty("hub.batch.size", "64");
        camel.getPropertiesComponent().addInitialProperty("hub.batch.consumers", "1");
        camel.getPropertiesComponent().addInitialProperty("hub.sweep.every", "1000");
    }

    RouteFixture bean(String name, Object bean) {
        camel.getRegistry().bind(name, bean);
        return this;
    }

    /** Loads the files, lets one route run from {@code direct:start} and skips all endpoints it calls. */
    RouteFixture start(String routeId, String... files) throws Exception {
        load(files);
        camel.getRouteDefinitions().stream()
                .filter(route -> !route.getId().equals(routeId))
                .forEach(route -> route.autoStartup(false));
        AdviceWith.adviceWith(camel, routeId, advice -> {
            advice.replaceFromWith("direct:start");
            advice.mockEndpointsAndSkip("direct:(?!.*start).*");
        });
        camel.start();
        camel.getRouteController().startRoute(routeId);
        return this;
    }

    /** The same, but the routes it calls run too. */
    RouteFixture startThrough(String routeId, String... files) throws Exception {
        load(files);
        AdviceWith.adviceWith(camel, routeId, advice -> advice.replaceFromWith("direct:start"));
        camel.start();
        return this;
    }

    private void load(String... files) throws Exception {
        List<Resource> resources = new ArrayList<>();
        for (String file : files) {
            resources.add(ResourceHelper.resolveResource(
                    camel, "file:" + Path.of("routes", file + ".camel.yaml").toAbsolutePath()));
        }
        PluginHelper.getRoutesLoader(camel).loadRoutes(resources);
    }

    CamelContext camel() {
        return camel;
    }

    @Override
    public void close() {
        camel.stop();
    }
}
