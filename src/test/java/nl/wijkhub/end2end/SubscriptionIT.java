package nl.wijkhub.end2end;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who subscribes hears of every step once and in order, whatever its machine does; and nothing it may not. */
class SubscriptionIT {
    private static final String ESCALATION = "nl.veilige-buurten.opschaling.v1";
    private static final String RECALL = "nl.veilige-buurten.vrijgave-ingetrokken.v1";
    private static final Duration SOON = Duration.ofSeconds(40);
    private static RunningHub hub;
    private static int house = 100;

    /** Ten minutes are two seconds here. */
    @BeforeAll
    static void start() throws Exception {
        hub = RunningHub.start(Map.of(
                "hub.properties",
                Map.of(
                        "hub.subscriber.first-pause=PT5S", "hub.subscriber.first-pause=PT0.1S",
                        "hub.subscriber.longest-pause=PT10M", "hub.subscriber.longest-pause=PT2S",
                        "hub.subscriber.timeout=PT10S", "hub.subscriber.timeout=PT2S")));
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void every_event_comes_once_and_in_sequence_through_a_receiver_that_is_down_and_two_kills() throws Exception {
        Receiver receiver = new Receiver(0);
        int port = receiver.port();
        String id = subscribe(receiver.url(), "BU99990101");
        acute("down-1", "9990AB");
        await().atMost(SOON).until(() -> receiver.events().size() == 1);
        receiver.close();

        acute("down-2", "9990AB");
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(shown(id).at("/delivery/failures").asInt()).isGreaterThanOrEqualTo(2));
        hub.process.kill();
        hub.process.start();
        hub.process.awaitReady();
        acute("down-3", "9990AB");
        acute("down-4", "9990AB");
        await().atMost(SOON).untilAsserted(() -> assertThat(feed(id)).hasSize(4));
        hub.process.kill();
        hub.process.start();
        hub.process.awaitReady();

        try (Receiver back = new Receiver(port)) {
            acute("down-5", "9990AB");
            await().atMost(Duration.ofSeconds(90)).until(() -> back.events().size() == 4);
            List<JsonNode> all = new ArrayList<>(receiver.events());
            all.addAll(back.events());
            assertThat(all).extracting(event -> event.get("sequence").asLong()).containsExactly(1L, 2L, 3L, 4L, 5L);
            assertThat(all).extracting(event -> event.get("id").asText()).doesNotHaveDuplicates();
            JsonNode event = all.get(0);
            assertThat(event.get("type").asText()).isEqualTo(ESCALATION);
            assertThat(event.get("source").asText()).isEqualTo("urn:nld:oin:00000009999999999000:systeem:wijkhub");
            assertThat(event.get("sequencetype").asText()).isEqualTo("Integer");
            assertThat(event.get("data").fieldNames()).toIterable().containsExactlyInAnyOrder("id", "dueAt", "level");
            assertThat(back.requests.get(0).headers())
                    .containsEntry("webhook-request-origin", "localhost")
                    .containsEntry("content-type", "application/cloudevents+json; charset=utf-8");
            // what was told can be fetched, and tells nothing about whom
            JsonNode fetched = hub.json(
                    hub.get(hub.token("zorg-demo"), event.get("dataref").asText()));
            assertThat(fetched.get("level").asInt()).isEqualTo(1);
            assertThat(fetched.toString()).doesNotContain("9990", "planId", "nuisance");
        }
        end(id);
    }

    @Test
    void what_is_withdrawn_while_it_waits_never_goes_and_leaves_no_gap() throws Exception {
        Receiver receiver = new Receiver(0);
        int port = receiver.port();
        String id = subscribe(receiver.url(), "BU99990102");
        receiver.close();
        for (int i = 1; i <= 3; i++) {
            acute("gone-" + i, "9990DB");
        }
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(shown(id).at("/delivery/failures").asInt()).isGreaterThanOrEqualTo(3));
        for (int i = 1; i <= 3; i++) {
            withdraw("gone-" + i, "9990DB");
        }
        String stays = acute("stays", "9990DB");
        await().atMost(SOON).untilAsserted(() -> assertThat(hub.get(hub.user("medewerker-demo"), "/v1/signals/" + stays)
                        .statusCode())
                .isEqualTo(200));

