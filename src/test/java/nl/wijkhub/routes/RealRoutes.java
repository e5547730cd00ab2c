package nl.wijkhub.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.component.timer.TimerEndpoint;
import org.apache.camel.main.MainConfigurationProperties;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.DefaultRegistry;
import org.apache.camel.test.junit5.CamelContextConfiguration;
import org.apache.camel.test.junit5.TestExecutionConfiguration;
import org.apache.camel.test.main.junit5.CamelMainTestSupport;

/**
 * Files of routes/ as they are shipped, with the beans that a test binds. What comes from outside comes from
 * {@code direct:<route id>} instead. Each test leaves in target/camel-route-coverage which routes it walked.
 */
abstract class RealRoutes extends CamelMainTestSupport {
    /** The name of a test with arguments. What its routes counted goes into a file that is called as what precedes the brace. */
    static final String EACH = "{index} {displayName} {arguments}";

    /** Settings that the routes name. No timer fires of itself, and each interval is another. */
    private static final Map<String, String> SETTINGS = Map.of(
            "hub.batch.size", "64",
            "hub.batch.consumers", "3",
            "hub.sweep.every", "7000001",
            "hub.attention.every", "7000002",
            "hub.subscriber.every", "7000003");

    /** Stand-ins for the beans of the hub. */
    final Stages stages = new Stages();

    private final Map<String, String> comesFrom = new HashMap<>();
    private final List<String> files;

    /** @param files names without {@code .camel.yaml}; 00-failures and 00-templates are always there */
    RealRoutes(String... files) {
        this.files = List.of(files);
    }

    @Override
    public void configureTest(TestExecutionConfiguration test) {
        super.configureTest(test);
        test.withDumpRouteCoverage(true).withUseAdviceWith(true);
    }

    @Override
    public void configureContext(CamelContextConfiguration camel) {
        super.configureContext(camel);
        Properties settings = new Properties();
        settings.putAll(SETTINGS);
        camel.withUseOverridePropertiesWithPropertiesComponent(settings);
    }

    @Override
    protected void configure(MainConfigurationProperties main) {
        main.withRoutesIncludePattern(Stream.concat(Stream.of("00-failures", "00-templates"), files.stream())
                .map(file -> "file:" + Path.of("routes", file + ".camel.yaml").toAbsolutePath())
                .collect(Collectors.joining(",")));
    }

    /** Before the files are read: what they make of beans of their own needs those of the hub. */
    @Override
    protected Registry createCamelRegistry() {
        Registry registry = new DefaultRegistry();
        bind(registry);
        return registry;
    }

    /** Binds the beans that the routes name. */
    abstract void bind(Registry registry);

    @Override
    protected void doPostSetup() throws Exception {
        for (RouteDefinition route : List.copyOf(context.getRouteDefinitions())) {
            String uri = route.getInput().getEndpointUri();
            comesFrom.put(route.getId(), uri);
            if (uri.startsWith("timer:")) {
                route.autoStartup(false);
            } else if (!uri.startsWith("direct:")) {
                fromDirect(route.getId());
            }
        }
        startCamelContext();
    }

    private void fromDirect(String route) throws Exception {
        AdviceWith.adviceWith(context, route, advice -> advice.replaceFromWith("direct:" + route));
    }

    /** Where the route takes what it works on, with the settings filled in. */
    final String comesFrom(String route) {
        return context.resolvePropertyPlaceholders(comesFrom.get(route));
    }

    /**
     * Holds a route of the template {@code every} against its timer, and lets it run once.
     *
     * @param bean its name; a stand-in is bound under it
     * @param type of the real bean
     * @param first milliseconds to the first call
     * @param interval milliseconds from one call to the next
     */
    final void everyCalls(String route, String bean, Class<?> type, String method, long first, long interval)
            throws Exception {
        isTimed(route, first, interval);
        assertThat(type).hasPublicMethods(method);
        assertThat(once(route).getException()).isNull();
        assertThat(stages.calls).containsExactly(bean + "." + method);
    }

    /** The timer of a route, in milliseconds. */
    final void isTimed(String route, long first, long interval) {
        TimerEndpoint timer = (TimerEndpoint) context.getRoute(route).getEndpoint();
        assertThat(timer.getDelay()).as("first call").isEqualTo(first);
        assertThat(timer.getPeriod()).as("interval").isEqualTo(interval);
    }

    /** Lets a route with a timer run once. */
    final Exchange once(String route) throws Exception {
        fromDirect(route);
        context.getRouteController().startRoute(route);
        return send(route, null);
    }

    /** Lets a route run; a failure stands in what it returns. */
    final Exchange send(String route, Object body) {
        return template.send(
                "direct:" + route, exchange -> exchange.getMessage().setBody(body));
    }
}
