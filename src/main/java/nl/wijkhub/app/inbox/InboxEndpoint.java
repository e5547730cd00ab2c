package nl.wijkhub.app.inbox;

import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/** See {@link InboxComponent}. */
public final class InboxEndpoint extends DefaultEndpoint {
    private final InboxComponent component;
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
