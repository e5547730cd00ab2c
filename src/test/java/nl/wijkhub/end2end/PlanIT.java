package nl.wijkhub.end2end;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a plan refuses, and who sees what of it: on a real hub. What goes well is told in docs/stories. */
class PlanIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static RunningHub hub;
    private static int house = 100;

    @BeforeAll
    static void start() throws Exception {
        hub = RunningHub.shared();
    }

    @Test
    void a_plan_is_changed_on_the_version_that_was_seen() throws Exception {
        String plan = plan();
        HttpResponse<String> seen = get("medewerker-demo", plan);
        String etag = seen.headers().firstValue("ETag").orElseThrow();
        String coordinator = "{\"coordinator\":{\"user\":\"medewerker-demo\"}}";

        HttpResponse<String> without = hub.patch(hub.user("medewerker-demo"), plan, null, coordinator);
        assertThat(codes(without)).containsExactly("if-match-missing");
        HttpResponse<String> first = hub.patch(hub.user("medewerker-demo"), plan, etag, coordinator);
        assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
        HttpResponse<String> stale = hub.patch(hub.user("teamleider-demo"), plan, etag, coordinator);
        assertThat(stale.statusCode()).isEqualTo(412);
        assertThat(hub.json(stale).get("type").asText()).isEqualTo("urn:wijkhub:problem:stale-version");
    }

    @Test
    void of_many_who_change_one_version_at_once_one_does() throws Exception {
        String plan = plan();
        String etag = get("medewerker-demo", plan).headers().firstValue("ETag").orElseThrow();
        String token = hub.user("medewerker-demo");
        ExecutorService all = Executors.newFixedThreadPool(8);
        List<Integer> answers = new ArrayList<>();
        try {
            List<Callable<Integer>> tries = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                String change = "{\"strengths\":[\"Fictief " + i + "\"]}";
                tries.add(() -> hub.patch(token, plan, etag, change).statusCode());
            }
            for (Future<Integer> one : all.invokeAll(tries)) {
                answers.add(one.get());
            }
        } finally {
            all.shutdownNow();
        }
        assertThat(answers.stream().filter(status -> status == 200)).hasSize(1);
        assertThat(answers.stream().filter(status -> status == 412)).hasSize(7);
    }

    @Test
    void every_fault_is_told_at_once_with_what_to_do() throws Exception {
        String plan = active();

        HttpResponse<String> bare = post(plan, "/agreements", "{\"text\":\"Fictieve afspraak\"}");
        assertThat(bare.statusCode()).isEqualTo(400);
        assertThat(hub.json(bare).get("errors").findValuesAsText("pointer"))
                .containsExactlyInAnyOrder("/owner", "/rung", "/dueOn");
        HttpResponse<String> far = post(
                plan,
                "/agreements",
                "{\"text\":\"Fictief\",\"owner\":\"coordinator\",\"rung\":\"own-network\",\"dueOn\":\"+99999999-01-01\"}");
        assertThat(far.statusCode()).isEqualTo(400);
        assertThat(codes(post(
                        plan,
                        "/scores",
                        "{\"moment\":\"start\",\"scoredOn\":\"2026-11-01\",\"scores\":{\"financien\":6,\"x\":1}}")))
                .containsExactlyInAnyOrder("unknown-field", "out-of-range");
        assertThat(codes(post(plan, "/_wake", "{\"reason\":\"Fictieve reden\"}")))
                .containsExactly("illegal-transition");
        assertThat(codes(post(plan, "/_handover", "{\"to\":\"vb-nergens\",\"reason\":\"Fictieve reden\"}")))
                .containsExactly("unknown-team");
        for (String body :
                List.of("[]", "null", "{\"outcome\":null,\"reason\":null}", "{\"outcome\":7,\"reason\":[]}")) {
            assertThat(post(plan, "/_close", body).statusCode()).as(body).isEqualTo(400);
        }
    }

    @Test
    void a_partner_reads_its_own_tasks_under_a_version_that_others_do_not_move() throws Exception {
        String plan = active();
        String partner = id(post(plan, "/participants", "{\"discipline\":\"WELFARE\"}"));
        String task = id(post(
                plan,
                "/agreements",
                "{\"text\":\"Fictieve taak\",\"owner\":\"%s\",\"rung\":\"own-network\",\"dueOn\":\"%s\"}"
                        .formatted(partner, LocalDate.now().plusDays(9))));
        assertThat(get("welzijn-lid-demo", plan).statusCode()).isEqualTo(404);
        String etag = get("medewerker-demo", plan).headers().firstValue("ETag").orElseThrow();
        assertThat(hub.patch(hub.user("medewerker-demo"), plan, etag, "{\"agreedOn\":\"" + LocalDate.now() + "\"}")
                        .statusCode())
                .isEqualTo(200);

        String known = "/v1/plans/"
                + new KnownPlans(hub)
                        .withPart("welzijn-lid-demo", "vb-noord", task)
                        .orElseThrow();
        assertThat(get("welzijn-lid-demo", plan).statusCode())
                .as("known to another seat by this")
                .isEqualTo(404);
        assertThat(get("medewerker-demo", known).statusCode()).isEqualTo(404);
        HttpResponse<String> before = get("welzijn-lid-demo", known);
        assertThat(before.statusCode()).as(before.body()).isEqualTo(200);
        String own = before.headers().firstValue("ETag").orElseThrow();
        post(plan, "/goals", "{\"lifeDomain\":\"financien\",\"text\":\"Fictief doel\",\"writtenBy\":\"resident\"}");
        post(plan, "/_sleep", "{\"reason\":\"Fictieve reden\"}");
        HttpResponse<String> after = get("welzijn-lid-demo", known);
        assertThat(after.headers().firstValue("ETag").orElseThrow()).isEqualTo(own);
        assertThat(after.body()).isEqualTo(before.body());
        assertThat(codes(hub.sendAs(hub.user("welzijn-lid-demo"), known + "/agreements/" + task + "/_done", "{}")))
                .containsExactly("not-now");

        for (Map.Entry<String, String> one :
                Map.of("welzijn-lid-demo", known, "medewerker-demo", plan).entrySet()) {
            String carePlan = one.getValue().replace("/v1/plans/", "CarePlan/");
            JsonNode seen = hub.json(get(one.getKey(), "/fhir/" + carePlan));
            assertThat(seen.get("id").asText()).isEqualTo(carePlan.substring("CarePlan/".length()));
            assertThat(hub.json(get(one.getKey(), "/fhir/Task/" + task))
                            .at("/basedOn/0/reference")
                            .asText())
                    .isEqualTo(carePlan);
            for (String path : List.of("/fhir/" + carePlan, "/fhir/Task/" + task)) {
                HttpResponse<String> other = get("wijkagent-demo", path);
                assertThat(other.statusCode()).as(path).isEqualTo(404);
                assertThat(hub.json(other).get("resourceType").asText()).isEqualTo("OperationOutcome");
            }
        }
    }

    @Test
    void welfare_coordinates_a_plan_and_sees_it_until_somebody_else_does() throws Exception {
        String plan = active();
        assertThat(get("welzijn-lid-demo", plan).statusCode()).isEqualTo(404);
        assertThat(coordinates("medewerker-demo", plan, "welzijn-lid-demo").statusCode())
                .isEqualTo(200);

        JsonNode coordinated = hub.json(get("welzijn-lid-demo", "/v1/teams/vb-noord/plans?pageSize=1000"))
                .get("items");
        assertThat(coordinated).hasSize(1);
        String known = "/v1/plans/" + coordinated.at("/0/id").asText();
        assertThat(known).isNotEqualTo(plan);
        JsonNode seen = hub.json(get("welzijn-lid-demo", known));
        assertThat(seen.at("/coordinator/pair").asText()).isEqualTo("vb-noord.welfare");
        String goal = "{\"lifeDomain\":\"financien\",\"text\":\"Fictief doel\",\"writtenBy\":\"resident\"}";
        assertThat(hub.sendAs(hub.user("welzijn-lid-demo"), known + "/goals", goal)
                        .statusCode())
                .isEqualTo(201);
        String other = "{\"to\":\"vb-zuid\",\"reason\":\"Fictieve reden\"}";
        assertThat(hub.sendAs(hub.user("welzijn-lid-demo"), known + "/_handover", other)
                        .statusCode())
                .isEqualTo(403);
        assertThat(codes(coordinates("medewerker-demo", plan, "woonconsulent-demo")))
                .containsExactly("not-at-seat");

        HttpResponse<String> last = coordinates("welzijn-lid-demo", known, "medewerker-demo");
        assertThat(last.statusCode()).as(last.body()).isEqualTo(200);
        assertThat(get("welzijn-lid-demo", known).statusCode()).isEqualTo(404);
    }

    private static HttpResponse<String> coordinates(String user, String plan, String coordinator) throws Exception {
        String etag = get(user, plan).headers().firstValue("ETag").orElseThrow();
        return hub.patch(hub.user(user), plan, etag, "{\"coordinator\":{\"user\":\"" + coordinator + "\"}}");
    }

    private static String active() throws Exception {
        String plan = plan();
        String etag = get("medewerker-demo", plan).headers().firstValue("ETag").orElseThrow();
        assertThat(hub.patch(
                                hub.user("medewerker-demo"),
                                plan,
                                etag,
                                "{\"coordinator\":{\"user\":\"medewerker-demo\"}}")
                        .statusCode())
                .isEqualTo(200);
        return plan;
    }

    private static String plan() throws Exception {
        int number = house++;
        String at = Instant.now().minusSeconds(3600).toString();
        HttpResponse<String> accepted =
                hub.post("corporatie-demo", "/v1/signals", """
                {"reference":"fake-plan-%d","occurredAt":"%s","reportedAt":"%s","category":"nuisance.noise",
                 "severity":"low","subject":{"household":{"address":{"postalCode":"9990PL","houseNumber":%d}}}}
                """.formatted(number, at, at, number));
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
        String signal = hub.json(accepted).get("id").asText();
        return "/v1/plans/" + await().atMost(SOON).until(() -> planOf(signal), found -> found != null);
    }

    private static String planOf(String signal) throws Exception {
        for (JsonNode item : hub.json(get("medewerker-demo", "/v1/teams/vb-noord/queue-items?pageSize=1000"))
                .get("items")) {
            if (item.get("signalId").asText().equals(signal)) {
                return item.get("planId").asText();
            }
        }
        return null;
    }

    private static HttpResponse<String> get(String user, String path) throws Exception {
        return hub.get(hub.user(user), path);
    }

    private static HttpResponse<String> post(String plan, String what, String json) throws Exception {
        return hub.sendAs(hub.user("medewerker-demo"), plan + what, json);
    }

    private static String id(HttpResponse<String> made) throws Exception {
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        return hub.json(made).get("id").asText();
    }

    private static List<String> codes(HttpResponse<String> answer) throws Exception {
        return hub.json(answer).get("errors").findValuesAsText("code");
    }
}
