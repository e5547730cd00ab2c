package nl.wijkhub.lab.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ObjLongConsumer;
import nl.wijkhub.lab.embedded.BrokerLogins;
import org.apache.qpid.protonj2.client.Client;
import org.apache.qpid.protonj2.client.ConnectionOptions;
import org.apache.qpid.protonj2.client.Delivery;
import org.apache.qpid.protonj2.client.Receiver;
import org.apache.qpid.protonj2.client.ReceiverOptions;
import org.apache.qpid.protonj2.client.Session;
import org.apache.qpid.protonj2.client.exceptions.ClientException;

/** Reads the team queues over AMQP 1.0, as the teams' own systems do, and keeps when each signal's messages came. */
final class TeamReaders implements AutoCloseable {
    private static final int PREFETCH = 500;
    private static final long SOON_MILLIS = 200;
    private static final String REFERENCE = "/v1/signals/";
    private static final int ID_LENGTH = 36;

    /** The messages that came of one signal, counted, and the moment of the last. */
    record Arrived(int messages, long lastNanos) {}

    private final Client client = Client.create();
    private final Session session;
    private final Thread reader = new Thread(this::read, "team-readers");
    private final Map<UUID, Arrived> arrived = new ConcurrentHashMap<>();
    private final ObjLongConsumer<UUID> each;
    private final AtomicLong messages = new AtomicLong();
    private volatile boolean closed;
    private volatile Exception broken;

    /** Keeps of every signal what arrived. */
    TeamReaders(Measured target) {
        this(target, null);
    }

    /** @param each is told the signal of each message and when it came, and nothing is kept; null to keep it */
    TeamReaders(Measured target, ObjLongConsumer<UUID> each) {
        this.each = each == null ? this::keep : each;
        try {
            session = client.connect(
                            "127.0.0.1",
                            target.amqpPort(),
                            new ConnectionOptions().user(BrokerLogins.HUB).password(target.brokerPassword()))
                    .openSession();
            List<Receiver> opening = new ArrayList<>();
            for (String queue : target.queues()) {
                opening.add(session.openReceiver(queue, new ReceiverOptions().creditWindow(PREFETCH)));
            }
            for (Receiver receiver : opening) {
                receiver.openFuture().get();
            }
        } catch (ClientException | ExecutionException e) {
            throw new IllegalStateException("the team queues cannot be read", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        reader.start();
    }

    private void read() {
        try {
            while (!closed) {
                Receiver next = session.nextReceiver(SOON_MILLIS, TimeUnit.MILLISECONDS);
                Delivery one = next == null ? null : next.tryReceive();
                while (one != null) {
                    note(bytes(one));
                    one = next.tryReceive();
                }
            }
        } catch (ClientException | IOException | RuntimeException e) {
            if (!closed) {
                broken = e;
            }
        }
    }

    /** A message as it came. The client's own decoder now and then reads past the end of one, and the thread would end. */
    private static byte[] bytes(Delivery one) throws ClientException, IOException {
        try (InputStream raw = one.rawInputStream()) {
            return raw.readAllBytes();
        }
    }

    private void note(byte[] message) {
        long now = System.nanoTime();
        each.accept(signalIn(new String(message, StandardCharsets.ISO_8859_1)), now);
        messages.incrementAndGet();
    }

    private void keep(UUID signal, long now) {
        arrived.merge(signal, new Arrived(1, now), (before, one) -> new Arrived(before.messages() + 1, now));
    }

    /** The signal an event refers to; a message that refers to nothing ends in the id itself. */
    static UUID signalIn(String message) {
        int at = message.indexOf(REFERENCE);
        int from = at < 0 ? message.length() - ID_LENGTH : at + REFERENCE.length();
        return UUID.fromString(message.substring(from, from + ID_LENGTH));
    }

    /** Returns when this many messages came, or none for a while. */
    boolean await(long expected, long patienceSeconds) throws InterruptedException {
        long seen = -1;
        long since = System.nanoTime();
        while (messages.get() < expected) {
            if (broken != null) {
                throw new IllegalStateException("the team queues can no longer be read", broken);
            }
            if (messages.get() != seen) {
                seen = messages.get();
                since = System.nanoTime();
            } else if (System.nanoTime() - since > TimeUnit.SECONDS.toNanos(patienceSeconds)) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
        return true;
    }

    Map<UUID, Arrived> arrived() {
        return arrived;
    }

    @Override
    public void close() {
        closed = true;
        client.close();
    }
}
