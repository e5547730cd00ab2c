package nl.wijkhub.lab.bench;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientConsumer;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientSession;

/** One consumer of the bare pipeline: takes up to 64 ids, one transaction, the sends, the acknowledgement. */
final class BareLine implements Runnable {
    private static final long RECEIVE_MILLIS = 250;

    private final BareBroker broker;
    private final BareRows rows;
    private final int size;
    private final AtomicLong sent;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean running = true;

    BareLine(BareBroker broker, BareRows rows, int size, AtomicLong sent) {
        this.broker = broker;
        this.rows = rows;
        this.size = size;
        this.sent = sent;
    }

    void stop() throws InterruptedException {
        running = false;
        ended.await(10, TimeUnit.SECONDS);
    }

    @Override
    public void run() {
        try (ClientSession session = broker.session(false);
                ClientConsumer consumer = session.createConsumer(SimpleString.of(BareBroker.ACCEPTED))) {
            session.start();
            while (running) {
                take(session, consumer);
            }
        } catch (ActiveMQException | SQLException e) {
            // a yardstick that fails measures nothing: the messages that stay away show it
            throw new IllegalStateException("the bare pipeline failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ended.countDown();
        }
    }

    private void take(ClientSession session, ClientConsumer consumer)
            throws ActiveMQException, SQLException, InterruptedException {
        List<UUID> batch = new ArrayList<>(size);
        ClientMessage message = consumer.receive(RECEIVE_MILLIS);
        ClientMessage last = null;
        while (message != null) {
            batch.add(idOf(message));
            last = message;
            message = batch.size() < size ? consumer.receiveImmediate() : null;
        }
        if (last == null) {
            return;
        }
        rows.insert(batch);
        broker.deliver(batch);
        last.acknowledge();
        session.commit();
        sent.addAndGet((long) batch.size() * BareBroker.RECIPIENTS);
    }

    private static UUID idOf(ClientMessage message) {
        byte[] body = new byte[message.getDataBuffer().readableBytes()];
        message.getDataBuffer().readBytes(body);
        return UUID.fromString(new String(body, StandardCharsets.US_ASCII));
    }
}
