package nl.wijkhub.end2end;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.jms.Connection;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Vault;
import nl.wijkhub.lab.embedded.BrokerLogins;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Consents as FHIR resources, and what is taken back when one is withdrawn: on a real hub, through its doors. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConsentIT {
    private static final String FHIR = "application/fhir+json";
    private static final String BSN = "999990342";
    private static RunningHub hub;
    private static String consent;
    private static String signal;
    private static String release;

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
    void says_what_is_there_and_does_what_it_says() throws Exception {
        HttpResponse<String> metadata = hub.get("none", "/fhir/metadata");
        JsonNode statement = hub.json(metadata);

        assertThat(metadata.statusCode()).isEqualTo(200);
        assertThat(statement.at("/rest/0/resource/0/type").asText()).isEqualTo("Consent");
        assertThat(statement.at("/rest/0/resource/0/interaction").findValuesAsText("code"))
                .containsExactly("create", "read", "update", "search-type");
    }

    @Test
    @Order(2)
    void a_consent_is_created_read_and_found_again_by_whoever_registered_it() throws Exception {
        HttpResponse<String> created = hub.post("zorg-demo", "/fhir/Consent", FHIR, consent("T-1", "active", null));
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        consent = hub.json(created).get("id").asText();

        assertThat(created.headers().firstValue("Location")).contains("/fhir/Consent/" + consent);
        assertThat(hub.post("zorg-demo", "/fhir/Consent", FHIR, consent("T-1", "active", null))
                        .statusCode())
                .isEqualTo(200);
        assertThat(hub.get(hub.token("zorg-demo"), "/fhir/Consent/" + consent).statusCode())
                .isEqualTo(200);
        assertThat(hub.get(hub.user("privacy-demo"), "/fhir/Consent/" + consent).statusCode())
                .isEqualTo(200);
        assertThat(hub.get(hub.token("welzijn-demo"), "/fhir/Consent/" + consent)
                        .statusCode())
                .isEqualTo(404);
        HttpResponse<String> found = hub.post(
                "zorg-demo",
                "/fhir/Consent/_search",
                "application/x-www-form-urlencoded",
                "patient:identifier=http%3A%2F%2Ffhir.nl%2Ffhir%2FNamingSystem%2Fbsn%7C" + BSN);
        assertThat(hub.json(found).get("total").asInt()).as(found.body()).isEqualTo(1);
        for (String none : List.of(
                "patient:identifier=http%3A%2F%2Ffhir.nl%2Ffhir%2FNamingSystem%2Fbsn%7C999990330",
                "identifier=T-unknown", "status=inactive")) {
            assertThat(hub.json(hub.post(
                                    "zorg-demo", "/fhir/Consent/_search", "application/x-www-form-urlencoded", none))
                            .get("total")
                            .asInt())
                    .as(none)
                    .isZero();
        }
        assertThat(hub.post("zorg-demo", "/fhir/Consent/_search", "application/x-www-form-urlencoded", "fake=1")
                        .body())
                .contains("unknown-parameter");
        assertThat(hub.get(hub.token("zorg-demo"), "/fhir/Consent?status=active")
                        .statusCode())
                .isEqualTo(200);
        HttpResponse<String> inUrl = hub.get(hub.token("zorg-demo"), "/fhir/Consent?identifier=T-1");
        assertThat(inUrl.statusCode()).isEqualTo(400);
        assertThat(inUrl.body()).contains("OperationOutcome", "not-in-url").doesNotContain("T-1");
    }

    @Test
    @Order(3)
    void bad_input_gets_every_fault_at_its_place_and_registers_nothing() throws Exception {
        JsonNode twice = Json.MAPPER.readTree(consent("T-2", "active", null));
        ((com.fasterxml.jackson.databind.node.ObjectNode) twice.at("/provision/period"))
                .put("start", "2027-01-01")
                .put("end", "2026-01-01");
        ((com.fasterxml.jackson.databind.node.ObjectNode) twice.at("/contained/0/identifier/0"))
                .put("value", "999999999");
        HttpResponse<String> bad = hub.post("zorg-demo", "/fhir/Consent", FHIR, twice.toString());

        assertThat(bad.statusCode()).isEqualTo(400);
        assertThat(bad.headers().firstValue("Content-Type").orElseThrow()).startsWith(FHIR);
        assertThat(hub.json(bad).get("issue").findValuesAsText("code")).contains("inverted-period", "bsn-invalid");
        assertThat(bad.body())
                .contains("Consent.provision.period", "Consent.contained[0].identifier[0].value")
                .doesNotContain("999999999");
        assertThat(hub.post("zorg-demo", "/fhir/Consent", FHIR, "{").statusCode())
                .isEqualTo(400);
        assertThat(hub.post("zorg-demo", "/fhir/Consent", FHIR, "{\"resourceType\":\"Patient\"}")
                        .body())
                .contains("wrong-resource");
        assertThat(hub.post(
                                "zorg-demo",
                                "/fhir/Consent",
                                FHIR,
                                consent("T-3", "active", null).replace("\"status\"", "\"fakeElement\":1,\"status\""))
                        .body())
                .contains("OperationOutcome", "unknown-field");
        hub.post(
                "zorg-demo",
                "/fhir/Consent",
                FHIR,
                consent("T-5", "active", null).replace("\"reference\":\"#p\"", "\"reference\":\"#q Fictiefje\""));
        assertThat(hub.log()).doesNotContain("Fictiefje");
        assertThat(hub.post("corporatie-demo", "/fhir/Consent", FHIR, consent("T-4", "active", null))
                        .statusCode())
                .isEqualTo(403);
        assertThat(hub.post("zorg-demo", "/fhir/Consent", FHIR, consent("T-1", "inactive", null))
                        .statusCode())
                .isEqualTo(409);
        HttpResponse<String> found =
                hub.post("zorg-demo", "/fhir/Consent/_search", "application/x-www-form-urlencoded", "status=active");
        assertThat(hub.json(found).get("total").asInt()).isEqualTo(1);
    }

    @Test
    @Order(4)
    void on_that_consent_a_care_note_reaches_the_municipality_and_welfare() throws Exception {
        HttpResponse<String> accepted = hub.post("zorg-demo", "/v1/signals", note());
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
        signal = hub.json(accepted).get("id").asText();

        await().untilAsserted(
                        () -> assertThat(view("medewerker-demo").statusCode()).isEqualTo(200));
        JsonNode municipality = hub.json(view("medewerker-demo"));
        release = municipality.get("releaseId").asText();
        assertThat(municipality.get("disclosure").asText()).isEqualTo("NOTICE");
        assertThat(view("welzijn-lid-demo").statusCode()).isEqualTo(200);
        assertThat(view("wijkagent-demo").statusCode()).isEqualTo(404);
        assertThat(hub.json(hub.get(hub.user("medewerker-demo"), "/v1/releases/" + release + "/explanation"))
                        .fieldNames())
                .toIterable()
                .containsExactly("releaseId", "disclosure", "ground", "fields", "textNl");
        assertThat(hub.get(hub.user("welzijn-lid-demo"), "/v1/releases/" + release + "/explanation")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    @Order(5)
    void when_it_is_withdrawn_a_waiting_message_is_gone_and_who_took_one_is_told() throws Exception {
        await().untilAsserted(() -> assertThat(browse("municipality")).hasSize(1));
        take("municipality");
        assertThat(browse("welfare")).hasSize(1);

        // another identifier makes it no other consent: its id says which it is
        HttpResponse<String> withdrawn =
                hub.put("zorg-demo", "/fhir/Consent/" + consent, FHIR, consent("T-1-changed", "inactive", consent));

        assertThat(withdrawn.statusCode()).as(withdrawn.body()).isEqualTo(200);
        assertThat(hub.json(withdrawn).at("/meta/versionId").asText()).isEqualTo("2");
        assertThat(browse("welfare")).isEmpty();
        List<JsonNode> told = browse("municipality");
        assertThat(told).hasSize(1);
        assertThat(told.get(0).get("type").asText()).isEqualTo("nl.veilige-buurten.vrijgave-ingetrokken.v1");
        assertThat(told.get(0).get("data").fieldNames()).toIterable().containsExactly("id");
        for (String user : List.of("medewerker-demo", "welzijn-lid-demo")) {
            assertThat(view(user).statusCode()).isEqualTo(404);
            assertThat(hub.get(hub.user(user), "/v1/teams/vb-noord/queue-items").body())
                    .doesNotContain(signal);
        }
        JsonNode full = hub.json(hub.get(hub.user("privacy-demo"), "/v1/releases/" + release + "/explanation"));
        assertThat(full.get("ruleId").asText()).isEqualTo("row-11");
        assertThat(full.get("recalled").asText()).isEqualTo("consent-withdrawn");
        assertThat(full.get("removedFields").size()).isPositive();
        assertThat(hub.get(hub.user("medewerker-demo"), "/v1/releases/" + release + "/explanation")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    @Order(6)
    void after_that_nothing_passes_and_a_withdrawal_of_another_person_s_is_refused() throws Exception {
        HttpResponse<String> accepted =
                hub.post("zorg-demo", "/v1/signals", note().replace("fake-note-1", "fake-note-2"));
        String second = hub.json(accepted).get("id").asText();
        // once it is told to the citizen, it was decided
        await().untilAsserted(
                        () -> assertThat(asUser("privacy-demo", "/v1/citizens/_export", "{\"bsn\":\"" + BSN + "\"}")
                                        .body())
                                .contains(second));
        assertThat(hub.get(hub.user("medewerker-demo"), "/v1/signals/" + second).statusCode())
                .isEqualTo(404);

        HttpResponse<String> other = hub.put(
                "zorg-demo",
                "/fhir/Consent/" + consent,
                FHIR,
                consent("T-1", "active", consent).replace(BSN, "999990330"));
        assertThat(other.statusCode()).isEqualTo(400);
        assertThat(other.body()).contains("other-patient");
    }

    @Test
    @Order(7)
    void a_sound_agreement_comes_into_force_while_the_hub_runs_and_a_broken_one_does_not() throws Exception {
        Path file = hub.config().resolve("sharing-agreement.yaml");
        String text = Files.readString(file);

        Files.writeString(file, text.replace("disclosure: SUMMARY", "disclosure: SUMMERY"));
        await().untilAsserted(() -> assertThat(hub.log()).contains("event=agreement.refused"));
        Files.writeString(
                file,
                text.replace("teams: [vb-noord, vb-zuid]", "teams: [vb-noord, vb-oost]")
                        .replaceFirst("version: \"[^\"]*\"", "version: \"unknown-team\""));
        await().untilAsserted(() -> assertThat(hub.log()).contains("unknown team 'vb-oost'"));
        assertThat(hub.log()).doesNotContain("event=agreement.in-force version=veilige-buurten-demo/next");
        Files.writeString(file, text.replaceFirst("version: \"[^\"]*\"", "version: \"next\""));
        await().untilAsserted(() ->
                assertThat(hub.log()).contains("event=agreement.in-force version=veilige-buurten-demo/next"));
    }

    @Test
    @Order(8)
    void whoever_breaks_the_glass_sees_at_once_and_answers_for_it() throws Exception {
        String path = "/v1/households/_breakglass";
        String good = """
                {"address":{"postalCode":"9990 ab","houseNumber":77},"reason":"Fictief: iemand reageert niet","interest":"resident"}
                """;
        HttpResponse<String> bad = asUser("medewerker-demo", path, "{\"address\":{},\"reason\":\"x\",\"fake\":1}");
        assertThat(bad.statusCode()).isEqualTo(400);
        assertThat(hub.json(bad).get("errors").findValuesAsText("pointer"))
                .containsExactlyInAnyOrder(
                        "/fake", "/address/postalCode", "/address/houseNumber", "/reason", "/interest");
        assertThat(hub.post("zorg-demo", path, good).statusCode()).isEqualTo(403);
        assertThat(asUser("privacy-demo", path, good).statusCode()).isEqualTo(403);

        HttpResponse<String> broken = asUser("medewerker-demo", path, good);
        assertThat(broken.statusCode()).as(broken.body()).isEqualTo(200);
        JsonNode seen = hub.json(broken);
        assertThat(seen.get("signals").findValuesAsText("id")).contains(signal);
        assertThat(seen.get("signals").get(0).get("disclosure").asText()).isEqualTo("SUMMARY");
        assertThat(seen.toString()).doesNotContain("narrative", BSN);
        assertThat(hub.log()).contains("event=break-glass.used");
        assertThat(view("medewerker-demo").statusCode()).isEqualTo(404);

        JsonNode uses = hub.json(hub.get(hub.user("privacy-demo"), "/v1/break-glass"));
        assertThat(uses.at("/items/0/user").asText()).isEqualTo("medewerker-demo");
        String id = uses.at("/items/0/id").asText();
        assertThat(asUser("privacy-demo", "/v1/break-glass/" + id + "/_review", "{\"outcome\":\"justified\"}")
                        .statusCode())
                .isEqualTo(200);
        JsonNode duties = hub.json(hub.get(hub.user("privacy-demo"), "/v1/duties"));
        assertThat(duties.get("items").findValuesAsText("kind")).contains("review", "inform-citizen");
        String duty = duties.at("/items/0/id").asText();
        assertThat(asUser("privacy-demo", "/v1/duties/" + duty + "/_defer", "{\"until\":\"2020-01-01\"}")
                        .body())
                .contains("/reason", "date-in-past");
        assertThat(asUser("privacy-demo", "/v1/duties/" + duty + "/_done", "").statusCode())
                .isEqualTo(200);
        assertThat(hub.get(hub.user("medewerker-demo"), "/v1/duties").statusCode())
                .isEqualTo(403);
    }

    @Test
    @Order(9)
    void a_citizen_is_told_who_knew_what_when_and_on_what_ground() throws Exception {
        String path = "/v1/citizens/_export";
        assertThat(asUser("medewerker-demo", path, "{\"bsn\":\"" + BSN + "\"}").statusCode())
                .isEqualTo(403);
        assertThat(hub.json(asUser("privacy-demo", path, "{}")).get("errors").findValuesAsText("pointer"))
                .containsExactlyInAnyOrder("/name", "/birthDate");

        JsonNode all = hub.json(asUser("privacy-demo", path, "{\"bsn\":\"" + BSN + "\"}"));
        JsonNode first = null;
        for (JsonNode item : all.get("items")) {
            first = item.get("signalId").asText().equals(signal) ? item : first;
        }
        assertThat(first).isNotNull();
        assertThat(first.get("told").findValuesAsText("recipient"))
                .contains("vb-noord.municipality", "vb-noord.welfare");
        assertThat(first.get("told").findValuesAsText("recalled")).contains("consent-withdrawn");
        assertThat(first.get("told").findValuesAsText("organisation")).contains("gemeente-demo", "welzijn-demo");
        assertThat(first.get("looks").findValuesAsText("user")).contains("medewerker-demo");
        assertThat(first.get("looks").findValuesAsText("organisationName")).contains("Gemeente Voorbeeldstad");
        assertThat(all.toString()).doesNotContain(BSN, "Fake Bewoner");
        String page = hub.sendAs(hub.user("privacy-demo"), path, "{\"bsn\":\"" + BSN + "\"}", "text/html")
                .body();
        assertThat(page)
                .contains(
                        "Wie wist wat",
                        "Zelfverwaarlozing",
                        "medewerker-demo, Gemeente Voorbeeldstad (gemeente, vb-noord)");
    }

    private static HttpResponse<String> asUser(String user, String path, String json) throws Exception {
        return hub.sendAs(hub.user(user), path, json);
    }

    private static HttpResponse<String> view(String user) throws Exception {
        return hub.get(hub.user(user), "/v1/signals/" + signal);
    }

    private static String note() {
        String at = Instant.now().minusSeconds(3600).toString();
        return """
                {"reference":"fake-note-1","occurredAt":"%s","reportedAt":"%s","category":"care.self-neglect",
                 "severity":"elevated","subject":{"household":{"address":{"postalCode":"9990AB","houseNumber":77},
                 "persons":[{"role":"resident","name":"Fake Bewoner","birthDate":"1971-05-04","bsn":"%s"}]}}}
                """.formatted(at, at, BSN);
    }

    private static String consent(String reference, String status, String id) {
        String disciplines = "urn:wijkhub:codesystem:discipline";
        return """
                {"resourceType":"Consent",%s"contained":[{"resourceType":"Patient","id":"p",
                 "identifier":[{"system":"http://fhir.nl/fhir/NamingSystem/bsn","value":"%s"}]}],
                 "identifier":[{"system":"https://zorg.example/toestemming","value":"%s"}],"status":"%s",
                 "scope":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/consentscope","code":"patient-privacy"}]},
                 "category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"IDSCL"}]}],
                 "patient":{"reference":"#p"},"dateTime":"%s",
                 "policyRule":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"OPTOUT"}]},
                 "provision":{"type":"permit","period":{"start":"2026-01-01","end":"2036-01-01"},"actor":[
                  {"role":{"coding":[{"system":"%s","code":"MUNICIPALITY"}]},"reference":{"display":"Fake"}},
                  {"role":{"coding":[{"system":"%s","code":"WELFARE"}]},"reference":{"display":"Fake"}}]}}
                """.formatted(
                        id == null ? "" : "\"id\":\"" + id + "\",",
                        BSN,
                        reference,
                        status,
                        LocalDate.now().minusDays(1),
                        disciplines,
                        disciplines);
    }

    private static List<JsonNode> browse(String discipline) throws Exception {
        try (Connection connection = connect(discipline);
                Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
                QueueBrowser browser = session.createBrowser(session.createQueue("team.vb-noord." + discipline))) {
            List<JsonNode> events = new ArrayList<>();
            for (Object message : Collections.list(browser.getEnumeration())) {
                events.add(Json.MAPPER.readTree(
                        new String(((Message) message).getBody(byte[].class), StandardCharsets.UTF_8)));
            }
            return events;
        }
    }

    private static void take(String discipline) throws Exception {
        try (Connection connection = connect(discipline);
                Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
                MessageConsumer consumer = session.createConsumer(session.createQueue("team.vb-noord." + discipline))) {
            assertThat(consumer.receive(5_000)).isNotNull();
        }
    }

    private static Connection connect(String discipline) throws Exception {
        String login = "vb-noord." + discipline;
        Vault vault = Vault.open(hub.config().resolve("secrets"));
        Connection connection = new JmsConnectionFactory(
                        login, BrokerLogins.passwordOf(vault, login), "amqp://127.0.0.1:" + hub.process.amqpPort())
                .createConnection();
        connection.start();
        return connection;
    }
}
