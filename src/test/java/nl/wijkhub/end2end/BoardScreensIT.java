package nl.wijkhub.end2end;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.Media;
import com.microsoft.playwright.options.RequestOptions;
import com.microsoft.playwright.options.SelectOption;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Pattern;
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
    private static RunningHub hub;
    private static BoardBrowser board;
    private static BoardDay day;

    @BeforeAll
    static void start() throws Exception {
        hub = RunningHub.start();
        board = new BoardBrowser(hub);
        day = new BoardDay(hub);
    }

    @AfterAll
    static void stop() {
        Optional.ofNullable(board).ifPresent(BoardBrowser::close);
        Optional.ofNullable(hub).ifPresent(RunningHub::close);
    }

    /** Path → who sees it; to everybody else it is not there. */
    private static Map<String, Collection<String>> pages() {
        Map<String, Collection<String>> pages = new LinkedHashMap<>();
        Set<String> seat = ContractRights.SEAT;
        Set<String> team = ContractRights.TEAM;
        pages.put("/board/teams/vb-noord/queue", team);
        pages.put("/board/teams/vb-noord/queue-table", team);
        pages.put("/board/teams/vb-noord/plans", List.of("medewerker-demo", "teamleider-demo", "welzijn-lid-demo"));
        pages.put("/board/plans/" + day.plan, List.of("medewerker-demo", "teamleider-demo", "privacy-demo"));
        pages.put("/board/plans/" + day.planOfWelfare, List.of("welzijn-lid-demo", "privacy-demo"));
        pages.put("/board/teams/vb-noord/lead", List.of("teamleider-demo", "woonconsulent-demo"));
        pages.put("/board/teams/vb-noord/neighbourhoods", team);
        pages.put("/board/teams/vb-zuid/queue", List.of("teamleider-zuid"));
        pages.put("/board/teams/vb-zuid/plans", List.of("teamleider-zuid"));
        pages.put("/board/teams/vb-zuid/lead", List.of("teamleider-zuid"));
        pages.put("/board/teams/zonder-team/queue", List.of("teamleider-demo", "teamleider-zuid"));
        pages.put("/board/teams/zonder-team/lead", List.of("teamleider-demo", "teamleider-zuid"));
        pages.put("/board/asked", ContractRights.USERS.subList(0, 7));
        pages.put("/board/privacy", List.of("privacy-demo"));
        pages.put("/board/releases/" + day.release, List.of("privacy-demo"));
        pages.put("/board/operations", List.of("beheerder-demo"));
        pages.put("/board/teams/no-such/queue", List.of());
        pages.put("/board/plans/00000000-0000-7000-8000-000000000000", List.of());
        return pages;
    }

    /** Form → who may send it, empty: whoever may not hears that it is not there, whoever may hears what is missing. */
    private static Map<String, Collection<String>> forms() {
        Map<String, Collection<String>> forms = new LinkedHashMap<>();
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
        forms.put("/board/queue-items/" + day.item + "/take", List.of());
        forms.put("/board/queue-items/" + day.item + "/return", List.of());
        forms.put("/board/queue-items/" + day.item + "/consult", List.of());
        forms.put("/board/consultations/" + nothing + "/answer", List.of("zorg-lid-demo"));
        forms.put("/board/escalations/" + nothing + "/take", List.of());
        forms.put("/board/escalations/" + nothing + "/decline", ContractRights.USERS.subList(0, 7));
        forms.put("/board/privacy/duties/" + nothing + "/done", List.of());
        forms.put("/board/unit-conflicts/" + day.unitConflict + "/confirm", ContractRights.SEAT);
        return forms;
    }

    /** What is done with a plan at its seat, and by nobody else. */
    private static List<String> planForms() {
        String part = "/00000000-0000-7000-8000-000000000000/";
        return List.of(
                "coordinator",
                "agreed",
                "agreed-no-more",
                "strengths",
                "participants",
                "participants" + part + "leave",
                "goals",
                "goals" + part + "reach",
                "goals" + part + "drop",
                "agreements",
                "agreements" + part + "done",
                "agreements" + part + "drop",
                "scores",
                "weighings",
                "weighings" + part + "decide",
                "sleep",
                "wake",
                "close",
                "handover",
                "withdraw",
                "accept");
    }

    /** Every field of every form of a plan, so that nothing is missing in any. */
    private static String filledIn(String csrf) {
        String today = LocalDate.now(ZoneId.of("Europe/Amsterdam")).toString();
        return "csrf=" + csrf + "&version=x&reason=Fictief+en+zomaar&coordinator.user=medewerker-demo&agreedOn=" + today
                + "&strengths=Fictief&discipline=CARE&lifeDomain=financien&text=Fictief&writtenBy=resident"
                + "&owner=coordinator&rung=own-network&dueOn=" + today + "&moment=review&scoredOn=" + today
                + "&scores.financien=3&question=Fictief+en+lang+genoeg&decision=both&outcome=declined&to=vb-zuid";
    }

    @Test
    @Order(1)
    void a_right_that_is_lacking_is_neither_shown_nor_reachable() {
        for (String user : ContractRights.USERS) {
            Page page = board.login(user, ColorScheme.LIGHT);
            List<String> links = page.locator(".wijkhub-nav a").all().stream()
                    .map(link -> link.getAttribute("href"))
                    .toList();
            String cookies = BoardBrowser.cookies(page);
            String csrf = page.locator("input[name=csrf]").first().getAttribute("value");
            // what is not there takes its time to say so: all at once
            Map<String, Integer> wrong = new ConcurrentSkipListMap<>();
            pages().entrySet().parallelStream().forEach(one -> {
                int status = BoardBrowser.status(cookies, hub.process.url() + one.getKey(), null);
                if (status != (one.getValue().contains(user) ? 200 : 404)) {
                    wrong.put(one.getKey(), status);
                }
            });
            links.parallelStream().forEach(href -> {
                int status = BoardBrowser.status(cookies, hub.process.url() + href, null);
                if (status != 200) {
                    wrong.put(href, status);
                }
            });
            forms().entrySet().parallelStream().forEach(one -> {
                int status = BoardBrowser.status(cookies, hub.process.url() + one.getKey(), "csrf=" + csrf);
                if (status != (one.getValue().contains(user) ? 400 : 404)) {
                    wrong.put(one.getKey(), status);
                }
            });
            boolean isAtSeat = ContractRights.SEAT.contains(user);
            String plan = isAtSeat ? "00000000-0000-7000-8000-000000000000" : day.planOfWelfare;
            planForms().parallelStream().forEach(form -> {
                String path = "/board/plans/" + plan + "/" + form;
                int status = BoardBrowser.status(cookies, hub.process.url() + path, filledIn(csrf));
                if (status != 404) {
                    wrong.put(path, status);
                }
            });
            if (user.equals("welzijn-lid-demo")) {
                String path = "/board/plans/" + day.planOfWelfare + "/agreements/" + day.agreement + "/";
                for (String end : List.of("done", "drop")) {
                    int status = BoardBrowser.status(cookies, hub.process.url() + path + end, filledIn(csrf));
                    assertThat(status).as(end + " what somebody else agreed").isEqualTo(404);
                }
            }
            assertThat(wrong).as(user).isEmpty();
            page.context().close();
        }
    }

    @Test
    @Order(2)
    void every_page_is_sound_in_both_languages_light_and_dark() throws Exception {
        Map<String, Map<String, String>> byUser = new LinkedHashMap<>();
        byUser.put(
                "teamleider-demo",
                Map.of(
                        "queue", "/board/teams/vb-noord/queue",
                        "plans", "/board/teams/vb-noord/plans",
                        "plan", "/board/plans/" + day.plan,
                        "signal", "/board/signals/" + day.signal,
                        "lead", "/board/teams/vb-noord/lead",
                        "neighbourhoods", "/board/teams/vb-noord/neighbourhoods",
                        "neighbourhood", "/board/neighbourhoods/BU99990101",
                        "absent", "/board/privacy"));
        byUser.put("welzijn-lid-demo", Map.of("plan-partner", "/board/plans/" + day.planOfWelfare));
        byUser.put("zorg-lid-demo", Map.of("asked-care", "/board/asked", "consultation", day.consultation()));
        byUser.put(
                "privacy-demo",
                Map.of(
                        "privacy", "/board/privacy",
                        "plan-privacy", "/board/plans/" + day.plan,
                        "signal-privacy", "/board/signals/" + day.signal,
                        "decision", "/board/releases/" + day.release));
        byUser.put("beheerder-demo", Map.of("operations", "/board/operations", "receipt", "/receipt"));
        byUser.forEach((user, pages) -> {
            for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                Page page = board.login(user, scheme);
                pages.forEach((name, path) -> {
                    for (String language : List.of("nl", "en")) {
                        page.navigate(hub.process.url() + path + "?lang=" + language);
                        String full = name + '-' + language + (scheme == ColorScheme.DARK ? "-dark" : "");
                        if (language.equals("nl")) {
                            BoardBrowser.picture(page, full);
                        }
                        if (scheme == ColorScheme.LIGHT) {
                            BoardBrowser.withoutFindings(page, full);
                        } else {
                            BoardBrowser.withoutColourFindings(page, full);
                        }
                    }
                });
                page.context().close();
            }
        });
    }

    /** A case conference has the plan on paper: what is to be read, when and by whom it was printed, and no buttons. */
    @Test
    @Order(2)
    void a_plan_is_printed_and_everything_fits_a_phone() {
        Page page = board.login("teamleider-demo", ColorScheme.DARK);
        page.navigate(hub.process.url() + "/board/plans/" + day.plan);
        assertThat(page.locator(".wijkhub-on-paper")).isHidden();
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        assertThat(page.locator(".wijkhub-on-paper")).containsText("teamleider-demo");
        assertThat(page.locator("#uncovered")).isVisible();
        assertThat(page.getByText("Fictief: er is niemand in de buurt")).isVisible();
        for (Locator act : page.locator("button, input, select, summary, nav").all()) {
            assertThat(act).isHidden();
        }
        assertThat(page.locator("body")).hasCSS("background-color", "rgb(255, 255, 255)");
        BoardBrowser.picture(page, "plan-print");

        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.SCREEN).setColorScheme(ColorScheme.LIGHT));
        page.setViewportSize(360, 740);
        Map.of(
                        "queue", "/board/teams/vb-noord/queue",
                        "plans", "/board/teams/vb-noord/plans",
                        "plan", "/board/plans/" + day.plan,
                        "lead", "/board/teams/vb-noord/lead")
                .forEach((name, path) -> {
                    page.navigate(hub.process.url() + path);
                    BoardBrowser.sound(page, "phone-" + name);
                    assertThat((Integer) page.evaluate("document.documentElement.scrollWidth - innerWidth"))
                            .as(path)
                            .isLessThanOrEqualTo(0);
                });
        page.setViewportSize(1200, 700);
        page.navigate(hub.process.url() + "/board/plans/" + day.plan);
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)");
        BoardBrowser.picture(page, "plan-forms-nl");
        page.context().close();
    }

    @Test
    @Order(3)
    void care_looks_along_and_an_escalation_is_taken_up() {
        Page care = board.login("zorg-lid-demo", ColorScheme.LIGHT);
        care.locator(".wijkhub-nav a[href*='/board/asked']").click();
        care.locator(".wijkhub-cards a").first().click();
        assertThat(care.locator("main")).not().containsText("Fake Huurder");
        care.locator("select[name=advice]").selectOption("go-together");
        care.locator("form[action$='/answer'] button").click();
        assertThat(care.locator(".wijkhub-told").first()).hasText("Uw antwoord is doorgegeven.");

        Page seat = board.login("medewerker-demo", ColorScheme.LIGHT);
        // that care was heard, and not what it said: nobody consented
        seat.navigate(hub.process.url() + "/board/signals/" + day.signal);
        assertThat(seat.locator(".wijkhub-card")).containsText("beantwoord");
        assertThat(seat.locator(".wijkhub-card")).containsText("gaat niet naar u");
        assertThat(seat.locator(".wijkhub-card")).not().containsText("ga samen");
        seat.locator(".wijkhub-nav a[href*='/board/asked']").click();
        BoardBrowser.sound(seat, "asked-nl");
        seat.locator("form[action$='/take'] button").first().click();
        assertThat(seat.locator(".wijkhub-told").first()).hasText("U hebt de opschaling opgenomen.");

        assertThat(seat.locator("main")).containsText("9990 AC 7");
        seat.locator("select[name=partner]").selectOption("corporatie-twee");
        seat.locator("form[action$='/confirm'] button").click();
        assertThat(seat.locator(".wijkhub-told").first()).hasText("U hebt de verhuurder bevestigd.");
        assertThat(seat.locator("main")).containsText("bevestigd: Woonstichting Twee");
    }

    @Test
    @Order(4)
    void the_plan_is_worked_on_and_its_weighing_decided_by_keyboard() {
        Page page = board.login("medewerker-demo", ColorScheme.LIGHT);
        page.navigate(hub.process.url() + "/board/plans/" + day.plan);
        assertThat(page.locator("#uncovered + ul")).containsText("Huisvesting");
        assertThat(page.locator("main")).containsText("Fake Buurvrouw");
        assertThat(page.locator("svg polygon")).hasCount(2);
        Locator shared = page.locator("#shared ~ div table");
        assertThat(shared).containsText("Gemeente Voorbeeldstad (gemeente, vb-noord)");
        // not what the seat is not told elsewhere: a look in an emergency, and what its sender hears
        assertThat(shared).not().containsText("vitaal belang");
        assertThat(shared).not().containsText("corporatie-demo");

        page.locator("form[action$='/done'] button").focus();
        page.keyboard().press("Enter");
        assertThat(page.locator(".wijkhub-told").first()).hasText("De afspraak is afgerond.");

        Page welfare = board.login("welzijn-lid-demo", ColorScheme.LIGHT);
        welfare.locator(".wijkhub-nav a[href*='/board/asked']").click();
        welfare.locator("#tasks + ul a").click();
        assertThat(welfare.locator("h1")).hasText("Uw taken in een plan");
        assertThat(welfare.locator("main")).not().containsText("Fake");
        assertThat(welfare.locator("#shared")).hasCount(0);
        welfare.locator("form[action$='/position'] input[name=reason]").fill("Fictief: het gezin heeft rust nodig");
        welfare.keyboard().press("Enter");
        assertThat(welfare.locator(".wijkhub-told").first()).hasText("Uw standpunt is genoteerd.");
        page.reload();
        assertThat(page.locator("#weighings ~ section li")).containsText("Welzijn Voorbeeldstad (welzijn, vb-noord)");

        page.locator("form[action$='/decide'] input[name=reason]").fill("kort");
        page.locator("form[action$='/decide'] button").evaluate("button => button.form.noValidate = true");
        page.locator("form[action$='/decide'] button").click();
        assertThat(page.locator("main")).containsText("ten minste 10 tekens");
        // what is no form of a page is told as a page, in words
        for (Map.Entry<String, String> odd : Map.of(
                        "/board/nothing?lang=en", "What you are looking for is not here",
                        "/board/plans/%?lang=en", "the address is wrong")
                .entrySet()) {
            assertThat(page.request().get(hub.process.url() + odd.getKey()).text())
                    .as(odd.getKey())
                    .contains(odd.getValue());
        }
        APIResponse tooLong = page.request()
                .post(
                        hub.process.url() + "/board/plans/" + day.plan + "/weighings",
                        RequestOptions.create().setForm(FormData.create().set("question", "x".repeat(9000))));
        assertThat(tooLong.text()).contains("hoogstens 1000 tekens").doesNotContain("urn:wijkhub");

        // what was written is not lost
        assertThat(page.locator("main dd")).hasText("kort");
        page.locator("main p a").click();
        page.locator("form[action$='/decide'] input[name=reason]").fill("Fictief: eerst rust in huis");
        page.keyboard().press("Enter");
        assertThat(page.locator(".wijkhub-told").first()).hasText("De afweging is besloten.");
    }

    /** Fills in a form of the page and sends it from its last field; what is behind a summary is opened first. */
    private static Locator form(Page page, String action) {
        Locator form = page.locator("form[action$='" + action + "']").last();
        form.evaluate(
                "form => { for (let up = form; up; up = up.parentElement) if (up.tagName === 'DETAILS') up.open = true; }");
        return form;
    }

    private static void send(Page page, Locator form, String told) {
        form.locator("button[type=submit]").focus();
        page.keyboard().press("Enter");
        assertThat(page.locator(".wijkhub-told").first()).hasText(told);
    }

    @Test
    @Order(5)
    void a_plan_is_made_worked_on_and_closed_from_the_board() {
        Page page = board.login("medewerker-demo", ColorScheme.LIGHT);
        page.navigate(hub.process.url() + "/board/teams/vb-noord/plans");
        assertThat(page.locator("tbody")).containsText("9990 AC 5");
        page.navigate(hub.process.url() + "/board/plans/" + day.newPlan);
        assertThat(page.locator("form[action$='/goals']")).hasCount(0);
        send(page, page.locator("form.wijkhub-acts[action$='/coordinator']"), "De coördinator is aangewezen.");

        send(page, form(page, "/participants"), "Deelnemer toegevoegd.", Map.of("name", "Fake Oom", "contact", "geen"));
        form(page, "/goals").locator("select[name=lifeDomain]").selectOption("huisvesting");
        send(page, form(page, "/goals"), "Het doel is gesteld.", Map.of("text", "Fictief: rust in huis"));
        assertThat(page.locator("#uncovered")).hasCount(0);
        form(page, "/agreements").locator("select[name=owner]").selectOption(new SelectOption().setLabel("Fake Oom"));
        form(page, "/agreements").locator("select[name=goalId]").selectOption(new SelectOption().setIndex(1));
        send(
                page,
                form(page, "/agreements"),
                "De afspraak is gemaakt.",
                Map.of(
                        "text",
                        "Fictief: elke week langs",
                        "dueOn",
                        LocalDate.now().plusDays(9).toString()));
        form(page, "/scores").locator("select[name='scores.huisvesting']").selectOption("2");
        send(page, form(page, "/scores"), "De scores staan erin.");
        send(
                page,
                form(page, "/weighings"),
                "De afweging is begonnen.",
                Map.of("question", "Fictief: wie gaat voor, gezin of straat?"));
        form(page, "/strengths").locator("textarea").fill("Fictief: kookt voor de buren\nFictief: kent iedereen");
        send(page, form(page, "/strengths"), "Wat goed gaat is opgeschreven.");
        assertThat(page.locator("#strengths + ul li")).hasCount(2);
        send(
                page,
                form(page, "/agreed"),
                "Dat het huishouden instemt staat vast.",
                Map.of("agreedOn", LocalDate.now().toString()));

        // what is left is told, in the language of the page
        page.navigate(hub.process.url() + "/board/plans/" + day.newPlan + "?lang=en");
        form(page, "/close").locator("input[name=reason]").fill("Fictief: het gaat goed");
        form(page, "/close").locator("button").click();
        assertThat(page.locator("main .wijkhub-faults li")).hasText(new String[] {
            "Queue: Nobody has taken this signal up: do that first.",
            "Agreement: This agreement is still open: finish it, or drop it with a reason.",
            "Weighing: This weighing has not been decided yet.",
            "Scores: There is a score of the start: give that of the end on the same scale."
        });
        page.locator("main a").click();
        assertThat(page.locator("h1")).hasText("Plan of a household");

        page.navigate(hub.process.url() + "/board/teams/vb-noord/queue?priority=acute");
        send(page, page.locator("form[action*='/take?']").last(), "U hebt het signaal opgenomen.");
        page.navigate(hub.process.url() + "/board/plans/" + day.newPlan);
        send(page, form(page, "/done"), "De afspraak is afgerond.");
        send(page, form(page, "/decide"), "De afweging is besloten.", Map.of("reason", "Fictief: eerst rust in huis"));
        form(page, "/scores").locator("select[name=moment]").selectOption("end");
        form(page, "/scores").locator("select[name='scores.huisvesting']").selectOption("4");
        send(page, form(page, "/scores"), "De scores staan erin.");
        send(page, form(page, "/reach"), "Het doel is bereikt.");
        send(page, form(page, "/leave"), "De deelnemer doet niet meer mee.");
        send(
                page,
                form(page, "/sleep"),
                "Het plan rust; een nieuw signaal maakt het wakker.",
                Map.of("reason", "Fictief: even niets nodig"));
        send(page, form(page, "/wake"), "Het plan is actief.", Map.of("reason", "Fictief: toch weer nodig"));

        // somebody else looked at it as it was before
        Page other = board.login("teamleider-demo", ColorScheme.LIGHT);
        other.navigate(hub.process.url() + "/board/plans/" + day.newPlan);
        form(page, "/strengths").locator("textarea").fill("Fictief: kookt voor de straat");
        send(page, form(page, "/strengths"), "Wat goed gaat is opgeschreven.");
        form(other, "/coordinator").locator("select[name='coordinator.user']").selectOption("teamleider-demo");
        form(other, "/coordinator").locator("button").click();
        assertThat(other.locator("main")).containsText("Een ander heeft het intussen veranderd");
        other.navigate(hub.process.url() + "/board/plans/" + day.newPlan);
        form(other, "/coordinator").locator("select[name='coordinator.user']").selectOption("teamleider-demo");
        send(other, form(other, "/coordinator"), "De coördinator is aangewezen.");
        send(other, form(other, "/close"), "Het plan is gesloten.", Map.of("reason", "Fictief: het gaat goed"));
    }

    private static void send(Page page, Locator form, String told, Map<String, String> fields) {
        fields.forEach((name, value) -> form.locator("[name=" + name + "]").fill(value));
        send(page, form, told);
    }

    @Test
    @Order(6)
    void a_plan_goes_to_another_team_only_when_that_takes_it_up() {
        Page from = board.login("medewerker-demo", ColorScheme.LIGHT);
        from.navigate(hub.process.url() + "/board/plans/" + day.plan);
        form(from, "/handover");
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
    @Order(7)
    void several_are_taken_up_at_once_and_given_back_with_a_reason() {
        Page page = board.login("medewerker-demo", ColorScheme.LIGHT);
        page.navigate(hub.process.url() + "/board/teams/vb-noord/queue");
        page.locator("tbody input[type=checkbox]").nth(0).check();
        page.locator("tbody input[type=checkbox]").nth(1).check();
        page.locator("form#many button").click();
        assertThat(page.locator(".wijkhub-told").first()).hasText("De gekozen signalen zijn opgenomen.");
        page.navigate(hub.process.url() + "/board/teams/vb-noord/queue?state=taken-up");
        assertThat(page.locator("tbody tr")).hasCount(2);
        page.navigate(hub.process.url() + "/board/teams/vb-noord/queue?who=me&category=nuisance.noise&from=HOUSING");
        int mine = page.locator("tbody tr").count();
        assertThat(mine).isPositive();
        page.navigate(hub.process.url() + "/board/teams/vb-noord/queue?who=me&from=CARE");
        assertThat(page.locator(".wijkhub-empty")).hasText("Hier past niets bij uw keuze.");
        page.navigate(hub.process.url() + "/board/teams/vb-noord/queue?state=taken-up");
        page.locator("tbody a").first().click();
        page.locator("form[action$='/return'] input[name=reason]").fill("Fictief: hoort bij een collega");
        page.keyboard().press("Enter");
        assertThat(page.locator(".wijkhub-told").first()).hasText("Het signaal is teruggegeven en wacht weer.");
    }

    @Test
    @Order(8)
    void the_team_lead_the_neighbourhood_and_a_resident_see_how_it_stands() {
        Page lead = board.login("teamleider-demo", ColorScheme.LIGHT);
        lead.navigate(hub.process.url() + "/board/teams/vb-noord/lead");
        assertThat(lead.locator("#workload + div")).containsText("medewerker-demo");
        assertThat(lead.locator("svg rect")).hasCount(24);
        assertThat(lead.locator("#weeks ~ div tbody tr")).hasCount(8);

        lead.navigate(hub.process.url() + "/board/neighbourhoods/BU99990101");
        Locator noise = lead.locator(".wijkhub-card")
                .filter(new Locator.FilterOptions().setHas(lead.locator("h3:text-is('Geluidsoverlast')")));
        noise.locator("select[name=status]").selectOption("on-agenda");
        noise.locator("form[action$='/status'] button").click();
        assertThat(lead.locator(".wijkhub-told").first()).hasText("Het agendapunt is bijgewerkt.");
        send(
                lead,
                form(lead, "/link"),
                "De agendapunten zijn samengevoegd.",
                Map.of("reason", "Fictief: het is één probleem"));
        assertThat(lead.locator(".wijkhub-card")).hasCount(1);
        send(
                lead,
                form(lead, "/unlink"),
                "Het agendapunt staat weer op zichzelf.",
                Map.of("reason", "Fictief: toch twee problemen"));
        assertThat(lead.locator(".wijkhub-card")).hasCount(2);

        Page resident = board.browser.newPage();
        resident.navigate(hub.process.url() + "/receipt?lang=nl");
        resident.locator("#code").fill("FAKE-FAKE");
        resident.keyboard().press("Enter");
        assertThat(resident.locator(".wijkhub-told")).containsText("kennen wij niet");
        resident.locator("#code").fill(day.receipt);
        resident.keyboard().press("Enter");
        // how far it is follows the neighbourhood's work a moment later
        assertThat(resident.locator(".wijkhub-told")).containsText(Pattern.compile("[Uu]w melding (is|aan)"));
        assertThat(resident.url()).doesNotContain(day.receipt);
    }

    @Test
    @Order(9)
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
        page.navigate(hub.process.url() + "/board/releases/" + day.release);
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
