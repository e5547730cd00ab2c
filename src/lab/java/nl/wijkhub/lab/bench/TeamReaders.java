package nl.wijkhub.lab.bench;

import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.proton.ProtonClient;
import io.vertx.proton.ProtonClientOptions;
import io.vertx.proton.ProtonConnection;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import nl.wijkhub.app.broker.BrokerLogins;
import org.apache.qpid.proton.amqp.messaging.Data;
import org.apache.qpid.proton.message.Message;

/** Reads the team queues over AMQP 1.0, as the teams' own systems do, and keeps when each signal's messages came. */
final class TeamReaders implements AutoCloseable {
    private static final int PREFETCH = 500;
    private static final String REFERENCE = "/v1/signals/";

    /** How many messages came of one signal, and when the last. */
    record Arrived(int messages, long lastNanos) {}

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final Map<UUID, Arrived> arrived = new ConcurrentHashMap<>();
    private final AtomicLong messages = new AtomicLong();
    private volatile long lastNanos;

    TeamReaders(Measured target) {
        Promise<ProtonConnection> connected = Promise.promise();
        ProtonClient.create(vertx)
                .connect(
                        new ProtonClientOptions().addEnabledSaslMechanism("PLAIN"),
                        "127.0.0.1",
                        target.amqpPort(),
                        BrokerLogins.HUB,
                        target.brokerPassword(),
                        connected);
        connected
                .future()
                .map(connection -> open(connection, target.queues()))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private ProtonConnection open(ProtonConnection connection, List<String> queues) {
        connection.open();
        queues.forEach(queue -> connection
                .createReceiver(queue)
                .setPrefetch(PREFETCH)
                .handler((delivery, message) -> note(message))
                .open());
        return connection;
    }

    private void note(Message message) {
        long now = System.nanoTime();
        byte[] body = ((Data) message.getBody()).getValue().getArray();
        UUID signal = signalIn(new String(body, StandardCharsets.ISO_8859_1));
        arrived.merge(signal, new Arrived(1, now), (before, one) -> new Arrived(before.messages() + 1, now));
        lastNanos = now;
        messages.incrementAndGet();
    }

    /** The signal an event refers to; a body that refers to nothing is the id itself. */
    static UUID signalIn(String body) {
        int at = body.indexOf(REFERENCE);
        int from = at < 0 ? 0 : at + REFERENCE.length();
        return UUID.fromString(body.substring(from, from + 36));
    }

    /** Returns when this many messages came since the last {@link #forget}, or none for a while. */
    boolean await(long expected, long patienceSeconds) throws InterruptedException {
        long seen = -1;
        long since = System.nanoTime();
        while (messages.get() < expected) {
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

    long lastNanos() {
        return lastNanos;
    }

    Map<UUID, Arrived> arrived() {
        return arrived;
    }

    void forget() {
        arrived.clear();
        messages.set(0);
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
