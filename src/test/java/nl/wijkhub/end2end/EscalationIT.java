package nl.wijkhub.end2end;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Steps that somebody answers and questions to care that are answered, on a real hub where terms are short. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EscalationIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String SEAT = "medewerker-demo";
    private static final String CARE = "zorg-lid-demo";
    private static RunningHub hub;
    private static int house = 300;

    @BeforeAll
    static void start() throws Exception {
        hub = RunningHub.start(Map.of(
                "escalation.yaml",
                Map.of("when: \"disciplines30 >= 2\", due: P2D", "when: \"disciplines30 >= 2\", due: PT2S"),
                "hub.properties",
                Map.of(
                        "hub.attention.every=PT1M",
                        "hub.attention.every=PT1S",
                        "hub.consult.term=P2D",
                        "hub.consult.term=PT2S")));
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    @Order(1)
    void a_step_is_its_pair_s_alone_surfaces_when_nobody_answers_and_is_taken_once() throws Exception {
        JsonNode step = raised();
        String path = "/v1/escalations/" + step.get("id").asText();
        String plan = "/v1/plans/" + step.get("planId").asText();
        assertThat(step.get("state").asText()).isEqualTo("open");
        assertThat(step.get("level").asInt()).isEqualTo(1);
        assertThat(step.get("textNl").asText()).isEqualTo("Twee disciplines binnen dertig dagen");

        assertThat(get("vb-noord.municipality", path)).isEqualTo(200);
        HttpResponse<String> unknown = hub.get(hub.token("zorg-demo"), "/v1/escalations/" + UUID.randomUUID());
        for (String token : List.of(
                hub.token("zorg-demo"),
                hub.token("corporatie-demo"),
                hub.token("vb-noord.police"),
                hub.user("wijkagent-demo"),
                hub.user(CARE),
                hub.user("teamleider-zuid"),
                hub.user("privacy-demo"))) {
            for (HttpResponse<String> hidden : List.of(
                    hub.get(token, path),
                    hub.sendAs(token, path + "/_take", "{}"),
                    hub.sendAs(token, path + "/_decline", "{\"reason\":\"Fictieve reden\"}"))) {
                if (hidden.statusCode() != 403) {
                    assertThat(said(hidden)).isEqualTo(said(unknown));
                }
            }
            assertThat(hub.get(token, path).statusCode()).isEqualTo(404);
        }
        assertThat(hub.json(hub.get(hub.token("zorg-demo"), "/v1/escalations")).get("items"))
                .isEmpty();

        awaitAttention(SEAT, "escalation-unanswered", step.get("id").asText());
        assertThat(kinds(plan)).contains("escalation-unanswered-raised");
        assertThat(hub.sendAs(hub.token("vb-noord.municipality"), path + "/_take", "{}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(as(SEAT, path + "/_take", "{\"fake\":1}").statusCode()).isEqualTo(400);

        assertThat(hub.json(as(SEAT, path + "/_take", "")).get("state").asText())
                .isEqualTo("taken");
        assertThat(as(SEAT, path + "/_take", "{}").statusCode()).isEqualTo(200);
        assertThat(as("teamleider-demo", path + "/_take", "{}").statusCode()).isEqualTo(409);
        assertThat(as("teamleider-demo", path + "/_decline", "{\"reason\":\"Fictieve reden\"}")
                        .statusCode())
                .isEqualTo(409);
        await().atMost(SOON).untilAsserted(() -> assertThat(attention(SEAT)).doesNotContain(path.substring(16)));
        JsonNode seen = hub.json(hub.get(hub.user(SEAT), plan)).at("/escalations/0");
        assertThat(seen.at("/answers/0/by").asText()).isEqualTo(SEAT);
        assertThat(kinds(plan)).contains("escalation-taken", "escalation-unanswered-over");
    }

    @Test
    @Order(2)
    void a_step_is_declined_with_a_reason_and_every_fault_is_told_at_once() throws Exception {
        String path = "/v1/escalations/" + raised().get("id").asText();

        HttpResponse<String> bad = as(SEAT, path + "/_decline", "{\"fake\":1}");
        assertThat(bad.statusCode()).isEqualTo(400);
        assertThat(hub.json(bad).get("errors").findValuesAsText("pointer"))
                .containsExactlyInAnyOrder("/reason", "/fake");
        HttpResponse<String> declined = as(SEAT, path + "/_decline", "{\"reason\":\"Fictief: dit loopt al\"}");

        assertThat(hub.json(declined).get("state").asText()).isEqualTo("declined");
        assertThat(hub.json(declined).at("/answers/0/reason").asText()).isEqualTo("Fictief: dit loopt al");
        assertThat(as(SEAT, path + "/_take", "{}").statusCode()).isEqualTo(409);
    }

    @Test
    @Order(3)
    void the_feed_of_a_pair_goes_on_where_it_ended() throws Exception {
        JsonNode first = hub.json(hub.get(hub.user(SEAT), "/v1/escalations?pageSize=1"));
        assertThat(first.get("items")).hasSize(1);
        JsonNode second = hub.json(hub.get(
                hub.user(SEAT),
                "/v1/escalations?pageSize=1&after=" + first.get("next").asText()));

        assertThat(second.at("/items/0/id").asText())
                .isNotEmpty()
                .isNotEqualTo(first.at("/items/0/id").asText());
        assertThat(hub.get(hub.user(SEAT), "/v1/escalations?after=x&pageSize=0").statusCode())
                .isEqualTo(400);
        assertThat(hub.get(hub.user("privacy-demo"), "/v1/escalations").statusCode())
                .isEqualTo(404);
    }

    @Test
    @Order(4)
    void an_open_step_goes_along_with_a_plan_that_is_handed_over() throws Exception {
        JsonNode step = raised();
        String plan = "/v1/plans/" + step.get("planId").asText();
        HttpResponse<String> asked =
                as(SEAT, plan + "/_handover", "{\"to\":\"vb-zuid\",\"reason\":\"Fictief: verhuisd\"}");
        assertThat(asked.statusCode()).as(asked.body()).isEqualTo(200);
        assertThat(steps("teamleider-zuid")).isEmpty();

        String known = new KnownPlans(hub).inZuid(step.get("planId").asText());
        HttpResponse<String> accepted = as("teamleider-zuid", "/v1/plans/" + known + "/_accept", "{}");
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(200);

        JsonNode old = hub.json(
                hub.get(hub.user(SEAT), "/v1/escalations/" + step.get("id").asText()));
        assertThat(old.get("ending").asText()).isEqualTo("handed-over");
        await().atMost(SOON).untilAsserted(() -> assertThat(steps("teamleider-zuid"))
                .singleElement()
                .satisfies(next -> {
                    assertThat(next.get("level").asInt()).isEqualTo(1);
                    assertThat(next.get("state").asText()).isEqualTo("open");
                    assertThat(next.get("planId").asText())
                            .isEqualTo(known)
                            .isNotEqualTo(step.get("planId").asText());
                }));
    }

    @Test
    @Order(5)
    void care_outside_the_team_is_consulted_too_and_a_claim_shows_what_a_consent_lets_pass() throws Exception {
        int number = house++;
        String signal = post("corporatie-demo", "nuisance.noise", number, tenant());
        String item = "/v1/queue-items/" + await().atMost(SOON).until(() -> itemOf(signal), found -> found != null);
        assertThat(as(SEAT, item + "/_consult", "{\"fake\":1}").statusCode()).isEqualTo(400);
        String id =
                hub.json(as(SEAT, item + "/_consult", "")).get("consultationId").asText();
        String path = "/v1/consultations/" + id;
        assertThat(consultation(item).get("state").asText()).isIn("asked", "overdue");

        // its term passes, and it shows: at the seat on the plan, with care without one
        awaitAttention(SEAT, "consult-unanswered", id);
        awaitAttention(CARE, "consult-unanswered", id);
        for (JsonNode one : hub.json(hub.get(hub.user(CARE), "/v1/teams/vb-noord/attention"))
                .get("items")) {
            assertThat(one.get("planId").isNull()).isTrue();
        }
        assertThat(consultation(item).get("state").asText()).isEqualTo("overdue");
        JsonNode listed =
                hub.json(hub.get(hub.token("zorg-demo"), "/v1/consultations")).at("/items/0");
        assertThat(listed.get("id").asText()).isEqualTo(id);
        assertThat(listed.get("overdue").asBoolean()).isTrue();
        assertThat(get("welzijn-demo", path)).isEqualTo(404);
        assertThat(hub.sendAs(hub.token("welzijn-demo"), path + "/_answer", "{\"advice\":\"no-objection\"}")
                        .statusCode())
                .isEqualTo(404);

        // nothing tells before a claim, nor after one without a consent
        JsonNode before = hub.json(hub.get(hub.token("zorg-demo"), path));
        assertThat(answer(path, "{\"advice\":\"may-be-mine\"}")).isEqualTo(200);
        assertThat(hub.json(hub.get(hub.token("zorg-demo"), path))).isEqualTo(before);
        assertThat(before.has("released")).isFalse();

        consent("T-care", "CARE", number);
        JsonNode released = await().atMost(SOON)
                .until(() -> hub.json(hub.get(hub.token("zorg-demo"), path)).get("released"), found -> found != null);
        assertThat(released.get("disclosure").asText()).isEqualTo("NOTICE");
        assertThat(released.get("contact").asText()).contains("Noord");
        assertThat(released.get("advice").asText()).isEqualTo("Er is een zorg over dit huishouden");
        // who did not say so sees what there was
        assertThat(hub.json(hub.get(hub.user(CARE), path)).has("released")).isFalse();

        assertThat(answer(path, "{\"advice\":\"go-together\",\"contact\":\"Fictief: bel 0900-0000009\"}"))
                .isEqualTo(200);
        assertThat(answer(path, "{\"advice\":\"may-be-mine\"}")).isEqualTo(409);
        assertThat(answer(path, "{\"advice\":\"no-objection\"}")).isEqualTo(409);
        JsonNode heard = consultation(item);
        assertThat(heard.get("state").asText()).isEqualTo("answered");
        assertThat(heard.has("advice")).isFalse();
        assertThat(heard.has("contact")).isFalse();

        consent("T-municipality", "MUNICIPALITY", number);
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(consultation(item).path("advice").asText()).isEqualTo("go-together"));
        assertThat(consultation(item).get("contact").asText()).isEqualTo("Fictief: bel 0900-0000009");
        assertThat(consultation(item).get("says").asText()).isEqualTo("Er is actie nodig");
        String plan = hub.json(hub.get(hub.user(SEAT), item)).get("planId").asText();
        assertThat(hub.json(hub.get(hub.user(SEAT), "/v1/plans/" + plan))
                        .at("/consultations/0/state")
                        .asText())
                .isEqualTo("answered");
        await().atMost(SOON).untilAsserted(() -> assertThat(attention(SEAT)).doesNotContain(id));
    }

    @Test
    @Order(6)
    void what_care_may_not_be_asked_does_not_wait_for_care() throws Exception {
        Path file = hub.config().resolve("sharing-agreement.yaml");
        String text = Files.readString(file);
        int start = text.indexOf("  - id: row-28\n");
        String without = text.substring(0, start) + text.substring(text.indexOf("\n  - id: ", start + 1) + 1);
        Files.writeString(file, without.replaceFirst("version: \"[^\"]*\"", "version: \"without-row-28\""));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(hub.log()).contains("event=agreement.in-force", "/without-row-28"));

        String signal = post("corporatie-demo", "housing.neglect", house++, "");

        await().atMost(SOON).untilAsserted(() -> assertThat(hub.get(hub.user("wijkagent-demo"), "/v1/signals/" + signal)
                        .statusCode())
                .isEqualTo(200));
        assertThat(hub.json(hub.get(hub.user(CARE), "/v1/consultations")).get("items"))
                .isEmpty();
    }

    @Test
    @Order(7)
    void a_care_provider_that_was_told_answers_without_a_name_and_the_seat_sees_who() throws Exception {
        HttpResponse<String> subscribed = hub.post(
                "zorg-demo",
                "/v1/subscriptions",
                "{\"types\":[\"nl.veilige-buurten.opschaling.v1\"],\"protocol\":\"HTTP\"}");
        assertThat(subscribed.statusCode()).as(subscribed.body()).isEqualTo(201);
        String id = raised().get("id").asText();
        String path = "/v1/escalations/" + id;
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(get("zorg-demo", path)).isEqualTo(200));

        JsonNode told = hub.json(hub.get(hub.token("zorg-demo"), path));
        assertThat(told.fieldNames()).toIterable().containsExactly("id", "level", "dueAt", "state");
        assertThat(hub.json(hub.get(hub.token("zorg-demo"), "/v1/escalations")).get("items"))
                .containsExactly(told);
        assertThat(get("welzijn-demo", path)).isEqualTo(404);

        HttpResponse<String> declined = hub.sendAs(
                hub.token("zorg-demo"), path + "/_decline", "{\"reason\":\"Fictief: bij ons in behandeling\"}");
        assertThat(hub.json(declined).get("state").asText()).isEqualTo("declined");
        assertThat(hub.json(declined).at("/answer/reason").asText()).contains("behandeling");
        JsonNode seen = hub.json(hub.get(hub.user(SEAT), path));
        assertThat(seen.get("state").asText()).isEqualTo("open");
        assertThat(seen.at("/answers/0/by").asText()).isEqualTo("partner:zorg-demo");
        assertThat(seen.toString()).doesNotContain("behandeling");

        HttpResponse<String> taken = hub.sendAs(hub.token("zorg-demo"), path + "/_take", "{}");
        assertThat(hub.json(taken).get("state").asText()).isEqualTo("taken");
        assertThat(as(SEAT, path + "/_take", "{}").statusCode()).isEqualTo(409);
        assertThat(hub.json(hub.get(hub.user(SEAT), path)).at("/answers/1/kind").asText())
                .isEqualTo("taken");
    }

    @Test
    @Order(8)
    void nothing_of_it_is_in_the_log() throws Exception {
        assertThat(hub.log().lines().filter(line -> line.contains("event=")))
                .isNotEmpty()
                .noneMatch(line -> line.matches(".*(Fake|Fictief|1962-03-04|9990E).*"));
    }

    /** A step that two disciplines raised at a house of its own, as its seat sees it. */
    private static JsonNode raised() throws Exception {
        int number = house++;
        post("corporatie-demo", "nuisance.noise", number, "");
        String signal = post("welzijn-demo", "nuisance.noise", number, "");
        String plan = await().atMost(SOON).until(() -> planOf(signal), found -> found != null);
        return await().atMost(SOON)
                .until(
                        () -> steps(SEAT).stream()
                                .filter(step -> step.get("planId").asText().equals(plan))
                                .findFirst()
                                .orElse(null),
                        found -> found != null);
    }

    private static List<JsonNode> steps(String user) throws Exception {
        List<JsonNode> steps = new ArrayList<>();
        hub.json(hub.get(hub.user(user), "/v1/escalations?pageSize=1000"))
                .get("items")
                .forEach(steps::add);
        return steps;
    }

    private static String planOf(String signal) throws Exception {
        JsonNode item = queued(signal);
        return item == null ? null : item.get("planId").asText();
    }

    private static String itemOf(String signal) throws Exception {
        JsonNode item = queued(signal);
        return item == null ? null : item.get("id").asText();
    }

    private static JsonNode queued(String signal) throws Exception {
        for (JsonNode item : hub.json(hub.get(hub.user(SEAT), "/v1/teams/vb-noord/queue-items?pageSize=1000"))
                .get("items")) {
            if (item.get("signalId").asText().equals(signal)) {
                return item;
            }
        }
        return null;
    }

    private static JsonNode consultation(String item) throws Exception {
        return hub.json(hub.get(hub.user(SEAT), item)).get("consultation");
    }

    private static int answer(String path, String json) throws Exception {
        return hub.sendAs(hub.token("zorg-demo"), path + "/_answer", json).statusCode();
    }

    private static void awaitAttention(String user, String kind, String part) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(hub.json(hub.get(hub.user(user), "/v1/teams/vb-noord/attention"))
                                .get("items"))
                        .anyMatch(one -> one.get("kind").asText().equals(kind)
                                && one.get("partId").asText().equals(part)));
    }

    private static String attention(String user) throws Exception {
        return hub.get(hub.user(user), "/v1/teams/vb-noord/attention").body();
    }

    private static List<String> kinds(String plan) throws Exception {
        return hub.json(hub.get(hub.user(SEAT), plan + "/history")).get("items").findValuesAsText("kind");
    }

    /** What an answer says, but for the id of the request. */
    private static ObjectNode said(HttpResponse<String> answer) throws Exception {
        ObjectNode body = (ObjectNode) hub.json(answer);
        return body.without("instance");
    }

    private static int get(String client, String path) throws Exception {
        return hub.get(hub.token(client), path).statusCode();
    }

    private static HttpResponse<String> as(String user, String path, String json) throws Exception {
        return hub.sendAs(hub.user(user), path, json);
    }

    private static String tenant() {
        return ",\"persons\":[{\"role\":\"tenant\",\"name\":\"Fake Huurder\",\"birthDate\":\"1962-03-04\"}]";
    }

    private static String post(String partner, String category, int number, String persons) throws Exception {
        String at = Instant.now().minusSeconds(3600).toString();
        HttpResponse<String> accepted = hub.post(
                partner, "/v1/signals", """
                {"reference":"%s","occurredAt":"%s","reportedAt":"%s","category":"%s","severity":"elevated",\
                "subject":{"household":{"address":{"postalCode":"9990ES","houseNumber":%d}%s}}}""".formatted("fake-" + UUID.randomUUID(), at, at, category, number, persons));
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
        return hub.json(accepted).get("id").asText();
    }

    private static void consent(String reference, String discipline, int number) throws Exception {
        HttpResponse<String> registered = hub.post(
                "zorg-demo", "/fhir/Consent", "application/fhir+json", """
                {"resourceType":"Consent","contained":[{"resourceType":"Patient","id":"p",
                 "name":[{"text":"Fake Huurder"}],"birthDate":"1962-03-04",
                 "address":[{"postalCode":"9990ES","line":["Voorbeeldstraat %d"]}]}],
                 "identifier":[{"system":"https://zorg.example/toestemming","value":"%s"}],"status":"active",
                 "scope":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/consentscope","code":"patient-privacy"}]},
                 "category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"IDSCL"}]}],
                 "patient":{"reference":"#p"},"dateTime":"2026-01-01",
                 "policyRule":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"OPTOUT"}]},
                 "provision":{"type":"permit","period":{"start":"2026-01-01","end":"2036-01-01"},"actor":[
                  {"role":{"coding":[{"system":"urn:wijkhub:codesystem:discipline","code":"%s"}]},
                   "reference":{"display":"Fake"}}]}}
                """.formatted(number, reference, discipline));
        assertThat(registered.statusCode()).as(registered.body()).isEqualTo(201);
    }
}
