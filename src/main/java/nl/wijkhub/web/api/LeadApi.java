package nl.wijkhub.web.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Handler;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import java.util.UUID;
import nl.wijkhub.casework.AskedAttention;
import nl.wijkhub.casework.AskedAttention.Reason;
import nl.wijkhub.casework.AskedAttention.Standing;
import nl.wijkhub.casework.LeadTable;
import nl.wijkhub.casework.LeadTablePolicy.Figures;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.team.Teams;
import nl.wijkhub.web.http.Answers;
import nl.wijkhub.web.http.BodyReading;
import nl.wijkhub.web.http.Caller;
import nl.wijkhub.web.http.PathReading;
import nl.wijkhub.web.http.RequestBody;

/**
 * {@code GET /v1/teams/{id}/table}: how the seats of a team do, for its leads. {@code POST
 * /v1/teams/{id}/seats/{discipline}/{partner}/_ask {reason}} asks another seat for attention; {@code GET
 * /v1/teams/{id}/asked} is what the caller's own seat was asked, {@code POST …/asked/{asked}/_done} says that it is done.
 * To who has no seat in the team there is nothing; who has one and is no lead is refused.
 */
public final class LeadApi {
    private final LeadTable table;
    private final AskedAttention asked;
    private final Teams teams;

    public LeadApi(LeadTable table, AskedAttention asked, Teams teams) {
        this.table = table;
        this.asked = asked;
        this.teams = teams;
    }

    public void mount(Router router) {
        Handler<RoutingContext> body = RequestBody.upTo(BodyReading.LARGEST);
        router.get("/v1/teams/:id/table").handler(ctx -> Answers.json(ctx, () -> table(ctx)));
        router.get("/v1/teams/:id/asked").handler(ctx -> Answers.json(ctx, () -> asked(ctx)));
        router.post("/v1/teams/:id/asked/:asked/_done")
                .handler(body)
                .handler(ctx -> Answers.json(ctx, () -> done(ctx)));
        router.post("/v1/teams/:id/seats/:discipline/:partner/_ask")
                .handler(body)
                .handler(this::ask);
    }

    /** A person and its seat; to a system of the team nobody is told of how people work. */
    private record Viewer(String user, Recipient seat) {}

    private Viewer viewer(RoutingContext ctx) {
        Caller caller = Caller.of(ctx.user());
        Recipient seat = caller.in(teams, ctx.pathParam("id"));
        if (caller.user() == null) {
            throw new Rejected(Problem.NOT_ALLOWED);
        }
        return new Viewer(caller.user(), seat);
    }

    private String table(RoutingContext ctx) {
        Viewer viewer = viewer(ctx);
        LeadTable.Table seen = table.of(viewer.seat(), viewer.user());
        ObjectNode body = Json.MAPPER.createObjectNode();
        body.put("asOf", seen.asOf().toString());
        ArrayNode seats = body.putArray("seats");
        seen.seats().forEach(row -> seats.add(node(row)));
        if (seen.plans() != null) {
            body.putObject("plans")
                    .put("withoutCoordinator", seen.plans().withoutCoordinator())
                    .put("lateAgreements", seen.plans().lateAgreements())
                    .put("openHandovers", seen.plans().openHandovers());
        }
        return body.toString();
    }

    private static ObjectNode node(LeadTable.Row row) {
        Figures told = row.figures();
        return Json.MAPPER
                .createObjectNode()
                .put("discipline", row.seat().discipline().name())
                .put("partner", row.seat().partner())
                .put("live", row.isLive())
                .put("waiting", told.waiting())
                .put("late", told.late())
                .put("takenUp", told.takenUp())
                .put("unanswered", told.unanswered())
                .put("oldestWeeks", told.oldestWeeks())
                .put("silentWeeks", told.silentWeeks());
    }

    private void ask(RoutingContext ctx) {
        Answers.later(
                ctx,
                () -> {
                    Viewer viewer = viewer(ctx);
                    Recipient seat =
                            asked.seat(ctx.pathParam("id"), ctx.pathParam("discipline"), ctx.pathParam("partner"));
                    BodyReading in = new BodyReading(ctx, Set.of("reason"));
                    Reason reason = in.code("reason", Reason.class);
                    in.orReject();
                    return asked.ask(viewer.seat(), viewer.user(), seat, reason);
                },
                standing -> answer(ctx, standing));
    }

    private static void answer(RoutingContext ctx, Standing standing) {
        ctx.response()
                .setStatusCode(standing.isNew() ? 201 : 200)
                .putHeader("Content-Type", "application/json")
                .end(Json.MAPPER
                        .createObjectNode()
                        .put("id", standing.id().toString())
                        .toString());
    }

    private String asked(RoutingContext ctx) {
        Viewer viewer = viewer(ctx);
        ObjectNode body = Json.MAPPER.createObjectNode();
        ArrayNode items = body.putArray("items");
        asked.of(viewer.seat(), viewer.user()).forEach(one -> {
            ObjectNode item = items.addObject().put("id", one.id().toString()).put("reason", one.reason());
            item.putObject("by")
                    .put("discipline", one.by().discipline().name())
                    .put("partner", teams.organisationOf(one.by()));
            item.put("askedAt", one.askedAt().toString());
        });
        return body.toString();
    }

    private String done(RoutingContext ctx) {
        Viewer viewer = viewer(ctx);
        UUID id = PathReading.id(ctx, "asked");
        BodyReading.nothing(ctx);
        asked.done(id, viewer.seat(), viewer.user());
        return Json.MAPPER
                .createObjectNode()
                .put("id", id.toString())
                .put("state", "done")
                .toString();
    }
}
