package nl.wijkhub.web.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Handler;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.Set;
import java.util.UUID;
import nl.wijkhub.casework.QueueWork;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.plan.PlanPart.Coordinator;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.team.QueueItem;
import nl.wijkhub.team.QueueWorkStore;
import nl.wijkhub.team.Role;
import nl.wijkhub.team.Teams;
import nl.wijkhub.web.http.Answers;
import nl.wijkhub.web.http.BodyReading;
import nl.wijkhub.web.http.Caller;
import nl.wijkhub.web.http.PlanIds;
import nl.wijkhub.web.http.RequestBody;

/**
 * {@code GET /v1/queue-items/{id}}, {@code POST …/_take}, {@code …/_return {reason}} and {@code …/_consult}, for a member of
 * the item's pair; {@code GET /v1/teams/{id}/workload}, of the own discipline. Work is done by people: a system is refused.
 */
public final class QueueItemApi {

    private final Database database;
    private final QueueWork work;
    private final QueueWorkStore items;
    private final Teams teams;
    private final PlanIds ids;
    private final Clock clock;

    public QueueItemApi(
            Database database, QueueWork work, QueueWorkStore items, Teams teams, PlanIds ids, Clock clock) {
        this.database = database;
        this.work = work;
        this.items = items;
        this.teams = teams;
        this.ids = ids;
        this.clock = clock;
    }

    public void mount(Router router) {
        Handler<RoutingContext> body = RequestBody.upTo(BodyReading.LARGEST);
        router.get("/v1/queue-items/:id").handler(ctx -> Answers.json(ctx, () -> see(ctx)));
        router.post("/v1/queue-items/:id/_take").handler(body).handler(ctx -> Answers.json(ctx, () -> take(ctx)));
        router.post("/v1/queue-items/:id/_return").handler(body).handler(ctx -> Answers.json(ctx, () -> giveBack(ctx)));
        router.post("/v1/queue-items/:id/_consult").handler(body).handler(ctx -> Answers.json(ctx, () -> consult(ctx)));
        router.get("/v1/teams/:id/workload").handler(ctx -> Answers.json(ctx, () -> workload(ctx)));
    }

    private static UUID id(RoutingContext ctx) {
        return Identifier.parse(ctx.pathParam("id")).orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
    }

    private static Caller person(RoutingContext ctx) {
        Caller caller = Caller.of(ctx.user());
        if (caller.user() == null) {
            throw new Rejected(Problem.NOT_ALLOWED);
        }
        return caller;
    }

    private String see(RoutingContext ctx) {
        Caller caller = Caller.of(ctx.user());
        UUID id = id(ctx);
        return shown(database.inTransaction(() -> work.see(id, caller.pairs(teams), caller.who())));
    }

    private String take(RoutingContext ctx) {
        Caller caller = person(ctx);
        UUID id = id(ctx);
        BodyReading.nothing(ctx);
        return shown(database.inTransaction(() -> work.take(id, caller.pairs(teams), caller.user())));
    }

    private String giveBack(RoutingContext ctx) {
        Caller caller = person(ctx);
        UUID id = id(ctx);
        BodyReading in = new BodyReading(ctx, Set.of("reason"));
        String reason = in.reason();
        in.orReject();
        boolean isLead = caller.is(Role.TEAM_LEAD, teams);
        return shown(
                database.inTransaction(() -> work.giveBack(id, caller.pairs(teams), caller.user(), isLead, reason)));
    }

    private String consult(RoutingContext ctx) {
        Caller caller = person(ctx);
        UUID id = id(ctx);
        // who can coordinate no plan asks nothing, about whatever item
        if (teams.member(caller.user())
                .filter(member -> Coordinator.DISCIPLINES.contains(member.discipline()))
                .isEmpty()) {
            throw new Rejected(Problem.NOT_ALLOWED);
        }
        BodyReading.nothing(ctx);
        UUID asked = database.inTransaction(() -> work.consult(id, caller.pairs(teams), caller.user()));
        return Json.MAPPER
                .createObjectNode()
                .put("consultationId", asked.toString())
                .toString();
    }

    /**
     * An item as a list has it.
     *
     * @param plan the id by which its pair knows the plan; null for what is about an area
     */
    static ObjectNode json(QueueItem item, UUID plan) {
        return Json.MAPPER
                .createObjectNode()
                .put("id", item.id().toString())
                .put("signalId", item.signalId().toString())
                .put("planId", plan == null ? null : plan.toString())
                .put("state", item.state().code())
                .put("dueAt", item.dueAt().toString())
                .put("priority", item.priority().code());
    }

    private String shown(QueueWork.Seen seen) {
        QueueItem item = seen.item();
        ObjectNode body = json(item, ids.to(item.recipient(), item.planId()));
        body.put("takenBy", seen.takenBy());
        ArrayNode steps = body.putArray("steps");
        for (QueueWorkStore.QueueEvent step : seen.steps()) {
            steps.addObject()
                    .put("kind", step.kind())
                    .put("user", step.user())
                    .put("reason", step.reason())
                    .put("at", step.at().toString());
        }
        seen.heard().ifPresent(heard -> body.set("consultation", ConsultationJson.ofSeat(heard)));
        return body.toString();
    }

    private String workload(RoutingContext ctx) {
        Recipient pair = Caller.of(ctx.user()).in(teams, ctx.pathParam("id"));
        ObjectNode body = Json.MAPPER.createObjectNode();
        ObjectNode nobody = body.putObject("nobody");
        nobody.put("items", 0).put("overdue", 0);
        ArrayNode members = body.putArray("members");
        for (QueueWorkStore.Load load : items.workload(pair, clock.instant())) {
            ObjectNode node = load.user() == null ? nobody : members.addObject().put("user", load.user());
            node.put("items", load.items()).put("overdue", load.overdue());
        }
        return body.toString();
    }
}
