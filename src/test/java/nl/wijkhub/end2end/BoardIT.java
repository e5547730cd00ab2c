package nl.wijkhub.end2end;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.RequestOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import nl.wijkhub.ForeignAmqp;
import nl.wijkhub.kernel.Vault;
import nl.wijkhub.lab.embedded.BrokerLogins;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The board in a real browser: login, the queue as each discipline may see it, live, the timeline; axe on each page. */
@Tag("browser")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BoardIT {
    private static RunningHub hub;
    private static BoardBrowser board;
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        hub = RunningHub.start();
        board = new BoardBrowser(hub);
        browser = board.browser;
        hub.put("corporatie-demo", "/v1/partners/housing/eenheden/E-1", "{\"postcode\":\"9990 AB\",\"huisnummer\":12}");
        zaak("fake-1", "GEL");
        zaak("fake-2", "RUZ");
        hub.post("corporatie-demo", "/v1/signals", """
                {"reference":"fake-acute","occurredAt":"2026-11-20T10:00:00Z","reportedAt":"2026-11-20T10:00:00Z",
                 "category":"nuisance.noise","severity":"acute",
                 "subject":{"household":{"address":{"postalCode":"9990 AC","houseNumber":3},"persons":[{"role":"tenant","name":"Fake Huurder"}]}}}""");
        org.awaitility.Awaitility.await()
                .until(() -> hub.json(hub.get(hub.user("medewerker-demo"), "/v1/teams/vb-noord/queue-items"))
                                .get("items")
                                .size()
                        == 3);
    }

    @AfterAll
    static void stop() {
        Optional.ofNullable(board).ifPresent(BoardBrowser::close);
        Optional.ofNullable(hub).ifPresent(RunningHub::close);
    }

    @Test
    @Order(1)
    void each_discipline_sees_the_queue_as_far_as_it_may() {
        Page municipality = login("medewerker-demo", ColorScheme.LIGHT);
        assertThat(municipality.locator("h1")).hasText("Wachtrij Veilige Buurten Team Noord");
        assertThat(municipality.locator("tbody tr")).hasCount(3);
        assertThat(municipality.locator("tbody tr").first()).containsText("acuut");
        assertThat(municipality.locator("tbody")).containsText("9990 AB 12");
        sound(municipality, "queue-municipality");

        Page welfare = login("welzijn-lid-demo", ColorScheme.DARK);
        assertThat(welfare.locator("tbody tr")).hasCount(3);
        assertThat(welfare.locator("tbody")).containsText("Er speelt iets");
        assertThat(welfare.locator("tbody")).not().containsText("9990");
        sound(welfare, "queue-welfare-dark");

        Page care = login("zorg-lid-demo", ColorScheme.LIGHT);
        assertThat(care.locator(".wijkhub-empty")).isVisible();
        sound(care, "queue-care-empty");
    }

    @Test
    @Order(2)
    void the_queue_is_live_and_a_signal_tells_its_way() throws Exception {
        Page page = login("teamleider-demo", ColorScheme.LIGHT);
        Locator rows = page.locator("tbody tr");
        int before = rows.count();

        zaak("fake-live", "STA");

        assertThat(rows).hasCount(before + 1);
        page.keyboard().press("Tab");
        assertThat(page.locator(".utrecht-skip-link")).isFocused();
        page.locator("tbody a").first().click();
        assertThat(page.locator(".wijkhub-timeline li")).hasCount(5);
        assertThat(page.locator(".wijkhub-facts")).containsText("Fake Huurder");
        assertThat(page.locator(".wijkhub-facts")).containsText("Gerechtvaardigd belang");
        sound(page, "signal-municipality");
    }

    @Test
    @Order(3)
    void the_privacy_officer_sees_why_and_nothing_of_what() throws Exception {
        String id = hub.json(hub.get(hub.user("medewerker-demo"), "/v1/teams/vb-noord/queue-items"))
                .get("items")
                .get(0)
                .get("signalId")
                .asText();
        Page page = login("privacy-demo", ColorScheme.LIGHT);
        assertThat(page.locator("h1")).hasText("Privacy");
        page.navigate(hub.process.url() + "/board/signals/" + id + "?lang=en");

        assertThat(page.locator("table")).containsText("row-2");
        assertThat(page.locator("table")).containsText("Zorg Voorbeeldstad (care, vb-noord)");
        assertThat(page.content()).doesNotContain("Fake Huurder", "9990 AC");
        sound(page, "signal-privacy-en");
    }

    @Test
    @Order(4)
    void what_is_not_there_for_a_viewer_is_told_on_a_page() {
        Page page = login("teamleider-zuid", ColorScheme.LIGHT);
        var answer = page.navigate(hub.process.url() + "/board/teams/vb-noord/queue");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(page.locator("h1")).hasText("Dit is er niet voor u");
        sound(page, "absent");
    }

    @Test
    @Order(5)
    void what_one_takes_up_is_gone_at_the_other_within_a_second_and_nothing_moves_under_the_pointer() throws Exception {
        zaak("fake-two", "GEL");
        Page one = login("medewerker-demo", ColorScheme.LIGHT);
        Page other = login("teamleider-demo", ColorScheme.LIGHT);
        String row = "#" + one.locator("tbody tr").first().getAttribute("id");
        int before = other.locator("tbody tr").count();
        other.locator(row).hover();
        one.locator(row + " form button").click();

        assertThat(one.locator(".wijkhub-told")).hasText("U hebt het signaal opgenomen.");
        assertThat(one.locator(row)).hasCount(0);
        assertThat(other.locator(row + " form")).hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(1_500));
        assertThat(other.locator(row)).containsText("Opgenomen door een ander");
        assertThat(other.locator("tbody tr")).hasCount(before);
        sound(other, "queue-taken-by-another");
        other.locator("#queue-news button").click();
        assertThat(other.locator("tbody tr")).hasCount(before - 1);

        one.locator("select[name=state]").selectOption("taken-up");
        one.locator(".wijkhub-filter button").click();
        assertThat(one.locator(row)).containsText("medewerker-demo");
        sound(one, "queue-taken-up");
    }

    @Test
    @Order(6)
    void a_queue_is_worked_with_the_keyboard_alone() throws Exception {
        zaak("fake-keys", "GEL");
        Page page = login("medewerker-demo", ColorScheme.DARK);
        int before = page.locator("tbody tr").count();
        page.keyboard().press("j");
        assertThat(page.locator("tbody tr").first().locator("a")).isFocused();
        page.keyboard().press("j");
        page.keyboard().press("k");
        assertThat(page.locator("tbody tr").first().locator("a")).isFocused();
        page.keyboard().press("t");
        assertThat(page.locator(".wijkhub-told")).isVisible();
        assertThat(page.locator("tbody tr")).hasCount(before - 1);
        sound(page, "queue-keyboard-dark");
        page.keyboard().press("j");
        page.keyboard().press("Enter");
        assertThat(page.locator(".wijkhub-timeline")).isVisible();
    }

    @Test
    @Order(7)
    void a_form_counts_only_from_a_page_of_this_session() throws Exception {
        Page page = login("medewerker-demo", ColorScheme.LIGHT);
        String action = page.locator("tbody form").first().getAttribute("action");
        var form = FormData.create().set("team", "vb-noord");

        assertThat(page.request()
                        .post(
                                hub.process.url() + action,
                                RequestOptions.create().setForm(form)))
                .not()
                .isOK();
        assertThat(page.request()
                        .post(
                                hub.process.url() + action,
                                RequestOptions.create().setForm(form.set("csrf", "0"))))
                .not()
                .isOK();
        // from a page of this session, and without what a form has: a page, no fault of ours
        String csrf = page.locator("tbody form input[name=csrf]").first().getAttribute("value");
        assertThat(page.request()
                        .post(
                                hub.process.url() + action,
                                RequestOptions.create()
                                        .setForm(FormData.create().set("csrf", csrf)))
                        .status())
                .isEqualTo(404);
        page.reload();
        assertThat(page.locator("form[action='" + action + "']")).hasCount(1);
    }

    @Test
    @Order(8)
    void the_administrator_tries_a_message_again_and_nobody_else_finds_the_page() throws Exception {
        Vault vault = Vault.open(hub.config().resolve("secrets"));
        try (ForeignAmqp amqp = new ForeignAmqp(
                hub.process.amqpPort(), "corporatie-demo", BrokerLogins.passwordOf(vault, "corporatie-demo"))) {
            amqp.send("signal.in.corporatie-demo", ForeignAmqp.message("application/json", """
                    {"idExtern":"fake-later","zaaktype":{"soort":{"code":"SOC"},"detailSoort":{"code":"GEL"}},
                     "registratiedatum":"2026-11-20T09:00:00Z","eenheden":["https://corporatie.example/eenheden/E-LATER"]}""".getBytes(
                            StandardCharsets.UTF_8)));
        }
        Page page = login("beheerder-demo", ColorScheme.LIGHT);
        assertThat(page.locator("h1")).hasText("Beheer");
        page.waitForCondition(() -> {
            page.reload();
            return page.locator(".wijkhub-faults").count() == 1;
        });
        assertThat(page.locator(".wijkhub-faults")).containsText("/eenheden/0");
        sound(page, "operations");
        page.locator(".wijkhub-faults + form, td form button").first().click();
        assertThat(page.locator(".wijkhub-told")).containsText("opnieuw geweigerd");
        hub.put(
                "corporatie-demo",
                "/v1/partners/housing/eenheden/E-LATER",
                "{\"postcode\":\"9990 AB\",\"huisnummer\":12}");
        page.locator("td form button").first().click();
        assertThat(page.locator(".wijkhub-told")).containsText("opnieuw geprobeerd en beantwoord");
        assertThat(page.locator("#quarantine + .wijkhub-empty")).isVisible();
        page.navigate(hub.process.url() + "/board/operations?lang=en");
        sound(page, "operations-en");

        Page lead = login("teamleider-demo", ColorScheme.LIGHT);
        assertThat(lead.locator(".wijkhub-nav")).not().containsText("Beheer");
        assertThat(lead.navigate(hub.process.url() + "/board/operations").status())
                .isEqualTo(404);
    }

    @Test
    @Order(9)
    void a_restart_logs_nobody_out_and_the_queue_follows_on() throws Exception {
        Page page = login("medewerker-demo", ColorScheme.LIGHT);
        int before = page.locator("tbody tr").count();
        hub.process.kill();
        hub.process.start();
        hub.process.awaitReady();

        zaak("fake-after-restart", "GEL");

        assertThat(page.locator("tbody tr"))
                .hasCount(before + 1, new LocatorAssertions.HasCountOptions().setTimeout(20_000));
        page.locator("tbody form button").first().click();
        assertThat(page.locator(".wijkhub-told")).hasText("U hebt het signaal opgenomen.");
    }

    @Test
    @Order(10)
    void who_logs_out_is_out() {
        Page page = login("medewerker-demo", ColorScheme.LIGHT);
        page.locator("form[action='/board/logout'] button").click();
        // by way of the identity server, one page after the other, back to its form
        assertThat(page.locator("input[name=username]")).isVisible();

        page.navigate(hub.process.url() + "/board/teams/vb-noord/queue");
        assertThat(page.locator("input[name=username]")).isVisible();
    }

    @Test
    @Order(11)
    void a_long_list_works_on_a_phone_and_without_script() {
        BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                .setLocale("nl-NL")
                .setJavaScriptEnabled(false)
                .setViewportSize(360, 740));
        Page page = enter(context, "medewerker-demo");
        assertThat(page.locator("tbody tr").first()).isVisible();
        assertThat(page.locator("main").boundingBox().width).isLessThanOrEqualTo(360);
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/screens", "queue-phone.png")));
        page.locator("tbody form button").first().click();
        assertThat(page.locator(".wijkhub-told")).hasText("U hebt het signaal opgenomen.");
    }

    private static Page login(String user, ColorScheme scheme) {
        return board.login(user, scheme);
    }

    private static Page enter(BrowserContext context, String user) {
        return board.enter(context, user);
    }

    private static void sound(Page page, String name) {
        BoardBrowser.sound(page, name);
    }

    private static void zaak(String reference, String detail) throws Exception {
        hub.post("corporatie-demo", "/v1/partners/housing/zaken", """
                {"idExtern":"%s","zaaktype":{"soort":{"code":"SOC"},"detailSoort":{"code":"%s"}},
                 "registratiedatum":"2026-11-20T09:00:00Z","eenheden":["https://corporatie.example/eenheden/E-1"]}""".formatted(reference, detail));
    }
}
