package nl.wijkhub.end2end;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Households that a person merges, splits and tells apart, and addresses that decide nothing: on a real hub. */
class MatchIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String REASON = "Fictief: de wijkagent kent beide adressen";
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
    void two_households_of_one_bag_id_are_merged_and_undone_by_the_seat_alone() throws Exception {
        String bag = ",\"bagId\":\"9999010000000011\"";
        String first = signal("fake-bag-1", address(11, bag));
        String old = plan(first);
        String second = signal("fake-bag-2", address(12, ""));
        String other = plan(second);
        String third = signal("fake-bag-3", address(12, bag));
        assertThat(other).isNotEqualTo(old);
        assertThat(plan(third)).isEqualTo(other);
        JsonNode asked = match(other, old);
        assertThat(asked.get("kind").asText()).isEqualTo("bag");

        String path = "/v1/matches/" + asked.get("id").asText();
        for (String user : List.of("wijkagent-demo", "woonconsulent-demo", "teamleider-zuid")) {
            assertThat(hub.get(hub.user(user), "/v1/teams/vb-noord/matches").statusCode())
                    .isEqualTo(404);
            assertThat(as(user, path + "/_decide", decision("merge")).statusCode())
                    .isEqualTo(404);
        }
        assertThat(hub.get(hub.token("vb-noord.municipality"), "/v1/teams/vb-noord/matches")
                        .body())
                .contains(old);
        assertThat(hub.sendAs(hub.token("vb-noord.municipality"), path + "/_decide", decision("merge"))
                        .statusCode())
                .isEqualTo(403);
        HttpResponse<String> bad =
                as("medewerker-demo", path + "/_decide", "{\"decision\":\"maybe\",\"reason\":\"kort\",\"fake\":1}");
        assertThat(bad.statusCode()).isEqualTo(400);
        assertThat(hub.json(bad).get("errors").findValuesAsText("pointer"))
                .containsExactlyInAnyOrder("/decision", "/reason", "/fake");
        assertThat(as("medewerker-demo", path + "/_decide", decision("move")).statusCode())
                .isEqualTo(400);

        JsonNode merged = ok(as("medewerker-demo", path + "/_decide", decision("merge")));
        assertThat(merged.get("planId").asText()).isEqualTo(old);
        String fourth = signal("fake-bag-4", address(12, ""));
        for (String one : List.of(first, second, third, fourth)) {
            assertThat(plan(one)).isEqualTo(old);
        }
        assertThat(as("medewerker-demo", path + "/_decide", decision("different"))
                        .statusCode())
                .isEqualTo(409);
        assertThat(matches()).doesNotContain(asked.get("id").asText());

        ok(as("medewerker-demo", path + "/_undo", reason()));
        assertThat(plan(first)).isEqualTo(old);
        for (String one : List.of(second, third, fourth)) {
            assertThat(plan(one)).isEqualTo(other);
        }
        assertThat(plan(signal("fake-bag-5", address(12, "")))).isEqualTo(other);
        assertThat(plan(signal("fake-bag-6", address(11, "")))).isEqualTo(old);
        assertThat(as("medewerker-demo", path + "/_undo", reason()).statusCode())
                .isEqualTo(409);

        JsonNode again = match(other, old);
        ok(as("medewerker-demo", "/v1/matches/" + again.get("id").asText() + "/_decide", decision("different")));
        assertThat(plan(signal("fake-bag-7", address(12, bag)))).isEqualTo(other);
        assertThat(matches()).doesNotContain(old);
    }

    @Test
    void a_plan_is_split_by_hand_and_made_whole_again() throws Exception {
        String stays = signal("fake-split-1", address(21, ""));
        String whole = plan(stays);
        String goes = signal("fake-split-2", address(21, ""));
        assertThat(plan(goes)).isEqualTo(whole);

        HttpResponse<String> bad = as(
                "medewerker-demo",
                "/v1/plans/" + whole + "/_split",
                "{\"signalIds\":[\"%s\",\"fake\",\"%s\"],\"reason\":\"kort\"}".formatted(goes, UUID.randomUUID()));
        assertThat(bad.statusCode()).isEqualTo(400);
        assertThat(hub.json(bad).get("errors").findValuesAsText("pointer"))
                .containsExactlyInAnyOrder("/signalIds/1", "/signalIds/2", "/reason");
        assertThat(as("medewerker-demo", "/v1/plans/" + whole + "/_split", signals(stays, goes))
                        .statusCode())
                .isEqualTo(400);
        assertThat(as("wijkagent-demo", "/v1/plans/" + whole + "/_split", signals(goes))
                        .statusCode())
                .isEqualTo(404);

        JsonNode split = ok(as("medewerker-demo", "/v1/plans/" + whole + "/_split", signals(goes)));
        assertThat(plan(goes)).isEqualTo(split.get("planId").asText()).isNotEqualTo(whole);
        assertThat(plan(stays)).isEqualTo(whole);

        String undo = "/v1/changes/" + split.get("changeId").asText() + "/_undo";
        assertThat(as("teamleider-zuid", undo, reason()).statusCode()).isEqualTo(404);
        ok(as("medewerker-demo", undo, reason()));
        assertThat(plan(goes)).isEqualTo(whole);
        assertThat(as("medewerker-demo", undo, reason()).statusCode()).isEqualTo(409);
    }

    @Test
    void somebody_who_moved_is_followed_by_what_is_about_that_person() throws Exception {
        String person = ",\"persons\":[{\"role\":\"resident\",\"bsn\":\"999990342\"}]";
        String before = care("fake-move-1", address(31, "") + person);
        String old = plan(before);
        String house = signal("fake-move-2", address(31, ""));
        String after = care("fake-move-3", address(32, "") + person);
        String fresh = plan(after);
        assertThat(fresh).isNotEqualTo(old);
        assertThat(plan(house)).isEqualTo(old);
        JsonNode asked = match(fresh, old);
        assertThat(asked.get("kind").asText()).isEqualTo("person");

        String path = "/v1/matches/" + asked.get("id").asText();
        ok(as("medewerker-demo", path + "/_decide", decision("move")));
        assertThat(plan(before)).isEqualTo(fresh);
        assertThat(plan(house)).isEqualTo(old);
        String without = care("fake-move-4", person.substring(1));
        assertThat(plan(without)).isEqualTo(fresh);

        ok(as("medewerker-demo", path + "/_undo", reason()));
        assertThat(plan(before)).isEqualTo(old);
        assertThat(plan(after)).isEqualTo(fresh);
        assertThat(plan(without)).isEqualTo(old);
    }

    @Test
    void plans_are_merged_by_hand_where_the_seat_has_both() throws Exception {
        String one = plan(signal("fake-hand-1", address(41, "")));
        String moved = signal("fake-hand-2", address(42, ""));
        String two = plan(moved);

        String path = "/v1/plans/" + one + "/_merge";
        assertThat(as("medewerker-demo", path, merge(UUID.randomUUID().toString()))
                        .statusCode())
                .isEqualTo(404);
        assertThat(as("medewerker-demo", path, merge(one)).statusCode()).isEqualTo(409);
        assertThat(as("woonconsulent-demo", path, merge(two)).statusCode()).isEqualTo(404);

        JsonNode merged = ok(as("medewerker-demo", path, merge(two)));
        assertThat(merged.get("planId").asText()).isEqualTo(one);
        assertThat(plan(moved)).isEqualTo(one);
        ok(as("medewerker-demo", "/v1/changes/" + merged.get("changeId").asText() + "/_undo", reason()));
        assertThat(plan(moved)).isEqualTo(two);
    }

    @Test
    void where_many_live_who_are_no_household_each_has_a_plan_and_no_answer_tells() throws Exception {
        String shelter =
                "{\"address\":{\"postalCode\":\"9990AD\",\"houseNumber\":51},\"reason\":\"%s\"}".formatted(REASON);
        String path = "/v1/households/_collective";
        assertThat(as("medewerker-demo", path, shelter).statusCode()).isEqualTo(403);
        assertThat(as("teamleider-zuid", path, shelter).statusCode()).isEqualTo(403);
        assertThat(as("wijkagent-demo", path, shelter).statusCode()).isEqualTo(403);
        String before = plan(signal("fake-many-0", address(51, "")));

        String known = ok(as("teamleider-demo", path, shelter)).toString();
        assertThat(ok(as("teamleider-demo", path, shelter.replace("51", "52"))).toString())
                .isEqualTo(known);

        String one = plan(care("fake-many-1", address(51, "") + resident("Fake Eén")));
        String other = plan(care("fake-many-2", address(51, "") + resident("Fake Twee")));
        assertThat(List.of(before, one, other)).doesNotHaveDuplicates();
        assertThat(plan(care("fake-many-3", address(51, "") + resident("fake eén"))))
                .isEqualTo(one);

        ok(as("teamleider-demo", "/v1/households/_individual", shelter));
        assertThat(plan(signal("fake-many-4", address(51, "")))).isEqualTo(before);
    }

    private static String resident(String name) {
        return ",\"persons\":[{\"role\":\"resident\",\"name\":\"%s\",\"birthDate\":\"1970-01-02\"}]".formatted(name);
    }

    private static String address(int number, String more) {
        return "\"address\":{\"postalCode\":\"9990AD\",\"houseNumber\":%d%s}".formatted(number, more);
    }

    private static String decision(String decision) {
        return "{\"decision\":\"%s\",\"reason\":\"%s\"}".formatted(decision, REASON);
    }

    private static String reason() {
        return "{\"reason\":\"%s\"}".formatted(REASON);
    }

    private static String merge(String plan) {
        return "{\"planId\":\"%s\",\"reason\":\"%s\"}".formatted(plan, REASON);
    }

    private static String signals(String... ids) {
        return "{\"signalIds\":[\"%s\"],\"reason\":\"%s\"}".formatted(String.join("\",\"", ids), REASON);
    }

    private static HttpResponse<String> as(String user, String path, String json) throws Exception {
        return hub.sendAs(hub.user(user), path, json);
    }

    private static JsonNode ok(HttpResponse<String> answer) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return hub.json(answer);
    }

    private static String matches() throws Exception {
        return hub.get(hub.user("medewerker-demo"), "/v1/teams/vb-noord/matches")
                .body();
    }

    /** What the seat is asked about these two plans, once the hub asks. */
    private static JsonNode match(String plan, String other) {
        return await().atMost(SOON)
                .until(
                        () -> {
                            for (JsonNode item : hub.json(
                                            hub.get(hub.user("medewerker-demo"), "/v1/teams/vb-noord/matches"))
                                    .get("items")) {
                                if (item.get("planId").asText().equals(plan)
                                        && item.get("otherPlanId").asText().equals(other)) {
                                    return item;
                                }
                            }
                            return null;
                        },
                        found -> found != null);
    }

    /** The plan of the item that the seat has of a signal, once it is there. */
    private static String plan(String signal) {
        return await().atMost(SOON)
                .until(
                        () -> {
                            for (JsonNode item : hub.json(hub.get(
                                            hub.user("medewerker-demo"),
                                            "/v1/teams/vb-noord/queue-items?pageSize=1000"))
                                    .get("items")) {
                                if (item.get("signalId").asText().equals(signal)) {
                                    return item.get("planId").asText();
                                }
                            }
                            return null;
                        },
                        found -> found != null);
    }

    private static String signal(String reference, String household) throws Exception {
        return post("corporatie-demo", reference, "nuisance.noise", household);
    }

    private static String care(String reference, String household) throws Exception {
        return post("welzijn-demo", reference, "social.isolation", household);
    }

    private static String post(String partner, String reference, String category, String household) throws Exception {
        String at = Instant.now().minusSeconds(3600).toString();
        HttpResponse<String> accepted =
                hub.post(partner, "/v1/signals", """
                {"reference":"%s","occurredAt":"%s","reportedAt":"%s","category":"%s","severity":"low",
                 "subject":{"household":{%s}}}
                """.formatted(reference, at, at, category, household));
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
        return hub.json(accepted).get("id").asText();
    }
}
