package nl.wijkhub.lab.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import nl.wijkhub.lab.embedded.BrokerLogins;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientProducer;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;

/** The bare pipeline's way to Artemis: durable sends with duplicate ids, confirmed in bulk, on eight sessions. */
final class BareBroker implements AutoCloseable {
    static final String ACCEPTED = "bare.accepted";

    /** Queues of one team that get a message of each of its signals. */
    static final int RECIPIENTS = 3;

    private static final int SESSIONS = 8;

    private final String password;
    private final int teams;
    private final ServerLocator locator;
    private final ClientSessionFactory factory;
    private final BlockingQueue<Sending> sessions = new ArrayBlockingQueue<>(SESSIONS);

    BareBroker(String url, String password, int teams) throws Exception {
        this.password = password;
        this.teams = teams;
        this.locator = ActiveMQClient.createServerLocator(url)
                .setBlockOnDurableSend(false)
                .setBlockOnAcknowledge(false)
                .setConfirmationWindowSize(1024 * 1024)
                .setProducerWindowSize(-1);
        this.factory = locator.createSessionFactory();
        for (int i = 0; i < SESSIONS; i++) {
            sessions.add(new Sending());
        }
    }

    static String teamQueue(int team, int recipient) {
        return "team.bare-" + team + "." + recipient;
    }

    /** Every queue a team reads from. */
    static List<String> teamQueues(int teams) {
        List<String> queues = new ArrayList<>();
        for (int team = 0; team < teams; team++) {
            for (int recipient = 0; recipient < RECIPIENTS; recipient++) {
                queues.add(teamQueue(team, recipient));
            }
        }
        return queues;
    }

    void createQueues() throws ActiveMQException {
        try (ClientSession session = session(true)) {
            List<String> names = new ArrayList<>(teamQueues(teams));
            names.add(ACCEPTED);
            for (String name : names) {
                session.createAddress(SimpleString.of(name), RoutingType.ANYCAST, false);
                session.createQueue(QueueConfiguration.of(name)
                        .setAddress(name)
                        .setRoutingType(RoutingType.ANYCAST)
                        .setAutoDelete(false)
                        .setDurable(true));
            }
        }
    }

    /**
     * @param autoAcknowledge false for a consumer that acknowledges a batch on commit
     */
    ClientSession session(boolean autoAcknowledge) throws ActiveMQException {
        return factory.createSession(BrokerLogins.HUB, password, false, true, autoAcknowledge, false, 1);
    }

    /** Puts one id on the accepted queue; durable when it returns. */
    void accept(UUID id) throws ActiveMQException, InterruptedException {
        Sending sending = sessions.take();
        try {
            CountDownLatch unconfirmed = new CountDownLatch(1);
            sending.send(ACCEPTED, id.toString(), id.toString(), unconfirmed);
            await(unconfirmed);
        } finally {
            sessions.add(sending);
        }
    }

    /** Three messages per signal, to the queues of one team; all durable when it returns. */
    void deliver(List<UUID> batch) throws ActiveMQException, InterruptedException {
        Sending sending = sessions.take();
        try {
            CountDownLatch unconfirmed = new CountDownLatch(batch.size() * RECIPIENTS);
            for (UUID id : batch) {
                int team = Math.floorMod(id.hashCode(), teams);
                for (int recipient = 0; recipient < RECIPIENTS; recipient++) {
                    sending.send(teamQueue(team, recipient), id + "." + recipient, id.toString(), unconfirmed);
                }
            }
            await(unconfirmed);
        } finally {
            sessions.add(sending);
        }
    }

    private static void await(CountDownLatch unconfirmed) throws InterruptedException {
        if (!unconfirmed.await(15, TimeUnit.SECONDS)) {
            throw new IllegalStateException("no confirmation from the broker");
        }
    }

    /** One session with a producer per address. */
    private final class Sending {
        private final ClientSession session = session(true);
        private final Map<String, ClientProducer> producers = new HashMap<>();

        Sending() throws ActiveMQException {
            session.start();
        }

        void send(String address, String duplicateId, String body, CountDownLatch unconfirmed)
                throws ActiveMQException {
            ClientProducer producer = producers.get(address);
            if (producer == null) {
                producer = session.createProducer(SimpleString.of(address));
                producers.put(address, producer);
            }
            ClientMessage message = session.createMessage(Message.BYTES_TYPE, true);
            message.putStringProperty(Message.HDR_DUPLICATE_DETECTION_ID, SimpleString.of(duplicateId));
            message.getBodyBuffer().writeBytes(body.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            producer.send(message, confirmed -> unconfirmed.countDown());
        }
    }

    @Override
    public void close() {
        factory.close();
        locator.close();
    }
}
