package nl.wijkhub.end2end;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import nl.wijkhub.kernel.Json;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * People and partners at a real Keycloak with the realm that is shipped. Profile {@code keycloak} unpacks it under
 * {@code target/keycloak}.
 */
@Tag("keycloak")
class KeycloakIT {
    private static final String PASSWORD = "fake-password";

    private static RealKeycloak keycloak;
    private static RunningHub hub;
    private static BoardBrowser board;

    @BeforeAll
    static void start() throws Exception {
        keycloak = new RealKeycloak();
        // the hub first: the realm has to know where it is
        hub = RunningHub.start(List.of("-Dwijkhub.issuer=" + keycloak.issuer()));
        keycloak.start(hub.process.url(), "demo-board-secret");
        keycloak.addUser("medewerker-demo", PASSWORD);
        keycloak.addUser("niemand-demo", PASSWORD);
        board = new BoardBrowser(hub);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> BoardBrowser.status("", hub.process.url() + "/board/", null) == 302);
    }

    @AfterAll
    static void stop() {
        Optional.ofNullable(board).ifPresent(BoardBrowser::close);
        Optional.ofNullable(hub).ifPresent(RunningHub::close);
        Optional.ofNullable(keycloak).ifPresent(RealKeycloak::close);
    }

    private static BrowserContext browser() {
        return board.browser.newContext(new Browser.NewContextOptions().setLocale("nl-NL"));
    }

    private static Page enter(BrowserContext context, String user) {
        Page page = context.newPage();
        page.navigate(hub.process.url() + "/");
        page.locator("#username").fill(user);
        page.locator("#password").fill(PASSWORD);
        page.locator("#kc-login").click();
        page.waitForURL("**/board/**");
        return page;
    }

    @Test
    void a_member_gets_in_and_logging_out_ends_it_at_keycloak_too() {
        BrowserContext context = browser();
        Page page = enter(context, "medewerker-demo");
        assertThat(page.locator("h1")).hasText("Wachtrij Veilige Buurten Team Noord");
        Cookie session = context.cookies(hub.process.url()).stream()
                .filter(cookie -> cookie.name.equals("wijkhub-session"))
                .findFirst()
                .orElseThrow();
        assertThat(session.httpOnly).isTrue();

        page.locator("form[action='/board/logout'] button").click();
        // out of the board, out of Keycloak without another question, and back at its login
        assertThat(page.locator("#username")).isVisible();

        Page next = context.newPage();
        next.navigate(hub.process.url() + "/");
        assertThat(next.locator("#username")).isVisible();
        assertThat(next.locator("body")).not().containsText("Veilige Buurten Team");
    }

    @Test
    void whom_keycloak_knows_and_no_team_does_stays_out() {
        Page page = enter(browser(), "niemand-demo");
        assertThat(page.locator("body")).containsText("Dit mag u niet");
    }

    @Test
    void a_partner_comes_in_at_its_door_with_a_token_of_its_own_client() throws Exception {
        String secret = keycloak.addPartner("corporatie-demo");
        HttpResponse<String> answer = keycloak.clientCredentials("corporatie-demo", secret);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        String token = Json.MAPPER.readTree(answer.body()).get("access_token").asText();

        JsonNode claims = Json.MAPPER.readTree(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]));
        assertThat(claims.path("client_id").asText()).isEqualTo("corporatie-demo");
        assertThat(claims.path("aud").asText()).isEqualTo("wijkhub");
        // a token that names a user is that user's, whatever client asked for it
        assertThat(claims.has("preferred_username")).isFalse();

        assertThat(hub.putAs(
                                token,
                                "/v1/partners/housing/eenheden/E-1",
                                "{\"postcode\":\"9990 AB\",\"huisnummer\":\"12\"}")
                        .statusCode())
                .isEqualTo(201);
        assertThat(hub.sendAs(token, "/v1/partners/housing/zaken", """
                        {"idExtern":"fake-zaak-1","zaaktype":{"soort":{"code":"SOC"},"detailSoort":{"code":"GEL"}},
                         "registratiedatum":"2026-11-20T09:00:00Z",
                         "eenheden":["https://corporatie.example/eenheden/E-1"]}""").statusCode())
                .isEqualTo(202);
    }

    @Test
    void the_example_of_a_partner_gets_no_token() throws Exception {
        assertThat(keycloak.clientCredentials("corporatie-voorbeeld", "").statusCode())
                .isEqualTo(401);
    }
}
