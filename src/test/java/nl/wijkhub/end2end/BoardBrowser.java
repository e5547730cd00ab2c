package nl.wijkhub.end2end;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Debian's Chromium before the board of a hub. */
final class BoardBrowser implements AutoCloseable {
    private static final List<String> WCAG = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    final Browser browser;
    private final RunningHub hub;
    private final Playwright playwright;

    BoardBrowser(RunningHub hub) {
        this.hub = hub;
        Path chromium = Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the browser profile needs Chromium"));
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
    }

    Page login(String user, ColorScheme scheme) {
        return enter(
                browser.newContext(new Browser.NewContextOptions()
                        .setLocale("nl-NL")
                        .setColorScheme(scheme)
                        .setViewportSize(1200, 700)),
                user);
    }

    Page enter(BrowserContext context, String user) {
        Page page = context.newPage();
        page.navigate(hub.process.url() + "/");
        page.locator("input[name=username]").fill(user);
        page.locator("input[type=submit], button[type=submit]").first().click();
        page.waitForURL("**/board/**");
        return page;
    }

    /** A picture for the eye, and no finding of axe. */
    static void sound(Page page, String name) {
        picture(page, name);
        withoutFindings(page, name);
    }

    /** What is behind a summary is looked at too. The board has no frames, so the page itself is all there is to walk. */
    private static AxeBuilder axe(Page page) {
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)");
        return new AxeBuilder(page).setLegacyMode(true);
    }

    static void withoutFindings(Page page, String name) {
        assertThat(axe(page).withTags(WCAG).analyze().getViolations()).as(name).isEmpty();
    }

    /** The same where only colours are other than in what was looked at already. */
    static void withoutColourFindings(Page page, String name) {
        assertThat(axe(page)
                        .withRules(List.of("color-contrast", "link-in-text-block"))
                        .analyze()
                        .getViolations())
                .as(name)
                .isEmpty();
    }

    static void picture(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of("target/screens", name + ".png"))
                .setFullPage(true));
    }

    static String cookies(Page page) {
        return page.context().cookies().stream()
                .map(cookie -> cookie.name + '=' + cookie.value)
                .collect(Collectors.joining("; "));
    }

    /**
     * Asks as the browser would, with its cookies, and follows nothing.
     *
     * @param form null to look
     */
    static int status(String cookies, String url, String form) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).header("Cookie", cookies);
        if (form != null) {
            request.header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(form));
        }
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        playwright.close();
    }
}
