package nl.wijkhub.app.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.Session;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.wijkhub.TestVault;
import nl.wijkhub.kernel.Vault;
import nl.wijkhub.lab.embedded.BrokerLogins;
import nl.wijkhub.lab.embedded.EmbeddedBroker;
import nl.wijkhub.lab.embedded.FreePort;
import org.apache.activemq.artemis.api.core.client.ClientConsumer;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.qpid.jms.JmsConnectionFactory;
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
        BrokerLogins logins = new BrokerLogins(vault, login -> false, login -> Optional.empty());
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

    @Test
    void a_seat_has_one_queue_whichever_of_its_two_names_a_system_reads_and_logs_in_by() throws Exception {
        String address = "team.vb-fake.housing";
        String name = "team.vb-fake.housing.corporatie-fake";
        Vault vault = TestVault.vault();
        BrokerLogins logins = new BrokerLogins(vault, login -> false, login -> Optional.of(login)
                .filter(one -> one.startsWith("vb-fake.housing"))
                .map(one -> one.endsWith("other") ? "team.vb-fake.housing.other" : address));
        int port = FreePort.next();
        try (EmbeddedBroker broker =
                new EmbeddedBroker(78, folder.resolve("broker"), port, logins, Duration.ofDays(1))) {
            broker.start();
            try (BrokerConnection connection = new BrokerConnection(
                    broker.url(), BrokerLogins.HUB, BrokerLogins.passwordOf(vault, BrokerLogins.HUB))) {
                // as a release of before made it, with a message that nobody read yet
                connection.ensureQueues(List.of(address), -1);
                send(connection, address, "fake-of-before");
                String other = "team.vb-fake.housing.other";
                new SeatQueues(connection).ensure(Map.of(address, name, other, other));
                new SeatQueues(connection).ensure(Map.of(address, name, other, other));
                List.of("fake-1", "fake-2", "fake-3").forEach(id -> send(connection, address, id));

                assertThat(connection.queues("team.")).containsExactlyInAnyOrder(name, other);
                assertThat(connection.addressOf(name)).isEqualTo(address);
                assertThat(connection.remove(address, "fake-2")).isTrue();
                assertThat(received(port, vault, "vb-fake.housing", address)).isEqualTo("fake-of-before");
                assertThat(received(port, vault, "vb-fake.housing.corporatie-fake", name))
                        .isEqualTo("fake-1");
                assertThat(received(port, vault, "vb-fake.housing", name)).isEqualTo("fake-3");
                for (String one : List.of(address, name)) {
                    assertThatThrownBy(() -> received(port, vault, "vb-fake.housing.other", one))
                            .isInstanceOf(JMSSecurityException.class);
                }
            }
        }
    }

    private static void send(BrokerConnection connection, String address, String id) {
        connection.send(
                List.of(new OutgoingMessage(address, id, null, "text/plain", id.getBytes(StandardCharsets.UTF_8))));
    }

    private static String received(int port, Vault vault, String login, String address) throws JMSException {
        JmsConnectionFactory factory = new JmsConnectionFactory("amqp://localhost:" + port);
        try (Connection connection = factory.createConnection(login, BrokerLogins.passwordOf(vault, login));
                Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE)) {
            connection.start();
            BytesMessage message = (BytesMessage)
                    session.createConsumer(session.createQueue(address)).receive(5_000);
            byte[] body = new byte[(int) message.getBodyLength()];
            message.readBytes(body);
            return new String(body, StandardCharsets.UTF_8);
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
