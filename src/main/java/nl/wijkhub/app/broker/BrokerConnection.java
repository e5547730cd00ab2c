package nl.wijkhub.app.broker;

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
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientConsumer;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientRequestor;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.management.ManagementHelper;
import org.apache.activemq.artemis.api.core.management.ResourceNames;

/**
 * The hub's own connection to Artemis, through the core client.
 * Sends are durable, on non-transacted sessions, with duplicate ids: a repeat within the broker's id cache is dropped
 * there silently. Every failure of the broker surfaces as {@link Unavailable}: within a second while it is away, because one
 * thread alone looks whether it is back and nobody else waits for it.
 */
public final class BrokerConnection implements AutoCloseable {
    private static final int SENDERS = 8;
    private static final int CALL_MILLIS = 10_000;
    private static final long BORROW_SLICE_MILLIS = 100;
    private static final int BORROW_SLICES = 150;
    private static final SimpleString MANAGEMENT = SimpleString.of("activemq.management");

    private final String user;
    private final BrokerLink link;
    private final BlockingQueue<Sender> senders = new ArrayBlockingQueue<>(SENDERS);

    /**
     * @param url core URL, e.g. {@code vm://0} or {@code tcp://broker:61616}
     */
    public BrokerConnection(String url, String user, String password) {
        this.user = user;
        this.link = new BrokerLink(url, user, password);
        for (int i = 0; i < SENDERS; i++) {
            senders.add(new Sender(this));
        }
    }

    /** A session that acknowledges in bulk on commit; used by one thread. */
    public ClientSession openSession() {
        return link.session(true, false);
    }

    /** A non-transacted session to send on. */
    ClientSession openSendingSession() {
        ClientSession session = link.session(true, true);
        try {
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

    /** The address that a queue stands at. */
    public String addressOf(String queue) {
        ClientSession session = openSendingSession();
        try (session) {
            return String.valueOf(session.queueQuery(SimpleString.of(queue)).getAddress());
        } catch (ActiveMQException e) {
            throw away(e);
        }
    }

    private String queueAt(String address) {
        ClientSession session = openSendingSession();
        try (session) {
            return session.addressQuery(SimpleString.of(address)).getQueueNames().stream()
                    .map(SimpleString::toString)
                    .findFirst()
                    .orElse(address);
        } catch (ActiveMQException e) {
            throw away(e);
        }
    }

    /**
     * Takes a message off the queue of an address, when nobody holds it yet.
     *
     * @param duplicateId the id it was sent under
     * @return false when it is not there any more, or a consumer holds it
     */
    public boolean remove(String address, String duplicateId) {
        Object removed = manage(
                ResourceNames.QUEUE + queueAt(address),
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

    Object manage(String resource, String operation, Object... values) {
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

    /** The body of a message; it may be read again. */
    public static byte[] bytes(ClientMessage message) {
        var body = message.getDataBuffer();
        byte[] bytes = new byte[body.readableBytes()];
        body.readBytes(bytes);
        return bytes;
    }

    static Unavailable away(Exception cause) {
        return BrokerLink.away(cause);
    }

    /** Whether the last look found the broker away. */
    public boolean isAway() {
        return link.isAway();
    }

    void closeLater(ClientSession broken) {
        link.closeLater(broken);
    }

    private Sender borrow() {
        try {
            for (int slice = 0; slice < BORROW_SLICES && !link.isAway(); slice++) {
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
        senders.forEach(Sender::close);
        link.close();
    }
}
