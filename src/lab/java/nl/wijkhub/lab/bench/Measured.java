package nl.wijkhub.lab.bench;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** What is measured: takes signals over HTTP, puts three messages of each on team queues, runs in its own process. */
interface Measured extends AutoCloseable {
    /** Messages that come out for each signal. */
    int DELIVERIES = 3;

    /** Starts it and returns when it takes signals. */
    void start() throws IOException, InterruptedException;

    URI door();

    /** A bearer token for the signal of this number; null when none is asked. */
    String token(long number);

    Buffer body(long number);

    int amqpPort();

    /** Of the login {@code hub} on its broker, which may read every queue. */
    String brokerPassword();

    /** The queues on which its messages come out. */
    List<String> queues();

    /** Messages that are durable on team queues since its start, by its own account. */
    long sent() throws IOException, InterruptedException;

    long pid();

    Path data();

    /** Bytes of heap in use right now; -1 when it does not tell. */
    default long heapUsed() throws IOException, InterruptedException {
        return -1;
    }

    /** Everything that was lost, doubled or left waiting, by its own books, after this many signals. */
    default List<String> findings(long signals) throws IOException, InterruptedException {
        return List.of();
    }

    @Override
    void close();
}
