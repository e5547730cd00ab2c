package nl.wijkhub.end2end;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a sender hears of its own signal, and what it does not: on a real hub. */
class FeedbackIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String REASON = "{\"reason\":\"Fictieve reden\"}";
    private static RunningHub hub;
    private static int house = 300;

    @BeforeAll
    static void start() throws Exception {
        hub = RunningHub.shared();
    }

    @Test
    void the_sender_hears_that_its_signal_was_taken_up_and_closed_and_nobody_else_does() throws Exception {
        String signal = post("fake-f1", "nuisance.noise", house++, "");
        assertThat(heard(signal)).containsExactly("accepted", "received");
        JsonNode item = item("medewerker-demo", signal);
        String plan = "/v1/plans/" + item.get("planId").asText();

        take("medewerker-demo", item);
        assertThat(heard(signal)).containsExactly("taken-up", "received", "taken-up");
        give("medewerker-demo", item);
        take("teamleider-demo", item);
        coordinate(plan);
        assertThat(heard(signal)).as("not twice").containsExactly("taken-up", "received", "taken-up");

        close(plan);
        assertThat(heard(signal)).containsExactly("closed", "received", "taken-up", "closed");
        assertThat(hub.sendAs(hub.user("medewerker-demo"), plan + "/_wake", REASON)
                        .statusCode())
                .isEqualTo(200);
        assertThat(heard(signal)).as("reopened").containsExactly("closed", "received", "taken-up", "closed");

        JsonNode status = hub.json(hub.get(hub.token("corporatie-demo"), "/v1/signals?reference=fake-f1"));
        assertThat(status).isEqualTo(status(signal));
        assertThat(status.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("id", "status", "acceptedAt", "feedback");
        for (JsonNode moment : status.get("feedback")) {
            assertThat(moment.fieldNames()).toIterable().containsExactly("kind", "at");
            assertThat(Instant.parse(moment.get("at").asText())).isBeforeOrEqualTo(Instant.now());
        }
        assertThat(hub.get(hub.token("corporatie-twee"), "/v1/signals/" + signal)
                        .statusCode())
                .isEqualTo(404);
        assertThat(hub.get(hub.user("medewerker-demo"), "/v1/signals/" + signal).body())
                .doesNotContain("feedback", "taken-up");
    }

    @Test
    void a_signal_nobody_may_have_is_heard_of_as_one_that_waits() throws Exception {
        int number = house++;
        String denied = post("fake-f2", "nuisance.drugs", number, "");
        String waits = post("fake-f3", "nuisance.noise", number, "");
        JsonNode item = item("medewerker-demo", waits);
        String plan = "/v1/plans/" + item.get("planId").asText();
        assertThat(shape(denied)).isEqualTo(shape(waits));

        take("medewerker-demo", item);
        coordinate(plan);
        close(plan);
        assertThat(heard(waits).get(0)).isEqualTo("closed");
        assertThat(heard(denied)).containsExactly("accepted", "received");
    }

    @Test
    void what_is_recalled_says_nothing_more_and_takes_nothing_back() throws Exception {
        int number = house++;
        String signal = post("fake-f4", "nuisance.noise", number, "");
        take("medewerker-demo", item("medewerker-demo", signal));
        String successor = post("fake-f5", "nuisance.smell", number, "\"supersedes\":\"fake-f4\",");
        String plan =
                "/v1/plans/" + item("medewerker-demo", successor).get("planId").asText();
        take("medewerker-demo", item("medewerker-demo", successor));
        coordinate(plan);
        close(plan);

        assertThat(heard(successor)).containsExactly("closed", "received", "taken-up", "closed");
        assertThat(heard(signal)).doesNotContain("closed");
    }

    @Test
    void a_plan_that_another_team_takes_over_is_taken_up_once() throws Exception {
        String signal = post("fake-f6", "nuisance.noise", house++, "");
        String plan =
                "/v1/plans/" + item("medewerker-demo", signal).get("planId").asText();
        assertThat(hub.sendAs(
                                hub.user("medewerker-demo"),
                                plan + "/_handover",
                                "{\"to\":\"vb-zuid\",\"reason\":\"Fictieve reden\"}")
                        .statusCode())
                .isBetween(200, 201);
        assertThat(heard(signal)).as("asked is not taken up").containsExactly("accepted", "received");
        HttpResponse<String> accepted = hub.sendAs(
                hub.user("teamleider-zuid"),
                "/v1/plans/" + new KnownPlans(hub).inZuid(plan.substring("/v1/plans/".length())) + "/_accept",
                "{}");
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(200);

        assertThat(heard(signal)).containsExactly("taken-up", "received", "taken-up");
    }

    private static void take(String user, JsonNode item) throws Exception {
        act(user, item, "_take", "");
    }

    private static void give(String user, JsonNode item) throws Exception {
        act(user, item, "_return", REASON);
    }

    private static void act(String user, JsonNode item, String what, String body) throws Exception {
        HttpResponse<String> done =
                hub.sendAs(hub.user(user), "/v1/queue-items/" + item.get("id").asText() + "/" + what, body);
        assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
    }

    private static void coordinate(String plan) throws Exception {
        String etag = hub.get(hub.user("medewerker-demo"), plan)
                .headers()
                .firstValue("ETag")
                .orElseThrow();
        HttpResponse<String> set =
                hub.patch(hub.user("medewerker-demo"), plan, etag, "{\"coordinator\":{\"user\":\"medewerker-demo\"}}");
        assertThat(set.statusCode()).as(set.body()).isEqualTo(200);
    }

    private static void close(String plan) throws Exception {
        HttpResponse<String> closed = hub.sendAs(
                hub.user("medewerker-demo"),
                plan + "/_close",
                "{\"outcome\":\"prevented\",\"reason\":\"Fictieve reden\"}");
        assertThat(closed.statusCode()).as(closed.body()).isEqualTo(200);
    }

    /** Status first, then what was heard, in order. */
    private static List<String> heard(String signal) throws Exception {
        JsonNode status = status(signal);
        List<String> heard = new ArrayList<>(List.of(status.get("status").asText()));
        status.get("feedback").forEach(moment -> heard.add(moment.get("kind").asText()));
        return heard;
    }

    /** The whole answer without what differs between any two signals. */
    private static String shape(String signal) throws Exception {
        ObjectNode status = (ObjectNode) status(signal);
        return status.toString()
                .replace(signal, "id")
                .replace(status.get("acceptedAt").asText(), "at");
    }

    private static JsonNode status(String signal) throws Exception {
        HttpResponse<String> answer = hub.get(hub.token("corporatie-demo"), "/v1/signals/" + signal);
        assertThat(answer.statusCode()).isEqualTo(200);
        return hub.json(answer);
    }

    private static JsonNode item(String user, String signal) {
        return await().atMost(SOON).until(() -> find(user, signal), found -> found != null);
    }

    private static JsonNode find(String user, String signal) throws Exception {
        for (JsonNode item : hub.json(hub.get(hub.user(user), "/v1/teams/vb-noord/queue-items?pageSize=1000"))
                .get("items")) {
            if (item.get("signalId").asText().equals(signal)) {
                return item;
            }
        }
        return null;
    }

    private static String post(String reference, String category, int number, String more) throws Exception {
        String at = Instant.now().minusSeconds(3600).toString();
        HttpResponse<String> accepted =
                hub.post("corporatie-demo", "/v1/signals", """
                {"reference":"%s",%s"occurredAt":"%s","reportedAt":"%s","category":"%s","severity":"low",
                 "subject":{"household":{"address":{"postalCode":"9990AB","houseNumber":%d}}}}
                """.formatted(reference, more, at, at, category, number));
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
        assertThat(accepted.body()).as("a household has no receipt").doesNotContain("receiptCode");
        return hub.json(accepted).get("id").asText();
    }
}
