package nl.wijkhub.web;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.UnaryOperator;
import nl.wijkhub.kernel.DatabaseStore;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.plan.Plan;
import nl.wijkhub.plan.PlanPart.Agreement;
import nl.wijkhub.plan.PlanPart.Goal;
import nl.wijkhub.plan.PlanPart.Moment;
import nl.wijkhub.plan.PlanPart.Owner;
import nl.wijkhub.plan.PlanPart.Participant;
import nl.wijkhub.plan.PlanPart.Position;
import nl.wijkhub.plan.PlanPart.Rung;
import nl.wijkhub.plan.PlanPart.Score;
import nl.wijkhub.plan.PlanPart.Side;
import nl.wijkhub.plan.PlanPart.Weighing;
import nl.wijkhub.plan.PlanPart.Writer;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.signal.Vocabulary;
import nl.wijkhub.team.PlanWork;
import nl.wijkhub.team.PlanWork.Actor;
import nl.wijkhub.team.PlanWork.Seen;
import nl.wijkhub.team.PlanWork.Step;
import nl.wijkhub.team.Teams;

/**
 * {@code POST /v1/plans/{id}/participants|goals|agreements|scores|weighings}, answered 201 with the id of the new part, and
 * what is done to a part later: {@code …/_leave}, {@code …/_reach|_drop}, {@code …/_done|_drop}, {@code …/positions} and
 * {@code …/_decide}, answered with the plan as the caller sees it now.
 */
public final class PlanPartApi {
    /** The municipality has the coordinator's seat. */
    private static final Set<String> DISCIPLINES = Set.of("HOUSING", "POLICE", "WELFARE", "CARE", "COMMUNITY_WORK");

    private static final int SHORTEST_TEXT = 3;
    private static final int HEAVIEST_LOAD = 10;
    private static final int LEAST_SCORE = 1;
    private static final int MOST_SCORE = 5;

    private final DatabaseStore database;
    private final PlanWork work;
    private final Vocabulary vocabulary;
    private final Teams teams;

    public PlanPartApi(DatabaseStore database, PlanWork work, Vocabulary vocabulary, Teams teams) {
        this.database = database;
        this.work = work;
        this.vocabulary = vocabulary;
        this.teams = teams;
    }

    void mount(Router router) {
        post(router, "/participants", this::join);
        post(router, "/participants/:part/_leave", this::leave);
        post(router, "/goals", this::aim);
        post(router, "/goals/:part/_reach", ctx -> endGoal(ctx, Goal.State.REACHED));
        post(router, "/goals/:part/_drop", ctx -> endGoal(ctx, Goal.State.DROPPED));
        post(router, "/agreements", this::agree);
        post(router, "/agreements/:part/_done", ctx -> endAgreement(ctx, Agreement.State.DONE));
        post(router, "/agreements/:part/_drop", ctx -> endAgreement(ctx, Agreement.State.DROPPED));
        post(router, "/scores", this::score);
        post(router, "/weighings", this::weigh);
        post(router, "/weighings/:part/positions", this::position);
        post(router, "/weighings/:part/_decide", this::decide);
    }

    private interface Door {
        String open(RoutingContext ctx);
    }

    private void post(Router router, String path, Door door) {
        router.post("/v1/plans/:id" + path)
                .handler(BodyHandler.create(false).setBodyLimit(BodyReading.LARGEST))
                .handler(ctx -> Answers.json(ctx, () -> door.open(ctx)));
    }

    private String join(RoutingContext ctx) {
        BodyReading in = new BodyReading(ctx, Set.of("discipline", "name", "contact", "loadLimit"));
        boolean isPartner = in.has("discipline");
        Discipline discipline =
                isPartner ? Discipline.of(in.oneOf("discipline", DISCIPLINES)).orElse(null) : null;
        String name = isPartner ? null : in.text("name", 1);
        String contact = isPartner ? null : in.optionalText("contact");
        Integer limit = isPartner ? null : Integer.valueOf(in.number("loadLimit", 1, HEAVIEST_LOAD));
        if (isPartner && (in.has("name") || in.has("contact") || in.has("loadLimit"))) {
            in.fault(
                    "",
                    "two-kinds",
                    "Een partner doet mee als discipline, een informele helper met naam en draagkracht.");
        }
        in.orReject();
        UUID id = Identifier.next();
        return made(ctx, in, "participant-joined", id, plan -> {
            Recipient pair = isPartner ? new Recipient(plan.teamId(), discipline) : null;
            if (isPartner && !teams.ofTeam(plan.teamId()).contains(pair)) {
                throw Rejected.of(
                        Problem.INVALID_INPUT,
                        "/discipline",
                        "not-in-team",
                        "Deze discipline heeft geen plaats in het team dat het plan heeft.");
            }
            return plan.joinedBy(new Participant(id, pair, name, contact, limit, work.now(), null));
        });
    }

