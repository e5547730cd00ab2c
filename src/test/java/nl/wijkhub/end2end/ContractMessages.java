package nl.wijkhub.end2end;

import static nl.wijkhub.end2end.ContractListeners.CARE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.jms.Connection;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import nl.wijkhub.Contract;
import nl.wijkhub.end2end.ContractListeners.Asked;
import nl.wijkhub.end2end.ContractListeners.Step;
import nl.wijkhub.end2end.ContractTown.Known;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Vault;
import nl.wijkhub.lab.embedded.BrokerLogins;
import org.apache.qpid.jms.JmsConnectionFactory;

/** Brings about every event that the hub sends, hears it where it is sent, and holds it against the AsyncAPI document. */
final class ContractMessages {
    private static final String ASSIGNED = "nl.veilige-buurten.signaal-toegewezen.v1";
    private static final String RECALL = "nl.veilige-buurten.vrijgave-ingetrokken.v1";
    private static final String STEP = "nl.veilige-buurten.opschaling.v1";
    private static final String QUESTION = "nl.veilige-buurten.zorgconsult-gevraagd.v1";
    private static final String FEEDBACK = "nl.veilige-buurten.terugkoppeling.v1";
    private static final String SEAT = "medewerker-demo";

    private final Contract contract;
    private final RunningHub hub;
    private final ContractTown town;
    private final ContractListeners listeners;
    private final Set<String> met = new HashSet<>();

    ContractMessages(Contract contract, RunningHub hub, ContractTown town, ContractListeners listeners) {
        this.contract = contract;
        this.hub = hub;
        this.town = town;
        this.listeners = listeners;
    }

    /** The messages of the document that came. */
    Set<String> met() throws Exception {
        ofTeam();
        ofSender();
        ofSubscriber();
        met.addAll(new ContractPartnerMessages(contract, hub).met());
        return met;
    }

    private void ofTeam() throws Exception {
        try (Ear seat = new Ear("vb-noord.municipality", "team.vb-noord.municipality");
                Ear care = new Ear("vb-noord.care", "team.vb-noord.care")) {
            Known known = town.known();
            JsonNode assigned = seat.hears(ASSIGNED, known.signal());
            // what was taken is recalled by a message
            town.supersede(known.signal());
            JsonNode recalled = seat.hears(RECALL, known.signal());
            assertThat(recalled.at("/data/id")).isEqualTo(assigned.at("/data/id"));
            care.hears(QUESTION, listeners.asked().path());
        }
    }

    private void ofSender() throws Exception {
        try (Ear sender = new Ear("corporatie-demo", "partner.corporatie-demo.feedback")) {
            Known known = town.known();
            town.made(SEAT, "/v1/queue-items/" + known.item() + "/_take", "");
            sender.hears(FEEDBACK, known.signal());
        }
    }

    /** A step is told once, whatever is answered to it, until it does not stand: then that is told. */
    private void ofSubscriber() throws Exception {
        String id =
                listeners.subscription("{\"types\":[\"%s\",\"%s\"],\"protocol\":\"AMQP\"}".formatted(STEP, QUESTION));
        try (Ear subscriber = new Ear(CARE, "subscriber." + id)) {
            Step taken = listeners.step();
            subscriber.hears(STEP, taken.path());
            town.made(SEAT, taken.path() + "/_take", "");
            Step declined = listeners.step();
            subscriber.hears(STEP, declined.path());
            town.made(SEAT, declined.path() + "/_decline", ContractTown.REASON);
            Asked asked = listeners.asked();
            subscriber.hears(QUESTION, asked.path());
            Step handedOver = listeners.step();
            JsonNode told = subscriber.hears(STEP, handedOver.path());
            listeners.handOver(handedOver);
            JsonNode recalled = subscriber.hears(RECALL, handedOver.path());

            assertThat(recalled.at("/data/id")).isEqualTo(told.get("id"));
            assertThat(recalled.get("subject")).isEqualTo(told.get("subject"));
            assertThat(subscriber.heard)
                    .filteredOn(event -> isAbout(event, taken.path()))
                    .hasSize(1);
            assertThat(subscriber.heard)
                    .filteredOn(event -> isAbout(event, declined.path()))
                    .hasSize(1);
            for (int i = 0; i < subscriber.heard.size(); i++) {
                assertThat(subscriber.heard.get(i).get("sequence").asInt()).isEqualTo(i + 1);
            }
            town.supersede(asked.known().signal());
            fetched(id, asked.path());
        }
    }

    /** What does not stand any more is fetched as recalled, under its own number. */
    private void fetched(String subscription, String gone) {
        JsonNode events = ContractTown.soon(() -> {
            JsonNode items = hub.json(hub.get(hub.token(CARE), "/v1/subscriptions/" + subscription + "/events"))
                    .get("items");
            for (JsonNode event : items) {
                if (isAbout(event, gone) && event.get("type").asText().equals(RECALL)) {
                    return items;
                }
            }
            return null;
        });
        events.forEach(this::hold);
    }

    private static boolean isAbout(JsonNode event, String path) {
        return event.path("dataref").asText().equals(path);
    }

    private void hold(JsonNode event) {
        contract.document().at("/components/messages").properties().forEach(message -> {
            if (message.getValue().get("name").equals(event.get("type"))) {
                assertThat(contract.faults(message.getValue().get("payload"), event))
                        .as(event.toString())
                        .isEmpty();
                met.add(message.getKey());
            }
        });
    }

    /** Hears what comes on one address, with its own login, and holds each against the document. */
    private final class Ear implements AutoCloseable {
        private final List<JsonNode> heard = new ArrayList<>();
        private final Connection connection;
        private final MessageConsumer consumer;

        private Ear(String login, String address) throws Exception {
            Vault vault = Vault.open(hub.config().resolve("secrets"));
            connection = new JmsConnectionFactory("amqp://127.0.0.1:" + hub.process.amqpPort())
                    .createConnection(login, BrokerLogins.passwordOf(vault, login));
            connection.start();
            Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
            consumer = session.createConsumer(session.createQueue(address));
        }

        /** The next event of a type about something. */
        private JsonNode hears(String type, String about) {
            return ContractTown.soon(() -> {
                for (Message message = consumer.receive(1_000); message != null; message = consumer.receive(1_000)) {
                    JsonNode event = Json.MAPPER.readTree(message.getBody(byte[].class));
                    heard.add(event);
                    hold(event);
                    if (event.get("type").asText().equals(type)
                            && event.path("dataref").asText().endsWith(about)) {
                        return event;
                    }
                }
                return null;
            });
        }

        @Override
        public void close() throws Exception {
            connection.close();
        }
    }
}
