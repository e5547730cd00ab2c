package nl.wijkhub.web.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.UUID;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.sharing.Decision;
import nl.wijkhub.sharing.Explanation;
import nl.wijkhub.sharing.Explanations;
import nl.wijkhub.sharing.Release;
import nl.wijkhub.team.Role;
import nl.wijkhub.team.Teams;
import nl.wijkhub.web.http.Answers;
import nl.wijkhub.web.http.Caller;
import nl.wijkhub.web.http.PathReading;

/**
 * {@code GET /v1/releases/{id}/explanation}: to the privacy officer all of a decision, also of one that was recalled; to
 * its recipient what passed and on what ground, and nothing that tells whether there was more; anyone else 404.
 */
public final class ReleaseApi {
    private final Explanations explanations;
    private final Teams teams;

    public ReleaseApi(Explanations explanations, Teams teams) {
        this.explanations = explanations;
        this.teams = teams;
    }

    public void mount(Router router) {
        router.get("/v1/releases/:id/explanation").handler(ctx -> Answers.json(ctx, () -> explain(ctx)));
    }

    private String explain(RoutingContext ctx) {
        Caller caller = Caller.of(ctx.user());
        UUID id = PathReading.id(ctx, "id");
        return (caller.is(Role.PRIVACY_OFFICER, teams)
                        ? explanations.whole(id).map(ReleaseApi::shown)
                        : explanations.received(id, caller.pairs(teams)).map(ReleaseApi::shown))
                .orElseThrow(() -> new Rejected(Problem.NOT_FOUND))
                .toString();
    }

    private static ObjectNode shown(Explanation explanation) {
        Release release = explanation.release();
        Decision decision = release.decision();
        ObjectNode body = Json.MAPPER.createObjectNode();
        body.put("releaseId", release.id().toString());
        body.put(
                "signalId",
                release.signalId() == null ? null : release.signalId().toString());
        body.put("recipient", release.recipient().clientId());
        body.put("recipientKind", release.recipient().kind().code());
        body.put("decidedAt", release.decidedAt().toString());
        body.put("ruleId", decision.ruleId());
        body.put("ground", decision.ground());
        body.put("purpose", decision.purpose());
        body.put("article", decision.article());
        body.put("externalDecision", decision.externalDecision());
        body.put("policyVersion", decision.policyVersion());
        body.put("disclosure", decision.disclosure().name());
        texts(body.putArray("fields"), decision.fields());
        texts(body.putArray("removedFields"), decision.removedFields());
        texts(body.putArray("obligations"), decision.obligations());
        texts(body.putArray("reasons"), decision.reasons());
        body.put("heldBy", decision.heldBy());
        body.put("recalled", explanation.recalled());
        body.put("textNl", explanation.textNl());
        return body;
    }

    private static ObjectNode shown(Explanation.Received received) {
        ObjectNode body = Json.MAPPER.createObjectNode();
        body.put("releaseId", received.releaseId().toString());
        body.put("disclosure", received.disclosure().name());
        body.put("ground", received.ground());
        texts(body.putArray("fields"), received.fields());
        body.put("textNl", received.textNl());
        return body;
    }

    private static void texts(ArrayNode array, List<String> values) {
        values.forEach(array::add);
    }
}