    private String leave(RoutingContext ctx) {
        UUID part = PlanApi.id(ctx, "part");
        BodyReading.nothing(ctx);
        return done(ctx, "participant-left", part, null, plan -> plan.leftBy(part, work.now()));
    }

    private String aim(RoutingContext ctx) {
        BodyReading in = new BodyReading(ctx, Set.of("lifeDomain", "text", "writtenBy"));
        String domain = in.oneOf("lifeDomain", vocabulary.lifeDomains());
        String text = in.text("text", SHORTEST_TEXT);
        Writer writer = in.code("writtenBy", Writer.class);
        in.orReject();
        Goal goal = new Goal(Identifier.next(), domain, text, writer, Goal.State.OPEN, null, work.now(), null);
        return made(ctx, in, "goal-set", goal.id(), plan -> plan.aimedAt(goal));
    }

    private String endGoal(RoutingContext ctx, Goal.State how) {
        UUID part = PlanApi.id(ctx, "part");
        String reason = how == Goal.State.DROPPED ? reason(ctx) : none(ctx);
        String kind = how == Goal.State.DROPPED ? "goal-dropped" : "goal-reached";
        return done(ctx, kind, part, reason, plan -> plan.endsGoal(part, how, reason, work.now()));
    }

    private String agree(RoutingContext ctx) {
        BodyReading in = new BodyReading(ctx, Set.of("text", "owner", "goalId", "rung", "rungReason", "dueOn"));
        String text = in.text("text", SHORTEST_TEXT);
        String owner = in.text("owner", 1);
        Owner kind = owner.equals("coordinator")
                ? Owner.COORDINATOR
                : owner.equals("household") ? Owner.HOUSEHOLD : Owner.PARTICIPANT;
        UUID participant = kind == Owner.PARTICIPANT && !owner.isEmpty() ? participant(in) : null;
        UUID goal = in.has("goalId") && !in.isNull("goalId") ? in.id("goalId") : null;
        Rung rung = in.code("rung", Rung.class);
        String why = in.optionalText("rungReason");
        LocalDate dueOn = in.date("dueOn");
        in.orReject();
        Agreement agreement = new Agreement(
                Identifier.next(),
                goal,
                text,
                kind,
                participant,
                rung,
                why,
                dueOn,
                Agreement.State.OPEN,
                null,
                work.now(),
                null);
        return made(ctx, in, "agreement-made", agreement.id(), plan -> plan.agrees(agreement, work.today()));
    }

    private static UUID participant(BodyReading in) {
        UUID id = Identifier.parse(in.text("owner", 1)).orElse(null);
        if (id == null) {
            in.fault("/owner", "not-in-list", "Een eigenaar is coordinator, household of het id van een deelnemer.");
        }
        return id;
    }

    private String endAgreement(RoutingContext ctx, Agreement.State how) {
        Actor actor = PlanApi.person(ctx, teams);
        UUID id = PlanApi.id(ctx, "id");
        UUID part = PlanApi.id(ctx, "part");
        String reason = how == Agreement.State.DROPPED ? reason(ctx) : none(ctx);
        Step step = new Step(
                how == Agreement.State.DROPPED ? "agreement-dropped" : "agreement-done", part, said(reason), null);
        return PlanApi.answer(
                ctx,
                database.inTransaction(() -> work.changeAsPartner(
                                id,
                                actor,
                                step,
                                (plan, self) -> plan.agreements().stream()
                                        .anyMatch(a ->
                                                a.id().equals(part) && self.id().equals(a.participantId())),
                                (plan, by) -> plan.endsAgreement(part, how, reason, work.now())))
                        .orElseThrow(() -> new Rejected(Problem.NOT_FOUND)));
    }

