package nl.wijkhub.app.broker;

import java.util.List;
import java.util.Map;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.management.ResourceNames;

/**
 * The queues of seats. Each bears the long name of its seat, whatever its address: who reads from either name reads from it,
 * because a reader of an address without a queue of its own is given the queue of that name (docs/adr/006).
 */
public final class SeatQueues {
    private final BrokerConnection broker;

    public SeatQueues(BrokerConnection broker) {
        this.broker = broker;
    }

    /**
     * Makes those that do not exist yet. A queue of before that had the name of its address gives its messages to the new one.
     *
     * @param queueOf address → name of its queue
     */
    public void ensure(Map<String, String> queueOf) {
        try (ClientSession session = broker.openSendingSession()) {
            for (Map.Entry<String, String> seat : queueOf.entrySet()) {
                ensure(session, SimpleString.of(seat.getKey()), SimpleString.of(seat.getValue()));
            }
        } catch (ActiveMQException e) {
            throw BrokerConnection.away(e);
        }
    }

    private void ensure(ClientSession session, SimpleString address, SimpleString name) throws ActiveMQException {
        for (SimpleString one : List.of(address, name)) {
            if (!session.addressQuery(one).isExists()) {
                session.createAddress(one, RoutingType.ANYCAST, false);
            }
        }
        if (!session.queueQuery(name).isExists()) {
            session.createQueue(QueueConfiguration.of(name)
                    .setAddress(address)
                    .setRoutingType(RoutingType.ANYCAST)
                    .setAutoDelete(false)
                    .setDurable(true));
        }
        if (!address.equals(name) && session.queueQuery(address).isExists()) {
            broker.manage(ResourceNames.QUEUE + address, "moveMessages", null, name.toString());
            broker.manage(ResourceNames.BROKER, "destroyQueue", address.toString(), true, false);
        }
    }
}
