package nl.wijkhub.app.inbox;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;

/**
 * {@code wijkhub-inbox:signal.in}: hands a route what partners send to {@code signal.in.<partner>}, one message at a time
 * per partner and in its order, as the bytes that came, with the partner's id as variable {@link #SENDER}. It is acknowledged
 * when the route ends.
 * It speaks AMQP 1.0 itself: a broker that has to convert a foreign message for a consumer of its own kind drops the
 * consumer over one that it cannot convert (seen here: a property that is a moment, as CloudEvents writes its time).
 */
@Component("wijkhub-inbox")
public final class InboxComponent extends DefaultComponent {
    /** Exchange variable: the partner whose address a message came on. */
    public static final String SENDER = "sender";

    private final AmqpSource source;
    private final Inbox inbox;

    public InboxComponent(AmqpSource source, Inbox inbox) {
        this.source = source;
        this.inbox = inbox;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        return new InboxEndpoint(uri, this, remaining);
    }

    AmqpSource source() {
        return source;
    }

    Inbox inbox() {
        return inbox;
    }
}
