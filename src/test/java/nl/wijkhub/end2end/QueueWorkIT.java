package nl.wijkhub.end2end;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a member does with an item of its own queue: on a real hub. */
class QueueWorkIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static RunningHub hub;

    @BeforeAll
    static void start() throws Exception {
        hub = RunningHub.shared();
    }

    @Test
    void an_item_is_in_one_pair_of_hands_until_it_is_given_back_with_a_reason() throws Exception {
        String item = item("medewerker-demo", post("fake-work-1", "nuisance.noise", 31));
        int before = load("medewerker-demo");

        HttpResponse<String> taken = as("medewerker-demo", item, "_take", "");
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(200);
        assertThat(hub.json(taken).get("takenBy").asText()).isEqualTo("medewerker-demo");
        assertThat(hub.json(taken).get("state").asText()).isEqualTo("taken-up");
        // again is the same
        assertThat(hub.json(as("medewerker-demo", item, "_take", "")).get("steps"))
                .hasSize(1);
        assertThat(as("teamleider-demo", item, "_take", "").statusCode()).isEqualTo(409);
        for (String other : List.of("wijkagent-demo", "teamleider-zuid", "privacy-demo")) {
            assertThat(as(other, item, "_take", "").statusCode()).isEqualTo(404);
            assertThat(hub.get(hub.user(other), "/v1/queue-items/" + item).statusCode())
                    .isEqualTo(404);
        }
        assertThat(hub.sendAs(hub.token("vb-noord.municipality"), "/v1/queue-items/" + item + "/_take", "")
                        .statusCode())
                .isEqualTo(403);
        assertThat(load("medewerker-demo")).isEqualTo(before + 1);

        HttpResponse<String> without = as("medewerker-demo", item, "_return", "{}");
        assertThat(hub.json(without).get("errors").findValuesAsText("pointer")).containsExactly("/reason");
        String reason = "{\"reason\":\"Fictief: dit hoort bij een ander\"}";
        // a team lead may give back what somebody else has
        assertThat(as("teamleider-demo", item, "_return", reason).statusCode()).isEqualTo(200);
        assertThat(as("medewerker-demo", item, "_return", reason).statusCode()).isEqualTo(409);
        JsonNode seen = hub.json(hub.get(hub.user("medewerker-demo"), "/v1/queue-items/" + item));
        assertThat(seen.get("state").asText()).isEqualTo("returned");
        assertThat(seen.get("takenBy").isNull()).isTrue();
        assertThat(seen.get("steps").findValuesAsText("kind")).containsExactly("taken", "returned");
        assertThat(load("medewerker-demo")).isEqualTo(before);
        assertThat(hub.get(hub.user("medewerker-demo"), "/v1/teams/vb-noord/queue-items?state=returned")
                        .body())
                .contains(item);
        assertThat(hub.log().lines().filter(line -> line.contains("event=")))
                .noneMatch(line -> line.contains("Fictief"));
    }

    @Test
    void of_two_who_take_it_at_once_one_has_it() throws Exception {
        String item = item("medewerker-demo", post("fake-work-2", "nuisance.noise", 32));
        String first = hub.user("medewerker-demo");
        String second = hub.user("teamleider-demo");
        ExecutorService both = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Integer>> tries = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                tries.add(() -> hub.sendAs(first, "/v1/queue-items/" + item + "/_take", "")
                        .statusCode());
                tries.add(() -> hub.sendAs(second, "/v1/queue-items/" + item + "/_take", "")
                        .statusCode());
            }
            List<Integer> answers = new ArrayList<>();
            for (Future<Integer> one : both.invokeAll(tries)) {
                answers.add(one.get());
            }
            assertThat(answers).containsOnly(200, 409);
            assertThat(answers.stream().filter(status -> status == 200)).hasSize(4);
        } finally {
            both.shutdownNow();
        }
        JsonNode seen = hub.json(hub.get(first, "/v1/queue-items/" + item));
        assertThat(seen.get("steps").findValuesAsText("kind")).containsExactly("taken");
    }

    @Test
    void what_was_withdrawn_cannot_be_taken_up() throws Exception {
        String signal = post("fake-work-3", "nuisance.noise", 33);
        String item = item("medewerker-demo", signal);
        HttpResponse<String> other = hub.post(
                "corporatie-demo",
                "/v1/signals",
                body("fake-work-3b", "nuisance.noise", 33).replaceFirst("\\{", "{\"supersedes\":\"fake-work-3\","));
        assertThat(other.statusCode()).as(other.body()).isEqualTo(202);

        await().atMost(SOON).untilAsserted(() -> assertThat(
                        as("medewerker-demo", item, "_take", "").statusCode())
                .isEqualTo(404));
    }

    @Test
    void the_coordinator_asks_care_without_a_name() throws Exception {
        String item = item("medewerker-demo", post("fake-work-4", "nuisance.noise", 34));
        assertThat(as("wijkagent-demo", item, "_consult", "").statusCode()).isEqualTo(403);

        HttpResponse<String> asked = as("medewerker-demo", item, "_consult", "");
        assertThat(asked.statusCode()).as(asked.body()).isEqualTo(200);
        String id = hub.json(asked).get("consultationId").asText();
        assertThat(hub.json(as("medewerker-demo", item, "_consult", ""))
                        .get("consultationId")
                        .asText())
                .isEqualTo(id);

        JsonNode question = hub.json(hub.get(hub.user("zorg-lid-demo"), "/v1/consultations/" + id));
        assertThat(question.get("categoryClass").asText()).isEqualTo("nuisance");
        assertThat(question.toString()).doesNotContain("noise", "9990A");
        assertThat(hub.get(hub.user("zorg-lid-demo"), "/v1/consultations").body())
                .contains(id);
    }

    private static int load(String user) throws Exception {
        for (JsonNode member : hub.json(hub.get(hub.user("teamleider-demo"), "/v1/teams/vb-noord/workload"))
                .get("members")) {
            if (member.get("user").asText().equals(user)) {
                return member.get("items").asInt();
            }
        }
        return 0;
    }

    private static HttpResponse<String> as(String user, String item, String what, String json) throws Exception {
        return hub.sendAs(hub.user(user), "/v1/queue-items/" + item + "/" + what, json);
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

    private static String post(String reference, String category, int number) throws Exception {
        HttpResponse<String> accepted = hub.post("corporatie-demo", "/v1/signals", body(reference, category, number));
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
        return hub.json(accepted).get("id").asText();
    }

    private static String body(String reference, String category, int number) {
        String at = Instant.now().minusSeconds(3600).toString();
        return """
                {"reference":"%s","occurredAt":"%s","reportedAt":"%s","category":"%s","severity":"low",
                 "subject":{"household":{"address":{"postalCode":"9990AB","houseNumber":%d}}}}
                """.formatted(reference, at, at, category, number);
    }
}
