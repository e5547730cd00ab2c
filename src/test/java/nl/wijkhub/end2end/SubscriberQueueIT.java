package nl.wijkhub.end2end;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Vault;
import nl.wijkhub.lab.embedded.BrokerLogins;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A foreign AMQP client reads the queue of its own subscription, and nothing else. */
class SubscriberQueueIT {
    private static final String ESCALATION = "nl.veilige-buurten.opschaling.v1";
    private static final String RECALL = "nl.veilige-buurten.vrijgave-ingetrokken.v1";
    private static final Duration SOON = Duration.ofSeconds(40);
    private static RunningHub hub;
    private static int house = 100;

    @BeforeAll
    static void start() throws Exception {
        hub = RunningHub.start();
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void an_owner_reads_every_event_once_and_in_sequence_through_a_kill() throws Exception {
        String queue = subscribe("BU99990101");
        acute("queued-1", "9990AB");
        acute("queued-2", "9990AB");
        await().atMost(SOON).untilAsserted(() -> assertThat(sent(queue)).isEqualTo(2));
        hub.process.kill();
        hub.process.start();
        hub.process.awaitReady();
        acute("queued-3", "9990AB");
        await().atMost(SOON).untilAsserted(() -> assertThat(sent(queue)).isEqualTo(3));

        List<JsonNode> events = read(queue);

        assertThat(events).extracting(event -> event.get("sequence").asText()).containsExactly("1", "2", "3");
        assertThat(events).extracting(event -> event.get("type").asText()).containsOnly(ESCALATION);
        assertThat(events).extracting(event -> event.get("id").asText()).doesNotHaveDuplicates();
        assertThat(events.toString()).doesNotContain("9990A", "nuisance", "planId");
        assertThat(read(queue)).as("read is read").isEmpty();
    }

    @Test
    void what_is_withdrawn_while_it_stands_on_the_queue_is_taken_off_and_its_number_tells_so() throws Exception {
        String queue = subscribe("BU99990102");
        // one after the other: what happens in two households at once is told in either order
        for (int i = 1; i <= 3; i++) {
            long told = i;
            acute("stands-" + i, "9990DB");
            await().atMost(SOON).untilAsserted(() -> assertThat(sent(queue)).isEqualTo(told));
        }

        String withdrawn = fetched(queue).get(1).get("id").asText();
        withdraw("stands-2", "9990DB");
        // until the recall has its own event, its number shows as recalled under the id of what was withdrawn
        await().atMost(SOON).untilAsserted(() -> {
            JsonNode recall = fetched(queue).get(1);
            assertThat(recall.get("type").asText()).isEqualTo(RECALL);
            assertThat(recall.get("id").asText()).isNotEqualTo(withdrawn);
        });

        List<JsonNode> events = read(queue);
        assertThat(events)
                .extracting(event ->
                        event.get("type").asText() + ' ' + event.get("sequence").asText())
                .containsExactly(ESCALATION + " 1", ESCALATION + " 3", RECALL + " 2");
    }

    @Test
    void nobody_else_reads_it_and_its_owner_puts_nothing_on_it() throws Exception {
        String queue = subscribe("BU99990103");
        for (String other : List.of("corporatie-demo", "politie-demo", "vb-noord.care")) {
            assertThatThrownBy(() -> open(other, queue)).as(other).isInstanceOf(JMSSecurityException.class);
        }
        for (String foreign : List.of("partner.corporatie-demo.feedback", "team.vb-noord.care", "subscriber.fake")) {
            assertThatThrownBy(() -> open("zorg-demo", foreign)).as(foreign).isInstanceOf(JMSException.class);
        }
        try (Connection connection = connect("zorg-demo")) {
            Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
            assertThatThrownBy(() -> {
                        MessageProducer producer = session.createProducer(session.createQueue(queue));
                        producer.send(session.createTextMessage("fake"));
                    })
                    .isInstanceOf(JMSSecurityException.class);
        }
        assertThat(read(queue)).isEmpty();
    }

    @Test
    void with_the_subscription_its_queue_is_gone_with_all_that_stood_in_it() throws Exception {
        String queue = subscribe("BU99990104");
        acute("left", "9990JB");
        await().atMost(SOON).untilAsserted(() -> assertThat(sent(queue)).isPositive());

        assertThat(hub.delete(hub.token("zorg-demo"), "/v1/subscriptions/" + id(queue))
                        .statusCode())
                .isEqualTo(204);

        await().atMost(SOON).untilAsserted(() -> assertThatThrownBy(() -> open("zorg-demo", queue))
                .isInstanceOf(JMSException.class));
    }

    private static void open(String login, String queue) throws Exception {
        try (Connection connection = connect(login);
                Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
                MessageConsumer consumer = session.createConsumer(session.createQueue(queue))) {
            consumer.receive(200);
        }
    }

    /** Everything that stands on it, until nothing comes for a while. */
    private static List<JsonNode> read(String queue) throws Exception {
        List<JsonNode> events = new ArrayList<>();
        try (Connection connection = connect("zorg-demo");
                Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
                MessageConsumer consumer = session.createConsumer(session.createQueue(queue))) {
            for (Message message = consumer.receive(3_000); message != null; message = consumer.receive(3_000)) {
                events.add(Json.MAPPER.readTree(message.getBody(byte[].class)));
            }
        }
        return events;
    }

    private static Connection connect(String login) throws Exception {
        Vault vault = Vault.open(hub.config().resolve("secrets"));
        Connection connection = new JmsConnectionFactory("amqp://127.0.0.1:" + hub.process.amqpPort())
                .createConnection(login, BrokerLogins.passwordOf(vault, login));
        connection.start();
        return connection;
    }

    private static String subscribe(String area) throws Exception {
        HttpResponse<String> asked = hub.post(
                "zorg-demo",
                "/v1/subscriptions",
                "{\"types\":[\"%s\"],\"areas\":[\"%s\"],\"protocol\":\"AMQP\"}".formatted(ESCALATION, area));
        assertThat(asked.statusCode()).as(asked.body()).isEqualTo(201);
        String queue = hub.json(asked).get("address").asText();
        assertThat(queue).isEqualTo("subscriber." + hub.json(asked).get("id").asText());
        return queue;
    }

    private static String id(String queue) {
        return queue.substring("subscriber.".length());
    }

    private static JsonNode fetched(String queue) throws Exception {
        HttpResponse<String> events = hub.get(hub.token("zorg-demo"), "/v1/subscriptions/" + id(queue) + "/events");
        assertThat(events.statusCode()).as(events.body()).isEqualTo(200);
        return hub.json(events).get("items");
    }

    private static long sent(String queue) throws Exception {
        return hub.json(hub.get(hub.token("zorg-demo"), "/v1/subscriptions/" + id(queue)))
                .at("/delivery/lastSequence")
                .asLong();
    }

    private static void acute(String reference, String postalCode) throws Exception {
        post(reference, postalCode, "acute", "");
    }

    private static void withdraw(String reference, String postalCode) throws Exception {
        post(reference + "-instead", postalCode, "low", "\"supersedes\":\"" + reference + "\",");
    }

    private static void post(String reference, String postalCode, String severity, String more) throws Exception {
        String at = Instant.now().minusSeconds(60).toString();
        HttpResponse<String> accepted = hub.post("corporatie-demo", "/v1/signals", """
                {%s"reference":"%s","occurredAt":"%s","reportedAt":"%s","category":"nuisance.noise","severity":"%s",
                 "subject":{"household":{"address":{"postalCode":"%s","houseNumber":%d}}}}
                """.formatted(
                        more, reference, at, at, severity, postalCode, ++house));
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
    }
}
