package nl.wijkhub.web.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Handler;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import nl.wijkhub.casework.HandoverStore;
import nl.wijkhub.casework.HandoverStore.Handover;
import nl.wijkhub.casework.Handovers;
import nl.wijkhub.casework.PlanLook.Actor;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.team.Delivery;
import nl.wijkhub.team.TeamQueue;
import nl.wijkhub.team.Teams;
import nl.wijkhub.web.http.Answers;
import nl.wijkhub.web.http.BodyReading;
import nl.wijkhub.web.http.Caller;
import nl.wijkhub.web.http.PathReading;
import nl.wijkhub.web.http.PlanIds;
import nl.wijkhub.web.http.RequestBody;

/**
 * {@code POST /v1/plans/{id}/_handover {to, reason}}, {@code …/_withdraw {reason}} at the seat that has the plan,
 * {@code …/_accept} and {@code …/_refuse {reason}} at the seat that is asked; {@code GET /v1/teams/{id}/handovers}.
 */
public final class HandoverApi {
    private final Database database;
    private final Handovers handovers;
    private final HandoverStore store;
    private final TeamQueue queue;
    private final Teams teams;
    private final PlanIds ids;

    public HandoverApi(
            Database database, Handovers handovers, HandoverStore store, TeamQueue queue, Teams teams, PlanIds ids) {
        this.database = database;
        this.handovers = handovers;
        this.store = store;
        this.queue = queue;
        this.teams = teams;
        this.ids = ids;
    }

    public void mount(Router router) {
        Handler<RoutingContext> body = RequestBody.upTo(BodyReading.LARGEST);
        router.post("/v1/plans/:id/_handover").handler(body).handler(ctx -> Answers.json(ctx, () -> ask(ctx)));
        router.post("/v1/plans/:id/_withdraw").handler(body).handler(ctx -> Answers.json(ctx, () -> withdraw(ctx)));
        router.post("/v1/plans/:id/_accept").handler(body).handler(ctx -> Answers.json(ctx, () -> accept(ctx)));
        router.post("/v1/plans/:id/_refuse").handler(body).handler(ctx -> Answers.json(ctx, () -> refuse(ctx)));
        router.get("/v1/teams/:id/handovers").handler(ctx -> Answers.json(ctx, () -> ofTeam(ctx)));
    }

    private String ask(RoutingContext ctx) {
        Actor actor = Caller.person(ctx, teams);
        UUID id = ids.named(ctx);
        BodyReading in = new BodyReading(ctx, Set.of("to", "reason"));
        String to = in.text("to", 1);
        String reason = in.reason();
        in.orReject();
        return node(database.inTransaction(() -> handovers.ask(id, actor, to, reason)), PathReading.id(ctx, "id"))
                .toString();
    }

    private String withdraw(RoutingContext ctx) {
        Actor actor = Caller.person(ctx, teams);
        UUID id = ids.named(ctx);
        String reason = reason(ctx);
        database.inTransaction(() -> {
            handovers.withdraw(id, actor, reason);
            return null;
        });
        return state(ctx, "withdrawn");
    }

    private String accept(RoutingContext ctx) {
        Actor actor = Caller.person(ctx, teams);
        UUID id = ids.named(ctx);
        BodyReading.nothing(ctx);
        List<Delivery> outgoing = database.inTransaction(() -> handovers.accept(id, actor));
        queue.send(outgoing);
        return state(ctx, "accepted");
    }

    private String refuse(RoutingContext ctx) {
        Actor actor = Caller.person(ctx, teams);
        UUID id = ids.named(ctx);
        String reason = reason(ctx);
        database.inTransaction(() -> handovers.refuse(id, actor, reason));
        return state(ctx, "refused");
    }

    private static String state(RoutingContext ctx, String state) {
        return Json.MAPPER
                .createObjectNode()
                .put("planId", PathReading.id(ctx, "id").toString())
                .put("state", state)
                .toString();
    }

    private static String reason(RoutingContext ctx) {
        BodyReading in = new BodyReading(ctx, Set.of("reason"));
        String reason = in.reason();
        in.orReject();
        return reason;
    }

    private String ofTeam(RoutingContext ctx) {
        Recipient pair = Caller.of(ctx.user()).in(teams, ctx.pathParam("id"));
        if (pair.discipline() != Discipline.MUNICIPALITY) {
            throw new Rejected(Problem.NOT_FOUND);
        }
        ObjectNode body = Json.MAPPER.createObjectNode();
        ArrayNode items = body.putArray("items");
        List<Handover> open = store.ofTeam(pair.teamId());
        Map<UUID, UUID> known = ids.to(pair, open.stream().map(Handover::planId).toList());
        open.forEach(one -> items.add(node(one, known.get(one.planId()))));
        return body.toString();
    }

    private static ObjectNode node(Handover one, UUID plan) {
        return Json.MAPPER
                .createObjectNode()
                .put("id", one.id().toString())
                .put("planId", plan.toString())
                .put("from", one.fromTeam())
                .put("to", one.toTeam())
                .put("reason", one.reason())
                .put("state", "open")
                .put("askedAt", one.askedAt().toString())
                .put("dueAt", one.dueAt().toString())
                .put("reminded", one.remindedAt() != null);
    }
}
