package nl.wijkhub.web;

import io.vertx.core.Vertx;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.auth.oauth2.OAuth2Auth;
import io.vertx.ext.auth.oauth2.OAuth2Options;
import io.vertx.ext.auth.oauth2.providers.OpenIDConnectAuth;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.Session;
import io.vertx.ext.web.handler.OAuth2AuthHandler;
import io.vertx.ext.web.handler.SessionHandler;
import io.vertx.ext.web.sstore.LocalSessionStore;
import java.time.Duration;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.kernel.Unavailable;
import nl.wijkhub.team.Teams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Login to the board by OpenID Connect: authorization code with PKCE, a hardened session cookie. */
final class BoardLogin {
    private static final Logger LOG = LoggerFactory.getLogger(BoardLogin.class);
    private static final String COOKIE = "wijkhub-session";

    /** Sessions in memory: past it nobody new may begin to log in until older ones are over. */
    private static final int MOST_SESSIONS = 5_000;

    private static final String CALLER = "caller";
    private static final Duration IDLE = Duration.ofMinutes(30);
    private static final long RETRY_MILLIS = 3_000;

    private final Vertx vertx;
    private final TokenAuthority tokens;
    private final Teams teams;
    private final LocalSessionStore store;
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
        this.store = LocalSessionStore.create(vertx);
        this.options = new OAuth2Options().setSite(issuer).setClientId(clientId).setClientSecret(clientSecret);
        this.sessions = SessionHandler.create(store)
                .setSessionCookieName(COOKIE)
                .setCookieHttpOnlyFlag(true)
                .setCookieSecureFlag(publicUrl.startsWith("https:"))
                .setCookieSameSite(CookieSameSite.LAX)
                .setSessionTimeout(IDLE.toMillis())
                .setLazySession(true);
    }

    /** The session belongs to the board and to the API it reads; the login itself to the board alone. */
    void mount(Router router) {
        router.route("/board/*").handler(ctx -> {
            boolean known = ctx.request().getCookie(COOKIE) != null;
            store.size().onComplete(size -> {
                if (!known && size.succeeded() && size.result() > MOST_SESSIONS) {
                    Answers.problem(ctx, new Rejected(Problem.TOO_MANY_REQUESTS));
                } else {
                    sessions.handle(ctx);
                }
            });
        });
        router.get("/v1/*").handler(ctx -> {
            if (ctx.request().getHeader("Authorization") == null
                    && ctx.request().getHeader("Cookie") != null) {
                sessions.handle(ctx);
            } else {
                ctx.next();
            }
        });
        router.get("/").handler(ctx -> redirect(ctx, "/board/"));
        router.get("/board/*").handler(ctx -> {
            if (provider == null) {
                Answers.problem(ctx, new Unavailable("identity", null));
            } else {
                ctx.next();
            }
        });
        // both keep their places in the chain and are filled in once the identity server answered
        Route callback = router.get("/board/callback");
        Route guarded = router.get("/board/*");
        discover(callback, guarded);
        router.get("/board/*").handler(this::admit);
    }

    /** The identity server may start after us: until it answers, the board says so and tries on. */
    private void discover(Route callback, Route guarded) {
        OpenIDConnectAuth.discover(vertx, options).onComplete(found -> {
            if (found.failed()) {
                LOG.warn(
                        "event=login.waiting cause={}", found.cause().getClass().getSimpleName());
                vertx.setTimer(RETRY_MILLIS, t -> discover(callback, guarded));
                return;
            }
            OAuth2Auth auth = found.result();
            provider = OAuth2AuthHandler.create(vertx, auth, publicUrl + "/board/callback")
                    .setupCallback(callback)
                    .withScope("openid")
                    .pkceVerifierLength(64);
            guarded.handler(provider);
        });
    }

    /** The identity server said who it is; whether that is somebody here, teams.yaml says. */
    private void admit(RoutingContext ctx) {
        if (callerOf(ctx) != null) {
            ctx.next();
            return;
        }
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
