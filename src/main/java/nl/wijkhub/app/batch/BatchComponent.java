package nl.wijkhub.app.batch;

import java.util.Map;
import nl.wijkhub.app.broker.BrokerConnection;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;

/**
 * {@code wijkhub-batch:<queue>?size=64&consumers=2}: hands a route up to {@code size} ids at once, as a list, and
 * acknowledges them when the route ends. Camel's own JMS consumer hands over one message at a time.
 */
@Component("wijkhub-batch")
public final class BatchComponent extends DefaultComponent {
    private final BrokerConnection broker;
    private final Parking parking;

    public BatchComponent(BrokerConnection broker, Parking parking) {
        this.broker = broker;
        this.parking = parking;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        BatchEndpoint endpoint = new BatchEndpoint(uri, this, remaining);
        setProperties(endpoint, parameters);
        return endpoint;
    }

    BrokerConnection broker() {
        return broker;
    }

    Parking parking() {
        return parking;
    }
}
