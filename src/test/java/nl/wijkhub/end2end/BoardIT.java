package nl.wijkhub.end2end;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
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
    private static Playwright playwright;
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        Path chromium = Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(java.nio.file.Files::exists)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the browser profile needs Chromium"));
        hub = RunningHub.start();
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium)
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-background-networking",
                                "--disable-sync",
                                "--disable-component-update",
                                "--no-first-run")));
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
        Optional.ofNullable(playwright).ifPresent(Playwright::close);
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
        assertThat(page.locator("h1")).hasText("Welkom");
        page.navigate(hub.process.url() + "/board/signals/" + id + "?lang=en");

        assertThat(page.locator("table")).containsText("row-2");
        assertThat(page.locator("table")).containsText("vb-noord.care");
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

    private static Page login(String user, ColorScheme scheme) {
        BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                .setLocale("nl-NL")
                .setColorScheme(scheme)
                .setViewportSize(1200, 700));
        Page page = context.newPage();
        page.navigate(hub.process.url() + "/");
        page.locator("input[name=username]").fill(user);
        page.locator("input[type=submit], button[type=submit]").first().click();
        page.waitForURL("**/board/**");
        return page;
    }

    /** A picture for the eye, and no finding of axe. */
    private static void sound(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of("target/screens", name + ".png"))
                .setFullPage(true));
        assertThat(new AxeBuilder(page)
                        .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"))
                        .analyze()
                        .getViolations())
                .isEmpty();
    }

    private static void zaak(String reference, String detail) throws Exception {
        hub.post("corporatie-demo", "/v1/partners/housing/zaken", """
                {"idExtern":"%s","zaaktype":{"soort":{"code":"SOC"},"detailSoort":{"code":"%s"}},
                 "registratiedatum":"2026-11-20T09:00:00Z","eenheden":["https://corporatie.example/eenheden/E-1"]}""".formatted(reference, detail));
    }
}
