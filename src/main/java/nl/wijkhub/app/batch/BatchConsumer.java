package nl.wijkhub.app.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import nl.wijkhub.app.broker.BrokerConnection;
import org.apache.camel.Processor;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.DefaultConsumer;

/** Runs the lines of a {@link BatchEndpoint}. On shutdown the batches in hand are finished and acknowledged first. */
final class BatchConsumer extends DefaultConsumer implements ShutdownAware {
    private final BatchEndpoint endpoint;
    private final BrokerConnection broker;
    private final Parking parking;
    private final List<BatchLine> lines = new ArrayList<>();
    private ExecutorService threads;

    BatchConsumer(BatchEndpoint endpoint, Processor processor, BrokerConnection broker, Parking parking) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.broker = broker;
        this.parking = parking;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        threads = getEndpoint()
                .getCamelContext()
                .getExecutorServiceManager()
                .newFixedThreadPool(this, "batch-" + endpoint.getQueue(), endpoint.getConsumers());
        for (int i = 0; i < endpoint.getConsumers(); i++) {
            BatchLine line = new BatchLine(this, broker, parking, endpoint.getQueue(), endpoint.getSize());
            lines.add(line);
            threads.execute(line);
        }
    }

    @Override
    protected void doStop() throws Exception {
        lines.forEach(BatchLine::stop);
        lines.clear();
        if (threads != null) {
            threads.shutdown();
            if (!threads.awaitTermination(20, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
            threads = null;
        }
        super.doStop();
    }

    @Override
    public boolean deferShutdown(ShutdownRunningTask task) {
        return false;
    }

    @Override
    public int getPendingExchangesSize() {
        return (int) lines.stream().filter(BatchLine::isBusy).count();
    }

    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
        lines.forEach(BatchLine::stop);
    }
}
