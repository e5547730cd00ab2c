package nl.wijkhub.app.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import nl.wijkhub.TestVault;
import nl.wijkhub.kernel.Vault;
import nl.wijkhub.lab.embedded.BrokerLogins;
import nl.wijkhub.lab.embedded.EmbeddedBroker;
import org.apache.activemq.artemis.api.core.client.ClientConsumer;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a broker of its own: what is taken off a queue nobody reads any more. */
class BrokerConnectionTest {
    private static final String QUEUE = "subscriber.fake";

    @TempDir
    Path folder;

    @Test
    void what_stands_on_a_queue_is_taken_off_by_its_id_and_the_rest_stays() throws Exception {
        Vault vault = TestVault.vault();
        BrokerLogins logins = new BrokerLogins(vault, login -> false, login -> false);
        try (EmbeddedBroker broker = new EmbeddedBroker(77, folder.resolve("broker"), 0, logins, Duration.ofDays(1))) {
            broker.start();
            try (BrokerConnection connection = new BrokerConnection(
                    broker.url(), BrokerLogins.HUB, BrokerLogins.passwordOf(vault, BrokerLogins.HUB))) {
                connection.ensureQueues(List.of(QUEUE), -1);
                for (String id : List.of("fake-1", "fake-2", "fake-3")) {
                    connection.send(List.of(
                            new OutgoingMessage(QUEUE, id, null, "text/plain", id.getBytes(StandardCharsets.UTF_8))));
                }

                assertThat(connection.remove(QUEUE, "fake-2")).isTrue();
                assertThat(connection.remove(QUEUE, "fake-2")).isFalse();
                assertThat(connection.remove(QUEUE, "fake-other")).isFalse();

                assertThat(read(connection)).containsExactly("fake-1", "fake-3");
            }
        }
    }

    private static List<String> read(BrokerConnection connection) throws Exception {
        List<String> read = new ArrayList<>();
        try (ClientSession session = connection.openSession()) {
            session.start();
            try (ClientConsumer consumer = session.createConsumer(QUEUE)) {
                for (ClientMessage message = consumer.receive(1_000);
                        message != null;
                        message = consumer.receive(1_000)) {
                    byte[] body = new byte[message.getBodySize()];
                    message.getBodyBuffer().readBytes(body);
                    read.add(new String(body, StandardCharsets.UTF_8));
                    message.acknowledge();
                }
            }
            session.commit();
        }
        return read;
    }
}
