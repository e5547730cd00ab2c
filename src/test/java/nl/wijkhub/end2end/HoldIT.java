package nl.wijkhub.end2end;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** What is held before it is released, what ends the waiting, and texts that a person reads first: on a real hub. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HoldIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static RunningHub hub;

    @BeforeAll
    static void start() throws Exception {
        hub = RunningHub.start();
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    @Order(1)
    void the_police_wait_until_care_has_answered_and_nothing_shows_that_they_do() throws Exception {
        String signal = post("corporatie-demo", signal("fake-neglect-1", "housing.neglect", 11, "elevated", ""));
        awaitView("medewerker-demo", signal);

        assertThat(view("wijkagent-demo", signal)).isEqualTo(404);
        assertThat(queue("wijkagent-demo")).doesNotContain(signal);
        JsonNode holds = hub.json(hub.get(hub.user("privacy-demo"), "/v1/holds"));
        assertThat(holds.at("/items/0/kind").asText()).isEqualTo("consult-care-first");
        assertThat(holds.at("/items/0/recipient").asText()).isEqualTo("vb-noord.police");
        assertThat(hub.json(hub.get(
                                hub.user("privacy-demo"),
                                "/v1/releases/" + holds.at("/items/0/releaseId").asText() + "/explanation"))
                        .get("textNl")
                        .asText())
                .contains("het wacht: Eerst afstemmen met een zorgprofessional");
        for (String user : List.of("wijkagent-demo", "medewerker-demo", "zorg-lid-demo")) {
            assertThat(hub.get(hub.user(user), "/v1/holds").statusCode()).isEqualTo(403);
        }

        String path = "/v1/consultations/"
                + hub.json(hub.get(hub.user("zorg-lid-demo"), "/v1/consultations"))
                        .at("/items/0/id")
                        .asText();
        JsonNode question = hub.json(hub.get(hub.user("zorg-lid-demo"), path));
        assertThat(question.get("categoryClass").asText()).isEqualTo("housing");
        assertThat(question.get("area").asText()).isEqualTo("9990");
        assertThat(question.toString()).doesNotContain("9990A", "Fake", "neglect", signal);
        assertThat(hub.get(hub.user("medewerker-demo"), path).statusCode()).isEqualTo(404);
        HttpResponse<String> bad = as("zorg-lid-demo", path + "/_answer", "{\"advice\":\"maybe\",\"fake\":1}");
        assertThat(bad.statusCode()).isEqualTo(400);
        assertThat(hub.json(bad).get("errors").findValuesAsText("pointer"))
                .containsExactlyInAnyOrder("/advice", "/fake");
        assertThat(view("wijkagent-demo", signal)).isEqualTo(404);

        HttpResponse<String> answered = as("zorg-lid-demo", path + "/_answer", "{\"advice\":\"go-together\"}");
        assertThat(answered.statusCode()).as(answered.body()).isEqualTo(200);
        // what was answered is kept by the database: a hub that dies right here releases it when it is back
        hub.process.kill();
        hub.process.start();
        hub.process.awaitReady();

        awaitView("wijkagent-demo", signal);
        assertThat(queue("wijkagent-demo")).containsOnlyOnce(signal);
        assertThat(hub.json(hub.get(hub.user("zorg-lid-demo"), "/v1/consultations"))
                        .get("items"))
                .isEmpty();
        assertThat(as("zorg-lid-demo", path + "/_answer", "{\"advice\":\"go-together\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(as("zorg-lid-demo", path + "/_answer", "{\"advice\":\"no-objection\"}")
                        .statusCode())
                .isEqualTo(409);
    }

    @Test
    @Order(2)
    void breaking_the_glass_shows_it_once_and_opens_no_other_door() throws Exception {
        String signal = post("corporatie-demo", signal("fake-neglect-5", "housing.neglect", 17, "elevated", ""));
        awaitHeld(signal);

        String seen = as(
                        "wijkagent-demo",
                        "/v1/households/_breakglass",
                        "{\"address\":{\"postalCode\":\"9990AB\",\"houseNumber\":17},\"reason\":\"Fictief: er dreigt gevaar\",\"interest\":\"resident\"}")
                .body();

        assertThat(seen).contains(signal);
        assertThat(view("wijkagent-demo", signal)).isEqualTo(404);
        assertThat(hub.get(hub.user("wijkagent-demo"), "/v1/signals/" + signal + "/narrative")
                        .statusCode())
                .isEqualTo(404);
        assertThat(queue("wijkagent-demo")).doesNotContain(signal);
    }

    @Test
    @Order(3)
    void acute_waits_for_nobody_and_a_term_that_passed_is_an_answer() throws Exception {
        String acute = post("corporatie-demo", signal("fake-neglect-2", "housing.neglect", 12, "acute", ""));
        awaitView("wijkagent-demo", acute);

        agree("2 seconds", "    within: P2D", "    within: PT2S");
        String signal = post("corporatie-demo", signal("fake-neglect-3", "housing.hoarding", 13, "elevated", ""));
        awaitView("wijkagent-demo", signal);
        assertThat(hub.get(hub.user("privacy-demo"), "/v1/holds").body()).doesNotContain(signal);
    }

    @Test
    @Order(4)
    void an_objection_by_bsn_finds_what_a_landlord_knows_by_name_and_care_is_asked_once_it_is_rejected()
            throws Exception {
        agree("two days", "    within: PT2S", "    within: P2D");
        String person = ",\"persons\":[{\"role\":\"tenant\",\"name\":\"Fake Bezwaar\",\"birthDate\":\"1958-08-08\"}]";
        awaitView(
                "medewerker-demo",
                post("corporatie-demo", signal("fake-noise-9", "nuisance.noise", 18, "low", person)));
        String who =
                "{\"bsn\":\"999990019\",\"name\":\"Fake Bezwaar\",\"birthDate\":\"1958-08-08\",\"reason\":\"Fictief: ik ben het niet\"}";
        String objection = hub.json(as("privacy-demo", "/v1/citizens/_object", who))
                .get("id")
                .asText();
        // a repeat is the same objection
        assertThat(hub.json(as("privacy-demo", "/v1/citizens/_object", who))
                        .get("id")
                        .asText())
                .isEqualTo(objection);

        String signal = post("corporatie-demo", signal("fake-neglect-9", "housing.neglect", 18, "elevated", person));
        awaitHeld(signal);
        assertThat(view("medewerker-demo", signal)).isEqualTo(404);
        int asked = hub.json(hub.get(hub.user("zorg-lid-demo"), "/v1/consultations"))
                .get("items")
                .size();
        as(
                "privacy-demo",
                "/v1/objections/" + objection + "/_decide",
                "{\"outcome\":\"rejected\",\"reason\":\"Fictief: het belang weegt zwaarder\"}");

        awaitView("medewerker-demo", signal);
        assertThat(view("wijkagent-demo", signal)).isEqualTo(404);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(hub.json(hub.get(hub.user("zorg-lid-demo"), "/v1/consultations"))
                                .get("items"))
                        .hasSize(asked + 1));
    }

    @Test
    @Order(5)
    void who_was_not_asked_is_a_task_for_the_sender_and_a_consent_releases_what_waited() throws Exception {
        String person = ",\"persons\":[{\"role\":\"resident\",\"name\":\"Fake Bewoner\",\"birthDate\":\"1971-05-04\"}]";
        String signal = post("zorg-demo", signal("fake-note-1", "care.self-neglect", 14, "elevated", person));
        await().atMost(SOON).untilAsserted(() -> assertThat(tasks("zorg-demo")).contains(signal));

        JsonNode task = hub.json(hub.get(hub.token("zorg-demo"), "/v1/holds")).at("/items/0");
        assertThat(task.get("disciplines")).hasSize(4);
        assertThat(tasks("welzijn-demo")).doesNotContain(signal);
        assertThat(view("medewerker-demo", signal)).isEqualTo(404);

        HttpResponse<String> consent = hub.post("zorg-demo", "/fhir/Consent", "application/fhir+json", consent());
        assertThat(consent.statusCode()).as(consent.body()).isEqualTo(201);
        awaitView("medewerker-demo", signal);
        assertThat(view("welzijn-lid-demo", signal)).isEqualTo(404);
        // whom it was given for is not the sender's to know
        assertThat(hub.json(hub.get(hub.token("zorg-demo"), "/v1/holds")).at("/items/0/disciplines"))
                .hasSize(4);
    }

    @Test
    @Order(6)
    void an_objection_holds_what_is_new_until_it_is_weighed_and_recalls_what_went_when_it_is_upheld() throws Exception {
        String person = ",\"persons\":[{\"role\":\"tenant\",\"name\":\"Fake Huurder\",\"birthDate\":\"1960-02-03\"}]";
        String first = post("corporatie-demo", signal("fake-noise-1", "nuisance.noise", 15, "low", person));
        awaitView("medewerker-demo", first);
        String who =
                "{\"name\":\"fake  huurder\",\"birthDate\":\"1960-02-03\",\"reason\":\"Fictief: ik ben het niet\"}";

        assertThat(as("medewerker-demo", "/v1/citizens/_object", who).statusCode())
                .isEqualTo(403);
        assertThat(hub.json(as("privacy-demo", "/v1/citizens/_object", "{}"))
                        .get("errors")
                        .findValuesAsText("pointer"))
                .containsExactlyInAnyOrder("/name", "/birthDate", "/reason");
        assertThat(as("privacy-demo", "/v1/citizens/_object", who.replace("1960", "1961"))
                        .body())
                .contains("not-known")
                .doesNotContain("huurder", "1961");
        String objection = hub.json(as("privacy-demo", "/v1/citizens/_object", who))
                .get("id")
                .asText();

        String second = post("corporatie-demo", signal("fake-noise-2", "nuisance.noise", 15, "low", person));
        awaitHeld(second);
        assertThat(view("medewerker-demo", second)).isEqualTo(404);
        assertThat(queue("medewerker-demo")).doesNotContain(second);
        assertThat(view("medewerker-demo", first)).isEqualTo(200);

        String decide = "/v1/objections/" + objection + "/_decide";
        assertThat(as(
                                "privacy-demo",
                                decide,
                                "{\"outcome\":\"rejected\",\"reason\":\"Fictief: het belang weegt zwaarder\"}")
                        .statusCode())
                .isEqualTo(200);
        awaitView("medewerker-demo", second);
        assertThat(as("privacy-demo", decide, "{\"outcome\":\"upheld\",\"reason\":\"Fictief: toch maar wel\"}")
                        .statusCode())
                .isEqualTo(409);

        String again = hub.json(as("privacy-demo", "/v1/citizens/_object", who))
                .get("id")
                .asText();
        HttpResponse<String> upheld = as(
                "privacy-demo",
                "/v1/objections/" + again + "/_decide",
                "{\"outcome\":\"upheld\",\"reason\":\"Fictief: terecht bezwaar\"}");
        assertThat(hub.json(upheld).get("recalled").asInt()).as(upheld.body()).isPositive();
        for (String gone : List.of(first, second)) {
            assertThat(view("medewerker-demo", gone)).isEqualTo(404);
            assertThat(queue("medewerker-demo")).doesNotContain(gone);
        }
        JsonNode told = hub.json(as("privacy-demo", "/v1/citizens/_export", who.replaceAll(",\"reason.*", "}")));
        assertThat(told.findValuesAsText("recalled")).contains("objection-upheld");
    }

    @Test
    @Order(7)
    void a_text_goes_to_another_discipline_once_one_of_its_own_said_what_is_in_it() throws Exception {
        String text = ",\"narrative\":\"Fictief verhaal van de wijkwerker\"";
        String signal = post(
                "welzijn-demo",
                signal("fake-lonely-1", "social.isolation", 16, "low", "").replaceFirst("}}}$", "}}" + text + "}"));
        awaitView("medewerker-demo", signal);
        String narrative = "/v1/signals/" + signal + "/narrative";
        String classify = "/v1/signals/" + signal + "/_classify";

        assertThat(hub.get(hub.user("welzijn-lid-demo"), narrative).body()).contains("Fictief verhaal");
        for (String other :
                List.of(hub.user("medewerker-demo"), hub.token("vb-noord.welfare"), hub.user("privacy-demo"))) {
            assertThat(hub.get(other, narrative).statusCode()).isEqualTo(404);
            assertThat(hub.sendAs(other, classify, "{\"classes\":[\"N\"]}").statusCode())
                    .isEqualTo(404);
        }
        assertThat(as("welzijn-lid-demo", classify, "{\"classes\":[\"N\",\"Q\"]}")
                        .body())
                .contains("/classes/1");

        assertThat(told("medewerker-demo", signal)).doesNotContain("Fictief verhaal");
        assertThat(as("welzijn-lid-demo", classify, "{\"classes\":[\"N\",\"C\"]}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(told("medewerker-demo", signal)).contains("Fictief verhaal", "\"FULL\"");
        // read once more: there is health in it after all
        assertThat(as("welzijn-lid-demo", classify, "{\"classes\":[\"C\",\"H\"]}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(told("medewerker-demo", signal)).doesNotContain("Fictief verhaal");
    }

    @Test
    @Order(8)
    void nothing_of_it_is_in_the_log() throws Exception {
        // but for the ready-made examples of the demo
        assertThat(hub.log().lines().filter(line -> line.contains("event=")))
                .isNotEmpty()
                .noneMatch(line -> line.matches(".*(Fake|Fictief|1960-02-03|9990A).*"));
    }

    private static void agree(String version, String from, String to) throws Exception {
        Path file = hub.config().resolve("sharing-agreement.yaml");
        String text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(
                file, text.replace(from, to).replaceFirst("version: \"[^\"]*\"", "version: \"" + version + "\""));
        await().atMost(SOON).untilAsserted(() -> assertThat(hub.log())
                .contains("event=agreement.in-force version=veilige-buurten-demo/" + version));
    }

    private static String post(String partner, String json) throws Exception {
        HttpResponse<String> accepted = hub.post(partner, "/v1/signals", json);
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
        return hub.json(accepted).get("id").asText();
    }

    private static void awaitView(String user, String signal) {
        await().atMost(SOON).untilAsserted(() -> assertThat(view(user, signal)).isEqualTo(200));
    }

    private static void awaitHeld(String signal) {
        await().atMost(SOON).untilAsserted(() -> assertThat(
                        hub.get(hub.user("privacy-demo"), "/v1/holds").body())
                .contains(signal));
    }

    private static int view(String user, String signal) throws Exception {
        return hub.get(hub.user(user), "/v1/signals/" + signal).statusCode();
    }

    private static String told(String user, String signal) throws Exception {
        return hub.get(hub.user(user), "/v1/signals/" + signal).body();
    }

    private static String queue(String user) throws Exception {
        return hub.get(hub.user(user), "/v1/teams/vb-noord/queue-items?pageSize=1000")
                .body();
    }

    private static String tasks(String partner) throws Exception {
        return hub.get(hub.token(partner), "/v1/holds").body();
    }

    private static HttpResponse<String> as(String user, String path, String json) throws Exception {
        return hub.sendAs(hub.user(user), path, json);
    }

    private static String signal(String reference, String category, int number, String severity, String persons) {
        String at = Instant.now().minusSeconds(3600).toString();
        return """
                {"reference":"%s","occurredAt":"%s","reportedAt":"%s","category":"%s","severity":"%s",\
                "subject":{"household":{"address":{"postalCode":"9990AB","houseNumber":%d}%s}}}""".formatted(reference, at, at, category, severity, number, persons);
    }

    /** Of the person of the care note, for the municipality alone. */
    private static String consent() {
        return """
                {"resourceType":"Consent","contained":[{"resourceType":"Patient","id":"p",
                 "name":[{"text":"Fake Bewoner"}],"birthDate":"1971-05-04",
                 "address":[{"postalCode":"9990AB","line":["Voorbeeldstraat 14"]}]}],
                 "identifier":[{"system":"https://zorg.example/toestemming","value":"T-hold"}],"status":"active",
                 "scope":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/consentscope","code":"patient-privacy"}]},
                 "category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"IDSCL"}]}],
                 "patient":{"reference":"#p"},"dateTime":"2026-01-01",
                 "policyRule":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"OPTOUT"}]},
                 "provision":{"type":"permit","period":{"start":"2026-01-01","end":"2036-01-01"},"actor":[
                  {"role":{"coding":[{"system":"urn:wijkhub:codesystem:discipline","code":"MUNICIPALITY"}]},
                   "reference":{"display":"Fake"}}]}}
                """;
    }
}
