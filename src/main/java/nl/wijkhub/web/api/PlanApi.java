package nl.wijkhub.web.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Handler;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import nl.wijkhub.casework.PlanChanges;
import nl.wijkhub.casework.PlanChanges.Change;
import nl.wijkhub.casework.PlanLook;
import nl.wijkhub.casework.PlanLook.Actor;
import nl.wijkhub.casework.PlanLook.Seen;
import nl.wijkhub.casework.PlanTasks;
import nl.wijkhub.casework.PlanWork;
import nl.wijkhub.casework.PlanWork.PlanAction;
import nl.wijkhub.kernel.Coded;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Page;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.plan.Plan;
import nl.wijkhub.plan.PlanEvent;
import nl.wijkhub.plan.PlanLifeStore;
import nl.wijkhub.plan.PlanPart.Coordinator;
import nl.wijkhub.plan.PlanTaskStore.Tasks;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.team.Teams;
import nl.wijkhub.web.http.Answers;
import nl.wijkhub.web.http.BodyReading;
import nl.wijkhub.web.http.Caller;
import nl.wijkhub.web.http.PathReading;
import nl.wijkhub.web.http.PlanIds;
import nl.wijkhub.web.http.PlanReading;
import nl.wijkhub.web.http.QueryReading;
import nl.wijkhub.web.http.Reading;
import nl.wijkhub.web.http.RequestBody;

/**
 * {@code GET|PATCH /v1/plans/{id}}, its history, {@code …/_sleep|_wake|_close}, {@code GET /v1/teams/{id}/plans} and {@code …/tasks}: for the
 * seats that work on it; a partner that takes part reads its own tasks. A view has an ETag of its own: a change somewhere
 * the viewer may not look leaves it as it was. Work is done by people: a system reads at most.
 */
public final class PlanApi {
    private final Database database;
    private final PlanLook looks;
    private final PlanWork work;
    private final PlanReading reading;
    private final PlanChanges changes;
    private final PlanTasks tasks;
    private final Teams teams;
    private final PlanIds ids;

    public PlanApi(
            Database database,
            PlanLook looks,
            PlanWork work,
            PlanReading reading,
            PlanChanges changes,
            PlanTasks tasks,
            Teams teams,
            PlanIds ids) {
        this.database = database;
        this.looks = looks;
        this.work = work;
        this.reading = reading;
        this.changes = changes;
        this.tasks = tasks;
        this.teams = teams;
        this.ids = ids;
    }

    public void mount(Router router) {
        Handler<RoutingContext> body = RequestBody.upTo(BodyReading.LARGEST);
        router.get("/v1/plans/:id").handler(ctx -> Answers.json(ctx, () -> see(ctx)));
        router.get("/v1/plans/:id/history").handler(ctx -> Answers.json(ctx, () -> history(ctx)));
        router.get("/v1/teams/:id/plans").handler(ctx -> Answers.json(ctx, () -> ofTeam(ctx)));
        router.get("/v1/teams/:id/tasks").handler(ctx -> Answers.json(ctx, () -> tasks(ctx)));
        router.patch("/v1/plans/:id").handler(body).handler(ctx -> Answers.json(ctx, () -> patch(ctx)));
        router.post("/v1/plans/:id/_sleep")
                .handler(body)
                .handler(ctx -> Answers.json(ctx, () -> move(ctx, reading::sleeps)));
        router.post("/v1/plans/:id/_wake")
                .handler(body)
                .handler(ctx -> Answers.json(ctx, () -> move(ctx, reading::wakes)));
        router.post("/v1/plans/:id/_close").handler(body).handler(ctx -> Answers.json(ctx, () -> close(ctx)));
    }

    /** The answer to whoever sees a plan: the view, and its version as ETag. */
    static String answer(RoutingContext ctx, Seen seen) {
        ctx.response().putHeader("ETag", '"' + seen.version() + '"');
        return PlanJson.of(seen, PathReading.id(ctx, "id")).toString();
    }

    /** The version a change was decided on; null when none was sent. */
    static String ifMatch(RoutingContext ctx) {
        String sent = ctx.request().getHeader("If-Match");
        return sent == null || sent.strip().equals("*")
                ? null
                : sent.strip().replaceFirst("^W/", "").replace("\"", "");
    }

    private String see(RoutingContext ctx) {
        Actor actor = Caller.of(ctx.user()).actor(teams);
        UUID id = ids.named(ctx);
        return answer(
                ctx,
                database.inTransaction(() -> looks.see(id, actor)).orElseThrow(() -> new Rejected(Problem.NOT_FOUND)));
    }

