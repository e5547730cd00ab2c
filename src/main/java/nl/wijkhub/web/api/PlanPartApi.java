package nl.wijkhub.web.api;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import nl.wijkhub.casework.PlanChanges;
import nl.wijkhub.casework.PlanChanges.Change;
import nl.wijkhub.casework.PlanChanges.PartnerChange;
import nl.wijkhub.casework.PlanLook.Actor;
import nl.wijkhub.casework.PlanLook.Seen;
import nl.wijkhub.casework.PlanWork;
import nl.wijkhub.casework.PlanWork.PlanAction;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.team.Teams;
import nl.wijkhub.web.http.Answers;
import nl.wijkhub.web.http.BodyReading;
import nl.wijkhub.web.http.Caller;
import nl.wijkhub.web.http.PathReading;
import nl.wijkhub.web.http.PlanIds;
import nl.wijkhub.web.http.PlanReading;
import nl.wijkhub.web.http.Reading;
import nl.wijkhub.web.http.RequestBody;

/**
 * {@code POST /v1/plans/{id}/participants|goals|agreements|scores|weighings}, answered 201 with the id of the new part, and
 * what is done to a part later: {@code …/_leave}, {@code …/_reach|_drop}, {@code …/_done|_drop}, {@code …/positions} and
 * {@code …/_decide}, answered with the plan as the caller sees it now.
 */
public final class PlanPartApi {
    private static final Set<String> NOTHING = Set.of();
    private static final Set<String> REASON = Set.of("reason");

    private final Database database;
    private final PlanWork work;
    private final PlanReading reading;
    private final PlanChanges changes;
    private final Teams teams;
    private final PlanIds ids;

    public PlanPartApi(
            Database database, PlanWork work, PlanReading reading, PlanChanges changes, Teams teams, PlanIds ids) {
        this.database = database;
        this.work = work;
        this.reading = reading;
        this.changes = changes;
        this.teams = teams;
        this.ids = ids;
    }

    public void mount(Router router) {
        post(
                router,
                "/participants",
                ctx -> made(ctx, Set.of("discipline", "partner", "name", "contact", "loadLimit"), reading::joins));
        post(router, "/participants/:part/_leave", ctx -> done(ctx, NOTHING, in -> changes.leaves(part(ctx))));
        post(router, "/goals", ctx -> made(ctx, Set.of("lifeDomain", "text", "writtenBy"), reading::aims));
        post(router, "/goals/:part/_reach", ctx -> done(ctx, NOTHING, in -> changes.reaches(part(ctx))));
        post(router, "/goals/:part/_drop", ctx -> done(ctx, REASON, in -> reading.dropsGoal(in, part(ctx))));
        post(
                router,
                "/agreements",
                ctx -> made(ctx, Set.of("text", "owner", "goalId", "rung", "rungReason", "dueOn"), reading::agrees));
        post(router, "/agreements/:part/_done", ctx -> asPartner(ctx, NOTHING, in -> changes.finishes(part(ctx))));
        post(
                router,
                "/agreements/:part/_drop",
                ctx -> asPartner(ctx, REASON, in -> reading.dropsAgreement(in, part(ctx))));
        post(router, "/scores", ctx -> made(ctx, Set.of("moment", "scoredOn", "scores"), reading::scores));
        post(router, "/weighings", ctx -> made(ctx, Set.of("question"), reading::weighs));
        post(
                router,
                "/weighings/:part/positions",
                ctx -> asPartner(
                        ctx,
                        Set.of("position", "reason", "dissents"),
                        in -> reading.stands(
                                in, part(ctx), Caller.of(ctx.user()).user())));
        post(
                router,
                "/weighings/:part/_decide",
                ctx -> done(
                        ctx,
                        Set.of("decision", "reason"),
                        in -> reading.decides(
                                in, part(ctx), Caller.of(ctx.user()).user())));
    }

    private interface Door {
        String open(RoutingContext ctx);
    }

    private void post(Router router, String path, Door door) {
        router.post("/v1/plans/:id" + path)
                .handler(RequestBody.upTo(BodyReading.LARGEST))
                .handler(ctx -> Answers.json(ctx, () -> door.open(ctx)));
    }

    private static UUID part(RoutingContext ctx) {
        return PathReading.id(ctx, "part");
    }

    /** What was sent, read; null where nothing is to be sent. */
    private static BodyReading body(RoutingContext ctx, Set<String> known) {
        if (known.isEmpty()) {
            BodyReading.nothing(ctx);
            return null;
        }
        return new BodyReading(ctx, known);
    }

    private static PlanAction step(String kind, UUID part, BodyReading in, String version) {
        return new PlanAction(kind, part, in == null ? null : in.asSent(), version);
    }

    /** Something new: 201, its id, and the ETag of the plan as it is now. */
    private String made(RoutingContext ctx, Set<String> known, Function<Reading, Change> read) {
        Actor actor = Caller.person(ctx, teams);
        UUID id = ids.named(ctx);
        BodyReading in = body(ctx, known);
        Change change = read.apply(in);
        PlanAction step = step(change.kind(), change.part(), in, PlanApi.ifMatch(ctx));
        Seen seen = database.inTransaction(() -> work.change(id, actor, step, change.command()));
        ctx.response().setStatusCode(201).putHeader("Location", "/v1/plans/" + ctx.pathParam("id"));
        PlanApi.answer(ctx, seen);
        return Json.MAPPER
                .createObjectNode()
                .put("id", change.part().toString())
                .toString();
    }

    private String done(RoutingContext ctx, Set<String> known, Function<Reading, Change> read) {
        Actor actor = Caller.person(ctx, teams);
        UUID id = ids.named(ctx);
        BodyReading in = body(ctx, known);
        Change change = read.apply(in);
        PlanAction step = step(change.kind(), change.part(), in, PlanApi.ifMatch(ctx));
        return PlanApi.answer(ctx, database.inTransaction(() -> work.change(id, actor, step, change.command())));
    }

    private String asPartner(RoutingContext ctx, Set<String> known, Function<Reading, PartnerChange> read) {
        Actor actor = Caller.person(ctx, teams);
        UUID id = ids.named(ctx);
        BodyReading in = body(ctx, known);
        PartnerChange change = read.apply(in);
        PlanAction step = step(change.kind(), change.part(), in, null);
        return PlanApi.answer(
                ctx,
                database.inTransaction(
                                () -> work.changeAsPartner(id, actor, step, change.mayPartner(), change.command()))
                        .orElseThrow(() -> new Rejected(Problem.NOT_FOUND)));
    }
}
