package nl.wijkhub.end2end;

import static nl.wijkhub.end2end.ContractCall.by;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import nl.wijkhub.ForeignAmqp;
import nl.wijkhub.kernel.Vault;
import nl.wijkhub.lab.embedded.BrokerLogins;

/** The visits to what came by message and could not be taken. */
final class ContractQuarantineVisits {
    private static final String LANDLORD = "corporatie-twee";
    private static final String UNITS = "/v1/partners/housing/eenheden/";

    private final ContractVisits visits;
    private final RunningHub hub;
    private int messages;

    ContractQuarantineVisits(ContractVisits visits, RunningHub hub) {
        this.visits = visits;
        this.hub = hub;
    }

    void add() {
        visits.on("listQuarantine", () -> {
            zaak("GEL");
            zaak("GEL");
            return by(hub.token(LANDLORD)).ask("pageSize", "1");
        });
        visits.on("listQuarantine", () -> by(hub.user("beheerder-demo")));
        visits.on("replayQuarantined", () -> {
            String entry = zaak("GEL");
            unit();
            return by(hub.token(LANDLORD)).at("id", entry);
        });
        visits.on("replayQuarantined", () -> {
            String entry = zaak("GEL");
            unit();
            hub.post(LANDLORD, "/v1/partners/housing/zaken", body("GEL"));
            return by(hub.user("beheerder-demo")).at("id", entry);
        });
        visits.on("replayQuarantined", () -> {
            messages++;
            String entry =
                    sent("application/x-ndjson", signal("LATE", ",\"supersedes\":\"FAKE-FIRST-" + messages + "\""));
            hub.post(LANDLORD, "/v1/signals", signal("FIRST", ""));
            return by(hub.token(LANDLORD)).at("id", entry);
        });
        visits.clash("replayQuarantined", () -> {
            String entry = zaak("GEL");
            unit();
            hub.post(LANDLORD, "/v1/partners/housing/zaken", body("RUZ"));
            return by(hub.token(LANDLORD)).at("id", entry);
        });
    }

    /** A case about a unit that nobody registered. */
    private String zaak(String kind) throws Exception {
        messages++;
        return sent("application/json", body(kind));
    }

    private String body(String kind) {
        return """
                {"idExtern":"FAKE-Q-%d","zaaktype":{"soort":{"code":"SOC"},"detailSoort":{"code":"%s"}},\
                "registratiedatum":"2026-11-20T09:30:00Z","eenheden":["https://fake.example/eenheden/Q-%d"]}""".formatted(messages, kind, messages);
    }

    private String signal(String name, String more) {
        return """
                {"reference":"FAKE-%s-%d","occurredAt":"2026-11-20T18:00:00Z","reportedAt":"2026-11-20T18:00:00Z",\
                "subject":{"neighbourhood":{"buurtCode":"BU99990101"}},"category":"area.green","severity":"low"%s}""".formatted(name, messages, more);
    }

    private void unit() throws Exception {
        hub.put(LANDLORD, UNITS + "Q-" + messages, "{\"postcode\":\"9990 AE\",\"huisnummer\":5}");
    }

    /** The entry that this message became. */
    private String sent(String contentType, String body) throws Exception {
        String before = newest();
        Vault vault = Vault.open(hub.config().resolve("secrets"));
        try (ForeignAmqp amqp =
                new ForeignAmqp(hub.process.amqpPort(), LANDLORD, BrokerLogins.passwordOf(vault, LANDLORD))) {
            amqp.send("signal.in." + LANDLORD, ForeignAmqp.message(contentType, body.getBytes(StandardCharsets.UTF_8)));
        }
        return ContractTown.soon(() -> {
            String now = newest();
            return now.equals(before) ? null : now;
        });
    }

    private String newest() throws Exception {
        JsonNode items = hub.json(hub.get(hub.token(LANDLORD), "/v1/quarantine?pageSize=1000"))
                .get("items");
        return items.isEmpty() ? "" : items.get(items.size() - 1).get("id").asText();
    }
}
