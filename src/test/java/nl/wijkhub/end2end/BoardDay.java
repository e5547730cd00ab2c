package nl.wijkhub.end2end;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.awaitility.Awaitility;

/** Something on every page of the board: three signals of two households, a plan that is worked on, and a neighbourhood. */
final class BoardDay {
    private static final Duration SOON = Duration.ofSeconds(40);

    final RunningHub hub;
    /** Worked on, with something of everything. */
    final String plan;
    /** Proposed: nobody coordinates it. */
    final String newPlan;

    final String signal;
    final String release;
    final String item;
    final String receipt;
    /** The plan that is worked on, as welfare knows it that takes part. */
    final String planOfWelfare;
    /** Of an informal helper, in the plan that is worked on. */
    final String agreement;
    /** Of an address that two corporations say they let. */
    final String unitConflict;

    BoardDay(RunningHub hub) throws Exception {
        this.hub = hub;
        household("board-1", 3, "high");
        household("board-2", 3, "low");
        household("board-3", 5, "acute");
        receipt = neighbourhood("nuisance.noise");
        neighbourhood("area.litter");
        Awaitility.await().atMost(SOON).until(() -> items("medewerker-demo").size() == 9);
        JsonNode worked = ofPriority("high");
        plan = worked.get("planId").asText();
        signal = worked.get("signalId").asText();
        item = worked.get("id").asText();
        newPlan = ofPriority("acute").get("planId").asText();
        release = hub.json(hub.get(hub.user("medewerker-demo"), "/v1/signals/" + signal))
                .get("releaseId")
                .asText();
        agreement = fill("/v1/plans/" + plan);
        planOfWelfare = hub.json(hub.get(hub.user("welzijn-lid-demo"), "/v1/teams/vb-noord/tasks"))
                .at("/items/0/planId")
                .asText();
        for (String partner : List.of("corporatie-demo", "corporatie-twee")) {
            hub.put(partner, "/v1/partners/housing/eenheden/E-7", "{\"postcode\":\"9990 AC\",\"huisnummer\":7}");
        }
        unitConflict = hub.json(hub.get(hub.user("medewerker-demo"), "/v1/teams/vb-noord/unit-conflicts"))
                .at("/items/0/id")
                .asText();
        hub.sendAs(hub.user("medewerker-demo"), "/v1/queue-items/" + item + "/_consult", "{}");
        hub.sendAs(hub.user("zorg-lid-demo"), "/v1/households/_breakglass", """
                {"address":{"postalCode":"9990 AC","houseNumber":3},"interest":"life",
                 "reason":"Fictief: iemand ligt mogelijk op de grond"}""");
        hub.sendAs(hub.user("privacy-demo"), "/v1/citizens/_object", """
                {"name":"Fake Huurder","birthDate":"1970-01-01","reason":"Fictief bezwaar tegen delen"}""");
    }

    private JsonNode ofPriority(String priority) throws Exception {
        for (JsonNode one : items("medewerker-demo")) {
            if (one.path("planId").isTextual() && one.get("priority").asText().equals(priority)) {
                return one;
            }
        }
        throw new IllegalStateException(priority);
    }

    /** @return the code a resident was given */
    private String neighbourhood(String category) throws Exception {
        String code = null;
        for (int i = 0; i < 3; i++) {
            code = hub.json(hub.post(
                            "opbouwwerk-demo", "/v1/signals", """
                    {"reference":"board-%s-%d","occurredAt":"%s","reportedAt":"%s","category":"%s",
                     "severity":"low","experiencedImpact":4,"knownToPolice":false,
                     "subject":{"neighbourhood":{"buurtCode":"BU99990101"}}}""".formatted(category, i, now(), now(), category)))
                    .path("receiptCode")
                    .asText();
        }
        return code;
    }

    private String fill(String path) throws Exception {
        String seat = hub.user("medewerker-demo");
        String etag = hub.get(seat, path).headers().firstValue("ETag").orElseThrow();
        assertThat(hub.patch(seat, path, etag, """
                {"coordinator":{"user":"medewerker-demo"},"agreedOn":"%s","strengths":["Fictief: helpt de buren"]}""".formatted(LocalDate.now())).statusCode())
                .isEqualTo(200);
        made(path + "/participants", "{\"discipline\":\"WELFARE\"}");
        String helper =
                made(path + "/participants", "{\"name\":\"Fake Buurvrouw\",\"contact\":\"geen\",\"loadLimit\":2}");
        made(path + "/goals", """
                {"lifeDomain":"financien","text":"Fictief: rekeningen op orde","writtenBy":"resident"}""");
        String agreement =
                made(path + "/agreements", """
                {"text":"Fictief: samen de post openen","owner":"%s","rung":"collective","dueOn":"%s",
                 "rungReason":"Fictief: er is niemand in de buurt"}""".formatted(helper, LocalDate.now().plusDays(7)));
        for (String moment : List.of("start", "review")) {
            made(path + "/scores", """
                    {"moment":"%s","scoredOn":"%s","scores":{"financien":%d,"huisvesting":2,"sociaal-netwerk":3,
                     "tijdsbesteding":4}}""".formatted(moment, LocalDate.now(), moment.equals("start") ? 1 : 3));
        }
        made(path + "/weighings", "{\"question\":\"Fictief: blijven wonen of verhuizen?\"}");
        return agreement;
    }

    private String made(String path, String body) throws Exception {
        HttpResponse<String> answer = hub.sendAs(hub.user("medewerker-demo"), path, body);
        assertThat(answer.statusCode()).as(path + answer.body()).isEqualTo(201);
        return hub.json(answer).get("id").asText();
    }

    private void household(String reference, int number, String severity) throws Exception {
        HttpResponse<String> accepted = hub.post("corporatie-demo", "/v1/signals", """
                {"reference":"%s","occurredAt":"%s","reportedAt":"%s","category":"nuisance.noise","severity":"%s",
                 "experiencedImpact":5,"lifeDomains":["huisvesting"],
                 "subject":{"household":{"address":{"postalCode":"9990 AC","houseNumber":%d},
                   "persons":[{"role":"tenant","name":"%s","birthDate":"1970-01-01"}]}}}""".formatted(
                        reference, now(), now(), severity, number, number == 3 ? "Fake Huurder" : "Fake Buur"));
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
    }

    private static String now() {
        return Instant.now().minusSeconds(60).toString();
    }

    JsonNode items(String user) throws Exception {
        return hub.json(hub.get(hub.user(user), "/v1/teams/vb-noord/queue-items"))
                .get("items");
    }

    /** The way of a question to care. */
    String consultation() throws Exception {
        JsonNode asked = hub.json(hub.get(hub.user("zorg-lid-demo"), "/v1/consultations"))
                .get("items");
        return "/board/consultations/" + asked.get(0).get("id").asText();
    }
}
