package nl.wijkhub.app.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import nl.wijkhub.TestVault;
import nl.wijkhub.kernel.Unavailable;
import nl.wijkhub.kernel.Vault;
import nl.wijkhub.lab.embedded.BrokerLogins;
import nl.wijkhub.lab.embedded.EmbeddedBroker;
import nl.wijkhub.signal.Receipt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a broker of its own: what many put on the queue at the same moment. */
class AcceptedQueueTest {
    @TempDir
    Path folder;

    private EmbeddedBroker broker;
    private BrokerConnection connection;
    private AcceptedQueue queue;

    @BeforeEach
    void start() {
        Vault vault = TestVault.vault();
        BrokerLogins logins = new BrokerLogins(vault, login -> false, login -> Optional.empty());
        broker = new EmbeddedBroker(78, folder.resolve("broker"), 0, logins, Duration.ofDays(1));
        broker.start();
        connection =
                new BrokerConnection(broker.url(), BrokerLogins.HUB, BrokerLogins.passwordOf(vault, BrokerLogins.HUB));
        connection.ensureQueues(List.of(AcceptedQueue.ADDRESS), AcceptedQueue.GROUP_BUCKETS);
        queue = new AcceptedQueue(connection, Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        connection.close();
        broker.close();
    }

    @Test
    void the_id_of_every_receipt_stands_on_the_queue_when_its_put_returns_and_each_gets_its_own_back()
            throws Exception {
        List<Receipt> receipts =
                IntStream.range(0, 300).mapToObj(i -> receipt(false)).toList();

        assertThat(putAtOnce(receipts)).containsExactlyElementsOf(receipts);
        assertThat(onTheQueue()).containsExactlyInAnyOrderElementsOf(ids(receipts));
    }

    @Test
    void what_comes_again_stands_there_once_and_what_was_worked_not_at_all() throws Exception {
        Receipt again = receipt(false);
        Receipt worked = receipt(true);
        queue.put(again);
        List<Receipt> receipts = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            receipts.add(i % 3 == 0 ? worked : again);
        }

        assertThat(putAtOnce(receipts)).containsExactlyElementsOf(receipts);
        assertThat(onTheQueue()).containsExactly(again.signalId().toString());
    }

    @Test
    void nobody_is_told_that_it_is_queued_when_the_broker_is_gone() {
        broker.close();

        assertThatThrownBy(() -> queue.put(receipt(false))).isInstanceOf(Unavailable.class);
    }

    private List<Receipt> putAtOnce(List<Receipt> receipts) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(32);
        try {
            List<Receipt> back = new ArrayList<>();
            for (Future<Receipt> one : threads.invokeAll(receipts.stream()
                    .map(receipt -> (Callable<Receipt>) () -> queue.put(receipt))
                    .toList())) {
                back.add(one.get());
            }
            return back;
        } finally {
            threads.shutdown();
        }
    }

    private List<String> onTheQueue() {
        return connection.browse(AcceptedQueue.ADDRESS).stream()
                .map(body -> new String(body, StandardCharsets.UTF_8))
                .toList();
    }

    private static List<String> ids(List<Receipt> receipts) {
        return receipts.stream().map(receipt -> receipt.signalId().toString()).toList();
    }

    private static Receipt receipt(boolean isWorked) {
        UUID id = UUID.randomUUID();
        return new Receipt(id, false, isWorked, "fake-group-" + id.getLeastSignificantBits() % 8);
    }
}
