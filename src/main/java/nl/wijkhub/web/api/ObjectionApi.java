package nl.wijkhub.web.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Handler;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import nl.wijkhub.casework.ObjectionWork;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.sharing.ObjectionStore;
import nl.wijkhub.signal.CaseSignal;
import nl.wijkhub.team.Teams;
import nl.wijkhub.web.http.Answers;
import nl.wijkhub.web.http.BodyReading;
import nl.wijkhub.web.http.Caller;
import nl.wijkhub.web.http.PathReading;
import nl.wijkhub.web.http.RequestBody;
import nl.wijkhub.web.http.SubjectReading;

/**
 * {@code POST /v1/citizens/_object {bsn | name, birthDate, reason}}, {@code GET /v1/objections} and
 * {@code POST /v1/objections/{id}/_decide {outcome, reason}}, for the privacy officer.
 */
public final class ObjectionApi {
    private final ObjectionWork objections;
    private final Teams teams;

    public ObjectionApi(ObjectionWork objections, Teams teams) {
        this.objections = objections;
        this.teams = teams;
    }

    public void mount(Router router) {
        Handler<RoutingContext> body = RequestBody.upTo(BodyReading.LARGEST);
        router.post("/v1/citizens/_object").handler(body).handler(ctx -> Answers.json(ctx, () -> raise(ctx)));
        router.get("/v1/objections").handler(ctx -> Answers.json(ctx, () -> list(ctx)));
        router.post("/v1/objections/:id/_decide").handler(body).handler(ctx -> Answers.json(ctx, () -> decide(ctx)));
    }

    private String raise(RoutingContext ctx) {
        Caller caller = Caller.privacyOfficer(ctx, teams);
        BodyReading in = new BodyReading(ctx, Set.of("bsn", "name", "birthDate", "reason"));
        CaseSignal.Person person = SubjectReading.person(in);
        String reason = in.reason();
        in.orReject();
        return shown(objections.raise(person, reason, caller.user(), caller.trace()))
                .toString();
    }

    private String list(RoutingContext ctx) {
        Caller caller = Caller.privacyOfficer(ctx, teams);
        ObjectNode body = Json.MAPPER.createObjectNode();
        ArrayNode items = body.putArray("items");
        objections.latest(caller.user(), caller.trace()).forEach(objection -> items.add(shown(objection)));
        return body.toString();
    }

    private static ObjectNode shown(ObjectionStore.Objection objection) {
        ObjectNode node = Json.MAPPER.createObjectNode();
        node.put("id", objection.id().toString());
        ArrayNode senders = node.putArray("senders");
        objection.senders().stream().map(Discipline::name).sorted().forEach(senders::add);
        node.put("reason", objection.reason());
        node.put("raisedAt", objection.raisedAt().toString());
        node.put("dueAt", objection.dueAt().toString());
        node.put(
                "state",
                objection.outcome() == null ? "open" : objection.outcome().toLowerCase(Locale.ROOT));
        return node;
    }

    private String decide(RoutingContext ctx) {
        Caller caller = Caller.privacyOfficer(ctx, teams);
        UUID id = PathReading.id(ctx, "id");
        BodyReading in = new BodyReading(ctx, Set.of("outcome", "reason"));
        String outcome = in.oneOf("outcome", Set.of("upheld", "rejected"));
        String reason = in.reason();
        in.orReject();
        int recalled = objections.decide(id, outcome.equals("upheld"), reason, caller.user(), caller.trace());
        return Json.MAPPER
                .createObjectNode()
                .put("outcome", outcome)
                .put("recalled", recalled)
                .toString();
    }
}
