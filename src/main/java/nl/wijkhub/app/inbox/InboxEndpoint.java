package nl.wijkhub.app.inbox;

import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;

/**
 * Hands a route what partners send by AMQP 1.0, one message at a time per partner and in its order, as the bytes that came,
 * with the partner's id as variable "sender". A message is acknowledged when the route ends.
 */
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "wijkhub-inbox",
        title = "Wijkhub Inbox",
        syntax = "wijkhub-inbox:prefix",
        category = Category.MESSAGING,
        consumerOnly = true)
public final class InboxEndpoint extends DefaultEndpoint {
    private final InboxComponent component;

    @UriPath(description = "What the address of every partner begins with; its id follows after a dot.")
    @Metadata(required = true)
    private final String prefix;

    InboxEndpoint(String uri, InboxComponent component, String prefix) {
        super(uri, component);
        this.component = component;
        this.prefix = prefix;
    }

    @Override
    public Producer createProducer() {
        throw new IllegalArgumentException("wijkhub-inbox only reads");
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        return new InboxConsumer(this, processor, component.source(), component.inbox(), prefix);
    }

    @Override
    public boolean isSingletonProducer() {
        return true;
    }
}
