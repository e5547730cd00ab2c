package nl.wijkhub.end2end;

import static nl.wijkhub.end2end.ContractTown.REASON;
import static nl.wijkhub.end2end.ContractTown.address;
import static nl.wijkhub.end2end.ContractTown.household;
import static nl.wijkhub.end2end.ContractTown.soon;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import nl.wijkhub.end2end.ContractTown.Known;

/** The same for who listens: steps up the ladder, questions to care, subscriptions and receipts. */
final class ContractListeners {
    static final String CARE = "zorg-demo";
    static final String PROFESSIONAL = "zorg-lid-demo";
    private static final String SEAT = "medewerker-demo";
    private static final String NO_RECEIVER = "http://127.0.0.1:9/hook";
    private static final LocalDate FIRST_BIRTH_DATE = LocalDate.of(1960, 1, 1);

    /** A step up the ladder at the coordinator's seat, and what it rests on. */
    record Step(String id, Known known) {
        String path() {
            return "/v1/escalations/" + id;
        }
    }

    /** A question to care, and what it is about. */
    record Asked(String id, Known known) {
        String path() {
            return "/v1/consultations/" + id;
        }
    }

    private final RunningHub hub;
    private final ContractTown town;
    private boolean isListening;

    ContractListeners(RunningHub hub, ContractTown town) {
        this.hub = hub;
        this.town = town;
    }

    /** Something acute in a house of its own. */
    Step step() throws Exception {
        String subject = household(address(town.newHouse(), ""), "");
        return step(town.seen(town.signal("corporatie-demo", "nuisance.noise", "acute", subject, "")));
    }

    /** Neighbours who quarrel again: somebody tries to mediate first. */
    Step triedFirst() throws Exception {
        String subject = household(address(town.newHouse(), ""), "");
        town.seen(town.signal("corporatie-demo", "nuisance.neighbour-dispute", "low", subject, ""));
        return step(town.seen(town.signal("corporatie-demo", "nuisance.neighbour-dispute", "low", subject, "")));
    }

    private Step step(Known known) {
        return soon(() -> {
            for (JsonNode step : town.items("/v1/escalations?pageSize=1000", SEAT)) {
                if (step.get("planId").asText().equals(known.plan())) {
                    return new Step(step.get("id").asText(), known);
                }
            }
            return null;
        });
    }

    /** A step that care outside the team was told of. */
    Step told() throws Exception {
        if (!isListening) {
            subscription("{\"types\":[\"nl.veilige-buurten.opschaling.v1\"],\"protocol\":\"HTTP\"}");
            isListening = true;
        }
        Step step = step();
        return soon(() -> hub.get(hub.token(CARE), step.path()).statusCode() == 200 ? step : null);
    }

    void handOver(Step step) throws Exception {
        String plan = "/v1/plans/" + step.known().plan();
        town.made(SEAT, plan + "/_handover", "{\"to\":\"vb-zuid\"," + REASON.substring(1));
        String known = new KnownPlans(hub).inZuid(step.known().plan());
        town.made("teamleider-zuid", "/v1/plans/" + known + "/_accept", "");
    }

    Asked asked() throws Exception {
        return ask(town.known());
    }

    private Asked ask(Known known) throws Exception {
        return new Asked(
                town.made(SEAT, "/v1/queue-items/" + known.item() + "/_consult", "")
                        .get("consultationId")
                        .asText(),
                known);
    }

    /** A question about somebody who lets care and the municipality know, and who care says may be theirs. */
    Asked askedOfConsenting() throws Exception {
        int house = town.newHouse();
        LocalDate born = FIRST_BIRTH_DATE.plusDays(house);
        Asked asked = ask(town.known(address(house, ""), tenant(born)));
        answer(asked, "{\"advice\":\"may-be-mine\"}");
        for (String discipline : new String[] {"CARE", "MUNICIPALITY"}) {
            consent(discipline, house, born);
        }
        return soon(() -> hub.json(hub.get(hub.token(CARE), asked.path())).has("released") ? asked : null);
    }

