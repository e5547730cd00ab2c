package nl.wijkhub.app.broker;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import nl.wijkhub.kernel.Unavailable;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQNotConnectedException;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientConsumer;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientRequestor;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.apache.activemq.artemis.api.core.management.ManagementHelper;
import org.apache.activemq.artemis.api.core.management.ResourceNames;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;

/**
 * The hub's own connection to Artemis, through the core client.
 * Sends are durable, on non-transacted sessions, with duplicate ids: a repeat within the broker's id cache is dropped
 * there silently. Every failure of the broker surfaces as {@link Unavailable}: within a second while it is away, because one
 * thread alone looks whether it is back and nobody else waits for it.
 */
public final class BrokerConnection implements AutoCloseable {
    private static final int SENDERS = 8;
    private static final int CALL_MILLIS = 10_000;

    /** With the broker's own look every two seconds: a hub that was killed is missed for less than ten. */
    private static final int LIFE_MILLIS = 7_000;

    private static final int CONNECT_MILLIS = 2_000;
    private static final Duration SILENCE = Duration.ofMillis(600);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
    private static final long BORROW_SLICE_MILLIS = 100;
    private static final int BORROW_SLICES = 150;
    private static final SimpleString MANAGEMENT = SimpleString.of("activemq.management");

    private final String user;
    private final String password;
    private final ServerLocator locator;
    private final BlockingQueue<Sender> senders = new ArrayBlockingQueue<>(SENDERS);
    private final Watch watch = new Watch("broker", this::look, SILENCE, BETWEEN_LOOKS, this::cut);
    private volatile ClientSessionFactory factory;
    private ClientSession looking;
    private boolean isWatched;

    /**
     * @param url core URL, e.g. {@code vm://0} or {@code tcp://broker:61616}
     */
    public BrokerConnection(String url, String user, String password) {
        this.user = user;
        this.password = password;
        try {
            // no reconnect inside the client: a broken session is thrown away and its unacknowledged work comes back
            this.locator = ActiveMQClient.createServerLocator(url)
                    .setReconnectAttempts(0)
                    .setInitialConnectAttempts(1)
                    // it would sleep so long inside its own lock, and everybody with it
                    .setRetryInterval(1)
                    .setBlockOnDurableSend(false)
                    .setBlockOnAcknowledge(false)
                    .setConfirmationWindowSize(1024 * 1024)
                    .setConsumerWindowSize(256 * 1024)
                    .setProducerWindowSize(-1)
                    .setCallTimeout(CALL_MILLIS);
            if (!url.startsWith("vm:")) {
                locator.setConnectionTTL(LIFE_MILLIS).setClientFailureCheckPeriod(LIFE_MILLIS / 2);
            }
            for (TransportConfiguration broker : locator.getStaticTransportConfigurations()) {
                broker.getParams().putIfAbsent(TransportConstants.NETTY_CONNECT_TIMEOUT, CONNECT_MILLIS);
            }
        } catch (Exception e) {
            throw new IllegalStateException("broker URL cannot be used", e);
        }
        for (int i = 0; i < SENDERS; i++) {
            senders.add(new Sender(this));
        }
    }

    /** A session that acknowledges in bulk on commit; used by one thread. */
    public ClientSession openSession() {
        try {
            return factory().createSession(user, password, false, true, false, false, 1);
        } catch (ActiveMQException e) {
            throw away(e);
        }
    }

    /** A non-transacted session to send on. */
    ClientSession openSendingSession() {
        try {
            ClientSession session = factory().createSession(user, password, false, true, true, false, 1);
            session.start();
            return session;
        } catch (ActiveMQException e) {
            throw away(e);
        }
    }

    /** Sends all; returns when every one is on the broker's journal. */
    public void send(Collection<OutgoingMessage> messages) {
        if (messages.isEmpty()) {
            return;
        }
        Sender sender = borrow();
        try {
            sender.send(messages);
        } finally {
            senders.add(sender);
        }
    }

    /**
     * Makes durable anycast queues that do not exist yet; their addresses carry the same name.
     *
     * @param groupBuckets into how many buckets message groups are hashed; -1 for no groups
     */
    public void ensureQueues(Collection<String> names, int groupBuckets) {
        ClientSession session = openSendingSession();
        try (session) {
            for (String name : names) {
                if (!session.addressQuery(SimpleString.of(name)).isExists()) {
                    session.createAddress(SimpleString.of(name), RoutingType.ANYCAST, false);
                }
                if (!session.queueQuery(SimpleString.of(name)).isExists()) {
                    session.createQueue(QueueConfiguration.of(name)
                            .setAddress(name)
                            .setRoutingType(RoutingType.ANYCAST)
                            .setGroupBuckets(groupBuckets)
                            .setAutoDelete(false)
                            .setDurable(true));
                }
            }
        } catch (ActiveMQException e) {
            throw away(e);
        }
    }

    /**
     * Takes a message off a queue, when nobody holds it yet.
     *
     * @param duplicateId the id it was sent under
     * @return false when it is not there any more, or a consumer holds it
     */
    public boolean remove(String queue, String duplicateId) {
        Object removed = manage(
                ResourceNames.QUEUE + queue,
                "removeMessages",
                Message.HDR_DUPLICATE_DETECTION_ID + " = '" + duplicateId + "'");
        return ((Number) removed).intValue() > 0;
    }

    /** Lets one login read a queue, and the hub alone write it, on a broker that keeps rights by role. */
    public void letRead(String queue, String role) {
        String readers = user + ',' + role;
        manage(
                ResourceNames.BROKER,
                "addSecuritySettings",
                queue,
                user,
                readers,
                user,
                user,
                user,
                user,
                user,
                readers);
    }

