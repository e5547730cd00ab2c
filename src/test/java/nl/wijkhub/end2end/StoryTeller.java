package nl.wijkhub.end2end;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nl.wijkhub.kernel.Json;

/** Understands the sentences of docs/stories: each is something a person or a partner does, or sees. */
final class StoryTeller {
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final Map<String, String> TEAM_OF =
            Map.of("teamleider-zuid", "vb-zuid", "teamleider-demo", "zonder-team");
    private static final String REASON = "{\"reason\":\"Fictieve reden voor dit verhaal\"}";

    private interface Step {
        void play(StoryTeller teller, Matcher said) throws Exception;
    }

    private static final Map<Pattern, Step> STEPS = new LinkedHashMap<>();

    static {
        on("(\\S+) meldt (\\S+) op (\\d{4} [A-Z]{2}) (\\d+)(?:, op (besluit|artikel) (\\S+))?", StoryTeller::report);
        on("(\\S+) ziet (\\d+) signa(?:al|len) in één plan", StoryTeller::seesInOnePlan);
        on("(\\S+) ziet zijn signalen als (.+)", StoryTeller::seesItems);
        on("(\\S+) pakt alle signalen op", StoryTeller::takes);
        on("(\\S+) geeft het signaal terug", StoryTeller::givesBack);
        on("(\\S+) ziet dat het plan (\\S+) is", StoryTeller::seesState);
        on(
                "(\\S+) vindt het plan niet",
                (t, m) -> t.awaitThat(
                        () -> assertThat(t.get(m.group(1), t.plan(m.group(1))).statusCode())
                                .isEqualTo(404)));
        on("(\\S+) ziet van het plan alleen \"(.+)\"", StoryTeller::seesOwnTask);
        on("(\\S+) wordt coördinator", StoryTeller::coordinates);
        on("Het huishouden stemt in met het plan", (t, m) -> t.patch("{\"agreedOn\":\"" + today() + "\"}"));
        on("(\\S+) wil het doel (\\S+) zetten, maar dat kan niet: (\\S+)", (t, m) -> {
            t.coordinator = m.group(1);
            t.refused(t.send(t.coordinator, "/goals", goal(m.group(2), "Fictief doel")), m.group(3));
        });
        on("Het doel op (\\S+) is \"(.+)\"", (t, m) -> t.made("/goals", goal(m.group(1), m.group(2))));
        on(
                "([A-Z_]+) doet mee",
                (t, m) -> t.participants.put(
                        m.group(1), t.made("/participants", "{\"discipline\":\"" + m.group(1) + "\"}")));
        on(
                "(De \\S+) helpt mee en draagt hooguit (\\d+) afspraken",
                (t, m) -> t.participants.put(
                        m.group(1),
                        t.made("/participants", "{\"name\":\"Fake Helper\",\"loadLimit\":" + m.group(2) + "}")));
        on(
                "(De \\S+|[A-Z_]+) spreekt af \"(.+)\", binnen (\\d+) dagen",
                (t, m) -> t.agreements.put(
                        m.group(2),
                        t.made("/agreements", t.agreement(m.group(1), m.group(2), Integer.parseInt(m.group(3))))));
        on(
                "(De \\S+) kan er niet nog een afspraak bij dragen: (\\S+)",
                (t, m) -> t.refused(
                        t.send(t.coordinator, "/agreements", t.agreement(m.group(1), "Nog een", 7)), m.group(2)));
        on(
                "(\\S+) rondt \"(.+)\" af",
                (t, m) -> t.ok(t.send(m.group(1), "/agreements/" + t.agreements.get(m.group(2)) + "/_done", "{}")));
        on(
                "De score bij het (begin|eind) is (\\d) op (\\S+)",
                (t, m) -> t.made(
                        "/scores",
                        "{\"moment\":\"%s\",\"scoredOn\":\"%s\",\"scores\":{\"%s\":%s}}"
                                .formatted(
                                        m.group(1).equals("begin") ? "start" : "end",
                                        today(),
                                        m.group(3),
                                        m.group(2))));
        on(
                "De afweging is \"(.+)\"",
                (t, m) -> t.weighing = t.made("/weighings", "{\"question\":\"" + m.group(1) + "\"}"));
        on("(\\S+) kiest (\\S+)", (t, m) -> t.ok(t.position(m.group(1), m.group(2), false)));
        on(
                "(\\S+) besluit (\\S+)",
                (t, m) -> t.ok(t.send(
                        m.group(1),
                        "/weighings/" + t.weighing + "/_decide",
                        "{\"decision\":\"" + m.group(2).toLowerCase(Locale.ROOT)
                                + "\",\"reason\":\"Fictief: beide tegelijk\"}")));
        on("(\\S+) legt vast dat hij het er niet mee eens is", (t, m) -> t.ok(t.position(m.group(1), "PERSON", true)));
        on(
                "(\\S+) wil het plan sluiten als (\\S+), maar dat kan niet: (\\S+)",
                (t, m) -> t.refused(t.send(m.group(1), "/_close", closing(m.group(2))), m.group(3)));
        on("(\\S+) sluit het plan als (\\S+)", (t, m) -> t.ok(t.send(m.group(1), "/_close", closing(m.group(2)))));
        on("(\\S+) laat het plan slapen", (t, m) -> t.ok(t.send(m.group(1), "/_sleep", REASON)));
        on(
                "(\\S+) wil het plan overdragen aan (\\S+), maar dat kan niet: (\\S+)",
                (t, m) -> t.refused(t.send(m.group(1), "/_handover", to(m.group(2))), m.group(3)));
        on("(\\S+) draagt het plan over aan (\\S+)", (t, m) -> t.ok(t.send(m.group(1), "/_handover", to(m.group(2)))));
        on("(\\S+) ziet de overdracht wachten", (t, m) -> assertThat(
                        t.get(m.group(1), "/v1/teams/" + t.team(m.group(1)) + "/handovers")
                                .body())
                .contains(t.planId(m.group(1))));
        on("(\\S+) weigert de overdracht", (t, m) -> t.ok(t.send(m.group(1), "/_refuse", REASON)));
        on("(\\S+) neemt het plan over", (t, m) -> t.ok(t.send(m.group(1), "/_accept", "")));
        on("Het plan vraagt aandacht bij (\\S+): (\\S+)", (t, m) -> t.attention(m.group(1), m.group(2), true));
        on(
                "Het plan vraagt bij (\\S+) geen aandacht meer: (\\S+)",
                (t, m) -> t.attention(m.group(1), m.group(2), false));
        on("In de geschiedenis staat (.+)", StoryTeller::history);
    }

