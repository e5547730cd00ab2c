package nl.wijkhub.end2end;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import nl.wijkhub.plan.Quarter;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What signals about an area become on the agenda of their neighbourhood, and how counts are refused: on a real hub.
 */
class AgendaIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String REASON = "Fictief: besproken in het wijkoverleg";
    private static RunningHub hub;

    @BeforeAll
    static void start() throws Exception {
        hub = RunningHub.shared();
    }

    @Test
    void four_signals_of_two_partners_are_one_item_and_each_pair_counts_its_own() throws Exception {
        String buurt = "BU99990107";
        post("openbare-ruimte-demo", buurt, "fake-a1", "nuisance.noise", "\"experiencedImpact\":4,");
        post("openbare-ruimte-demo", buurt, "fake-a2", "nuisance.noise", "\"experiencedImpact\":2,");
        post("corporatie-demo", buurt, "fake-a3", "nuisance.noise", "\"experiencedImpact\":5,");
        post("corporatie-demo", buurt, "fake-a4", "nuisance.noise", "");

        JsonNode seen = awaitCount("medewerker-demo", buurt, 4);
        assertThat(seen.get("status").asText()).isEqualTo("raised");
        assertThat(seen.get("area").asText()).isEqualTo(buurt);
        assertThat(seen.get("experiencedImpact").toString()).isEqualTo("{\"1\":0,\"2\":1,\"3\":0,\"4\":1,\"5\":1}");
        assertThat(seen.at("/representation/senders").toString()).contains("\"HOUSING\":2", "\"RESIDENT\":2");
        assertThat(seen.at("/representation/textNl").asText()).contains("niet wie er woont");
        // the police have housing's noise too; the others what residents say
        assertThat(item("wijkagent-demo", buurt).get("recordedCount").asInt()).isEqualTo(4);
        for (String user : List.of("woonconsulent-demo", "welzijn-lid-demo", "zorg-lid-demo")) {
            assertThat(item(user, buurt).get("recordedCount").asInt()).as(user).isEqualTo(2);
            assertThat(item(user, buurt).has("steps")).isFalse();
        }

        // what the police bring in for public order is for the municipality alone
        post(
                "politie-demo",
                buurt,
                "fake-a5",
                "nuisance.noise",
                "\"experiencedImpact\":4,\"knownToPolice\":false,\"ground\":{\"article\":\"Wpg16\"},");
        JsonNode withPolice = awaitCount("medewerker-demo", buurt, 5);
        assertThat(withPolice.get("id")).isEqualTo(seen.get("id"));
        assertThat(withPolice.at("/knownToPolice/no").asInt()).isEqualTo(1);
        assertThat(withPolice.get("gap").asInt()).isEqualTo(1);
        assertThat(item("zorg-lid-demo", buurt).get("recordedCount").asInt()).isEqualTo(2);
        assertThat(item("zorg-lid-demo", buurt).get("gap").asInt()).isZero();
        for (String wider : List.of("WK999901", "GM9999")) {
            assertThat(ids("medewerker-demo", wider)).contains(seen.get("id").asText());
        }
    }

    @Test
    void a_subject_is_moved_on_by_the_municipality_step_by_step() throws Exception {
        String buurt = "BU99990108";
        post("openbare-ruimte-demo", buurt, "fake-b1", "area.lighting", "");
        String path = path(buurt, awaitCount("medewerker-demo", buurt, 1));

        HttpResponse<String> tooFar = as("medewerker-demo", path + "_status", "done", REASON);
        assertThat(tooFar.statusCode()).isEqualTo(409);
        assertThat(hub.json(tooFar).at("/errors/0/detail").asText())
                .isEqualTo("Van raised kan dit naar on-agenda of declined.");
        assertThat(as("wijkagent-demo", path + "_status", "on-agenda", null).statusCode())
                .isEqualTo(403);
        assertThat(hub.sendAs(hub.token("vb-noord.municipality"), path + "_status", "{\"status\":\"on-agenda\"}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(as("teamleider-zuid", path + "_status", "on-agenda", null).statusCode())
                .isEqualTo(404);
        assertThat(as("medewerker-demo", path + "_status", "on-agenda", null).statusCode())
                .isEqualTo(200);
        assertThat(as("medewerker-demo", path + "_status", "picked-up", null).statusCode())
                .isEqualTo(200);
        HttpResponse<String> without = as("medewerker-demo", path + "_status", "done", null);
        assertThat(hub.json(without).at("/errors/0/pointer").asText()).isEqualTo("/reason");
        HttpResponse<String> done = as("medewerker-demo", path + "_status", "done", REASON);
        assertThat(hub.json(done).get("status").asText()).isEqualTo("done");
        assertThat(hub.json(done).at("/steps/2/reason").asText()).isEqualTo(REASON);
        assertThat(item("zorg-lid-demo", buurt).get("status").asText()).isEqualTo("done");

        post("openbare-ruimte-demo", buurt, "fake-b2", "area.lighting", "");
        await().atMost(SOON).untilAsserted(() -> assertThat(agenda("medewerker-demo", buurt))
                .hasSize(2));
        JsonNode open = agenda("medewerker-demo", buurt).get(0);
        assertThat(open.get("status").asText()).isEqualTo("raised");
        assertThat(open.get("follows").asText())
                .isEqualTo(hub.json(done).get("id").asText());
        assertThat(hub.log().lines().filter(line -> line.contains("event=")))
                .noneMatch(line -> line.contains("Fictief"));
    }

    @Test
    void duplicates_are_linked_and_both_stay() throws Exception {
        String buurt = "BU99990109";
        post("openbare-ruimte-demo", buurt, "fake-c1", "area.litter", "");
        JsonNode first = awaitCount("medewerker-demo", buurt, 1);
        post("openbare-ruimte-demo", buurt, "fake-c2", "area.degradation", "");
        await().atMost(SOON).untilAsserted(() -> assertThat(agenda("medewerker-demo", buurt))
                .hasSize(2));
        String one = first.get("id").asText();
        String other = ids("medewerker-demo", buurt).stream()
                .filter(id -> !id.equals(one))
                .findFirst()
                .orElseThrow();
        String path = path(buurt, first);

        HttpResponse<String> unknown = link(path, Instant.now().toString());
        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(hub.json(unknown).at("/errors/0/pointer").asText()).isEqualTo("/to");
        assertThat(link(path, other).statusCode()).isEqualTo(200);
        JsonNode shown = item("medewerker-demo", buurt);
        assertThat(shown.get("id").asText()).isEqualTo(other);
        assertThat(shown.at("/linked/0/id").asText()).isEqualTo(one);
        assertThat(shown.at("/linked/0/recordedCount").asInt()).isEqualTo(1);
        assertThat(item("zorg-lid-demo", buurt).at("/linked/0/id").asText()).isEqualTo(one);
        assertThat(hub.sendAs(hub.user("medewerker-demo"), path + "_unlink", "{\"reason\":\"" + REASON + "\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(agenda("medewerker-demo", buurt)).hasSize(2);
    }

    @Test
    void another_team_s_agenda_and_what_is_no_area_are_not_found() throws Exception {
        for (String code : List.of("BU99990101", "WK999901", "BU99990110", "WK99", "BU9999010", "x")) {
            assertThat(get("teamleider-zuid", code, "agenda").statusCode())
                    .as(code)
                    .isEqualTo(404);
        }
        assertThat(get("privacy-demo", "BU99990101", "agenda").statusCode()).isEqualTo(404);
        assertThat(hub.get(hub.token("corporatie-demo"), "/v1/neighbourhoods/BU99990101/agenda")
                        .statusCode())
                .isEqualTo(404);
        assertThat(get("teamleider-zuid", "GM9999", "agenda").statusCode()).isEqualTo(200);
    }

    @Test
    void a_count_of_fewer_than_ten_households_is_refused_with_the_reason_and_what_to_do() throws Exception {
        String closed = lastClosedQuarter();

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(get("wijkagent-demo", "BU99990101", "rollup?period=" + closed)
                                .statusCode())
                        .isEqualTo(200));
        JsonNode told = hub.json(get("privacy-demo", "BU99990101", "rollup?period=" + closed));
        assertThat(told.get("suppressed").asBoolean()).isTrue();
        assertThat(told.get("households")).isEmpty();
        assertThat(told.get("reason").asText()).contains("minder dan tien huishoudens");
        assertThat(told.get("whatToDo").asText()).contains("een groter gebied");
        assertThat(hub.json(get("wijkagent-demo", "GM9999", "rollup?period=" + closed))
                        .get("parts"))
                .hasSize(2);
        for (String period : List.of("", "?period=2026-3", "?period=2999Q1", "?period=2001Q1")) {
            HttpResponse<String> refused = get("wijkagent-demo", "GM9999", "rollup" + period);
            assertThat(refused.statusCode()).as(period).isEqualTo(400);
            assertThat(hub.json(refused).at("/errors/0/pointer").asText()).isEqualTo("/period");
        }
        assertThat(get("wijkagent-demo", "BU99990110", "rollup?period=" + closed)
                        .statusCode())
                .isEqualTo(404);
        assertThat(hub.get(hub.token("corporatie-demo"), "/v1/neighbourhoods/GM9999/rollup?period=" + closed)
                        .statusCode())
                .isEqualTo(403);
    }

    private static String lastClosedQuarter() {
        // a quarter is published when it has been over for a day
        return Quarter.at(Instant.now().minus(Duration.ofDays(1))).before().toString();
    }

    private static HttpResponse<String> get(String user, String code, String what) throws Exception {
        return hub.get(hub.user(user), "/v1/neighbourhoods/" + code + "/" + what);
    }

    private static List<JsonNode> agenda(String user, String code) throws Exception {
        HttpResponse<String> answer = get(user, code, "agenda");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        List<JsonNode> items = new ArrayList<>();
        hub.json(answer).get("items").forEach(items::add);
        return items;
    }

    private static List<String> ids(String user, String code) throws Exception {
        return agenda(user, code).stream().map(item -> item.get("id").asText()).toList();
    }

    private static JsonNode item(String user, String code) throws Exception {
        List<JsonNode> items = agenda(user, code);
        assertThat(items).as(user).hasSize(1);
        return items.get(0);
    }

    private static JsonNode awaitCount(String user, String code, int signals) throws Exception {
        await().atMost(SOON).untilAsserted(() -> assertThat(
                        item(user, code).get("recordedCount").asInt())
                .isEqualTo(signals));
        return item(user, code);
    }

    private static String path(String buurt, JsonNode item) {
        return "/v1/neighbourhoods/" + buurt + "/agenda/" + item.get("id").asText() + "/";
    }

    private static HttpResponse<String> as(String user, String path, String status, String reason) throws Exception {
        String because = reason == null ? "" : ",\"reason\":\"" + reason + "\"";
        return hub.sendAs(hub.user(user), path, "{\"status\":\"" + status + "\"" + because + "}");
    }

    private static HttpResponse<String> link(String path, String to) throws Exception {
        return hub.sendAs(
                hub.user("medewerker-demo"), path + "_link", "{\"to\":\"" + to + "\",\"reason\":\"" + REASON + "\"}");
    }

    private static String at() {
        return Instant.now().minusSeconds(3600).toString();
    }

    private static void post(String partner, String buurt, String reference, String category, String more)
            throws Exception {
        HttpResponse<String> accepted =
                hub.post(partner, "/v1/signals", """
                {"reference":"%s","occurredAt":"%s","reportedAt":"%s","category":"%s","severity":"low",%s
                 "subject":{"neighbourhood":{"buurtCode":"%s"}}}
                """.formatted(reference, at(), at(), category, more, buurt));
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
    }
}
