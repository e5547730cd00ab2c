package nl.wijkhub.end2end;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import nl.wijkhub.kernel.Json;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Reports about public space through their own door, and what residents see by the code on their receipt: on a real hub. */
class PublicSpaceIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Path GOLDEN = Path.of("src/test/golden/public-space");
    private static final String DOOR = "/v1/partners/public-space/signals";
    private static final String PARTNER = "openbare-ruimte-demo";
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static RunningHub hub;

    @BeforeAll
    static void start() throws Exception {
        hub = RunningHub.start(Map.of(
                "hub.properties",
                Map.of("hub.http.client-address-header=none", "hub.http.client-address-header=X-Forwarded-For")));
    }

    @AfterAll
    static void stop() {
        Optional.ofNullable(hub).ifPresent(RunningHub::close);
    }

    @Test
    void a_bad_report_is_told_its_faults_and_nothing_of_what_it_said() throws Exception {
        try (Stream<Path> folders = Files.list(GOLDEN)) {
            List<Path> bad = folders.filter(folder -> Files.exists(folder.resolve("problem.json")))
                    .toList();
            assertThat(bad).isNotEmpty();
            for (Path folder : bad) {
                HttpResponse<String> answer =
                        hub.post(PARTNER, DOOR, body(folder).toString());
                JsonNode expected =
                        Json.MAPPER.readTree(folder.resolve("problem.json").toFile());
                assertThat(answer.statusCode()).as(folder.toString()).isEqualTo(400);
                assertThat(hub.json(answer).get("errors").findValuesAsText("pointer"))
                        .as(folder.toString())
                        .isEqualTo(expected.get("errors").findValuesAsText("pointer"));
                assertThat(answer.body()).doesNotContain("Fake", "Fictief", "999990342");
            }
        }
        assertThat(hub.post("corporatie-demo", DOOR, "{}").statusCode()).isEqualTo(403);
    }

    @Test
    void a_report_reaches_the_team_without_the_house_the_reporter_and_the_words() throws Exception {
        HttpResponse<String> accepted =
                hub.post(PARTNER, DOOR, lighting("9990 DB").toString());
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
        String signal = hub.json(accepted).get("id").asText();
        item(signal);

        String seen =
                hub.get(hub.user("medewerker-demo"), "/v1/signals/" + signal).body();
        assertThat(seen)
                .contains("area.lighting", "BU99990102")
                .doesNotContain("Fictief", "0123456789", "Fakestraat", "9990 D", "9990D", "\"12\"", "signalen");
        assertThat(hub.json(hub.get(hub.token(PARTNER), "/v1/signals/" + signal))
                        .get("status")
                        .asText())
                .isEqualTo("accepted");
    }

    @Test
    void a_key_says_what_is_a_repeat_and_without_one_the_content_does() throws Exception {
        String report = lighting("9990 GB").toString();
        HttpResponse<String> first = hub.post(PARTNER, DOOR, report);
        HttpResponse<String> again = hub.post(PARTNER, DOOR, report);
        HttpResponse<String> keyed = withKey("fake-key-1", report);
        HttpResponse<String> keyedAgain = withKey("\"fake-key-1\"", report);
        HttpResponse<String> other = withKey("fake-key-1", report.replace("stuk", "kapot"));

        assertThat(first.statusCode()).as(first.body()).isEqualTo(202);
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(hub.json(again).get("id")).isEqualTo(hub.json(first).get("id"));
        assertThat(hub.json(again).get("receiptCode")).isEqualTo(hub.json(first).get("receiptCode"));
        assertThat(keyed.statusCode()).isEqualTo(202);
        assertThat(keyedAgain.statusCode()).isEqualTo(200);
        assertThat(hub.json(keyedAgain).get("id")).isEqualTo(hub.json(keyed).get("id"));
        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(hub.json(hub.get(hub.token(PARTNER), "/v1/signals?reference=fake-key-1"))
                        .get("id"))
                .isEqualTo(hub.json(keyed).get("id"));
    }

    @Test
    void a_resident_follows_a_report_by_its_code_and_sees_nothing_else() throws Exception {
        JsonNode accepted = hub.json(hub.post(PARTNER, DOOR, lighting("9990 JB").toString()));
        String signal = accepted.get("id").asText();
        String code = accepted.get("receiptCode").asText();
        String today = LocalDate.now(ZoneId.of("Europe/Amsterdam")).toString();

        HttpResponse<String> received = receipt("198.51.100.1", code);
        assertThat(received.statusCode()).as(received.body()).isEqualTo(200);
        assertThat(received.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(received.headers().firstValue("API-Version")).isPresent();
        assertThat(received.body())
                .isEqualTo(
                        "{\"status\":\"received\",\"receivedAt\":\"" + today + "\",\"area\":\"Noord, Voorbeeldpark\"}");

        HttpResponse<String> taken = hub.sendAs(
                hub.user("wijkagent-demo"), "/v1/queue-items/" + item("wijkagent-demo", signal) + "/_take", "");
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(200);
        assertThat(receipt("198.51.100.1", code.toLowerCase().replace("-", " ")).body())
                .contains("\"status\":\"taken-up\"");

        moveOn("BU99990104", "declined");
        assertThat(receipt("198.51.100.1", code).body()).contains("\"status\":\"closed\"");
        assertThat(hub.json(hub.get(hub.token(PARTNER), "/v1/signals/" + signal))
                        .get("feedback")
                        .findValuesAsText("kind"))
                .containsExactly("received", "taken-up", "closed");
    }

    @Test
    void what_is_picked_up_on_the_agenda_is_taken_up_and_what_nobody_may_have_stays_received() throws Exception {
        JsonNode first = hub.json(hub.post(PARTNER, DOOR, lighting("9990 MB").toString()));
        JsonNode second = hub.json(hub.post(
                PARTNER,
                DOOR,
                lighting("9990 MB").put("text", "Fictief: nog een").toString()));
        ObjectNode drugs = lighting("9990 MB");
        drugs.putObject("category")
                .put(
                        "sub_category",
                        "/terms/categories/overlast-van-en-door-personen-of-groepen/sub_categories/drank-en-drugsoverlast");
        JsonNode denied = hub.json(hub.post(PARTNER, DOOR, drugs.toString()));
        item(first.get("id").asText());
        item(second.get("id").asText());

        moveOn("BU99990105", "on-agenda");
        assertThat(receipt("198.51.100.2", first.get("receiptCode").asText()).body())
                .contains("\"status\":\"received\"");
        moveOn("BU99990105", "picked-up");

        for (JsonNode one : List.of(first, second)) {
            assertThat(receipt("198.51.100.2", one.get("receiptCode").asText()).body())
                    .contains("\"status\":\"taken-up\"");
        }
        moveOn("BU99990105", "done");
        assertThat(receipt("198.51.100.2", second.get("receiptCode").asText()).body())
                .contains("\"status\":\"closed\"");
        assertThat(receipt("198.51.100.2", denied.get("receiptCode").asText()).body())
                .contains("\"status\":\"received\"");
    }

    @Test
    void whoever_guesses_gets_the_same_404_and_then_429() throws Exception {
        String code = hub.json(hub.post(PARTNER, DOOR, lighting("9990 PB").toString()))
                .get("receiptCode")
                .asText();
        char last = code.charAt(code.length() - 1);
        String near = code.substring(0, code.length() - 1) + (last == '7' ? '8' : '7');
        List<String> bodies = new ArrayList<>();
        for (String guess :
                List.of(near, "00000-00000-00000-00000", "x", "geen-code", "..%2fsignals", "'%20or%201=1")) {
            long began = System.nanoTime();
            HttpResponse<String> answer = receipt("198.51.100.3", guess);
            assertThat(answer.statusCode()).as(guess).isEqualTo(404);
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began))
                    .as("on a tick")
                    .isGreaterThanOrEqualTo(40);
            ObjectNode body = (ObjectNode) hub.json(answer);
            body.remove("instance");
            bodies.add(body.toString());
        }
        assertThat(bodies).containsOnly(bodies.get(0));

        HttpResponse<String> refused = null;
        for (int i = 0; i < 60 && (refused == null || refused.statusCode() != 429); i++) {
            refused = receipt("198.51.100.3", near);
        }
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).contains("1");
        assertThat(receipt("198.51.100.4", code).statusCode())
                .as("another address, and the proxy's word is the last")
                .isEqualTo(200);
        assertThat(hub.log()).doesNotContain(code, code.replace("-", ""));
    }

    @Test
    void nothing_else_opens_with_a_receipt_s_address() throws Exception {
        for (String beside : List.of(
                "../signals?reference=fake-key-1",
                "%2e%2e/signals?reference=fake-key-1",
                "x/../../teams/vb-noord/queue-items",
                "..;/teams/vb-noord/queue-items",
                "x/y",
                "")) {
            assertThat(receipt("198.51.100.5", beside).statusCode()).as(beside).isEqualTo(401);
        }
    }

    private static ObjectNode lighting(String postalCode) throws Exception {
        ObjectNode body = (ObjectNode) body(GOLDEN.resolve("lighting-at-a-house-is-about-its-neighbourhood"));
        ((ObjectNode) body.at("/location/address")).put("postcode", postalCode);
        return body;
    }

    private static JsonNode body(Path folder) throws Exception {
        // the samples are of a fixed moment, and this hub's clock is the real one
        String in = Files.readString(folder.resolve("00-in.json"))
                .replace("2026-12-20T", LocalDate.now().plusDays(30) + "T")
                .replace("2026-11-20T", LocalDate.now().minusDays(1) + "T");
        return Json.MAPPER.readTree(in).get("body");
    }

    private static HttpResponse<String> withKey(String key, String json) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(hub.process.url() + DOOR))
                        .header("Authorization", "Bearer " + hub.token(PARTNER))
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", key)
                        .POST(HttpRequest.BodyPublishers.ofString(json))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** Without a token, as a proxy passes it on: what the caller claims, then what the proxy saw. */
    private static HttpResponse<String> receipt(String address, String code) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(hub.process.url() + "/v1/receipts/" + code.replace(" ", "%20")))
                        .header("X-Forwarded-For", "203.0.113.9, " + address)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static void moveOn(String buurt, String status) throws Exception {
        JsonNode items = hub.json(hub.get(hub.user("medewerker-demo"), "/v1/neighbourhoods/" + buurt + "/agenda"))
                .get("items");
        assertThat(items).hasSize(1);
        HttpResponse<String> moved = hub.sendAs(
                hub.user("medewerker-demo"),
                "/v1/neighbourhoods/" + buurt + "/agenda/"
                        + items.get(0).get("id").asText() + "/_status",
                "{\"status\":\"" + status + "\",\"reason\":\"Fictief: besproken in het overleg\"}");
        assertThat(moved.statusCode()).as(moved.body()).isEqualTo(200);
    }

    private static String item(String signal) {
        return item("medewerker-demo", signal);
    }

    private static String item(String user, String signal) {
        return await().atMost(SOON).until(() -> find(user, signal), found -> found != null);
    }

    private static String find(String user, String signal) throws Exception {
        for (JsonNode item : hub.json(hub.get(hub.user(user), "/v1/teams/vb-noord/queue-items?pageSize=1000"))
                .get("items")) {
            if (item.get("signalId").asText().equals(signal)) {
                return item.get("id").asText();
            }
        }
        return null;
    }
}