    private final RunningHub hub;
    private final String story;
    private final Set<String> signals = new HashSet<>();
    private final Map<String, String> participants = new HashMap<>();
    private final Map<String, String> agreements = new HashMap<>();
    private final KnownPlans plans;
    /** User → the id by which it knows the plan. */
    private final Map<String, String> planIds = new LinkedHashMap<>();

    private String coordinator;
    private String weighing;

    StoryTeller(RunningHub hub, String story) {
        this.hub = hub;
        this.plans = new KnownPlans(hub);
        this.story = story;
    }

    private static void on(String sentence, Step step) {
        STEPS.put(Pattern.compile(sentence + "\\."), step);
    }

    /** Every sentence there is. */
    static Set<String> sentences() {
        Set<String> all = new TreeSet<>();
        STEPS.keySet().forEach(pattern -> all.add(pattern.pattern()));
        return all;
    }

    /** The one sentence a step is. */
    static String sentence(String step) {
        List<String> meant = STEPS.keySet().stream()
                .filter(pattern -> pattern.matcher(step).matches())
                .map(Pattern::pattern)
                .toList();
        assertThat(meant).as(step).hasSize(1);
        return meant.get(0);
    }

    void tell(String step) throws Exception {
        String sentence = sentence(step);
        Matcher said = Pattern.compile(sentence).matcher(step);
        assertThat(said.matches()).isTrue();
        for (Map.Entry<Pattern, Step> known : STEPS.entrySet()) {
            if (known.getKey().pattern().equals(sentence)) {
                try {
                    known.getValue().play(this, said);
                } catch (AssertionError | RuntimeException e) {
                    throw new AssertionError(story + ": " + step + "\n" + e.getMessage(), e);
                }
            }
        }
    }

