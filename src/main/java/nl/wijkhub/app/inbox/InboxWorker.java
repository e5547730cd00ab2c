package nl.wijkhub.app.inbox;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import nl.wijkhub.app.broker.Backoff;
import nl.wijkhub.app.broker.LineConsumer;
import nl.wijkhub.kernel.Unavailable;
import org.apache.camel.Exchange;
import org.apache.qpid.protonj2.client.StreamDelivery;
import org.apache.qpid.protonj2.client.StreamReceiver;
import org.apache.qpid.protonj2.client.exceptions.ClientException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One partner's messages, one after the other: receive, run the route, accept.
 *
 * <ul>
 *   <li>The route takes the message, or puts it aside: it is accepted, the next one comes.
 *   <li>The route fails by a fault of our own: it is tried again, then put aside.
 *   <li>A hub died with it in hand, and another, and another: it is put aside without being read.
 *   <li>Somebody is {@link Unavailable}: nothing is counted, the line waits and probes; later messages wait behind it.
 *   <li>The broker is away: what was not accepted comes again, and is recognised.
 * </ul>
 */
final class InboxWorker implements LineConsumer.Line {
    private static final Logger LOG = LoggerFactory.getLogger(InboxWorker.class);
    private static final long RECEIVE_MILLIS = 1_000;

    /** Up to here every line reads at once, whatever the others do. */
    private static final int SMALL_BYTES = 1024 * 1024;

    private final InboxConsumer route;
    private final AmqpSource source;
    private final Inbox inbox;
    private final String partner;
    private final String address;
    private final Semaphore large;
    private final Backoff patience = new Backoff();
    private volatile boolean busy;
    private byte[] stillHeld;

    /**
     * @param large permits to hold a large message in memory, shared by all lines
     */
    InboxWorker(InboxConsumer route, AmqpSource source, Inbox inbox, String partner, String address, Semaphore large) {
        this.route = route;
        this.source = source;
        this.inbox = inbox;
        this.partner = partner;
        this.address = address;
        this.large = large;
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
            StreamReceiver receiver = null;
            try {
                receiver = source.open(address);
                patience.begin();
                while (patience.lasts()) {
                    take(receiver);
                }
            } catch (ClientException | IOException | RuntimeException | LinkageError | StackOverflowError e) {
                if (patience.lasts()) {
                    LOG.warn(
                            "event=inbox.interrupted queue={} cause={}",
                            address,
                            e.getClass().getSimpleName());
                }
                patience.pause();
            } finally {
                closeQuietly(receiver);
            }
        }
    }

    private void take(StreamReceiver receiver) throws ClientException, IOException {
        StreamDelivery delivery = receiver.receive(RECEIVE_MILLIS, TimeUnit.MILLISECONDS);
        if (delivery == null) {
            return;
        }
        busy = true;
        try {
            if (delivery.aborted()) {
                // the broker took it back before it was whole
                delivery.settle();
                return;
            }
            InputStream stream = delivery.rawInputStream();
            byte[] begin = stream.readNBytes(SMALL_BYTES);
            if (begin.length < SMALL_BYTES) {
                work(begin);
            } else {
                workLarge(begin, stream);
            }
            delivery.accept();
        } finally {
            busy = false;
        }
    }

    private void workLarge(byte[] begin, InputStream rest) throws IOException {
        large.acquireUninterruptibly();
        try {
            InputStream whole = new SequenceInputStream(new ByteArrayInputStream(begin), rest);
            byte[] message = whole.readNBytes(inbox.mostBytes() + 1);
            if (message.length <= inbox.mostBytes()) {
                work(message);
            } else {
                inbox.tooLarge(partner, new SequenceInputStream(new ByteArrayInputStream(message), rest));
            }
        } finally {
            large.release();
        }
    }

    private void work(byte[] message) {
        if (take(message)) {
            try {
                workTaken(message);
            } finally {
                release(message);
            }
        }
    }

    /** False when it was put aside; waits while the database is away. */
    private boolean take(byte[] message) {
        patience.begin();
        while (true) {
            try {
                if (stillHeld != null) {
                    inbox.release(partner, stillHeld);
                    stillHeld = null;
                }
                return inbox.take(partner, message);
            } catch (Unavailable away) {
                LOG.warn("event=inbox.waiting queue={} away={}", address, away.who());
                patience.pauseUntil(inbox::probe, away);
            }
        }
    }

    /** What cannot be let go, because somebody is away, is let go before anything else is taken. */
    private void release(byte[] message) {
        try {
            inbox.release(partner, message);
        } catch (Unavailable away) {
            LOG.warn("event=inbox.not-let-go queue={} away={}", address, away.who());
            stillHeld = message;
        }
    }

    private void workTaken(byte[] message) {
        for (int attempt = 1; ; attempt++) {
            Throwable failure = attempt(message);
            if (failure == null) {
                return;
            }
            LOG.warn("event=message.failed partner={} attempt={} cause={}", partner, attempt, name(failure));
            Optional<Duration> pause = inbox.failed(partner, message, attempt, failure);
            if (pause.isEmpty()) {
                return;
            }
            patience.pause(pause.get());
            if (!patience.lasts()) {
                throw new Unavailable("inbox", failure);
            }
        }
    }

    /** Runs the route until it succeeds or fails by itself; null for success. Waits while somebody is away. */
    private Throwable attempt(byte[] message) {
        patience.begin();
        while (true) {
            Throwable failure = runRoute(message);
            Unavailable away = failure == null ? null : Unavailable.in(failure);
            if (away == null) {
                return failure;
            }
            LOG.warn("event=inbox.waiting queue={} away={}", address, away.who());
            patience.pauseUntil(inbox::probe, away);
        }
    }

    private Throwable runRoute(byte[] message) {
        Exchange exchange = route.createExchange(false);
        try {
            exchange.setVariable(InboxComponent.SENDER, partner);
            exchange.getIn().setBody(message);
            route.getProcessor().process(exchange);
            return exchange.getException();
        } catch (Exception | LinkageError | StackOverflowError e) {
            return e;
        } finally {
            route.releaseExchange(exchange, false);
        }
    }

    private static String name(Throwable failure) {
        return failure.getClass().getSimpleName();
    }

    private static void closeQuietly(StreamReceiver receiver) {
        if (receiver != null) {
            // what was not accepted stands on its address again
            receiver.closeAsync();
        }
    }
}
