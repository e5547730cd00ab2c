package nl.wijkhub.end2end;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import nl.wijkhub.Contract;
import nl.wijkhub.ForeignAmqp;
import nl.wijkhub.kernel.Vault;
import nl.wijkhub.lab.embedded.BrokerLogins;
import org.apache.qpid.proton.message.Message;

/** Every message that a partner may send: each example of the AsyncAPI document is sent by one that may, and taken. */
final class ContractPartnerMessages {
    /** Who sends what; nobody else may be at work with it meanwhile. */
    private static final Map<String, String> SENDERS = Map.ofEntries(
            Map.entry("CaseSignal", "opbouwwerk-demo"),
            Map.entry("CaseSignalEvent", "opbouwwerk-demo"),
            Map.entry("CaseSignalLines", "opbouwwerk-demo"),
            Map.entry("CaseSignalEvents", "opbouwwerk-demo"),
            Map.entry("sendZaak", "corporatie-demo"),
            Map.entry("sendSignalering", "corporatie-demo"),
            Map.entry("postEenheden", "corporatie-demo"),
            Map.entry("sendPoliceReport", "politie-demo"),
            Map.entry("sendPoliceReportXml", "politie-demo"),
            Map.entry("sendIntake", "welzijn-demo"),
            Map.entry("sendIntakeXml", "welzijn-demo"),
            Map.entry("sendCareNote", "zorg-demo"),
            Map.entry("sendCareNoteXml", "zorg-demo"),
            Map.entry("sendPublicSpaceSignal", "openbare-ruimte-demo"));

    private final Contract contract;
    private final RunningHub hub;

    ContractPartnerMessages(Contract contract, RunningHub hub) {
        this.contract = contract;
        this.hub = hub;
    }

    /** The messages of the document of which every example was taken. */
    Set<String> met() throws Exception {
        Set<String> met = new HashSet<>();
        hub.put(
                "corporatie-demo",
                "/v1/partners/housing/eenheden/E-2001",
                "{\"postcode\":\"9990 AE\",\"huisnummer\":5}");
        for (Map.Entry<String, JsonNode> one :
                contract.document().at("/components/messages").properties()) {
            String partner = SENDERS.get(one.getKey());
            if (partner == null) {
                continue;
            }
            for (JsonNode example : one.getValue().get("examples")) {
                JsonNode payload = example.get("payload");
                assertThat(contract.faults(one.getValue().get("payload"), payload))
                        .as(one.getKey())
                        .isEmpty();
                String contentType = one.getValue().get("contentType").asText();
                Message message = ForeignAmqp.message(
                        contentType,
                        (payload.isTextual() ? payload.asText() : payload.toString()).getBytes(StandardCharsets.UTF_8));
                if (one.getKey().equals("postEenheden")) {
                    // lines of units look like lines of signals: their subject says which they are
                    message.setSubject("housing/eenheden");
                }
                // one line of the example has a fault, to show what becomes of it
                isTaken(partner, message, one.getKey().equals("postEenheden") ? 1 : 0);
            }
            met.add(one.getKey());
        }
        return met;
    }

    private void isTaken(String partner, Message message, int refused) throws Exception {
        int before = taken(partner);
        int waiting = waiting(partner);
        Vault vault = Vault.open(hub.config().resolve("secrets"));
        try (ForeignAmqp amqp =
                new ForeignAmqp(hub.process.amqpPort(), partner, BrokerLogins.passwordOf(vault, partner))) {
            amqp.send("signal.in." + partner, message);
        }
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(taken(partner)).isGreaterThan(before));
        assertThat(waiting(partner))
                .as(hub.get(hub.token(partner), "/v1/quarantine").body())
                .isEqualTo(waiting + refused);
    }

    private int waiting(String partner) throws Exception {
        return hub.json(hub.get(hub.token(partner), "/v1/quarantine?pageSize=1000"))
                .get("items")
                .size();
    }

    private int taken(String partner) throws Exception {
        return hub.json(hub.get(hub.token(partner), "/v1/partners"))
                .at("/items/0/accepted")
                .asInt();
    }
}
