package nl.wijkhub.web.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Handler;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import java.util.UUID;
import nl.wijkhub.casework.AgendaWork;
import nl.wijkhub.casework.PlanLook.Actor;
import nl.wijkhub.kernel.Coded;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.plan.AgendaItem;
import nl.wijkhub.plan.AgendaState;
import nl.wijkhub.team.Teams;
import nl.wijkhub.web.http.Answers;
import nl.wijkhub.web.http.BodyReading;
import nl.wijkhub.web.http.Caller;
import nl.wijkhub.web.http.PathReading;
import nl.wijkhub.web.http.RequestBody;

/**
 * {@code GET /v1/neighbourhoods/{code}/agenda} for a member of a team that is drawn for the area, as the pair may see
 * it; {@code POST …/agenda/{id}/_status {status, reason}}, {@code …/_link {to, reason}} and {@code …/_unlink {reason}}
 * for a MUNICIPALITY member of it. The code is of a buurt, wijk or gemeente.
 */
public final class NeighbourhoodApi {
    private static final Set<AgendaState> WITH_REASON = Set.of(AgendaState.DONE, AgendaState.DECLINED);

    private final AgendaWork agenda;
    private final Teams teams;

    public NeighbourhoodApi(AgendaWork agenda, Teams teams) {
        this.agenda = agenda;
        this.teams = teams;
    }

    public void mount(Router router) {
        Handler<RoutingContext> body = RequestBody.upTo(BodyReading.LARGEST);
        String item = "/v1/neighbourhoods/:code/agenda/:id/";
        router.get("/v1/neighbourhoods/:code/agenda").handler(ctx -> Answers.json(ctx, () -> agenda(ctx)));
        router.post(item + "_status").handler(body).handler(ctx -> Answers.json(ctx, () -> move(ctx)));
        router.post(item + "_link").handler(body).handler(ctx -> Answers.json(ctx, () -> link(ctx)));
        router.post(item + "_unlink").handler(body).handler(ctx -> Answers.json(ctx, () -> unlink(ctx)));
    }

    private String agenda(RoutingContext ctx) {
        AgendaWork.AgendaView seen = agenda.see(Caller.of(ctx.user()).worker(teams), ctx.pathParam("code"));
        ObjectNode body = Json.MAPPER.createObjectNode();
        body.put("code", seen.code());
        ArrayNode items = body.putArray("items");
        seen.items().forEach(item -> items.add(AgendaAnswer.of(item, seen.isOfSeat())));
        return body.toString();
    }

    /** Who takes a step: refused before anything of the body is read. */
    private Actor worker(RoutingContext ctx) {
        Actor worker = Caller.of(ctx.user()).worker(teams);
        agenda.mayWork(worker, ctx.pathParam("code"));
        return worker;
    }

    private String move(RoutingContext ctx) {
        Actor worker = worker(ctx);
        UUID id = PathReading.id(ctx, "id");
        BodyReading in = new BodyReading(ctx, Set.of("status", "reason"));
        String status = in.oneOf("status", Set.of("on-agenda", "picked-up", "done", "declined"));
        AgendaState to = Coded.of(AgendaState.class, status).orElse(AgendaState.RAISED);
        String reason = WITH_REASON.contains(to) ? in.reason() : in.optionalText("reason");
        in.orReject();
        return shown(agenda.move(worker, ctx.pathParam("code"), id, to, reason));
    }

    private String link(RoutingContext ctx) {
        Actor worker = worker(ctx);
        UUID id = PathReading.id(ctx, "id");
        BodyReading in = new BodyReading(ctx, Set.of("to", "reason"));
        String to = in.text("to", 1);
        String reason = in.reason();
        in.orReject();
        // what is no id is nobody's item
        UUID other = Identifier.parse(to).orElse(id);
        return shown(agenda.link(worker, ctx.pathParam("code"), id, other, reason));
    }

    private String unlink(RoutingContext ctx) {
        Actor worker = worker(ctx);
        UUID id = PathReading.id(ctx, "id");
        BodyReading in = new BodyReading(ctx, Set.of("reason"));
        String reason = in.reason();
        in.orReject();
        return shown(agenda.unlink(worker, ctx.pathParam("code"), id, reason));
    }

    /** The item as it is after a step. */
    private static String shown(AgendaItem item) {
        return AgendaAnswer.of(item, true).toString();
    }
}