    private void report(Matcher said) throws Exception {
        String at = Instant.now().minusSeconds(3600).toString();
        ObjectNode signal = Json.MAPPER.createObjectNode();
        signal.put("reference", story + "-" + signals.size())
                .put("category", said.group(2))
                .put("severity", "low");
        signal.put("occurredAt", at).put("reportedAt", at);
        signal.putObject("subject")
                .putObject("household")
                .putObject("address")
                .put("postalCode", said.group(3))
                .put("houseNumber", Integer.parseInt(said.group(4)));
        if (said.group(5) != null) {
            boolean isDecision = said.group(5).equals("besluit");
            ObjectNode ground = signal.putObject("ground");
            ground.put("article", isDecision ? said.group(6).substring(0, 5).replace("WPG", "Wpg") : said.group(6));
            if (isDecision) {
                ground.put("decision", said.group(6));
            }
        }
        HttpResponse<String> answer = hub.post(said.group(1), "/v1/signals", signal.toString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        signals.add(hub.json(answer).get("id").asText());
    }

    private String team(String user) {
        return TEAM_OF.getOrDefault(user, "vb-noord");
    }

    private List<JsonNode> items(String user) throws Exception {
        List<JsonNode> own = new ArrayList<>();
        for (JsonNode item : hub.json(get(user, "/v1/teams/" + team(user) + "/queue-items?pageSize=1000"))
                .get("items")) {
            if (signals.contains(item.get("signalId").asText())) {
                own.add(item);
            }
        }
        return own;
    }

    private void seesInOnePlan(Matcher said) {
        awaitThat(() -> {
            List<JsonNode> own = items(said.group(1));
            assertThat(own).hasSize(Integer.parseInt(said.group(2)));
            Set<String> plans = new HashSet<>();
            own.forEach(item -> plans.add(item.get("planId").asText()));
            assertThat(plans).hasSize(1);
            String seen = plans.iterator().next();
            assertThat(planIds.putIfAbsent(said.group(1), seen)).isIn(null, seen);
        });
    }

    private void seesItems(Matcher said) {
        awaitThat(() -> assertThat(items(said.group(1)).stream()
                        .map(item -> item.get("state").asText())
                        .sorted())
                .containsExactly(
                        List.of(said.group(2).split(", ")).stream().sorted().toArray(String[]::new)));
    }

    private void takes(Matcher said) throws Exception {
        for (JsonNode item : items(said.group(1))) {
            if (item.get("state").asText().equals("waiting")) {
                ok(hub.sendAs(
                        hub.user(said.group(1)),
                        "/v1/queue-items/" + item.get("id").asText() + "/_take",
                        ""));
            }
        }
    }

    private void givesBack(Matcher said) throws Exception {
        for (JsonNode item : items(said.group(1))) {
            ok(hub.sendAs(
                    hub.user(said.group(1)), "/v1/queue-items/" + item.get("id").asText() + "/_return", REASON));
        }
    }

    private void seesState(Matcher said) {
        awaitThat(() -> {
            JsonNode plan = hub.json(get(said.group(1), plan(said.group(1))));
            if (said.group(2).equals("heropend")) {
                assertThat(plan.path("reopened").asBoolean()).isTrue();
            } else {
                assertThat(plan.path("state").asText()).isEqualTo(said.group(2));
            }
        });
    }

    private void seesOwnTask(Matcher said) throws Exception {
        HttpResponse<String> answer = get(said.group(1), plan(said.group(1)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode view = hub.json(answer);
        Set<String> names = new TreeSet<>();
        view.fieldNames().forEachRemaining(names::add);
        assertThat(names).containsExactly("agreements", "contact", "ground", "id", "participants", "weighings");
        assertThat(view.get("agreements").findValuesAsText("text")).containsExactly(said.group(2));
    }

    private void coordinates(Matcher said) throws Exception {
        coordinator = said.group(1);
        patch("{\"coordinator\":{\"user\":\"" + coordinator + "\"}}");
    }

    private void patch(String change) throws Exception {
        HttpResponse<String> seen = get(coordinator, plan(coordinator));
        ok(seen);
        String etag = seen.headers().firstValue("ETag").orElseThrow();
        ok(hub.patch(hub.user(coordinator), plan(coordinator), etag, change));
    }

    private void attention(String user, String kind, boolean asks) {
        awaitThat(() -> {
            boolean found = false;
            for (JsonNode item : hub.json(get(user, "/v1/teams/" + team(user) + "/attention"))
                    .get("items")) {
                found |= item.path("kind").asText().equals(kind)
                        && item.path("planId").asText().equals(planId(user));
            }
            assertThat(found).isEqualTo(asks);
        });
    }

    private void history(Matcher said) {
        awaitThat(() -> {
            List<String> kinds = new ArrayList<>();
            for (String who : List.of(coordinator, "medewerker-demo", "teamleider-zuid")) {
                HttpResponse<String> answer = get(who, plan(who) + "/history");
                if (answer.statusCode() == 200 && kinds.isEmpty()) {
                    kinds.addAll(hub.json(answer).get("items").findValuesAsText("kind"));
                }
            }
            assertThat(kinds).containsSubsequence(said.group(1).split(", "));
        });
    }

    private String agreement(String who, String text, int days) {
        return "{\"text\":\"%s\",\"owner\":\"%s\",\"rung\":\"own-network\",\"dueOn\":\"%s\"}"
                .formatted(text, participants.get(who), today().plusDays(days));
    }

    private HttpResponse<String> position(String user, String side, boolean dissents) throws Exception {
        return send(
                user,
                "/weighings/" + weighing + "/positions",
                "{\"position\":\"%s\",\"reason\":\"Fictief: zo kijken wij ernaar\",\"dissents\":%s}"
                        .formatted(side.toLowerCase(Locale.ROOT), dissents));
    }

    private static String goal(String domain, String text) {
        return "{\"lifeDomain\":\"%s\",\"text\":\"%s\",\"writtenBy\":\"resident\"}".formatted(domain, text);
    }

    private static String closing(String outcome) {
        return "{\"outcome\":\"" + outcome + "\",\"reason\":\"Fictieve reden voor dit verhaal\"}";
    }

    private static String to(String team) {
        return "{\"to\":\"" + team + "\",\"reason\":\"Fictieve reden voor dit verhaal\"}";
    }

    private static LocalDate today() {
        return LocalDate.now(ZoneId.of("Europe/Amsterdam"));
    }

    private String plan(String user) throws Exception {
        return "/v1/plans/" + planId(user);
    }

    /** As the user knows it; to whom it is nothing, as somebody else does. */
    private String planId(String user) throws Exception {
        for (Map.Entry<String, String> one : Map.copyOf(planIds).entrySet()) {
            if (!planIds.containsKey(user) && !team(user).equals(team(one.getKey()))) {
                plans.handedOver(one.getValue(), one.getKey(), team(one.getKey()), user, team(user))
                        .ifPresent(known -> planIds.put(user, known));
            }
        }
        for (String part : participants.values()) {
            if (!planIds.containsKey(user)) {
                plans.withPart(user, team(user), part).ifPresent(known -> planIds.put(user, known));
            }
        }
        return planIds.getOrDefault(user, planIds.values().iterator().next());
    }

    private HttpResponse<String> get(String user, String path) throws Exception {
        return hub.get(hub.user(user), path);
    }

    private HttpResponse<String> send(String user, String what, String json) throws Exception {
        return hub.sendAs(hub.user(user), plan(user) + what, json);
    }

    /** A new part, by its id. */
    private String made(String what, String json) throws Exception {
        HttpResponse<String> answer = send(coordinator, what, json);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return hub.json(answer).get("id").asText();
    }

    private void ok(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private void refused(HttpResponse<String> answer, String code) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isBetween(400, 409);
        assertThat(hub.json(answer).get("errors").findValuesAsText("code")).contains(code);
    }

    private interface Check {
        void hold() throws Exception;
    }

    private void awaitThat(Check check) {
        await().atMost(SOON).untilAsserted(check::hold);
    }
}
