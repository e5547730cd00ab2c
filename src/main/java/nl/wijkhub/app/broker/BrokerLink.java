package nl.wijkhub.app.broker;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import nl.wijkhub.kernel.Unavailable;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQNotConnectedException;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The line to the broker that all sessions stand on. Once it was made, one thread alone looks whether the broker answers and
 * makes the line anew: nobody else waits for a broker that is away.
 */
final class BrokerLink implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerLink.class);
    private static final int CALL_MILLIS = 10_000;

    /** With the broker's own look every two seconds: a hub that was killed is missed for less than ten. */
    private static final int LIFE_MILLIS = 7_000;

    private static final int CONNECT_MILLIS = 2_000;

    /** After it the broker counts as away; a pause of its collector that is longer shows as a few 503s. */
    private static final Duration SILENCE = Duration.ofMillis(600);

    /** After it whoever waits on this line is told that it is broken, and what was in hand comes again. */
    private static final Duration CUT_AFTER = Duration.ofSeconds(3);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
    private static final SimpleString ANYTHING = SimpleString.of("activemq.management");

    private final String user;
    private final String password;
    private final ServerLocator locator;
    private final Watch watch = new Watch("broker", this::look, SILENCE, BETWEEN_LOOKS).freeing(CUT_AFTER, this::cut);
    private final ExecutorService closing = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "broker-close");
        thread.setDaemon(true);
        return thread;
    });
    private volatile ClientSessionFactory factory;
    private volatile boolean isAsking;
    private volatile boolean isWatched;
    private ClientSession looking;

    /**
     * @param url core URL, e.g. {@code vm://0} or {@code tcp://broker:61616}
     */
    BrokerLink(String url, String user, String password) {
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
                    .setConfirmationWindowSize(64 * 1024)
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
    }

    /** A session on the line there is; at once an {@link Unavailable} while there is none. */
    ClientSession session(boolean autoCommitSends, boolean autoCommitAcknowledges) {
        try {
            return factory().createSession(user, password, false, autoCommitSends, autoCommitAcknowledges, false, 1);
        } catch (ActiveMQException e) {
            throw away(e);
        }
    }

    /** Closes a session that failed, which may wait for a broker that says nothing: nobody else does. */
    void closeLater(ClientSession broken) {
        closing.execute(() -> {
            try {
                broken.close();
            } catch (ActiveMQException alreadyGone) {
                LOG.debug(
                        "event=broker.session-gone cause={}",
                        alreadyGone.getClass().getSimpleName());
            }
        });
    }

    /** Whether the last look found the broker away. */
    boolean isAway() {
        return watch.isAway();
    }

    static Unavailable away(Exception cause) {
        return new Unavailable("broker", cause);
    }

    private ClientSessionFactory factory() {
        ClientSessionFactory known = factory;
        if (!watch.isAway() && isOpen(known)) {
            return known;
        }
        if (!isWatched) {
            return first();
        }
        watch.foundAway();
        throw away(new IllegalStateException("the line to the broker is broken"));
    }

    /** The only time that somebody waits for it: before there was a line, the hub cannot start. */
    private synchronized ClientSessionFactory first() {
        ClientSessionFactory made = connect();
        if (!isWatched) {
            isWatched = true;
            watch.start();
        }
        return made;
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
            return factory;
        } catch (Exception e) {
            factory = null;
            throw away(e);
        }
    }

    private void look() {
        try {
            if (looking == null || looking.isClosed()) {
                looking = connect().createSession(user, password, false, true, true, false, 1);
            }
            isAsking = true;
            looking.addressQuery(ANYTHING);
        } catch (ActiveMQException e) {
            looking = null;
            throw away(e);
        } finally {
            isAsking = false;
        }
    }

    /** A line that is being made takes its time; one on which a question stays without an answer is of no use. */
    private void cut() {
        ClientSessionFactory silent = factory;
        RemotingConnection connection = silent == null || !isAsking ? null : silent.getConnection();
        if (connection != null) {
            connection.fail(new ActiveMQNotConnectedException("the broker is silent"));
        }
    }

    @Override
    public void close() {
        watch.close();
        closing.shutdown();
        synchronized (this) {
            if (factory != null) {
                factory.close();
            }
        }
        locator.close();
    }
}
