package nl.wijkhub.end2end;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.sharing.fhir.BaseR4;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A care provider subscribes in FHIR R4, by the Subscriptions R5 Backport IG, and hears what others hear elsewhere. */
class BackportIT {
    private static final String FHIR = "application/fhir+json";
    private static final String IG = "http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/";
    private static final Duration SOON = Duration.ofSeconds(40);
    private static RunningHub hub;
    private static int house = 100;

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
    void a_subscription_lives_from_its_handshake_to_its_end() throws Exception {
        try (Receiver receiver = new Receiver(0)) {
            HttpResponse<String> asked = ask(wish(receiver.url(), "BU99990101", "id-only", 2));
            assertThat(asked.headers().firstValue("Content-Type")).contains(FHIR);
            JsonNode created = hub.json(asked);
            String id = created.get("id").asText();
            assertThat(asked.headers().firstValue("Location")).contains("/fhir/Subscription/" + id);
            assertThat(created.get("status").asText()).isEqualTo("requested");
            assertThat(asked.body()).doesNotContain("fake-secret");
            awaitStatus(id, "active");

            Receiver.Request handshake = receiver.requests.get(0);
            assertThat(handshake.method()).isEqualTo("POST");
            assertThat(handshake.headers())
                    .containsEntry("content-type", FHIR)
                    .containsEntry("authorization", "Bearer fake-secret");
            assertThat(value(handshake.event(), "type")).isEqualTo("handshake");
            assertThat(value(handshake.event(), "status")).isEqualTo("requested");

            acute("lives", "9990AB");
            await().atMost(SOON).until(() -> told(receiver).size() == 1);
            JsonNode event = told(receiver).get(0);
            assertThat(event.toString())
                    .contains("{\"name\":\"events-since-subscription-start\",\"valueString\":\"1\"}")
                    .contains("{\"name\":\"event-number\",\"valueString\":\"1\"}")
                    .doesNotContain("9990", "nuisance", "vb-noord");
            String task = focus(event);
            JsonNode read = hub.json(hub.get(hub.token("zorg-demo"), task));
            assertThat(read.get("status").asText()).isEqualTo("requested");
            assertThat(read.at("/code/coding/0/code").asText()).isEqualTo("1");
            assertThat(read.toString()).doesNotContain("9990", "nuisance", "vb-noord");
            for (String other : List.of("corporatie-demo", "welzijn-demo")) {
                assertThat(hub.get(hub.token(other), task).statusCode()).isEqualTo(404);
            }

            // silence is filled, and does not count
            await().atMost(SOON).until(() -> receiver.events().stream()
                    .anyMatch(one -> value(one, "type").equals("heartbeat")
                            && value(one, "events-since-subscription-start").equals("1")));

            withdraw("lives", "9990AB");
            await().atMost(SOON).until(() -> told(receiver).size() == 2);
            JsonNode recall = told(receiver).get(1);
            assertThat(part(recall, "event-number")).isEqualTo("2");
            assertThat(focus(recall)).isEqualTo(task);
            assertThat(recall.at("/entry/1/request/method").asText()).isEqualTo("DELETE");
            assertThat(hub.get(hub.token("zorg-demo"), task).statusCode()).isEqualTo(404);

            // what does not stand any more shows so under its own number
            JsonNode all = events(id, "");
            assertThat(all.toString())
                    .contains("{\"name\":\"event-number\",\"valueString\":\"1\"}")
                    .contains("{\"name\":\"event-number\",\"valueString\":\"2\"}");
            assertThat(all.get("entry")).hasSize(2);
            assertThat(value(all, "type")).isEqualTo("query-event");

            receiver.events().forEach(sent -> BaseR4.isValid(sent.toString()));
            BaseR4.isValid(all.toString());
            BaseR4.isValid(status(id));
            BaseR4.isValid(read.toString());

            assertThat(hub.delete(hub.token("zorg-demo"), "/fhir/Subscription/" + id)
                            .statusCode())
                    .isEqualTo(204);
            assertThat(hub.get(hub.token("zorg-demo"), "/fhir/Subscription/" + id)
                            .statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void a_receiver_that_was_down_gets_everything_in_order_and_its_owner_sees_that_it_was() throws Exception {
        Receiver receiver = new Receiver(0);
        int port = receiver.port();
        String id = id(ask(wish(receiver.url(), "BU99990102", "empty", 0)));
        awaitStatus(id, "active");
        receiver.close();
        acute("down-1", "9990DB");
        acute("down-2", "9990DB");
        awaitStatus(id, "error");
        assertThat(status(id)).contains("not-reached").doesNotContain("\"topic\"");
        // nobody can have seen it: it does not count yet
        assertThat(status(id)).contains("{\"name\":\"events-since-subscription-start\",\"valueString\":\"0\"}");

        try (Receiver back = new Receiver(port)) {
            await().atMost(SOON).until(() -> told(back).size() == 2);
            assertThat(told(back)).extracting(one -> part(one, "event-number")).containsExactly("1", "2");
            assertThat(told(back)).allSatisfy(one -> assertThat(one.toString()).doesNotContain("Task", "\"topic\""));
            awaitStatus(id, "active");
            assertThat(status(id)).contains("{\"name\":\"events-since-subscription-start\",\"valueString\":\"2\"}");
        }

        JsonNode own = events(id, "");
        assertThat(own.toString()).doesNotContain("Task");
        JsonNode second = events(id, "?eventsSinceNumber=2&eventsUntilNumber=2&content=id-only");
        assertThat(part(second, "event-number")).isEqualTo("2");
        assertThat(hub.get(hub.token("zorg-demo"), focus(second)).statusCode()).isEqualTo(200);
        HttpResponse<String> posted = hub.post("zorg-demo", "/fhir/Subscription/" + id + "/$events", FHIR, """
                {"resourceType":"Parameters","parameter":[{"name":"eventsSinceNumber","valueString":"2"},
                 {"name":"content","valueCode":"id-only"}]}
                """);
        assertThat(focus(hub.json(posted))).isEqualTo(focus(second));
        HttpResponse<String> bad = hub.get(
                hub.token("zorg-demo"),
                "/fhir/Subscription/" + id + "/$events?eventsSinceNumber=x&content=fake&fake=1");
        assertThat(bad.statusCode()).isEqualTo(400);
        assertThat(expressions(bad)).containsExactlyInAnyOrder("http.eventsSinceNumber", "http.content", "http.fake");
        end(id);
    }

    @Test
    void who_does_not_take_the_handshake_gets_nothing_and_sees_an_error() throws Exception {
        try (Receiver receiver = new Receiver(0).onDelivery(Receiver.status(404))) {
            String id = id(ask(wish(receiver.url(), "BU99990103", "empty", 0)));
            awaitStatus(id, "error");
            assertThat(status(id)).contains("status-404");
            assertThat(hub.json(hub.get(hub.token("zorg-demo"), "/fhir/Subscription/" + id))
                            .get("error")
                            .asText())
                    .isEqualTo("status-404");
            end(id);
        }
        try (Receiver receiver = new Receiver(0).onDelivery(Receiver.status(503))) {
            String id = id(ask(wish(receiver.url(), "BU99990103", "empty", 0)));
            awaitStatus(id, "error");
            receiver.onDelivery(Receiver.status(202));
            awaitStatus(id, "active");
            end(id);
        }
        try (Receiver receiver = new Receiver(0)) {
            String id = id(ask(wish(receiver.url(), "BU99990103", "empty", 1)));
            awaitStatus(id, "active");
            receiver.onDelivery(Receiver.status(410));
            awaitStatus(id, "off");
            end(id);
        }
    }

    @Test
    void its_own_alone_and_every_fault_at_once() throws Exception {
        try (Receiver receiver = new Receiver(0)) {
            String id = id(ask(wish(receiver.url(), "BU99990104", "empty", 0)));
            awaitStatus(id, "active");
            String token = hub.token("zorg-demo");
            for (String path : List.of("", "/$status", "/$events")) {
                assertThat(hub.get(hub.token("corporatie-demo"), "/fhir/Subscription/" + id + path)
                                .statusCode())
                        .isEqualTo(404);
            }
            assertThat(hub.delete(hub.token("corporatie-demo"), "/fhir/Subscription/" + id)
                            .statusCode())
                    .isEqualTo(404);
            assertThat(hub.get(hub.user("zorg-lid-demo"), "/fhir/Subscription").statusCode())
                    .isEqualTo(403);
            assertThat(hub.get(token, "/fhir/Subscription?status=active").body())
                    .contains(id);
            assertThat(hub.get(token, "/fhir/Subscription?status=off,error").body())
                    .doesNotContain(id);
            assertThat(hub.get(token, "/fhir/Subscription/$status?id=" + id).body())
                    .contains("query-status", id);
            assertThat(hub.get(token, "/fhir/Subscription?status=fake&fake=1").statusCode())
                    .isEqualTo(400);
            JsonNode elsewhere = hub.json(hub.get(token, "/v1/subscriptions/" + id));
            assertThat(elsewhere.get("protocol").asText()).isEqualTo("FHIR");
            assertThat(elsewhere.get("payload").asText()).isEqualTo("empty");
            assertThat(hub.get(token, "/fhir/metadata").body())
                    .contains("backport-subscription", "/SubscriptionTopic/escalation");
            end(id);
        }
        String fetched = hub.json(hub.post(
                        "zorg-demo",
                        "/v1/subscriptions",
                        "{\"types\":[\"nl.veilige-buurten.opschaling.v1\"],\"protocol\":\"HTTP\"}"))
                .get("id")
                .asText();
        assertThat(hub.get(hub.token("zorg-demo"), "/fhir/Subscription/" + fetched)
                        .statusCode())
                .isEqualTo(404);
        hub.delete(hub.token("zorg-demo"), "/v1/subscriptions/" + fetched);

        HttpResponse<String> bad = hub.post(
                "zorg-demo",
                "/fhir/Subscription",
                FHIR,
                wish("https://10.0.0.1/", "GM0363", "full-resource", 0)
                        .replace("\"requested\"", "\"active\"")
                        .replace("SubscriptionTopic/escalation", "SubscriptionTopic/fake")
                        .replace("\"rest-hook\"", "\"websocket\""));
        assertThat(bad.statusCode()).isEqualTo(400);
        assertThat(hub.json(bad).get("resourceType").asText()).isEqualTo("OperationOutcome");
        assertThat(expressions(bad))
                .containsExactlyInAnyOrder(
                        "Subscription.status",
                        "Subscription.criteria",
                        "Subscription.criteria.extension[0].value",
                        "Subscription.channel.type",
                        "Subscription.channel.endpoint",
                        "Subscription.channel.payload.extension[0].value");
        assertThat(expressions(hub.post(
                        "corporatie-demo",
                        "/fhir/Subscription",
                        FHIR,
                        wish("https://example.nl/", "GM9999", "empty", 0))))
                .contains("Subscription.criteria");
    }

    private static HttpResponse<String> ask(String wish) throws Exception {
        HttpResponse<String> asked = hub.post("zorg-demo", "/fhir/Subscription", FHIR, wish);
        assertThat(asked.statusCode()).as(asked.body()).isEqualTo(201);
        return asked;
    }

    private static String id(HttpResponse<String> asked) throws Exception {
        return hub.json(asked).get("id").asText();
    }

    private static String wish(String endpoint, String area, String content, int heartbeat) {
        String beat = heartbeat == 0
                ? ""
                : "\"extension\":[{\"url\":\"%sbackport-heartbeat-period\",\"valueUnsignedInt\":%d}],"
                        .formatted(IG, heartbeat);
        return """
                {"resourceType":"Subscription","status":"requested","reason":"Fictieve reden",
                 "criteria":"%s/fhir/SubscriptionTopic/escalation",
                 "_criteria":{"extension":[{"url":"%sbackport-filter-criteria","valueString":"Task?area=%s&level=1"}]},
                 "channel":{%s"type":"rest-hook","endpoint":"%s","payload":"application/fhir+json",
                  "_payload":{"extension":[{"url":"%sbackport-payload-content","valueCode":"%s"}]},
                  "header":["Authorization: Bearer fake-secret"]}}
                """.formatted(hub.process.url(), IG, area, beat, endpoint, IG, content);
    }

    private static void awaitStatus(String id, String status) {
        await().atMost(SOON).untilAsserted(() -> assertThat(value(Json.read(status(id), JsonNode.class), "status"))
                .isEqualTo(status));
    }

    private static String status(String id) throws Exception {
        return hub.get(hub.token("zorg-demo"), "/fhir/Subscription/" + id + "/$status")
                .body();
    }

    private static JsonNode events(String id, String query) throws Exception {
        return hub.json(hub.get(hub.token("zorg-demo"), "/fhir/Subscription/" + id + "/$events" + query));
    }

    private static void end(String id) throws Exception {
        assertThat(hub.delete(hub.token("zorg-demo"), "/fhir/Subscription/" + id)
                        .statusCode())
                .isEqualTo(204);
    }

    private static List<String> expressions(HttpResponse<String> outcome) throws Exception {
        return hub.json(outcome).findValues("expression").stream()
                .map(expression -> expression.get(0).asText())
                .toList();
    }

    /** The events among what a receiver got. */
    private static List<JsonNode> told(Receiver receiver) {
        return receiver.events().stream()
                .filter(one -> value(one, "type").equals("event-notification"))
                .toList();
    }

    /** What the status in a bundle says under a name; empty for nothing. */
    private static String value(JsonNode bundle, String name) {
        for (JsonNode one : bundle.at("/entry/0/resource/parameter")) {
            if (one.get("name").asText().equals(name)) {
                return one.path("valueCode").asText(one.path("valueString").asText(""));
            }
        }
        return "";
    }

    /** What its first event says under a name; empty for nothing. */
    private static String part(JsonNode bundle, String name) {
        for (JsonNode one : bundle.findPath("part")) {
            if (one.get("name").asText().equals(name)) {
                return one.path("valueString")
                        .asText(one.at("/valueReference/reference").asText(""));
            }
        }
        return "";
    }

    /** The path of the Task that an event names. */
    private static String focus(JsonNode bundle) {
        String focus = part(bundle, "focus");
        return focus.substring(focus.indexOf("/fhir/Task/"));
    }

    private static void acute(String reference, String postalCode) throws Exception {
        post(reference, postalCode, "acute", "");
    }

    /** The same said otherwise: what was acute is withdrawn. */
    private static void withdraw(String reference, String postalCode) throws Exception {
        post(reference + "-instead", postalCode, "low", "\"supersedes\":\"" + reference + "\",");
    }

    private static void post(String reference, String postalCode, String severity, String more) throws Exception {
        String at = Instant.now().minusSeconds(60).toString();
        HttpResponse<String> accepted = hub.post("corporatie-demo", "/v1/signals", """
                {%s"reference":"%s","occurredAt":"%s","reportedAt":"%s","category":"nuisance.noise","severity":"%s",
                 "subject":{"household":{"address":{"postalCode":"%s","houseNumber":%d}}}}
                """.formatted(
                        more, reference, at, at, severity, postalCode, ++house));
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
    }
}
