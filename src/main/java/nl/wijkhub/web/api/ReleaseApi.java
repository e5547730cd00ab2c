package nl.wijkhub.web.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.sharing.AgreementInForce;
import nl.wijkhub.sharing.Decision;
import nl.wijkhub.sharing.Release;
import nl.wijkhub.sharing.ReleaseStore;
import nl.wijkhub.sharing.SharingAgreement;
import nl.wijkhub.team.Role;
import nl.wijkhub.team.Teams;
import nl.wijkhub.web.http.Answers;
import nl.wijkhub.web.http.Caller;

/**
 * {@code GET /v1/releases/{id}/explanation}: to the privacy officer all of a decision, also of one that was recalled; to
 * its recipient what passed and on what ground, and nothing that tells whether there was more; anyone else 404.
 */
public final class ReleaseApi {
    private final ReleaseStore releases;
    private final AgreementInForce inForce;
    private final Teams teams;

    public ReleaseApi(ReleaseStore releases, AgreementInForce inForce, Teams teams) {
        this.releases = releases;
        this.inForce = inForce;
        this.teams = teams;
    }

    public void mount(Router router) {
        router.get("/v1/releases/:id/explanation").handler(ctx -> Answers.json(ctx, () -> explain(ctx)));
    }

    private String explain(RoutingContext ctx) {
        Caller caller = Caller.of(ctx.user());
        UUID id = Identifier.parse(ctx.pathParam("id")).orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
        Release release =
                releases.byIds(List.of(id)).stream().findFirst().orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
        Optional<String> recalled = releases.recalled(id);
        if (caller.is(Role.PRIVACY_OFFICER, teams)) {
            return full(release, recalled.orElse(null)).toString();
        }
        boolean isRecipient = caller.pairs(teams).contains(release.recipient());
        if (!isRecipient || recalled.isPresent() || !release.decision().releases()) {
            throw new Rejected(Problem.NOT_FOUND);
        }
        return copy(release).toString();
    }

    /** All of a decision, for the privacy officer. */
    public ObjectNode full(UUID id) {
        Release release =
                releases.byIds(List.of(id)).stream().findFirst().orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
        return full(release, releases.recalled(id).orElse(null));
    }

    private ObjectNode full(Release release, String recalled) {
        Decision decision = release.decision();
        SharingAgreement agreement = inForce.agreement();
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
        body.put("recalled", recalled);
        body.put(
                "textNl",
                (decision.releases()
                                ? "Gedeeld met " + release.recipient().clientId() + " als " + decision.disclosure()
                                        + ": " + String.join(", ", decision.fields())
                                : "Niet gedeeld met " + release.recipient().clientId()
                                        + agreement
                                                .holdNl(decision.heldBy())
                                                .map(nl -> "; het wacht: " + nl)
                                                .orElse(""))
                        + ". Regel " + decision.ruleId() + " van " + decision.policyVersion() + ". Grondslag: "
                        + agreement.groundNl(decision.ground()) + ". Doel: "
                        + (decision.purpose() == null ? "geen" : agreement.purposeNl(decision.purpose())) + "."
                        + (recalled == null ? "" : " Later ingetrokken: " + recalled + "."));
        return body;
    }

    /** The same shape whether or not there was more. */
    private ObjectNode copy(Release release) {
        Decision decision = release.decision();
        SharingAgreement agreement = inForce.agreement();
        ObjectNode body = Json.MAPPER.createObjectNode();
        body.put("releaseId", release.id().toString());
        body.put("disclosure", decision.disclosure().name());
        body.put("ground", decision.ground());
        texts(body.putArray("fields"), decision.fields());
        body.put("textNl", "U ontving dit op deze grondslag: " + agreement.groundNl(decision.ground()) + ".");
        return body;
    }

    private static void texts(ArrayNode array, List<String> values) {
        values.forEach(array::add);
    }
}