    /** The same, once the seat that asked may know what was advised. */
    Asked advised() throws Exception {
        Asked asked = askedOfConsenting();
        answer(asked, "{\"advice\":\"go-together\",\"contact\":\"Fictief: bel 0900-0000009\"}");
        String item = "/v1/queue-items/" + asked.known().item();
        return soon(() -> hub.json(hub.get(hub.user(SEAT), item))
                        .at("/consultation/advice")
                        .isMissingNode()
                ? null
                : asked);
    }

    private void answer(Asked asked, String json) throws Exception {
        HttpResponse<String> answered = hub.sendAs(hub.token(CARE), asked.path() + "/_answer", json);
        assertThat(answered.statusCode()).as(answered.body()).isEqualTo(200);
    }

    private static String tenant(LocalDate born) {
        return ",\"persons\":[{\"role\":\"tenant\",\"name\":\"Fake Huurder\",\"birthDate\":\"%s\"}]".formatted(born);
    }

    private void consent(String discipline, int house, LocalDate born) throws Exception {
        HttpResponse<String> registered =
                hub.post(CARE, "/fhir/Consent", "application/fhir+json", """
                {"resourceType":"Consent","contained":[{"resourceType":"Patient","id":"p",
                 "name":[{"text":"Fake Huurder"}],"birthDate":"%s",
                 "address":[{"postalCode":"9990AH","line":["Voorbeeldstraat %d"]}]}],
                 "identifier":[{"system":"https://zorg.example/toestemming","value":"FAKE-%s-%2$d"}],"status":"active",
                 "scope":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/consentscope","code":"patient-privacy"}]},
                 "category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"IDSCL"}]}],
                 "patient":{"reference":"#p"},"dateTime":"2026-01-01",
                 "policyRule":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"OPTOUT"}]},
                 "provision":{"type":"permit","period":{"start":"2026-01-01","end":"2036-01-01"},"actor":[
                  {"role":{"coding":[{"system":"urn:wijkhub:codesystem:discipline","code":"%3$s"}]},
                   "reference":{"display":"Fake"}}]}}
                """.formatted(born, house, discipline));
        assertThat(registered.statusCode()).as(registered.body()).isEqualTo(201);
    }

    /** What care asks to be told. */
    String subscription(String wish) throws Exception {
        HttpResponse<String> asked = hub.post(CARE, "/v1/subscriptions", wish);
        assertThat(asked.statusCode()).as(asked.body()).isEqualTo(201);
        return hub.json(asked).get("id").asText();
    }

    /** One whose receiver does not answer. */
    String unreached() throws Exception {
        String wish = "{\"types\":[\"nl.veilige-buurten.opschaling.v1\"],\"protocol\":\"HTTP\",\"sink\":\"%s\"}";
        return failing(subscription(wish.formatted(NO_RECEIVER)));
    }

    /** The same, made in FHIR. */
    String unreachedInFhir() throws Exception {
        HttpResponse<String> asked = hub.post(
                CARE, "/fhir/Subscription", "application/fhir+json", """
                {"resourceType":"Subscription","status":"requested","reason":"Fictieve reden",
                 "criteria":"%s/fhir/SubscriptionTopic/escalation",
                 "channel":{"type":"rest-hook","endpoint":"%s","payload":"application/fhir+json",
                  "_payload":{"extension":[{"valueCode":"id-only",
                   "url":"http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/backport-payload-content"}]}}}
                """.formatted(hub.process.url(), NO_RECEIVER));
        assertThat(asked.statusCode()).as(asked.body()).isEqualTo(201);
        return failing(hub.json(asked).get("id").asText());
    }

    private String failing(String id) {
        return soon(() -> hub.json(hub.get(hub.token(CARE), "/v1/subscriptions/" + id))
                        .at("/delivery/failingSince")
                        .isMissingNode()
                ? null
                : id);
    }

    /** The code by which somebody follows a lamp that is out. */
    String receipt() throws Exception {
        return town.accepted(
                        "openbare-ruimte-demo",
                        "area.lighting",
                        "low",
                        "{\"neighbourhood\":{\"buurtCode\":\"BU99990101\"}}",
                        "")
                .get("receiptCode")
                .asText();
    }
}
