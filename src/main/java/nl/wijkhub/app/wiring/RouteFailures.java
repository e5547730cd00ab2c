package nl.wijkhub.app.wiring;

import nl.wijkhub.kernel.Unavailable;
import nl.wijkhub.web.http.ProblemAnswer;
import org.apache.camel.Exchange;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs what fails in a route that nobody called, such as one that a timer starts: by its kind and its place. Camel would say
 * it in the exception's own words.
 */
final class RouteFailures extends EventNotifierSupport {
    private static final Logger LOG = LoggerFactory.getLogger(RouteFailures.class);
    private static final String BY_ITSELF = "timer:";

    RouteFailures() {
        setIgnoreCamelContextEvents(true);
        setIgnoreCamelContextInitEvents(true);
        setIgnoreRouteEvents(true);
        setIgnoreServiceEvents(true);
        setIgnoreStepEvents(true);
        setIgnoreExchangeAsyncProcessingStartedEvents(true);
        setIgnoreExchangeCreatedEvent(true);
        setIgnoreExchangeCompletedEvent(true);
        setIgnoreExchangeRedeliveryEvents(true);
        setIgnoreExchangeSentEvents(true);
    }

    @Override
    public boolean isEnabled(CamelEvent event) {
        return event instanceof CamelEvent.ExchangeFailedEvent;
    }

    @Override
    public void notify(CamelEvent event) {
        Exchange exchange = ((CamelEvent.ExchangeFailedEvent) event).getExchange();
        String from = exchange.getFromEndpoint().getEndpointUri();
        Exception failure = exchange.getException();
        if (!from.startsWith(BY_ITSELF) || failure == null) {
            return;
        }
        Unavailable away = Unavailable.in(failure);
        if (away != null) {
            LOG.warn("event=route.waiting route={} away={}", exchange.getFromRouteId(), away.who());
        } else {
            LOG.error("event=route.failed route={} cause={}", exchange.getFromRouteId(), ProblemAnswer.place(failure));
        }
    }
}
