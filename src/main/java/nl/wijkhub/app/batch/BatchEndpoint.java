package nl.wijkhub.app.batch;

import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/** See {@link BatchComponent}. */
public final class BatchEndpoint extends DefaultEndpoint {
    private final BatchComponent component;
    private final String queue;
    private int size = 64;
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

    /** Most ids per route call. */
    public void setSize(int size) {
        this.size = size;
    }

    public int getConsumers() {
        return consumers;
    }

    /** Threads, each with a session of its own; a message group stays with one of them. */
    public void setConsumers(int consumers) {
        this.consumers = consumers;
    }
}
