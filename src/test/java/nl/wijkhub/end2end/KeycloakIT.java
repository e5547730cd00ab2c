package nl.wijkhub.end2end;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import nl.wijkhub.app.chaos.ChaosHub;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The board logs people in at a real Keycloak, which profile {@code keycloak} unpacks under {@code target/keycloak}. */
@Tag("keycloak")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KeycloakIT {
    private static Process keycloak;
    private static ChaosHub hub;
    private static RunningHub running;
    private static BoardBrowser board;

    @BeforeAll
    static void start() throws Exception {
        int port = freePort();
        Path home;
        try (var unpacked = Files.list(Path.of("target/keycloak"))) {
            home = unpacked.filter(Files::isDirectory).findFirst().orElseThrow();
        }
        Path realm = Files.createDirectories(home.resolve("data/import")).resolve("wijkhub-realm.json");
        Files.copy(
                Path.of("src/test/resources/keycloak/wijkhub-realm.json"), realm, StandardCopyOption.REPLACE_EXISTING);
        keycloak = new ProcessBuilder(
                        "bash",
                        home.resolve("bin/kc.sh").toString(),
                        "start-dev",
                        "--import-realm",
                        "--http-port=" + port,
                        "--health-enabled=false",
                        "--cache=local")
                .redirectErrorStream(true)
                .redirectOutput(Path.of("target/keycloak.log").toFile())
                .start();
        String issuer = "http://localhost:" + port + "/realms/wijkhub";
        await().atMost(Duration.ofMinutes(4))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> isThere(issuer + "/.well-known/openid-configuration"));
        running = RunningHub.start(List.of("-Dwijkhub.issuer=" + issuer));
        hub = running.process;
        board = new BoardBrowser(running);
    }

    private static boolean isThere(String address) throws InterruptedException {
        try {
            return HttpClient.newHttpClient()
                            .send(
                                    HttpRequest.newBuilder(URI.create(address)).build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @AfterAll
    static void stop() throws InterruptedException {
        Optional.ofNullable(board).ifPresent(BoardBrowser::close);
        Optional.ofNullable(running).ifPresent(RunningHub::close);
        if (keycloak != null) {
            keycloak.descendants().forEach(ProcessHandle::destroy);
            keycloak.destroy();
            keycloak.waitFor(20, TimeUnit.SECONDS);
        }
    }

    private static Page enter(BrowserContext context, String user) {
        Page page = context.newPage();
        page.navigate(hub.url() + "/");
        page.locator("#username").fill(user);
        page.locator("#password").fill("fake-password");
        page.locator("#kc-login").click();
        page.waitForURL("**/board/**");
        return page;
    }

    @Test
    @Order(1)
    void a_member_gets_in_and_logging_out_ends_it_at_keycloak_too() {
        BrowserContext context = board.browser.newContext(new Browser.NewContextOptions().setLocale("nl-NL"));
        Page page = enter(context, "medewerker-demo");
        assertThat(page.locator("h1")).hasText("Wachtrij Veilige Buurten Team Noord");
        Cookie session = context.cookies(hub.url()).stream()
                .filter(cookie -> cookie.name.equals("wijkhub-session"))
                .findFirst()
                .orElseThrow();
        assertThat(session.httpOnly).isTrue();

        page.locator("form[action='/board/logout'] button").click();
        // out of the board, out of Keycloak without another question, and back at its login
        assertThat(page.locator("#username")).isVisible();
    }

    @Test
    @Order(2)
    void whom_keycloak_knows_and_no_team_does_stays_out() {
        Page page = enter(board.browser.newContext(new Browser.NewContextOptions().setLocale("nl-NL")), "niemand-demo");
        assertThat(page.locator("body")).containsText("Dit mag u niet");
    }
}
