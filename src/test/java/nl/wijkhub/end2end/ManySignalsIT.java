package nl.wijkhub.end2end;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import nl.wijkhub.kernel.Json;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** POST /v1/signals on a whole hub, in every form of the shared language: from the door to the team's queue. */
class ManySignalsIT {
    private static final String NDJSON = "application/x-ndjson";
    private static final String EVENT = "application/cloudevents+json";
    private static final String EVENTS = "application/cloudevents-batch+json";
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static RunningHub hub;

    @BeforeAll
    static void start() throws Exception {
        // what came in is written with the look at what stands still
        hub = RunningHub.start(
                Map.of("hub.properties", Map.of("hub.attention.every=PT1M", "hub.attention.every=PT1S")));
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void a_client_that_asks_for_another_protocol_is_answered_in_the_one_it_asked_in() throws Exception {
        for (int i = 0; i < 20; i++) {
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(hub.process.url() + "/v1/openapi.json"))
                                    .version(HttpClient.Version.HTTP_2)
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
            assertThat(hub.json(answer).has("paths")).isTrue();
        }
    }

    @Test
    void good_lines_reach_the_queue_whatever_stands_between_them() throws Exception {
        String known = hub.json(hub.post("corporatie-demo", "/v1/signals", signal("many-0")))
                .get("id")
                .asText();
        HttpResponse<String> answer = hub.post(
                "corporatie-demo",
                "/v1/signals",
                NDJSON,
                String.join(
                        "\n",
                        signal("many-1"),
                        "",
                        "{\"reference\":\"many-2\",\"narrative\":\"Fakebewoner 999990342\"}",
                        signal("many-0"),
                        signal("many-1"),
                        signal("many-1").replace("\"low\"", "\"high\""),
                        "{\"a\":",
                        signal("many-3")));
        List<JsonNode> lines = lines(answer);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains(NDJSON);
        assertThat(answer.headers().firstValue("API-Version")).isPresent();
        assertThat(lines).extracting(line -> line.get("line").asInt()).containsExactly(1, 3, 4, 5, 6, 7, 8);
        assertThat(lines)
                .extracting(line -> line.has("id")
                        ? line.get("duplicate").asText()
                        : line.at("/problem/type").asText().replace("urn:wijkhub:problem:", ""))
                .containsExactly(
                        "false", "invalid-input", "true", "true", "reference-conflict", "malformed-input", "false");
        assertThat(lines.get(2).get("id").asText()).isEqualTo(known);
        assertThat(lines.get(3).get("id")).isEqualTo(lines.get(0).get("id"));
        assertThat(lines.get(1).at("/problem/errors").findValuesAsText("pointer"))
                .contains("/category", "/narrative");
        assertThat(answer.body()).doesNotContain("999990342", "Fakebewoner");
        reachTheQueue(lines.get(0).get("id").asText(), lines.get(6).get("id").asText(), known);
        assertThat(hub.log()).doesNotContain("999990342", "Fakebewoner");
    }

    @Test
    void more_than_one_message_may_be_in_one_request_and_all_come_through_once() throws Exception {
        String body = IntStream.range(0, 2_000)
                .mapToObj(i -> signal("bulk-" + i, "x".repeat(800))
                        .replace("\"houseNumber\":12", "\"houseNumber\":" + (1_000 + i % 500)))
                .collect(Collectors.joining("\n"));
        assertThat(body.length()).as("more than one message may have").isGreaterThan(1_048_576);
        List<JsonNode> first = lines(hub.post("corporatie-demo", "/v1/signals", NDJSON, body));
        List<JsonNode> again = lines(hub.post("corporatie-demo", "/v1/signals", NDJSON, body));

        assertThat(first).hasSize(2_000).allMatch(line -> !line.get("duplicate").asBoolean());
        assertThat(again).hasSize(2_000).allMatch(line -> line.get("duplicate").asBoolean());
        assertThat(ids(again)).isEqualTo(ids(first));
        await().untilAsserted(() -> assertThat(hub.process.metrics()).contains("wijkhub_signal_age_seconds 0.0"));
    }