    private String score(RoutingContext ctx) {
        BodyReading in = new BodyReading(ctx, Set.of("moment", "scoredOn", "scores"));
        Moment moment = in.code("moment", Moment.class);
        LocalDate on = in.date("scoredOn");
        BodyReading scores = in.within("scores", vocabulary.lifeDomains());
        Map<String, Integer> values = new TreeMap<>();
        for (String domain : scores.names()) {
            if (vocabulary.lifeDomains().contains(domain)) {
                values.put(domain, scores.number(domain, LEAST_SCORE, MOST_SCORE));
            }
        }
        if (values.isEmpty()) {
            in.fault("/scores", "missing", "Geef ten minste één leefgebied een score van 1 tot 5.");
        }
        in.orReject();
        UUID id = Identifier.next();
        Instant now = work.now();
        return made(
                ctx,
                in,
                "scored",
                id,
                plan -> plan.scored(new Score(id, plan.epoch(), moment, on, values, now), work.today()));
    }

    private String weigh(RoutingContext ctx) {
        BodyReading in = new BodyReading(ctx, Set.of("question"));
        String question = in.text("question", PlanApi.SHORTEST_REASON);
        in.orReject();
        Weighing weighing = new Weighing(Identifier.next(), question, work.now(), null, null, null, null, List.of());
        return made(ctx, in, "weighing-opened", weighing.id(), plan -> plan.weighs(weighing));
    }

    private String position(RoutingContext ctx) {
        Actor actor = PlanApi.person(ctx, teams);
        UUID id = PlanApi.id(ctx, "id");
        UUID part = PlanApi.id(ctx, "part");
        BodyReading in = new BodyReading(ctx, Set.of("position", "reason", "dissents"));
        Side side = in.code("position", Side.class);
        String reason = in.text("reason", PlanApi.SHORTEST_REASON);
        boolean dissents = in.flag("dissents");
        in.orReject();
        Step step = new Step("position-given", part, in.asSent(), null);
        return PlanApi.answer(
                ctx,
                database.inTransaction(() -> work.changeAsPartner(
                                id,
                                actor,
                                step,
                                (plan, self) -> true,
                                (plan, by) -> plan.positioned(
                                        part, new Position(by, side, reason, dissents, actor.user(), work.now()))))
                        .orElseThrow(() -> new Rejected(Problem.NOT_FOUND)));
    }

    private String decide(RoutingContext ctx) {
        UUID part = PlanApi.id(ctx, "part");
        BodyReading in = new BodyReading(ctx, Set.of("decision", "reason"));
        Side side = in.code("decision", Side.class);
        String reason = in.text("reason", PlanApi.SHORTEST_REASON);
        in.orReject();
        Actor actor = PlanApi.person(ctx, teams);
        UUID id = PlanApi.id(ctx, "id");
        Step step = new Step("weighing-decided", part, in.asSent(), PlanApi.ifMatch(ctx));
        return PlanApi.answer(
                ctx,
                database.inTransaction(() -> work.change(
                        id, actor, step, plan -> plan.decided(part, side, reason, actor.user(), work.now()))));
    }

    private static String reason(RoutingContext ctx) {
        BodyReading in = new BodyReading(ctx, Set.of("reason"));
        String reason = in.text("reason", PlanApi.SHORTEST_REASON);
        in.orReject();
        return reason;
    }

    private static String none(RoutingContext ctx) {
        BodyReading.nothing(ctx);
        return null;
    }

    private static String said(String reason) {
        return reason == null
                ? null
                : Json.MAPPER.createObjectNode().put("reason", reason).toString();
    }

    /** Something new: 201, its id, and the ETag of the plan as it is now. */
    private String made(RoutingContext ctx, BodyReading in, String kind, UUID part, UnaryOperator<Plan> command) {
        Actor actor = PlanApi.person(ctx, teams);
        UUID id = PlanApi.id(ctx, "id");
        Step step = new Step(kind, part, in.asSent(), PlanApi.ifMatch(ctx));
        Seen seen = database.inTransaction(() -> work.change(id, actor, step, command));
        ctx.response().setStatusCode(201).putHeader("Location", "/v1/plans/" + id);
        PlanApi.answer(ctx, seen);
        return Json.MAPPER.createObjectNode().put("id", part.toString()).toString();
    }

    private String done(RoutingContext ctx, String kind, UUID part, String reason, UnaryOperator<Plan> command) {
        Actor actor = PlanApi.person(ctx, teams);
        UUID id = PlanApi.id(ctx, "id");
        Step step = new Step(kind, part, said(reason), PlanApi.ifMatch(ctx));
        return PlanApi.answer(ctx, database.inTransaction(() -> work.change(id, actor, step, command)));
    }
}
