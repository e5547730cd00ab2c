package nl.wijkhub.web.board;

import static java.nio.charset.StandardCharsets.UTF_8;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.vertx.core.Vertx;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.oauth2.OAuth2Auth;
import io.vertx.ext.auth.oauth2.OAuth2Options;
import io.vertx.ext.auth.oauth2.providers.OpenIDConnectAuth;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.Session;
import io.vertx.ext.web.handler.OAuth2AuthHandler;
import io.vertx.ext.web.handler.SessionHandler;
import io.vertx.ext.web.sstore.SessionStore;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.kernel.Unavailable;
import nl.wijkhub.team.Teams;
import nl.wijkhub.web.http.Answers;
import nl.wijkhub.web.http.Caller;
import nl.wijkhub.web.http.RequestBody;
import nl.wijkhub.web.http.TokenAuthority;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Login to the board by OpenID Connect: authorization code with PKCE, a hardened session cookie. */
public final class BoardLogin {
    private static final Logger LOG = LoggerFactory.getLogger(BoardLogin.class);
    private static final String COOKIE = "wijkhub-session";

    /** Sessions in memory: past it nobody new may begin to log in until older ones are over. */
    private static final int MOST_SESSIONS = 5_000;

    private static final String CLIENT = "client";
    private static final String USER = "user";
    private static final String SINCE = "since";
    private static final String ID_TOKEN = "id-token";
    private static final Duration IDLE = Duration.ofMinutes(30);

    /** However busy somebody is: after this the identity server is asked again. */
    private static final Duration LONGEST = Duration.ofHours(10);

    private static final long RETRY_MILLIS = 3_000;
    private static final String CSRF = "csrf";
    private static final long LARGEST_FORM = 64 * 1024;
    private static final SecureRandom RANDOM = new SecureRandom();
    private final TemplateEngine templates = TemplateEngine.createPrecompiled(ContentType.Html);

    private final Vertx vertx;
    private final TokenAuthority tokens;
    private final Teams teams;
    private final SessionStore store;
    private final SessionHandler sessions;
    private final OAuth2Options options;
    private final String publicUrl;
    private final Clock clock;
    private volatile OAuth2AuthHandler provider;
    private volatile OAuth2Auth identity;

    /** @param options the identity server, and as what client the board is known there */
    public BoardLogin(
            Vertx vertx,
            SessionStore store,
            TokenAuthority tokens,
            Teams teams,
            OAuth2Options options,
            String publicUrl,
            Clock clock) {
        this.vertx = vertx;
        this.tokens = tokens;
        this.teams = teams;
        this.publicUrl = publicUrl;
        this.store = store;
        this.options = options;
        this.clock = clock;
        this.sessions = SessionHandler.create(store)
                .setSessionCookieName(COOKIE)
                .setCookieHttpOnlyFlag(true)
                .setCookieSecureFlag(publicUrl.startsWith("https:"))
                .setCookieSameSite(CookieSameSite.LAX)
                .setSessionTimeout(IDLE.toMillis())
                .setLazySession(true);
    }

    /** The session belongs to the board and to the API it reads; the login itself to the board alone. */
    public void mount(Router router) {
        // of who is not logged in nothing is read but the head of the request
        router.post("/board/*").handler(this::requireSession);
        router.get("/board/*").handler(ctx -> {
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
        router.post("/board/*")
                .handler(sessions)
                .handler(this::requireLogin)
                .handler(RequestBody.upTo(LARGEST_FORM))
                .handler(this::checkForm);
        router.get("/").handler(ctx -> redirect(ctx, "/board/"));
        router.post("/board/logout").handler(this::logout);
        router.get("/board/*").handler(ctx -> {
            if (provider == null && callerOf(ctx) == null) {
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
            identity = auth;
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
        if (ctx.session().get(USER) != null) {
            // too long ago: as somebody who is not logged in
            ctx.session().destroy();
            redirect(ctx, ctx.request().uri());
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
            session.put(CLIENT, claims.clientId());
            session.put(USER, claims.user());
            session.put(SINCE, clock.millis());
            String idToken = ctx.user().principal().getString("id_token");
            if (idToken != null) {
                session.put(ID_TOKEN, idToken);
            }
            // nothing is put in a session later: of two requests at once one would undo what the other put
            session.put(CSRF, HexFormat.of().formatHex(random()));
            ctx.next();
        });
    }

    /** The user of this session, with the trace of this request; null when nobody is logged in. */
    public Caller callerOf(RoutingContext ctx) {
        Session session = ctx.session();
        Long since = session == null ? null : session.get(SINCE);
        return since == null || clock.millis() - since > LONGEST.toMillis() ? null : letIn(ctx);
    }

    /** Who was let in to the board with this request. */
    static Caller letIn(RoutingContext ctx) {
        Session session = ctx.session();
        return new Caller(session.get(CLIENT), session.get(USER), Answers.trace(ctx));
    }

    /** What a form on this session's pages has to send along. */
    static String csrfOf(RoutingContext ctx) {
        return ctx.session().get(CSRF);
    }

    private void requireSession(RoutingContext ctx) {
        if (ctx.request().getCookie(COOKIE) == null) {
            turnAway(ctx);
        } else {
            ctx.next();
        }
    }

    private void requireLogin(RoutingContext ctx) {
        if (callerOf(ctx) == null) {
            // a made-up cookie leaves no session behind
            ctx.session().destroy();
            turnAway(ctx);
        } else {
            ctx.next();
        }
    }

    /** Tells a browser where to log in; whatever else it has to send is not waited for. */
    private void turnAway(RoutingContext ctx) {
        Answers.lastOnItsConnection(ctx);
        leave(ctx, "/board/");
    }

    /** A form counts when it stood on a page of this session, whoever made the browser send it. */
    private void checkForm(RoutingContext ctx) {
        String known = ctx.session().get(CSRF);
        String sent = ctx.request().getFormAttribute(CSRF);
        if (known == null || sent == null || !MessageDigest.isEqual(known.getBytes(UTF_8), sent.getBytes(UTF_8))) {
            Answers.problem(ctx, new Rejected(Problem.NOT_ALLOWED));
        } else {
            ctx.next();
        }
    }

    /** Out of the board, and out of the identity server. */
    private void logout(RoutingContext ctx) {
        JsonObject asked = new JsonObject()
                .put("client_id", options.getClientId())
                .put("post_logout_redirect_uri", publicUrl + "/");
        // by it the identity server knows whose session ends, and asks no more
        String idToken = ctx.session().get(ID_TOKEN);
        if (idToken != null) {
            asked.put("id_token_hint", idToken);
        }
        String out = ctx.user() == null || identity == null ? null : identity.endSessionURL(ctx.user(), asked);
        ctx.session().destroy();
        leave(ctx, out == null ? "/" : out);
    }

    /** A form may not lead away from here by a redirect, so a page does. */
    private void leave(RoutingContext ctx, String to) {
        StringOutput html = new StringOutput();
        templates.render("logged-out.jte", Map.of("texts", Texts.of(ctx), "to", to), html);
        ctx.response().putHeader("Content-Type", "text/html; charset=utf-8").end(html.toString());
    }

    private static byte[] random() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    static void redirect(RoutingContext ctx, String to) {
        ctx.response().setStatusCode(303).putHeader("Location", to).end();
    }
}
