package nl.wijkhub;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import nl.wijkhub.app.wiring.PartnerParts;
import nl.wijkhub.kernel.Trace;
import nl.wijkhub.signal.Partners.Partner;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** The formats of partners as the route files read them, up to stage 20: what a route hands on to it comes back. */
public final class PartnerRoutes {
    private final DefaultCamelContext camel = new DefaultCamelContext();

    /** @param folders with the route files */
    public PartnerRoutes(PartnerParts lent, Path... folders) {
        lent.bind(camel.getRegistry()::bind);
        try {
            load(folders);
            camel.start();
        } catch (Exception e) {
            throw new IllegalStateException("the routes cannot start", e);
        }
    }

    private void load(Path... folders) throws Exception {
        for (Path folder : folders) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.filter(
                                one -> one.getFileName().toString().matches("00-.*|10-receive-(?!messages|signals).*"))
                        .sorted()
                        .toList()) {
                    PluginHelper.getRoutesLoader(camel)
                            .loadRoutes(ResourceHelper.resolveResource(camel, "file:" + file.toAbsolutePath()));
                }
            }
        }
        camel.removeRouteDefinitions(camel.getRouteDefinitions().stream()
                .filter(route -> !route.getInput().getEndpointUri().startsWith("direct:"))
                .toList());
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:signal-accept").setBody(body());
                from("direct:signal-accept-many").setBody(body());
            }
        });
    }

    /** What the route of a format makes of a body; throws what it throws. */
    public Object read(String format, Partner partner, byte[] body, String mediaType, Map<String, Object> headers) {
        Exchange exchange = camel.createProducerTemplate().send("direct:" + format, sent -> {
            sent.setVariable("partner", partner);
            sent.setVariable("mediaType", mediaType);
            sent.setVariable("trace", Trace.continuing(null));
            sent.getMessage().setHeaders(new HashMap<>(headers));
            sent.getMessage().setBody(body);
        });
        if (exchange.getException() != null) {
            throw exchange.getException() instanceof RuntimeException told
                    ? told
                    : new IllegalStateException(exchange.getException());
        }
        return exchange.getMessage().getBody();
    }
}
