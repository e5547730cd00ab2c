package nl.wijkhub.app.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.api.management.ManagedCamelContext;
import org.apache.camel.api.management.mbean.ManagedRouteMBean;
import org.apache.camel.component.micrometer.routepolicy.MicrometerRoutePolicyFactory;

/**
 * What Camel counts of each route, where {@code hub.management.routes} is {@code on}: by camel-management as JSON, and by
 * camel-micrometer among the metrics.
 */
final class RouteStatistics {
    private RouteStatistics() {}

    /** Turns the counting on; to be called before the routes are built. */
    static void count(CamelContext context, MeterRegistry meters) {
        MicrometerRoutePolicyFactory policies = new MicrometerRoutePolicyFactory();
        policies.setMeterRegistry(meters);
        context.addRoutePolicyFactory(policies);
    }

    /** {@code {"routes":[{route, state, exchanges, failed, inflight, meanMillis, maxMillis}]}}, in the order they started. */
    static JsonObject of(CamelContext context) {
        ManagedCamelContext managed = context.getCamelContextExtension().getContextPlugin(ManagedCamelContext.class);
        JsonArray routes = new JsonArray();
        for (Route route : context.getRoutes()) {
            try {
                ManagedRouteMBean counted = managed.getManagedRoute(route.getRouteId());
                routes.add(new JsonObject()
                        .put("route", counted.getRouteId())
                        .put("state", counted.getState())
                        .put("exchanges", counted.getExchangesTotal())
                        .put("failed", counted.getExchangesFailed())
                        .put("inflight", counted.getExchangesInflight())
                        .put("meanMillis", counted.getMeanProcessingTime())
                        .put("maxMillis", counted.getMaxProcessingTime()));
            } catch (Exception e) {
                throw new IllegalStateException("a route cannot be read: " + route.getRouteId(), e);
            }
        }
        return new JsonObject().put("routes", routes);
    }
}
