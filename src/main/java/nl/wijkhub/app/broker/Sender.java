package nl.wijkhub.app.broker;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientProducer;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.utils.UUIDGenerator;

/**
 * One sending session with a producer per address. Messages go out without waiting for each other; the call returns
 * when the broker confirmed them all. A producer is bound to its address because an anonymous one makes the broker
 * look at every queue it has, at every send.
 */
final class Sender {
    /** Producers kept open per session; the least recently used one is closed beyond it. */
    private static final int MAX_PRODUCERS = 2_000;

    private static final String AMQP_CONTENT_TYPE = "JMS_AMQP_ContentType";
    private static final long SLICE_MILLIS = 100;
    private static final int MOST_SLICES = 150;

    private final BrokerConnection connection;
    private final Map<String, ClientProducer> producers = new LinkedHashMap<>(64, 0.75f, true);
    private ClientSession session;

    Sender(BrokerConnection connection) {
        this.connection = connection;
    }

    void send(Collection<OutgoingMessage> messages) {
        try {
            if (session == null || session.isClosed()) {
                giveUp();
                session = connection.openSendingSession();
            }
            CountDownLatch unconfirmed = new CountDownLatch(messages.size());
            for (OutgoingMessage message : messages) {
                producer(message.address()).send(asClientMessage(message), confirmed -> unconfirmed.countDown());
            }
            for (int slice = 0; !unconfirmed.await(SLICE_MILLIS, TimeUnit.MILLISECONDS); slice++) {
                if (slice > MOST_SLICES || session.isClosed() || connection.isAway()) {
                    throw new TimeoutException("no confirmation from the broker");
                }
            }
        } catch (ActiveMQException | TimeoutException e) {
            giveUp();
            throw BrokerConnection.away(e);
        } catch (InterruptedException e) {
            giveUp();
            Thread.currentThread().interrupt();
            throw BrokerConnection.away(e);
        }
    }

    private ClientProducer producer(String address) throws ActiveMQException {
        ClientProducer known = producers.get(address);
        if (known != null) {
            return known;
        }
        if (producers.size() >= MAX_PRODUCERS) {
            var eldest = producers.entrySet().iterator().next();
            eldest.getValue().close();
            producers.remove(eldest.getKey());
        }
        ClientProducer producer = session.createProducer(SimpleString.of(address));
        producers.put(address, producer);
        return producer;
    }

    private ClientMessage asClientMessage(OutgoingMessage message) {
        ClientMessage client = session.createMessage(Message.BYTES_TYPE, true);
        client.setUserID(UUIDGenerator.getInstance().generateUUID());
        client.putStringProperty(Message.HDR_DUPLICATE_DETECTION_ID, SimpleString.of(message.duplicateId()));
        client.putStringProperty(AMQP_CONTENT_TYPE, message.contentType());
        if (message.group() != null) {
            client.putStringProperty(Message.HDR_GROUP_ID, SimpleString.of(message.group()));
        }
        client.getBodyBuffer().writeBytes(message.body());
        return client;
    }

    private void giveUp() {
        producers.clear();
        if (session != null) {
            connection.closeLater(session);
            session = null;
        }
    }

    void close() {
        producers.clear();
        if (session != null) {
            try {
                session.close();
            } catch (ActiveMQException alreadyGone) {
                // the broker drops the session by itself when its connection is gone; nothing of ours hangs on it
                session = null;
            }
            session = null;
        }
    }
}
