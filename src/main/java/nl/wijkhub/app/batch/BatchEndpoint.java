package nl.wijkhub.app.batch;

import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;

/**
 * Hands a route up to a number of ids at once from a queue of the broker, as a list, and acknowledges them when the route ends.
 */
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "wijkhub-batch",
        title = "Wijkhub Batch",
        syntax = "wijkhub-batch:queue",
        category = Category.MESSAGING,
        consumerOnly = true)
public final class BatchEndpoint extends DefaultEndpoint {
    private final BatchComponent component;

    @UriPath(description = "The queue to read from.")
    @Metadata(required = true)
    private final String queue;

    @UriParam(defaultValue = "64", description = "Most ids in one call of the route.")
    private int size = 64;

    @UriParam(
            defaultValue = "2",
            description = "Threads, each with a session of its own. A message group stays with one of them.")
    private int consumers = 2;

    BatchEndpoint(String uri, BatchComponent component, String queue) {
        super(uri, component);
        this.component = component;
        this.queue = queue;
    }

    @Override
    public Producer createProducer() {
        throw new IllegalArgumentException("wijkhub-batch only reads");
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        return new BatchConsumer(this, processor, component.broker(), component.parking());
    }

    @Override
    public boolean isSingletonProducer() {
        return true;
    }

    public String getQueue() {
        return queue;
    }

    public int getSize() {
        return size;
    }

    public void setSize(int size) {
        this.size = size;
    }

    public int getConsumers() {
        return consumers;
    }

    public void setConsumers(int consumers) {
        this.consumers = consumers;
    }
}
