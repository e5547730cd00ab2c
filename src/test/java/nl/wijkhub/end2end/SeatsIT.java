package nl.wijkhub.end2end;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Two landlords and two care providers in one team, on a real hub: each finds its own, and nothing of the other. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SeatsIT {
    private static final String FHIR = "application/fhir+json";
    private static final String DECISION = "WPG20-DEMO-1";
    private static final String UNKNOWN = "00000000-0000-7000-8000-000000000000";
    private static RunningHub hub;
    private static String signal;
    private static JsonNode item;

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
    void a_landlord_reads_of_its_own_tenant() throws Exception {
        assertThat(hub.put(
                                "corporatie-demo",
                                "/v1/partners/housing/eenheden/fake-1",
                                "{\"postcode\":\"9990 AB\",\"huisnummer\":12}")
                        .statusCode())
                .isEqualTo(201);
        List<String> before = items("woonconsulent-twee");

        signal = hub.json(hub.post("politie-demo", "/v1/partners/police/reports", report("fake-1", 12)))
                .get("id")
                .asText();

        await().untilAsserted(() -> assertThat(items("woonconsulent-demo")).contains(signal));
        assertThat(hub.json(hub.get(hub.user("woonconsulent-demo"), "/v1/signals/" + signal))
                        .get("disclosure")
                        .asText())
                .isEqualTo("NOTICE");
        assertThat(items("woonconsulent-twee")).isEqualTo(before);
        item = hub.json(hub.get(hub.user("woonconsulent-demo"), "/v1/teams/vb-noord/queue-items"))
                .get("items")
                .get(0);
    }

    @Test
    @Order(2)
    void another_landlord_finds_at_every_door_what_finds_who_asks_for_nothing_that_exists() throws Exception {
        String release = hub.json(hub.get(hub.user("woonconsulent-demo"), "/v1/signals/" + signal))
                .get("releaseId")
                .asText();
        String plan = item.get("planId").asText();
        String id = item.get("id").asText();
        for (String token : List.of(hub.user("woonconsulent-twee"), hub.token("vb-noord.housing.corporatie-twee"))) {
            for (String[] door : new String[][] {
                {"GET", "/v1/signals/%s", signal},
                {"GET", "/v1/releases/%s/explanation", release},
                {"GET", "/v1/plans/%s", plan},
                {"GET", "/v1/plans/%s/history", plan},
                {"GET", "/fhir/CarePlan/%s", plan},
                {"POST", "/v1/queue-items/%s/_take", id},
                {"POST", "/v1/queue-items/%s/_return", id},
                {"POST", "/v1/queue-items/%s/_consult", id},
                {"POST", "/v1/plans/%s/_accept", plan}
            }) {
                HttpResponse<String> real = ask(token, door[0], door[1].formatted(door[2]));
                HttpResponse<String> none = ask(token, door[0], door[1].formatted(UNKNOWN));
                assertThat(real.statusCode())
                        .as(door[1])
                        .isEqualTo(none.statusCode())
                        .isIn(403, 404);
                assertThat(without(real, door[2])).as(door[1]).isEqualTo(without(none, UNKNOWN));
            }
        }
        assertThat(hub.get(hub.token("corporatie-twee"), "/v1/signals/" + signal)
                        .statusCode())
                .isEqualTo(404);
        assertThat(hub.get(hub.token("corporatie-demo"), "/v1/signals/" + signal)
                        .statusCode())
                .as("a landlord is no seat of a team: that is its consultant")
                .isEqualTo(404);
    }

    @Test
    @Order(3)
    void an_answer_that_says_nothing_waits_for_the_tick_whoever_asks() throws Exception {
        String token = hub.user("woonconsulent-twee");
        for (String one : List.of(signal, UNKNOWN)) {
            long start = System.nanoTime();
            hub.get(token, "/v1/signals/" + one);
            assertThat(System.nanoTime() - start).as(one).isGreaterThan(20_000_000L);
        }
    }

    @Test
    @Order(4)
    void two_registers_with_one_address_concern_neither_landlord() throws Exception {
        for (String partner : List.of("corporatie-demo", "corporatie-twee")) {
            assertThat(hub.put(
                                    partner,
                                    "/v1/partners/housing/eenheden/fake-2",
                                    "{\"postcode\":\"9990 AB\",\"huisnummer\":14}")
                            .statusCode())
                    .as("told to nobody but by the municipality")
                    .isEqualTo(201);
        }

        String second = hub.json(hub.post("politie-demo", "/v1/partners/police/reports", report("fake-2", 14)))
                .get("id")
                .asText();

        await().untilAsserted(() -> assertThat(items("medewerker-demo")).contains(second));
        assertThat(items("woonconsulent-demo")).doesNotContain(second);
        assertThat(items("woonconsulent-twee")).doesNotContain(second);
    }

    @Test
    @Order(5)
    void a_consent_for_one_provider_opens_nothing_to_the_other_and_is_taken_back_from_the_one() throws Exception {
        HttpResponse<String> sent =
                hub.post("welzijn-demo", "/v1/partners/welfare/intakes", FHIR, intake("fake-3", "active"));
        assertThat(sent.statusCode()).as(sent.body()).isEqualTo(202);
        String intake = hub.json(sent).get("id").asText();

        await().untilAsserted(() -> assertThat(items("zorg-lid-twee")).contains(intake));
        assertThat(hub.json(sent).has("unknownOrganisations")).isFalse();
        assertThat(items("zorg-lid-demo")).doesNotContain(intake);
        assertThat(hub.get(hub.user("zorg-lid-demo"), "/v1/signals/" + intake).statusCode())
                .isEqualTo(404);

        assertThat(hub.post("welzijn-demo", "/v1/partners/welfare/intakes", FHIR, intake("fake-4", "inactive"))
                        .statusCode())
                .isEqualTo(202);

        await().untilAsserted(() -> assertThat(items("zorg-lid-twee")).doesNotContain(intake));
        assertThat(hub.get(hub.user("zorg-lid-twee"), "/v1/signals/" + intake).statusCode())
                .isIn(404, 410);

        String ofNobody = intake("fake-5", "active").replace("99990006", "99990099");
        for (int status : new int[] {202, 200}) {
            HttpResponse<String> told = hub.post("welzijn-demo", "/v1/partners/welfare/intakes", FHIR, ofNobody);
            assertThat(told.statusCode()).as(told.body()).isEqualTo(status);
            assertThat(hub.json(told).at("/unknownOrganisations/0").asText()).isEqualTo("kvk 99990099");
        }
    }

    private static List<String> items(String user) throws Exception {
        List<String> signals = new ArrayList<>();
        hub.json(hub.get(hub.user(user), "/v1/teams/vb-noord/queue-items?pageSize=1000"))
                .get("items")
                .forEach(one -> signals.add(one.get("signalId").asText()));
        return signals;
    }

    private static HttpResponse<String> ask(String token, String method, String path) throws Exception {
        return method.equals("GET")
                ? hub.get(token, path)
                : hub.sendAs(token, path, path.endsWith("_return") ? "{\"reason\":\"Fictieve reden\"}" : "");
    }

    /** The body without its trace and the id that was asked for. */
    private static String without(HttpResponse<String> answer, String id) {
        return answer.body()
                .replaceAll("\"(instance|diagnostics)\":\"[0-9a-f]+\"", "")
                .replace(id, "");
    }

    private static String report(String reference, int houseNumber) {
        String at = Instant.now()
                .minus(1, ChronoUnit.HOURS)
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
        return """
                {"registratienummer":"%s","maatschappelijkeKlasse":"E35","datumTijdKennisname":"%s","datumTijdVoorval":"%s",
                 "locatie":{"postcode":"9990 AB","huisnummer":%d},"ernst":2,"toelichting":"Fictief",
                 "grondslag":{"artikel":"Wpg20","besluit":"%s"}}""".formatted(reference, at, at, houseNumber, DECISION);
    }

    private static String intake(String reference, String consent) {
        String at = Instant.now()
                .minus(1, ChronoUnit.HOURS)
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
        return """
                {"resourceType":"Bundle","type":"collection","entry":[
                 {"fullUrl":"urn:uuid:%1$s","resource":{"resourceType":"Communication","id":"m","status":"completed",
                  "identifier":[{"value":"%2$s"}],"sent":"%3$s","subject":{"reference":"Patient/p"},
                  "category":[{"coding":[{"system":"urn:wijkhub:codesystem:category","code":"social.isolation"}]}],
                  "payload":[{"contentString":"Fictief"}]}},
                 {"resource":{"resourceType":"Patient","id":"p","birthDate":"1960-01-01",
                  "identifier":[{"system":"http://fhir.nl/fhir/NamingSystem/bsn","value":"999990342"}],
                  "name":[{"text":"Fake Bewoner"}],"address":[{"postalCode":"9990 AC","line":["Fakestraat 3"]}]}},
                 {"resource":{"resourceType":"Consent","id":"c","status":"%4$s","identifier":[{"value":"fake-toestemming"}],
                  "scope":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/consentscope","code":"patient-privacy"}]},
                  "category":[{"coding":[{"system":"http://loinc.org","code":"59284-0"}]}],
                  "patient":{"reference":"Patient/p"},
                  "policyRule":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"OPTOUT"}]},
                  "provision":{"type":"permit","actor":[{"role":{"coding":[{"system":"urn:wijkhub:codesystem:discipline",
                   "code":"CARE"}]},"reference":{"identifier":{"system":"http://fhir.nl/fhir/NamingSystem/kvk",
                   "value":"99990006"}}}]}}}]}""".formatted(UUID.randomUUID(), reference, at, consent);
    }
}