    @Test
    void an_event_is_a_signal_and_the_same_signal_in_another_form_is_a_repeat() throws Exception {
        HttpResponse<String> structured = hub.post(
                "corporatie-demo", "/v1/signals", EVENT, event("event-1").toString());
        HttpResponse<String> canonical = hub.post("corporatie-demo", "/v1/signals", signal("event-1"));
        HttpResponse<String> binary = binary(signal("event-1"), sound());
        List<JsonNode> batch = lines(hub.post(
                "corporatie-demo", "/v1/signals", EVENTS, "[" + event("event-1") + "," + event("event-2") + ",5]"));
        String id = hub.json(structured).get("id").asText();

        assertThat(structured.statusCode()).isEqualTo(202);
        assertThat(structured.headers().firstValue("Location")).contains("/v1/signals/" + id);
        assertThat(canonical.statusCode()).isEqualTo(200);
        assertThat(hub.json(canonical).get("id").asText()).isEqualTo(id);
        assertThat(binary.statusCode()).as(binary.body()).isEqualTo(200);
        assertThat(hub.json(binary).get("id").asText()).isEqualTo(id);
        assertThat(batch.get(0).get("id").asText()).isEqualTo(id);
        assertThat(batch.get(2).at("/problem/errors/0/code").asText()).isEqualTo("wrong-type");
        reachTheQueue(id, batch.get(1).get("id").asText());
    }

    @Test
    void a_bad_event_is_told_its_faults_by_place_and_never_what_it_said() throws Exception {
        ObjectNode bad = event("event-bad").put("subject", "999990342").put("specversion", "0.3");
        bad.put("id", 5).put("type", "").put("time", "2026-11-20T10:00Z").put("data_base64", "e30=");
        bad.put("fakeExtension", "x").put("fake.extension", "x");
        ((ObjectNode) bad.get("data")).put("severity", "erg").put("bsn999990342", "x");
        Map<String, List<String>> headers = new java.util.HashMap<>(sound());
        headers.put("ce-subject", List.of("999990342"));
        headers.put("ce-id", List.of("one", "two"));

        HttpResponse<String> structured = hub.post("corporatie-demo", "/v1/signals", EVENT, bad.toString());
        HttpResponse<String> binary = binary(signal("event-bad"), headers);

        assertThat(structured.statusCode()).isEqualTo(400);
        assertThat(hub.json(structured).get("errors").findValuesAsText("pointer"))
                .containsExactlyInAnyOrder(
                        "/subject",
                        "/specversion",
                        "/id",
                        "/type",
                        "/time",
                        "/data_base64",
                        "/fakeExtension",
                        "/fake.extension",
                        "/data/severity",
                        "/data");
        assertThat(binary.statusCode()).isEqualTo(400);
        assertThat(hub.json(binary).get("errors").findValuesAsText("pointer"))
                .containsExactlyInAnyOrder("ce-subject", "ce-id");
        assertThat(structured.body() + binary.body() + hub.log()).doesNotContain("999990342", "erg\"");
    }

