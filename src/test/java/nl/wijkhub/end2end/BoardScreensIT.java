package nl.wijkhub.end2end;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.RequestOptions;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Every page of the board with something on it: in both languages, light and dark, by who may see it and by nobody else. */
@Tag("browser")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BoardScreensIT {
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final List<String> USERS = List.of(
            "medewerker-demo",
            "teamleider-demo",
            "wijkagent-demo",
            "woonconsulent-demo",
            "welzijn-lid-demo",
            "zorg-lid-demo",
            "teamleider-zuid",
            "privacy-demo",
            "beheerder-demo");

    private static RunningHub hub;
    private static BoardBrowser board;
    private static String plan;
    private static String signal;
    private static String release;
    private static String item;
    private static String receipt;

    @BeforeAll
    static void start() throws Exception {
        hub = RunningHub.start();
        board = new BoardBrowser(hub);
        household("board-1", 3, "high");
        household("board-2", 3, "low");
        household("board-3", 5, "acute");
        for (int i = 0; i < 3; i++) {
            receipt = hub.json(hub.post("opbouwwerk-demo", "/v1/signals", """
                    {"reference":"board-area-%d","occurredAt":"%s","reportedAt":"%s","category":"nuisance.noise",
                     "severity":"low","experiencedImpact":4,"knownToPolice":false,
                     "subject":{"neighbourhood":{"buurtCode":"BU99990101"}}}""".formatted(i, now(), now())))
                    .path("receiptCode")
                    .asText();
        }
        Awaitility.await().atMost(SOON).until(() -> items("medewerker-demo").size() == 6);
        for (JsonNode one : items("medewerker-demo")) {
            if (one.path("planId").isTextual() && one.get("priority").asText().equals("high")) {
                plan = one.get("planId").asText();
                signal = one.get("signalId").asText();
                item = one.get("id").asText();
            }
        }
        release = hub.json(hub.get(hub.user("medewerker-demo"), "/v1/signals/" + signal))
                .get("releaseId")
                .asText();
        fill("/v1/plans/" + plan);
        hub.sendAs(hub.user("medewerker-demo"), "/v1/queue-items/" + item + "/_consult", "{}");
        hub.sendAs(hub.user("zorg-lid-demo"), "/v1/households/_breakglass", """
                {"address":{"postalCode":"9990 AC","houseNumber":3},"interest":"life",
                 "reason":"Fictief: iemand ligt mogelijk op de grond"}""");
        hub.sendAs(hub.user("privacy-demo"), "/v1/citizens/_object", """
                {"name":"Fake Huurder","birthDate":"1970-01-01","reason":"Fictief bezwaar tegen delen"}""");
    }

    private static void fill(String path) throws Exception {
        String seat = hub.user("medewerker-demo");
        String etag = hub.get(seat, path).headers().firstValue("ETag").orElseThrow();
        assertThat(hub.patch(seat, path, etag, """
                {"coordinator":{"user":"medewerker-demo"},"agreedOn":"%s","strengths":["Fictief: helpt de buren"]}""".formatted(LocalDate.now())).statusCode())
                .isEqualTo(200);
        made(path + "/participants", "{\"discipline\":\"WELFARE\"}");
        String helper =
                made(path + "/participants", "{\"name\":\"Fake Buurvrouw\",\"contact\":\"geen\",\"loadLimit\":2}");
        made(path + "/goals", """
                {"lifeDomain":"financien","text":"Fictief: rekeningen op orde","writtenBy":"resident"}""");
        made(path + "/agreements", """
                {"text":"Fictief: samen de post openen","owner":"%s","rung":"own-network","dueOn":"%s"}""".formatted(helper, LocalDate.now().plusDays(7)));
        for (String moment : List.of("start", "review")) {
            made(path + "/scores", """
                    {"moment":"%s","scoredOn":"%s","scores":{"financien":%d,"huisvesting":2,"sociaal-netwerk":3,
                     "tijdsbesteding":4}}""".formatted(moment, LocalDate.now(), moment.equals("start") ? 1 : 3));
        }
        made(path + "/weighings", "{\"question\":\"Fictief: blijven wonen of verhuizen?\"}");
    }

    private static String made(String path, String body) throws Exception {
        HttpResponse<String> answer = hub.sendAs(hub.user("medewerker-demo"), path, body);
        assertThat(answer.statusCode()).as(path + answer.body()).isEqualTo(201);
        return hub.json(answer).get("id").asText();
    }

    private static void household(String reference, int number, String severity) throws Exception {
        HttpResponse<String> accepted = hub.post("corporatie-demo", "/v1/signals", """
                {"reference":"%s","occurredAt":"%s","reportedAt":"%s","category":"nuisance.noise","severity":"%s",
                 "experiencedImpact":5,"lifeDomains":["huisvesting"],
                 "subject":{"household":{"address":{"postalCode":"9990 AC","houseNumber":%d},
                   "persons":[{"role":"tenant","name":"%s","birthDate":"1970-01-01"}]}}}""".formatted(
                        reference, now(), now(), severity, number, number == 3 ? "Fake Huurder" : "Fake Buur"));
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
    }

    private static String now() {
        return Instant.now().minusSeconds(60).toString();
    }

    private static JsonNode items(String user) throws Exception {
        return hub.json(hub.get(hub.user(user), "/v1/teams/vb-noord/queue-items"))
                .get("items");
    }

    @AfterAll
    static void stop() {
        Optional.ofNullable(board).ifPresent(BoardBrowser::close);
        Optional.ofNullable(hub).ifPresent(RunningHub::close);
    }

    /** Path → who sees it; to everybody else it is not there. */
    private static Map<String, List<String>> pages() {
        Map<String, List<String>> pages = new LinkedHashMap<>();
        List<String> seat = List.of("medewerker-demo", "teamleider-demo");
        List<String> team = List.of(
                "medewerker-demo",
                "teamleider-demo",
                "wijkagent-demo",
                "woonconsulent-demo",
                "welzijn-lid-demo",
                "zorg-lid-demo");
        pages.put("/board/teams/vb-noord/queue", team);
        pages.put("/board/teams/vb-noord/queue-table", team);
        pages.put("/board/teams/vb-noord/plans", seat);
        pages.put(
                "/board/plans/" + plan,
                List.of("medewerker-demo", "teamleider-demo", "welzijn-lid-demo", "privacy-demo"));
        pages.put("/board/teams/vb-noord/lead", List.of("teamleider-demo"));
        pages.put("/board/teams/vb-noord/neighbourhoods", team);
        pages.put("/board/teams/vb-zuid/queue", List.of("teamleider-zuid"));
        pages.put("/board/teams/vb-zuid/plans", List.of("teamleider-zuid"));
        pages.put("/board/teams/vb-zuid/lead", List.of("teamleider-zuid"));
        pages.put("/board/teams/zonder-team/queue", List.of("teamleider-demo", "teamleider-zuid"));
        pages.put("/board/teams/zonder-team/lead", List.of("teamleider-demo", "teamleider-zuid"));
        pages.put("/board/asked", USERS.subList(0, 7));
        pages.put("/board/privacy", List.of("privacy-demo"));
        pages.put("/board/releases/" + release, List.of("privacy-demo"));
        pages.put("/board/operations", List.of("beheerder-demo"));
        pages.put("/board/teams/no-such/queue", List.of());
        pages.put("/board/plans/00000000-0000-7000-8000-000000000000", List.of());
        return pages;
    }

    /** Form → who may send it, empty: whoever may not hears that it is not there, whoever may hears what is missing. */
    private static Map<String, List<String>> forms() {
        Map<String, List<String>> forms = new LinkedHashMap<>();
        List<String> privacy = List.of("privacy-demo");
        String nothing = "00000000-0000-7000-8000-000000000000";
        forms.put("/board/privacy/break-glass/" + nothing + "/review", privacy);
        forms.put("/board/privacy/duties/" + nothing + "/defer", privacy);
        forms.put("/board/privacy/objections", privacy);
        forms.put("/board/privacy/objections/" + nothing + "/decide", privacy);
        forms.put("/board/privacy/citizen", privacy);
        forms.put("/board/privacy/what-if", privacy);
        forms.put("/board/quarantine/" + nothing + "/replay", List.of());
        forms.put("/board/subscriptions/" + nothing + "/redeliver", List.of());
        forms.put("/board/parked/" + nothing + "/again", List.of());
        forms.put("/board/queue-items/" + item + "/take", List.of());
        forms.put("/board/queue-items/" + item + "/return", List.of());
        forms.put("/board/queue-items/" + item + "/consult", List.of());
        forms.put("/board/plans/" + nothing + "/coordinate", List.of());
        forms.put("/board/plans/" + nothing + "/accept", List.of());
        forms.put("/board/consultations/" + nothing + "/answer", List.of("zorg-lid-demo"));
        forms.put("/board/escalations/" + nothing + "/take", List.of());
        return forms;
    }

    @Test
    @Order(1)
    void a_right_that_is_lacking_is_neither_shown_nor_reachable() {
        for (String user : USERS) {
            Page page = board.login(user, ColorScheme.LIGHT);
            pages().forEach((path, allowed) -> {
                int status = page.request().get(hub.process.url() + path).status();
                assertThat(status).as(user + " " + path).isEqualTo(allowed.contains(user) ? 200 : 404);
            });
            for (Locator link : page.locator(".wijkhub-nav a").all()) {
                String href = link.getAttribute("href");
                assertThat(page.request().get(hub.process.url() + href).status())
                        .as(user + " " + href)
                        .isEqualTo(200);
            }
            String csrf = page.locator("input[name=csrf]").first().getAttribute("value");
            forms().forEach((path, allowed) -> {
                int status = page.request()
                        .post(
                                hub.process.url() + path,
                                RequestOptions.create()
                                        .setForm(FormData.create().set("csrf", csrf)))
                        .status();
                assertThat(status).as(user + " " + path).isEqualTo(allowed.contains(user) ? 400 : 404);
            });
            page.context().close();
        }
    }

    @Test
    @Order(2)
    void every_page_is_sound_in_both_languages_light_and_dark() {
        Map<String, Map<String, String>> byUser = new LinkedHashMap<>();
        byUser.put(
                "teamleider-demo",
                Map.of(
                        "queue", "/board/teams/vb-noord/queue",
                        "plans", "/board/teams/vb-noord/plans",
                        "plan", "/board/plans/" + plan,
                        "signal", "/board/signals/" + signal,
                        "lead", "/board/teams/vb-noord/lead",
                        "neighbourhoods", "/board/teams/vb-noord/neighbourhoods",
                        "neighbourhood", "/board/neighbourhoods/BU99990101",
                        "absent", "/board/privacy"));
        byUser.put("welzijn-lid-demo", Map.of("plan-partner", "/board/plans/" + plan));
        byUser.put("zorg-lid-demo", Map.of("asked-care", "/board/asked", "consultation", consultation()));
        byUser.put(
                "privacy-demo",
                Map.of(
                        "privacy", "/board/privacy",
                        "plan-privacy", "/board/plans/" + plan,
                        "signal-privacy", "/board/signals/" + signal,
                        "decision", "/board/releases/" + release));
        byUser.put("beheerder-demo", Map.of("operations", "/board/operations", "receipt", "/receipt"));
        byUser.forEach((user, pages) -> {
            for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                Page page = board.login(user, scheme);
                pages.forEach((name, path) -> {
                    for (String language : List.of("nl", "en")) {
                        page.navigate(hub.process.url() + path + "?lang=" + language);
                        String full = name + '-' + language + (scheme == ColorScheme.DARK ? "-dark" : "");
                        if (language.equals("nl")) {
                            BoardBrowser.sound(page, full);
                        } else {
                            BoardBrowser.withoutFindings(page, full);
                        }
                    }
                });
                page.context().close();
            }
        });
    }

    /** The way of a question to care. */
    private static String consultation() {
        try {
            JsonNode asked = hub.json(hub.get(hub.user("zorg-lid-demo"), "/v1/consultations"))
                    .get("items");
            return "/board/consultations/" + asked.get(0).get("id").asText();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    @Order(8)
    void care_looks_along_and_an_escalation_is_taken_up() {
        Page care = board.login("zorg-lid-demo", ColorScheme.LIGHT);
        care.locator(".wijkhub-nav a[href*='/board/asked']").click();
        care.locator(".wijkhub-cards a").first().click();
        assertThat(care.locator("main")).not().containsText("Fake Huurder");
        care.locator("select[name=advice]").selectOption("go-together");
        care.locator("form[action$='/answer'] button").click();
        assertThat(care.locator(".wijkhub-told").first()).hasText("Uw antwoord is doorgegeven.");

        Page seat = board.login("medewerker-demo", ColorScheme.LIGHT);
        seat.locator(".wijkhub-nav a[href*='/board/asked']").click();
        BoardBrowser.sound(seat, "asked-nl");
        seat.locator("form[action$='/take'] button").first().click();
        assertThat(seat.locator(".wijkhub-told").first()).hasText("U hebt de opschaling opgenomen.");
    }

    @Test
    @Order(3)
    void the_plan_is_worked_on_and_its_weighing_decided_by_keyboard() {
        Page page = board.login("medewerker-demo", ColorScheme.LIGHT);
        page.navigate(hub.process.url() + "/board/plans/" + plan);
        assertThat(page.locator("#uncovered + ul")).containsText("Huisvesting");
        assertThat(page.locator("main")).containsText("Fake Buurvrouw");
        assertThat(page.locator("svg polygon")).hasCount(2);
        Locator shared = page.locator("#shared ~ div table");
        assertThat(shared).containsText("vb-noord.municipality");
        // not what the seat is not told elsewhere: a look in an emergency, and what its sender hears
        assertThat(shared).not().containsText("vitaal belang");
        assertThat(shared).not().containsText("corporatie-demo");

        page.locator("form[action$='/done'] button").focus();
        page.keyboard().press("Enter");
        assertThat(page.locator(".wijkhub-told").first()).hasText("De afspraak is afgerond.");

        page.locator("form[action$='/decide'] input[name=reason]").fill("kort");
        page.locator("form[action$='/decide'] button").evaluate("button => button.form.noValidate = true");
        page.locator("form[action$='/decide'] button").click();
        assertThat(page.locator("main")).containsText("ten minste 10 tekens");
        page.goBack();
        page.locator("form[action$='/decide'] input[name=reason]").fill("Fictief: eerst rust in huis");
        page.keyboard().press("Enter");
        assertThat(page.locator(".wijkhub-told").first()).hasText("De afweging is besloten.");

        Page welfare = board.login("welzijn-lid-demo", ColorScheme.LIGHT);
        welfare.navigate(hub.process.url() + "/board/plans/" + plan);
        assertThat(welfare.locator("main")).not().containsText("Fake");
        assertThat(welfare.locator("#shared")).hasCount(0);
    }

    @Test
    @Order(4)
    void a_plan_goes_to_another_team_only_when_that_takes_it_up() {
        Page from = board.login("medewerker-demo", ColorScheme.LIGHT);
        from.navigate(hub.process.url() + "/board/plans/" + plan);
        from.locator("details summary").click();
        from.locator("form[action$='/handover'] select").selectOption("vb-zuid");
        from.locator("form[action$='/handover'] input[name=reason]").fill("Fictief: het huishouden verhuist");
        from.locator("form[action$='/handover'] button").click();
        assertThat(from.locator(".wijkhub-told").first()).containsText("sluit pas");

        Page to = board.login("teamleider-zuid", ColorScheme.LIGHT);
        to.navigate(hub.process.url() + "/board/teams/vb-zuid/plans");
        assertThat(to.locator(".wijkhub-cards")).containsText("verhuist");
        to.locator("form[action$='/refuse'] input[name=reason]").fill("Fictief: hoort bij noord");
        to.keyboard().press("Enter");
        assertThat(to.locator(".wijkhub-told").first()).containsText("geweigerd");
    }

    @Test
    @Order(5)
    void several_are_taken_up_at_once_and_given_back_with_a_reason() {
        Page page = board.login("medewerker-demo", ColorScheme.LIGHT);
        page.navigate(hub.process.url() + "/board/teams/vb-noord/queue");
        page.locator("tbody input[type=checkbox]").nth(0).check();
        page.locator("tbody input[type=checkbox]").nth(1).check();
        page.locator("form#many button").click();
        assertThat(page.locator(".wijkhub-told").first()).hasText("De gekozen signalen zijn opgenomen.");
        page.navigate(hub.process.url() + "/board/teams/vb-noord/queue?state=taken-up");
        assertThat(page.locator("tbody tr")).hasCount(2);
        page.locator("tbody a").first().click();
        page.locator("form[action$='/return'] input[name=reason]").fill("Fictief: hoort bij een collega");
        page.keyboard().press("Enter");
        assertThat(page.locator(".wijkhub-told").first()).hasText("Het signaal is teruggegeven en wacht weer.");
    }

    @Test
    @Order(6)
    void the_team_lead_the_neighbourhood_and_a_resident_see_how_it_stands() {
        Page lead = board.login("teamleider-demo", ColorScheme.LIGHT);
        lead.navigate(hub.process.url() + "/board/teams/vb-noord/lead");
        assertThat(lead.locator("#workload + div")).containsText("medewerker-demo");
        assertThat(lead.locator("svg rect")).hasCount(24);
        assertThat(lead.locator("#weeks ~ div tbody tr")).hasCount(8);

        lead.navigate(hub.process.url() + "/board/neighbourhoods/BU99990101");
        assertThat(lead.locator(".wijkhub-card").first()).containsText("Geluidsoverlast");
        lead.locator(".wijkhub-card select").first().selectOption("on-agenda");
        lead.locator("form[action$='/status'] button").first().click();
        assertThat(lead.locator(".wijkhub-told").first()).hasText("Het agendapunt is bijgewerkt.");

        Page resident = board.browser.newPage();
        resident.navigate(hub.process.url() + "/receipt?lang=nl");
        resident.locator("#code").fill("FAKE-FAKE");
        resident.keyboard().press("Enter");
        assertThat(resident.locator(".wijkhub-told")).containsText("kennen wij niet");
        resident.locator("#code").fill(receipt);
        resident.keyboard().press("Enter");
        assertThat(resident.locator(".wijkhub-told")).containsText("Uw melding");
        assertThat(resident.url()).doesNotContain(receipt);
    }

    @Test
    @Order(7)
    void the_privacy_officer_reviews_decides_replays_and_exports() {
        Page page = board.login("privacy-demo", ColorScheme.LIGHT);
        page.locator("form[action$='/review'] button").first().click();
        assertThat(page.locator(".wijkhub-told").first()).hasText("De beoordeling is vastgelegd.");
        page.locator("form[action$='/decide'] input").last().fill("Fictief: niet gegrond");
        page.locator("form[action$='/decide'] button[value=rejected]").click();
        assertThat(page.locator(".wijkhub-told").first()).hasText("Over het bezwaar is beslist.");
        page.locator("form[action$='/what-if'] button").click();
        assertThat(page.locator("h1")).hasText("Wat een ander convenant zou veranderen");
        BoardBrowser.sound(page, "what-if-nl");
        page.navigate(hub.process.url() + "/board/releases/" + release);
        assertThat(page.locator(".wijkhub-told")).containsText("hetzelfde");
        page.navigate(hub.process.url() + "/board/privacy");
        Locator citizen = page.locator("form[action$='/citizen']");
        citizen.locator("input[name=name]").fill("Fake Huurder");
        citizen.locator("input[name=birthDate]").fill("1970-01-01");
        citizen.locator("button").click();
        assertThat(page.locator("h1")).hasText("Wie wist wat, wanneer en waarom");
        assertThat(page.locator("main")).containsText("Geluidsoverlast");
        BoardBrowser.sound(page, "citizen");
        assertThat(page.url()).doesNotContain("Fake");
    }
}