        try (Receiver back = new Receiver(port)) {
            await().atMost(SOON).until(() -> !back.events().isEmpty());
            acute("later", "9990DB");
            await().atMost(SOON).until(() -> back.events().size() == 2);
            assertThat(back.events())
                    .extracting(event -> event.get("sequence").asText())
                    .containsExactly("1", "2");
            assertThat(back.events())
                    .extracting(event -> event.get("type").asText())
                    .containsOnly(ESCALATION);
        }
        end(id);
    }

    @Test
    void who_took_what_is_withdrawn_is_told_so_by_its_id_alone() throws Exception {
        try (Receiver receiver = new Receiver(0)) {
            String id = subscribe(receiver.url(), "BU99990103");
            acute("taken", "9990GB");
            await().atMost(SOON).until(() -> receiver.events().size() == 1);
            JsonNode taken = receiver.events().get(0);

            withdraw("taken", "9990GB");

            await().atMost(SOON).until(() -> receiver.events().size() == 2);
            JsonNode recall = receiver.events().get(1);
            assertThat(recall.get("type").asText()).isEqualTo(RECALL);
            assertThat(recall.get("sequence").asText()).isEqualTo("2");
            assertThat(recall.get("subject").asText())
                    .isEqualTo(taken.get("subject").asText());
            assertThat(recall.get("data").toString())
                    .isEqualTo("{\"id\":\"" + taken.get("id").asText() + "\"}");
            assertThat(hub.get(hub.token("zorg-demo"), taken.get("dataref").asText())
                            .statusCode())
                    .isEqualTo(404);
            assertThat(feed(id)).extracting(event -> event.get("type").asText()).containsOnly(RECALL);
            end(id);
        }
    }

    @Test
    void a_receiver_that_did_not_say_yes_to_this_very_name_gets_nothing() throws Exception {
        Map<String, Receiver.Manner> manners = Map.of(
                "other-origin", Receiver.agreeTo("localhost.example.nl"),
                "redirect", Receiver.status(301, "Location: http://127.0.0.1:1/"),
                "no-consent", Receiver.status(200));
        for (Map.Entry<String, Receiver.Manner> manner : manners.entrySet()) {
            try (Receiver receiver = new Receiver(0).onHandshake(manner.getValue())) {
                String id = ask(body(receiver.url(), "BU99990104"));
                await().atMost(SOON)
                        .untilAsserted(() ->
                                assertThat(shown(id).get("status").asText()).isEqualTo("refused"));
                assertThat(shown(id).get("reason").asText()).isEqualTo(manner.getKey());
            }
        }
        for (Receiver.Manner manner : List.of(Receiver.never(), Receiver.garbage(), Receiver.status(500))) {
            try (Receiver receiver = new Receiver(0).onHandshake(manner)) {
                String id = ask(body(receiver.url(), "BU99990104"));
                await().atMost(SOON).untilAsserted(() -> assertThat(
                                shown(id).at("/delivery/failures").asInt())
                        .isPositive());
                assertThat(shown(id).get("status").asText()).isEqualTo("pending");
                receiver.onHandshake(Receiver::agree);
                await().atMost(SOON)
                        .untilAsserted(() ->
                                assertThat(shown(id).get("status").asText()).isEqualTo("active"));
                end(id);
            }
        }
    }

    @Test
    void whatever_a_receiver_does_with_an_event_it_gets_it_in_the_end() throws Exception {
        int i = 0;
        for (Receiver.Manner manner : List.of(
                Receiver.status(301, "Location: http://127.0.0.1:1/"),
                Receiver.status(429, "Retry-After: 2"),
                Receiver.never(),
                Receiver.garbage())) {
            try (Receiver receiver = new Receiver(0)) {
                String id = subscribe(receiver.url(), "BU99990105");
                receiver.onDelivery(manner);
                acute("badly-" + i++, "9990MB");
                await().atMost(SOON).untilAsserted(() -> assertThat(
                                shown(id).at("/delivery/failures").asInt())
                        .isPositive());
                receiver.onDelivery(Receiver.status(204));
                await().atMost(SOON).untilAsserted(() -> assertThat(
                                shown(id).at("/delivery/lastSuccessAt").asText())
                        .isNotEmpty());
                await().atMost(SOON).untilAsserted(() -> assertThat(
                                shown(id).at("/delivery/failures").asInt())
                        .isZero());
                assertThat(new HashSet<>(receiver.events().stream()
                                .map(event -> event.get("id").asText())
                                .toList()))
                        .hasSize(1);
                end(id);
            }
        }
        try (Receiver slow = new Receiver(0).onDelivery(Receiver.slowBody())) {
            String id = subscribe(slow.url(), "BU99990105");
            acute("slow", "9990MB");
            await().atMost(SOON).untilAsserted(() -> assertThat(
                            shown(id).at("/delivery/lastSuccessAt").asText())
                    .isNotEmpty());
            end(id);
        }
        try (Receiver gone = new Receiver(0).onDelivery(Receiver.status(410))) {
            String id = subscribe(gone.url(), "BU99990105");
            acute("gone", "9990MB");
            await().atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(shown(id).get("status").asText()).isEqualTo("stopped"));
            assertThat(shown(id).get("reason").asText()).isEqualTo("gone");
        }
    }

    @Test
    void bad_wishes_get_every_fault_at_its_place() throws Exception {
        HttpResponse<String> bad = hub.post("zorg-demo", "/v1/subscriptions", """
                {"types":["nl.veilige-buurten.opschaling.v1","nl.veilige-buurten.fake.v1","nl.veilige-buurten.signaal-toegewezen.v1"],
                 "areas":["BU99990101","GM0363","fake"],"levels":[1,9],"protocol":"SMOKE","sink":"https://10.0.0.1/hook","fake":1}
                """);
        assertThat(bad.statusCode()).isEqualTo(400);
        assertThat(hub.json(bad).get("errors").findValuesAsText("pointer"))
                .containsExactlyInAnyOrder(
                        "/fake", "/types/1", "/types/2", "/areas/1", "/areas/2", "/levels/1", "/protocol", "/sink");
        for (String sink : List.of(
                "https://169.254.169.254/latest",
                "https://[::ffff:10.0.0.1]/",
                "https://[fd00::1]/",
                "https://0xa000001/",
                "https://167772161/",
                "http://example.nl/hook",
                "ftp://example.nl/",
                "https://user:fake@example.nl/",
                "https://example.nl/#x",
                "fake")) {
            HttpResponse<String> refused = hub.post("zorg-demo", "/v1/subscriptions", body(sink, "BU99990101"));
            assertThat(refused.statusCode()).as(sink).isEqualTo(400);
            assertThat(hub.json(refused).get("errors").findValuesAsText("pointer"))
                    .as(sink)
                    .containsOnly("/sink");
        }
        assertThat(hub.post("corporatie-demo", "/v1/subscriptions", body("https://example.nl/", "BU99990101"))
                        .body())
                .contains("/types/0", "not-yours");
        assertThat(hub.sendAs(hub.user("zorg-lid-demo"), "/v1/subscriptions", body("https://example.nl/", "BU99990101"))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void another_s_subscription_does_not_exist_and_one_without_a_sink_is_fetched() throws Exception {
        String id = ask("{\"types\":[\"" + ESCALATION + "\"],\"areas\":[\"BU99990106\"],\"protocol\":\"HTTP\"}");
        assertThat(shown(id).get("status").asText()).isEqualTo("active");
        acute("fetched-1", "9990PB");
        acute("fetched-2", "9990PB");
        await().atMost(SOON).untilAsserted(() -> assertThat(feed(id)).hasSize(2));

        assertThat(feed(id)).extracting(event -> event.get("sequence").asText()).containsExactly("1", "2");
        JsonNode page =
                hub.json(hub.get(hub.token("zorg-demo"), "/v1/subscriptions/" + id + "/events?after=1&pageSize=1"));
        assertThat(page.get("items")).hasSize(1);
        assertThat(page.get("next").asText()).isEqualTo("2");
        assertThat(hub.get(hub.token("zorg-demo"), "/v1/subscriptions/" + id + "/events?after=x&pageSize=0")
                        .body())
                .contains("/after", "/pageSize");
        for (String path : List.of("", "/events", "/dead-letters")) {
            assertThat(hub.get(hub.token("corporatie-demo"), "/v1/subscriptions/" + id + path)
                            .statusCode())
                    .isEqualTo(404);
        }
        end(id);
        assertThat(hub.get(hub.token("zorg-demo"), "/v1/subscriptions/" + id).statusCode())
                .isEqualTo(404);
    }

    @Test
    void narrow_subscriptions_hear_no_more_than_they_asked_for() throws Exception {
        String other = ask(
                "{\"types\":[\"" + ESCALATION + "\"],\"areas\":[\"BU99990201\"],\"levels\":[1],\"protocol\":\"HTTP\"}");
        String higher = ask(
                "{\"types\":[\"" + ESCALATION + "\"],\"areas\":[\"WK999901\"],\"levels\":[2,3],\"protocol\":\"HTTP\"}");
        String all = ask("{\"types\":[\"" + ESCALATION + "\"],\"protocol\":\"HTTP\"}");
        acute("narrow", "9990VB");
        await().atMost(SOON).untilAsserted(() -> assertThat(feed(all)).isNotEmpty());
        assertThat(feed(other)).isEmpty();
        assertThat(feed(higher)).isEmpty();
        end(all);
        end(other);
        end(higher);
    }

    private static String subscribe(String sink, String area) throws Exception {
        String id = ask(body(sink, area));
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(shown(id).get("status").asText()).isEqualTo("active"));
        return id;
    }

    private static String body(String sink, String area) {
        return "{\"types\":[\"%s\"],\"areas\":[\"%s\"],\"protocol\":\"HTTP\",\"sink\":\"%s\"}"
                .formatted(ESCALATION, area, sink);
    }

    private static String ask(String wish) throws Exception {
        HttpResponse<String> asked = hub.post("zorg-demo", "/v1/subscriptions", wish);
        assertThat(asked.statusCode()).as(asked.body()).isEqualTo(201);
        return hub.json(asked).get("id").asText();
    }

    private static JsonNode shown(String id) throws Exception {
        return hub.json(hub.get(hub.token("zorg-demo"), "/v1/subscriptions/" + id));
    }

    private static List<JsonNode> feed(String id) throws Exception {
        List<JsonNode> events = new ArrayList<>();
        hub.json(hub.get(hub.token("zorg-demo"), "/v1/subscriptions/" + id + "/events"))
                .get("items")
                .forEach(events::add);
        return events;
    }

    private static void end(String id) throws Exception {
        assertThat(hub.delete(hub.token("zorg-demo"), "/v1/subscriptions/" + id).statusCode())
                .isEqualTo(204);
    }

    /** A step up the ladder: something acute at a house of its own. */
    private static String acute(String reference, String postalCode) throws Exception {
        return post(reference, postalCode, ++house, "acute", "");
    }

    /** The same house said otherwise: what was acute is withdrawn. */
    private static void withdraw(String reference, String postalCode) throws Exception {
        post(reference + "-instead", postalCode, ++house, "low", "\"supersedes\":\"" + reference + "\",");
    }

    private static String post(String reference, String postalCode, int number, String severity, String more)
            throws Exception {
        String at = Instant.now().minusSeconds(60).toString();
        HttpResponse<String> accepted = hub.post(
                "corporatie-demo", "/v1/signals", """
                {%s"reference":"%s","occurredAt":"%s","reportedAt":"%s","category":"nuisance.noise","severity":"%s",
                 "subject":{"household":{"address":{"postalCode":"%s","houseNumber":%d}}}}
                """.formatted(more, reference, at, at, severity, postalCode, number));
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
        return hub.json(accepted).get("id").asText();
    }
}