    private String history(RoutingContext ctx) {
        Actor actor = Caller.person(ctx, teams);
        UUID id = ids.named(ctx);
        ObjectNode body = Json.MAPPER.createObjectNode();
        ArrayNode steps = body.putArray("items");
        for (PlanEvent event : database.inTransaction(() -> looks.history(id, actor))) {
            ObjectNode step = steps.addObject();
            step.put("id", event.id().toString());
            step.put("kind", event.kind());
            step.put("partId", event.partId() == null ? null : event.partId().toString());
            step.put("user", event.user());
            step.put("at", event.at().toString());
            step.put("life", event.epoch());
            if (event.detail() != null) {
                step.set("detail", Json.read(event.detail(), ObjectNode.class));
            }
        }
        return body.toString();
    }

    private String ofTeam(RoutingContext ctx) {
        Recipient pair = Caller.of(ctx.user()).in(teams, ctx.pathParam("id"));
        if (!Coordinator.DISCIPLINES.contains(pair.discipline())) {
            throw new Rejected(Problem.NOT_FOUND);
        }
        QueryReading in = new QueryReading(ctx);
        Plan.PlanState state = in.oneOf("state", List.of(Plan.PlanState.values()), Coded::code);
        int size = in.pageSize();
        UUID after = after(in, ctx);
        in.orReject();
        Page<PlanLifeStore.Listed> page = looks.ofSeat(pair, state, after, size);
        Map<UUID, UUID> known =
                ids.to(pair, page.items().stream().map(PlanLifeStore.Listed::id).toList());
        ObjectNode body = Json.MAPPER.createObjectNode();
        ArrayNode items = body.putArray("items");
        page.items().forEach(plan -> items.addObject()
                .put("id", known.get(plan.id()).toString())
                .put("state", plan.state().code())
                .put("openedAt", plan.openedAt().toString())
                .put("coordinator", plan.coordinator()));
        if (page.next() != null) {
            body.put("next", known.get(page.next()).toString());
        }
        return body.toString();
    }

    private String tasks(RoutingContext ctx) {
        Recipient pair = Caller.of(ctx.user()).in(teams, ctx.pathParam("id"));
        List<Tasks> open = tasks.of(pair);
        Map<UUID, UUID> known = ids.to(pair, open.stream().map(Tasks::planId).toList());
        ObjectNode body = Json.MAPPER.createObjectNode();
        ArrayNode items = body.putArray("items");
        open.forEach(one -> items.addObject()
                .put("planId", known.get(one.planId()).toString())
                .put("from", one.from().name())
                .put("agreements", one.open())
                .put("late", one.late())
                .put("weighings", one.weighings()));
        return body.toString();
    }

    /** The plan with which the page before ended; null for the first page. */
    private UUID after(QueryReading in, RoutingContext ctx) {
        UUID sent = in.after();
        return sent == null ? null : ids.plan(sent, Caller.of(ctx.user())).orElse(sent);
    }

    private String patch(RoutingContext ctx) {
        Actor actor = Caller.person(ctx, teams);
        UUID id = ids.named(ctx);
        BodyReading in = BodyReading.patch(ctx, Set.of("coordinator", "agreedOn", "strengths"));
        List<Change> all = new ArrayList<>();
        if (in.has("coordinator")) {
            all.add(reading.coordinatedBy(in));
        }
        if (in.has("agreedOn")) {
            all.add(changes.householdAgreed(in.isNull("agreedOn") ? null : in.date("agreedOn")));
        }
        if (in.has("strengths")) {
            all.add(changes.strong(in.isNull("strengths") ? List.of() : in.texts("strengths")));
        }
        if (ctx.request().getHeader("If-Match") == null) {
            in.fault("", "if-match-missing");
        }
        in.orReject();
        Change change = PlanChanges.together(all);
        PlanAction step = new PlanAction(change.kind(), null, in.asSent(), ifMatch(ctx));
        return answer(ctx, database.inTransaction(() -> work.change(id, actor, step, change.command())));
    }

    private String move(RoutingContext ctx, Function<Reading, Change> read) {
        Actor actor = Caller.person(ctx, teams);
        UUID id = ids.named(ctx);
        BodyReading in = new BodyReading(ctx, Set.of("reason"));
        Change change = read.apply(in);
        PlanAction step = new PlanAction(change.kind(), null, in.asSent(), ifMatch(ctx));
        return answer(ctx, database.inTransaction(() -> work.change(id, actor, step, change.command())));
    }

    private String close(RoutingContext ctx) {
        Actor actor = Caller.person(ctx, teams);
        UUID id = ids.named(ctx);
        BodyReading in = new BodyReading(ctx, Set.of("outcome", "reason"));
        Plan.Outcome outcome = reading.outcome(in);
        PlanAction step = new PlanAction("closed", null, in.asSent(), ifMatch(ctx));
        return answer(ctx, database.inTransaction(() -> work.close(id, actor, step, outcome)));
    }
}
