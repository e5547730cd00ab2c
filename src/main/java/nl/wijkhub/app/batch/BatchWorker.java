package nl.wijkhub.app.batch;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import nl.wijkhub.app.broker.Backoff;
import nl.wijkhub.app.broker.BrokerConnection;
import nl.wijkhub.app.broker.LineConsumer;
import nl.wijkhub.kernel.Unavailable;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientConsumer;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread with one session: receive a batch, run the route, acknowledge.
 *
 * <ul>
 *   <li>The route fails on several ids: they are tried again one by one.
 *   <li>It fails on one id: the attempt is counted; the id waits, and later ids of its group wait behind it, until it
 *       succeeds or is parked. Other groups go on.
 *   <li>A hub died with it in hand: it is worked alone, and parked when that happened too often.
 *   <li>Somebody is {@link Unavailable}: nothing is counted, the line waits and probes.
 *   <li>The broker is away: everything unacknowledged comes back on a new session.
 * </ul>
 */
final class BatchWorker implements LineConsumer.Line {
    private static final Logger LOG = LoggerFactory.getLogger(BatchWorker.class);
    private static final long RECEIVE_MILLIS = 250;

    private final BatchConsumer route;
    private final BrokerConnection broker;
    private final Parking parking;
    private final String queue;
    private final int size;
    private final Backoff patience = new Backoff();
    private final List<String> stillHeld = new ArrayList<>();
    private volatile boolean busy;
    private Waiting waiting = new Waiting();

    BatchWorker(BatchConsumer route, BrokerConnection broker, Parking parking, String queue, int size) {
        this.route = route;
        this.broker = broker;
        this.parking = parking;
        this.queue = queue;
        this.size = size;
    }

    @Override
    public void stop() {
        patience.end();
    }

    @Override
    public boolean isBusy() {
        return busy;
    }

    @Override
    public void run() {
        while (patience.lasts()) {
            waiting = new Waiting();
            ClientSession session = null;
            try {
                session = broker.openSession();
                ClientConsumer consumer = session.createConsumer(SimpleString.of(queue));
                session.start();
                patience.begin();
                while (patience.lasts()) {
                    take(session, consumer);
                }
            } catch (ActiveMQException | RuntimeException | LinkageError | StackOverflowError e) {
                LOG.warn(
                        "event=batch.interrupted queue={} cause={}",
                        queue,
                        e.getClass().getSimpleName());
                patience.pause();
            } finally {
                close(session);
            }
        }
    }

    private void take(ClientSession session, ClientConsumer consumer) throws ActiveMQException {
        List<ClientMessage> batch = receive(consumer);
        if (batch.isEmpty()) {
            return;
        }
        busy = true;
        try {
            if (batch.size() > 1 && attemptTogether(batch)) {
                acknowledge(session, batch);
            } else {
                for (ClientMessage message : batch) {
                    workAlone(session, message);
                }
            }
        } finally {
            busy = false;
        }
    }

    /** False when they have to be worked one by one. */
    private boolean attemptTogether(List<ClientMessage> batch) {
        List<String> ids = batch.stream().map(BatchWorker::idOf).toList();
        if (!take(() -> parking.takeTogether(ids))) {
            return false;
        }
        try {
            return attempt(batch) == null;
        } finally {
            release(ids);
        }
    }

    /** Ids whose pause is over come first; then what the queue holds, without those that stand behind a waiting one. */
    private List<ClientMessage> receive(ClientConsumer consumer) throws ActiveMQException {
        List<ClientMessage> batch = new ArrayList<>(waiting.due());
        if (!batch.isEmpty()) {
            return batch;
        }
        long patience = waiting.isEmpty() ? RECEIVE_MILLIS : Math.min(RECEIVE_MILLIS, 50);
        ClientMessage message = consumer.receive(patience);
        while (message != null) {
            if (!waiting.holdsBack(message)) {
                batch.add(message);
            }
            message = batch.size() < size ? consumer.receiveImmediate() : null;
        }
        return batch;
    }

    private void workAlone(ClientSession session, ClientMessage message) throws ActiveMQException {
        if (waiting.holdsBack(message)) {
            return;
        }
        String id = idOf(message);
        if (!take(() -> parking.takeAlone(id))) {
            release(List.of(id));
            acknowledge(session, List.of(message));
            return;
        }
        Throwable failure;
        try {
            failure = attempt(List.of(message));
        } finally {
            release(List.of(id));
        }
        if (failure == null) {
            acknowledge(session, List.of(message));
            return;
        }
        var delay = parking.failed(id, failure);
        if (delay.isPresent()) {
            waiting.add(message, delay.get());
        } else {
            acknowledge(session, List.of(message));
        }
    }

    /** Runs the route until it succeeds or fails by itself; null for success. Waits while somebody is away. */
    private Throwable attempt(List<ClientMessage> batch) {
        patience.begin();
        while (true) {
            Throwable failure = runRoute(batch);
            Unavailable away = failure == null ? null : Unavailable.in(failure);
            if (away == null) {
                if (failure != null) {
                    LOG.warn("event=batch.failed queue={} size={} cause={}", queue, batch.size(), name(failure));
                }
                return failure;
            }
            LOG.warn("event=batch.waiting queue={} size={} away={}", queue, batch.size(), away.who());
            patience.pauseUntil(parking::probe, away);
        }
    }

    private Throwable runRoute(List<ClientMessage> batch) {
        Exchange exchange = route.createExchange(false);
        try {
            exchange.getIn().setBody(batch.stream().map(BatchWorker::idOf).toList());
            route.getProcessor().process(exchange);
            return exchange.getException();
        } catch (Exception | LinkageError | StackOverflowError e) {
            return e;
        } finally {
            route.releaseExchange(exchange, false);
        }
    }

    /** Takes in hand, and waits while the database is away; nothing was begun yet. */
    private boolean take(BooleanSupplier taking) {
        patience.begin();
        while (true) {
            try {
                parking.release(List.copyOf(stillHeld));
                stillHeld.clear();
                return taking.getAsBoolean();
            } catch (Unavailable away) {
                LOG.warn("event=batch.waiting queue={} away={}", queue, away.who());
                patience.pauseUntil(parking::probe, away);
            }
        }
    }

    /** Lets ids go; while the database is away, before anything else is taken. */
    private void release(List<String> ids) {
        try {
            parking.release(ids);
        } catch (Unavailable away) {
            LOG.warn("event=batch.not-let-go queue={} size={} away={}", queue, ids.size(), away.who());
            stillHeld.addAll(ids);
        }
    }

    private static void acknowledge(ClientSession session, List<ClientMessage> batch) throws ActiveMQException {
        for (ClientMessage message : batch) {
            message.individualAcknowledge();
        }
        session.commit();
    }

    /** The body, which is read again and again: reading does not use it up. */
    private static String idOf(ClientMessage message) {
        return new String(BrokerConnection.bytes(message), StandardCharsets.UTF_8);
    }

    private static String name(Throwable failure) {
        return failure.getClass().getSimpleName();
    }

    private static void close(ClientSession session) {
        if (session != null) {
            try {
                session.close();
            } catch (ActiveMQException e) {
                LOG.debug("event=batch.session-gone cause={}", e.getClass().getSimpleName());
            }
        }
    }
}