    @Test
    void an_event_in_a_query_is_no_event() throws Exception {
        HttpResponse<String> answer = hub.post("corporatie-demo", "/v1/signals?ce-type=x&ce-id=", signal("query-1"));

        assertThat(answer.statusCode()).isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(strings = {NDJSON, EVENTS})
    void a_body_past_the_limit_is_refused_whole(String mediaType) throws Exception {
        assertThat(hub.post("corporatie-demo", "/v1/signals", mediaType, new byte[9_000_000])
                        .statusCode())
                .isEqualTo(413);
        assertThat(hub.post("corporatie-demo", "/v1/signals", EVENT, new byte[1_100_000])
                        .statusCode())
                .isEqualTo(413);
        assertThat(hub.post("corporatie-demo", "/v1/signals", NDJSON, "{}\n".repeat(10_001))
                        .statusCode())
                .isEqualTo(413);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", EVENT, NDJSON, EVENTS})
    void twenty_megabytes_are_refused_with_and_without_a_length(String mediaType) throws Exception {
        byte[] body = new byte[20 * 1024 * 1024];
        Arrays.fill(body, (byte) 'x');
        for (HttpRequest.BodyPublisher publisher : List.of(
                HttpRequest.BodyPublishers.ofByteArray(body),
                HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))) {
            HttpResponse<String> answer = HTTP.send(
                    HttpRequest.newBuilder(URI.create(hub.process.url() + "/v1/signals"))
                            .header("Authorization", "Bearer " + hub.token("corporatie-demo"))
                            .header("Content-Type", mediaType)
                            .POST(publisher)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(413);
            assertThat(hub.json(answer).get("type").asText()).isEqualTo("urn:wijkhub:problem:too-large");
        }
        assertThat(hub.post("corporatie-demo", "/v1/signals", signal("after-" + mediaType.length()))
                        .statusCode())
                .isEqualTo(202);
    }

    @Test
    void each_signal_counts_for_its_partner_whether_it_came_alone_or_among_many() throws Exception {
        String partner = "opbouwwerk-demo";
        hub.post(partner, "/v1/signals", signal("count-1"));
        hub.post(partner, "/v1/signals", "{}");
        hub.post(partner, "/v1/signals", "text/csv", "x");
        hub.post(partner, "/v1/signals", EVENTS, "{}");
        hub.post(partner, "/v1/signals", NDJSON, String.join("\n", signal("count-2"), "{}", signal("count-1"), "x"));

        await().untilAsserted(() -> {
            JsonNode seen =
                    hub.json(hub.get(hub.token(partner), "/v1/partners")).at("/items/0");
            assertThat(seen.get("id").asText()).isEqualTo(partner);
            assertThat(seen.get("accepted").asInt()).isEqualTo(3);
            assertThat(seen.get("refused").asInt()).isEqualTo(5);
            assertThat(seen.get("failed").asInt()).isZero();
        });
    }

    @Test
    void who_may_not_send_one_may_not_send_many() throws Exception {
        assertThat(hub.post("nobody-we-know", "/v1/signals", NDJSON, signal("x"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(hub.post("vb-noord.municipality", "/v1/signals", NDJSON, signal("x"))
                        .statusCode())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", EVENT, NDJSON, EVENTS})
    void whatever_bytes_come_the_hub_answers_and_stays_up(String mediaType) throws Exception {
        Random random = new Random(20261124);
        byte[] sound = (mediaType.equals(EVENTS)
                        ? "[" + event("fuzz") + "]"
                        : event("fuzz").toString())
                .getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 200; i++) {
            byte[] body = i % 2 == 0 ? sound.clone() : new byte[random.nextInt(2_000)];
            if (i % 2 == 0) {
                IntStream.range(0, 3).forEach(n -> body[random.nextInt(body.length)] = (byte) random.nextInt());
            } else {
                random.nextBytes(body);
            }
            HttpResponse<String> answer = hub.post(
                    "corporatie-demo", "/v1/signals", mediaType, Arrays.copyOf(body, random.nextInt(body.length + 1)));
            assertThat(answer.statusCode()).isIn(200, 202, 400, 409);
            assertThat(answer.body()).doesNotContain("internal-error");
        }
        assertThat(hub.process.isReady()).isTrue();
        assertThat(hub.log()).doesNotContain("event=door.failed");
    }

    private static HttpResponse<String> binary(String body, Map<String, List<String>> headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(hub.process.url() + "/v1/signals"))
                .header("Authorization", "Bearer " + hub.token("corporatie-demo"))
                .header("Content-Type", "application/json");
        headers.forEach((name, values) -> values.forEach(value -> request.header(name, value)));
        return HTTP.send(
                request.POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static Map<String, List<String>> sound() {
        return Map.of(
                "ce-id", List.of("fake%20event"),
                "ce-source", List.of("urn:nld:kvknr:99990001:systeem:fake"),
                "ce-specversion", List.of("1.0"),
                "ce-type", List.of("nl.fake-corporatie.overlast-gemeld.v1"));
    }

    private static void reachTheQueue(String... ids) {
        await().untilAsserted(() -> {
            Set<String> there = new HashSet<>();
            hub.json(hub.get(
                            hub.user("medewerker-demo"),
                            "/v1/teams/vb-noord/queue-items?pageSize=1000&sort=-createdAt"))
                    .get("items")
                    .forEach(item -> there.add(item.get("signalId").asText()));
            assertThat(there).contains(ids);
        });
    }

    private static List<JsonNode> lines(HttpResponse<String> answer) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : answer.body().split("\n")) {
            lines.add(Json.MAPPER.readTree(line));
        }
        return lines;
    }

    private static List<String> ids(List<JsonNode> lines) {
        return lines.stream().map(line -> line.get("id").asText()).toList();
    }

    private static ObjectNode event(String reference) {
        ObjectNode event = Json.MAPPER.createObjectNode();
        event.put("specversion", "1.0")
                .put("id", "fake-event")
                .put("source", "urn:nld:kvknr:99990001:systeem:fake")
                .put("type", "nl.fake-corporatie.overlast-gemeld.v1");
        event.set("data", Json.readStrictly(signal(reference).getBytes(StandardCharsets.UTF_8)));
        return event;
    }

    private static String signal(String reference) {
        return signal(reference, "Fakeverhaal");
    }

    private static String signal(String reference, String narrative) {
        return """
                {"reference":"%s","occurredAt":"2026-11-20T10:00:00Z","reportedAt":"2026-11-20T10:00:00Z",\
                "category":"nuisance.noise","severity":"low","narrative":"%s",\
                "subject":{"household":{"address":{"postalCode":"9990 AB","houseNumber":12}}}}""".formatted(reference, narrative);
    }
}
