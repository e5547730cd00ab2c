package nl.wijkhub.web;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.User;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.kernel.Trace;

/**
 * Who is behind a request, as its access token says.
 *
 * @param clientId the client of the token: a partner, or a team's own system
 * @param user the user behind it; null for a system
 */
public record Caller(String clientId, String user, Trace trace) {

    /** As Vert.x carries it along a request. */
    User asUser() {
        JsonObject principal = new JsonObject()
                .put("client_id", clientId)
                .put("user", user)
                .put("trace_id", trace.traceId())
                .put("span_id", trace.spanId());
        return User.create(principal);
    }

    /** The caller of a request whose token was checked. */
    public static Caller of(Object vertxUser) {
        if (!(vertxUser instanceof User user) || !user.principal().containsKey("trace_id")) {
            throw new Rejected(Problem.NOT_AUTHENTICATED);
        }
        JsonObject principal = user.principal();
        return new Caller(
                principal.getString("client_id"),
                principal.getString("user"),
                new Trace(principal.getString("trace_id"), principal.getString("span_id")));
    }
}
