package nl.wijkhub.web.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.signal.Partners;
import nl.wijkhub.team.Teams;

/**
 * Lets nobody past without a valid token; a board session will do for reading.
 * A token of nobody we know is refused with 403, before any handler looks at the request.
 */
public final class Access {
    private static final Set<String> OPEN = Set.of(
            "/v1/openapi.json",
            "/v1/openapi.yaml",
            "/v1/asyncapi",
            "/v1/schemas/case-signal",
            "/v1/schemas/police-report",
            "/fhir/metadata");

    private final TokenAuthority tokens;
    private final Partners partners;
    private final Teams teams;
    private final RequestRate rate;
    private final Function<RoutingContext, Caller> session;

    /** @param session who is logged in on the session of a request; null for nobody */
    public Access(
            TokenAuthority tokens,
            Partners partners,
            Teams teams,
            RequestRate rate,
            Function<RoutingContext, Caller> session) {
        this.tokens = tokens;
        this.partners = partners;
        this.teams = teams;
        this.rate = rate;
        this.session = session;
    }

    public void check(RoutingContext ctx) {
        if (OPEN.contains(ctx.request().path())) {
            ctx.next();
            return;
        }
        String header = ctx.request().getHeader("Authorization");
        if (header == null || !header.regionMatches(true, 0, "Bearer ", 0, 7)) {
            Caller loggedIn = ctx.request().method().equals(HttpMethod.GET) ? session.apply(ctx) : null;
            if (loggedIn == null) {
                Answers.problem(ctx, new Rejected(Problem.NOT_AUTHENTICATED));
            } else {
                ctx.setUser(loggedIn.asUser());
                ctx.next();
            }
            return;
        }
        String token = header.substring(7).strip();
        Optional<TokenAuthority.Claims> known = tokens.known(token);
        if (known.isPresent()) {
            enter(ctx, known.get());
            return;
        }
        // a look at the issuer's keys may block; the body waits meanwhile
        ctx.request().pause();
        ctx.vertx().executeBlocking(() -> tokens.check(token), false).onComplete(done -> {
            ctx.request().resume();
            if (done.failed()) {
                Answers.problem(ctx, done.cause());
            } else {
                enter(ctx, done.result());
            }
        });
    }

    private void enter(RoutingContext ctx, TokenAuthority.Claims claims) {
        try {
            ctx.setUser(caller(claims, ctx).asUser());
        } catch (Rejected refused) {
            Answers.problem(ctx, refused);
            return;
        }
        ctx.next();
    }

    /** A client's own token names no user, or the client again: some identity servers call it a service account. */
    private static boolean isClientItself(TokenAuthority.Claims claims) {
        return claims.clientId() != null
                && (claims.user() == null
                        || claims.user().equals(claims.clientId())
                        || claims.user().equals("service-account-" + claims.clientId()));
    }

    private Caller caller(TokenAuthority.Claims claims, RoutingContext ctx) {
        if (teams.member(claims.user()).isPresent()) {
            return new Caller(claims.clientId(), claims.user(), Answers.trace(ctx));
        }
        if (!isClientItself(claims)) {
            // somebody we do not know, behind whatever client: not that client
            throw new Rejected(Problem.NOT_ALLOWED);
        }
        var partner = partners.find(claims.clientId());
        if (partner.isEmpty() && teams.system(claims.clientId()).isEmpty()) {
            throw new Rejected(Problem.NOT_ALLOWED);
        }
        if (partner.isPresent() && !rate.allows(partner.get())) {
            throw new Rejected(Problem.TOO_MANY_REQUESTS);
        }
        return new Caller(claims.clientId(), null, Answers.trace(ctx));
    }
}