    /** Takes a queue away with all that stands in it; one that is not there is no failure. */
    public void removeQueue(String name) {
        ClientSession session = openSendingSession();
        try (session) {
            if (session.queueQuery(SimpleString.of(name)).isExists()) {
                manage(ResourceNames.BROKER, "destroyQueue", name, true, true);
            }
        } catch (ActiveMQException e) {
            throw away(e);
        }
    }

    private Object manage(String resource, String operation, Object... values) {
        ClientSession session = openSendingSession();
        try (session;
                ClientRequestor requestor = new ClientRequestor(session, MANAGEMENT)) {
            ClientMessage request = session.createMessage(false);
            ManagementHelper.putOperationInvocation(request, resource, operation, values);
            ClientMessage answer = requestor.request(request, CALL_MILLIS);
            if (answer == null || !ManagementHelper.hasOperationSucceeded(answer)) {
                throw new IllegalStateException("the broker cannot do " + operation);
            }
            return ManagementHelper.getResult(answer);
        } catch (Exception e) {
            throw away(e);
        }
    }

    /** The queues whose name begins like this. */
    public List<String> queues(String prefix) {
        Object names = manage(ResourceNames.BROKER, "getQueueNames");
        return Arrays.stream((Object[]) names)
                .map(String::valueOf)
                .filter(name -> name.startsWith(prefix))
                .toList();
    }

    /** Messages standing in a queue, delivered ones included. */
    public long depth(String queue) {
        ClientSession session = openSendingSession();
        try (session) {
            return session.queueQuery(SimpleString.of(queue)).getMessageCount();
        } catch (ActiveMQException e) {
            throw away(e);
        }
    }

    /** When the first message that no consumer holds was sent; null when there is none. */
    public Instant oldestWaiting(String queue) {
        List<Instant> first = new ArrayList<>(1);
        ClientSession session = openSendingSession();
        try (session;
                ClientConsumer browser = session.createConsumer(SimpleString.of(queue), null, true)) {
            ClientMessage message = browser.receiveImmediate();
            if (message != null) {
                first.add(Instant.ofEpochMilli(message.getTimestamp()));
            }
        } catch (ActiveMQException e) {
            throw away(e);
        }
        return first.isEmpty() ? null : first.get(0);
    }

    /** The bodies of everything that stands in a queue and is held by nobody; takes nothing off it. */
    public List<byte[]> browse(String queue) {
        List<byte[]> bodies = new ArrayList<>();
        ClientSession session = openSendingSession();
        try (session;
                ClientConsumer browser = session.createConsumer(SimpleString.of(queue), null, true)) {
            for (ClientMessage message = browser.receive(1_000); message != null; message = browser.receive(1_000)) {
                bodies.add(bytes(message));
            }
        } catch (ActiveMQException e) {
            throw away(e);
        }
        return bodies;
    }

    /** The body of a message, once. */
    public static byte[] bytes(ClientMessage message) {
        var body = message.getDataBuffer();
        byte[] bytes = new byte[body.readableBytes()];
        body.readBytes(bytes);
        return bytes;
    }

    static Unavailable away(Exception cause) {
        return new Unavailable("broker", cause);
    }

    /** Whether the last look found the broker away. */
    public boolean isAway() {
        return watch.isAway();
    }

    /** The connection there is, or a new one; at once an {@link Unavailable} while the last look says that it is away. */
    private ClientSessionFactory factory() {
        if (watch.isAway()) {
            throw away(new IllegalStateException("the last look says so"));
        }
        return isOpen(factory) ? factory : connect();
    }

    private static boolean isOpen(ClientSessionFactory known) {
        return known != null && !known.isClosed() && known.getConnection() != null;
    }

    private synchronized ClientSessionFactory connect() {
        if (isOpen(factory)) {
            return factory;
        }
        if (factory != null) {
            factory.close();
        }
        try {
            factory = locator.createSessionFactory();
        } catch (Exception e) {
            factory = null;
            watch.foundAway();
            throw away(e);
        }
        if (!isWatched) {
            isWatched = true;
            watch.start();
        }
        return factory;
    }

    /** Asks the broker for something small, on a session of its own; the only one who comes back to a broker that was away. */
    private void look() {
        try {
            if (looking == null || looking.isClosed()) {
                looking = connect().createSession(user, password, false, true, true, false, 1);
            }
            looking.addressQuery(MANAGEMENT);
        } catch (ActiveMQException e) {
            looking = null;
            throw away(e);
        }
    }

    /** The broker says nothing: whoever waits for it on this connection is told now. */
    private void cut() {
        ClientSessionFactory silent = factory;
        RemotingConnection connection = silent == null ? null : silent.getConnection();
        if (connection != null) {
            connection.fail(new ActiveMQNotConnectedException("the broker is silent"));
        }
    }

    private Sender borrow() {
        try {
            for (int slice = 0; slice < BORROW_SLICES && !watch.isAway(); slice++) {
                Sender sender = senders.poll(BORROW_SLICE_MILLIS, TimeUnit.MILLISECONDS);
                if (sender != null) {
                    return sender;
                }
            }
            throw away(new IllegalStateException("every sender is busy"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw away(e);
        }
    }

    @Override
    public void close() {
        watch.close();
        senders.forEach(Sender::close);
        synchronized (this) {
            if (factory != null) {
                factory.close();
            }
        }
        locator.close();
    }
}
