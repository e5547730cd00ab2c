package nl.wijkhub.web;

import io.vertx.core.Vertx;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.auth.oauth2.OAuth2Auth;
import io.vertx.ext.auth.oauth2.OAuth2Options;
import io.vertx.ext.auth.oauth2.providers.OpenIDConnectAuth;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.Session;
import io.vertx.ext.web.handler.OAuth2AuthHandler;
import io.vertx.ext.web.handler.SessionHandler;
import io.vertx.ext.web.sstore.LocalSessionStore;
import java.time.Duration;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.team.Teams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Login to the board by OpenID Connect: authorization code with PKCE, a hardened session cookie. */
final class BoardLogin {
    private static final Logger LOG = LoggerFactory.getLogger(BoardLogin.class);
    private static final String CALLER = "caller";
    private static final Duration IDLE = Duration.ofMinutes(30);
    private static final long RETRY_MILLIS = 3_000;

    private final Vertx vertx;
    private final TokenAuthority tokens;
    private final Teams teams;
    private final SessionHandler sessions;
    private final OAuth2Options options;
    private final String publicUrl;
    private volatile OAuth2AuthHandler provider;

    BoardLogin(
            Vertx vertx,
            TokenAuthority tokens,
            Teams teams,
            String issuer,
            String clientId,
            String clientSecret,
            String publicUrl) {
        this.vertx = vertx;
        this.tokens = tokens;
        this.teams = teams;
        this.publicUrl = publicUrl;
        this.options = new OAuth2Options().setSite(issuer).setClientId(clientId).setClientSecret(clientSecret);
        this.sessions = SessionHandler.create(LocalSessionStore.create(vertx))
                .setSessionCookieName("wijkhub-session")
                .setCookieHttpOnlyFlag(true)
                .setCookieSecureFlag(publicUrl.startsWith("https:"))
                .setCookieSameSite(CookieSameSite.LAX)
                .setSessionTimeout(IDLE.toMillis())
                .setLazySession(true);
    }

    /** The session belongs to the board and to the API it reads; the login itself to the board alone. */
    void mount(Router router) {
        router.route("/board/*").handler(sessions);
        router.get("/v1/*").handler(ctx -> {
            if (ctx.request().getHeader("Authorization") == null
                    && ctx.request().getHeader("Cookie") != null) {
                sessions.handle(ctx);
            } else {
                ctx.next();
            }
        });
        router.get("/").handler(ctx -> redirect(ctx, "/board/"));
        connect(router);
        router.get("/board/*").handler(this::enter);
    }

    /** The identity server may start after us: until it answers, the board says so and tries on. */
    private void connect(Router router) {
        var callback = router.get("/board/callback");
        discover(callback);
    }

    private void discover(io.vertx.ext.web.Route callback) {
        OpenIDConnectAuth.discover(vertx, options).onComplete(found -> {
            if (found.failed()) {
                LOG.warn(
                        "event=login.waiting cause={}", found.cause().getClass().getSimpleName());
                vertx.setTimer(RETRY_MILLIS, t -> discover(callback));
                return;
            }
            OAuth2Auth auth = found.result();
            provider = OAuth2AuthHandler.create(vertx, auth, publicUrl + "/board/callback")
                    .setupCallback(callback)
                    .withScope("openid")
                    .pkceVerifierLength(64);
        });
    }

    private void enter(RoutingContext ctx) {
        if (callerOf(ctx) != null) {
            ctx.next();
        } else if (ctx.user() != null) {
            admit(ctx);
        } else if (provider == null) {
            Answers.problem(ctx, new nl.wijkhub.kernel.Unavailable("identity", null));
        } else {
            provider.handle(ctx);
        }
    }

    /** The identity server said who it is; whether that is somebody here, teams.yaml says. */
    private void admit(RoutingContext ctx) {
        String accessToken = ctx.user().principal().getString("access_token");
        Answers.later(ctx, () -> tokens.check(accessToken), claims -> {
            if (teams.member(claims.user()).isEmpty()) {
                ctx.session().destroy();
                Answers.problem(ctx, new Rejected(Problem.NOT_ALLOWED));
                return;
            }
            Session session = ctx.session();
            session.regenerateId();
            session.put(CALLER, new Caller(claims.clientId(), claims.user(), Answers.trace(ctx)));
            ctx.next();
        });
    }

    /** The user of this session, with the trace of this request; null when nobody is logged in. */
    static Caller callerOf(RoutingContext ctx) {
        Session session = ctx.session();
        Caller caller = session == null ? null : session.get(CALLER);
        return caller == null ? null : new Caller(caller.clientId(), caller.user(), Answers.trace(ctx));
    }

    private static void redirect(RoutingContext ctx, String to) {
        ctx.response().setStatusCode(302).putHeader("Location", to).end();
    }
}
