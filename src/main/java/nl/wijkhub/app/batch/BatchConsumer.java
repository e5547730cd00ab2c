package nl.wijkhub.app.batch;

import java.util.List;
import java.util.stream.IntStream;
import nl.wijkhub.app.broker.BrokerConnection;
import nl.wijkhub.app.broker.LineConsumer;
import org.apache.camel.Processor;

/** The lines of a {@link BatchEndpoint}: as many as it says, each of them takes what comes. */
final class BatchConsumer extends LineConsumer {
    private final BatchEndpoint endpoint;
    private final BrokerConnection broker;
    private final Parking parking;

    BatchConsumer(BatchEndpoint endpoint, Processor processor, BrokerConnection broker, Parking parking) {
        super(endpoint, processor, "batch-" + endpoint.getQueue());
        this.endpoint = endpoint;
        this.broker = broker;
        this.parking = parking;
    }

    @Override
    protected List<Line> makeLines() {
        return IntStream.range(0, endpoint.getConsumers())
                .<Line>mapToObj(i -> new BatchWorker(this, broker, parking, endpoint.getQueue(), endpoint.getSize()))
                .toList();
    }
}
