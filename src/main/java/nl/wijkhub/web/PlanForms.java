package nl.wijkhub.web;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import nl.wijkhub.kernel.DatabaseStore;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.plan.PlanPart;
import nl.wijkhub.plan.PlanPart.Agreement;
import nl.wijkhub.plan.PlanPart.Coordinator;
import nl.wijkhub.plan.PlanPart.Position;
import nl.wijkhub.plan.PlanPart.Side;
import nl.wijkhub.team.Delivery;
import nl.wijkhub.team.Handovers;
import nl.wijkhub.team.PlanWork;
import nl.wijkhub.team.PlanWork.Actor;
import nl.wijkhub.team.PlanWork.Step;
import nl.wijkhub.team.TeamQueue;
import nl.wijkhub.team.Teams;

/**
 * What is done with a plan from the board: its coordinator takes it up, agreements are ticked off, a weighing is answered
 * and decided, and it is handed over, taken over or refused. The same commands as the API's, with the same faults.
 */
public final class PlanForms implements Board.Section {
    private static final int SHORTEST_REASON = 10;
    private static final List<String> SIDES = List.of("person", "neighbourhood", "both");

    private final DatabaseStore database;
    private final PlanWork work;
    private final Handovers handovers;
    private final TeamQueue queue;
    private final Teams teams;

    public PlanForms(DatabaseStore database, PlanWork work, Handovers handovers, TeamQueue queue, Teams teams) {
        this.database = database;
        this.work = work;
        this.handovers = handovers;
        this.queue = queue;
        this.teams = teams;
    }

    @Override
    public void mount(Router router, Board board) {
        String plan = "/board/plans/:id";
        router.post(plan + "/coordinate").handler(ctx -> coordinate(ctx, board));
        router.post(plan + "/agreements/:part/done").handler(ctx -> done(ctx, board));
        router.post(plan + "/weighings/:part/position").handler(ctx -> position(ctx, board));
        router.post(plan + "/weighings/:part/decide").handler(ctx -> decide(ctx, board));
        router.post(plan + "/handover").handler(ctx -> handOver(ctx, board));
        router.post(plan + "/withdraw").handler(ctx -> withdraw(ctx, board));
        router.post(plan + "/accept").handler(ctx -> accept(ctx, board));
        router.post(plan + "/refuse").handler(ctx -> refuse(ctx, board));
    }

    private Actor actor(RoutingContext ctx, Board board) {
        Caller caller = board.caller(ctx);
        return new Actor(caller.user(), caller.pairs(teams), caller.trace());
    }

    private void act(RoutingContext ctx, Board board, Callable<String> command) {
        board.act(ctx, "/board/plans/" + ctx.pathParam("id"), command);
    }

    private static UUID part(RoutingContext ctx) {
        return Identifier.parse(ctx.pathParam("part")).orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
    }

    private static void asPartner(Optional<PlanWork.Seen> seen) {
        if (seen.isEmpty()) {
            throw new Rejected(Problem.NOT_FOUND);
        }
    }

    private static String said(String name, String value, String reason) {
        return Json.MAPPER
                .createObjectNode()
                .put(name, value)
                .put("reason", reason)
                .toString();
    }

    private static String said(String name, String value, String reason, boolean dissents) {
        return Json.MAPPER
                .createObjectNode()
                .put(name, value)
                .put("reason", reason)
                .put("dissents", dissents)
                .toString();
    }

    private void coordinate(RoutingContext ctx, Board board) {
        Actor actor = actor(ctx, board);
        act(ctx, board, () -> {
            Coordinator self = new Coordinator(Coordinator.Kind.USER, actor.user(), null, null);
            Step step = new Step("coordinator-set", null, null, null);
            database.inTransaction(() -> work.change(Board.id(ctx), actor, step, before -> {
                if (before.coordinator() != null) {
                    throw new Rejected(Problem.STATE_CONFLICT);
                }
                return before.coordinatedBy(self, work.today());
            }));
            return "coordinating";
        });
    }

    private void done(RoutingContext ctx, Board board) {
        Actor actor = actor(ctx, board);
        act(ctx, board, () -> {
            UUID part = part(ctx);
            asPartner(database.inTransaction(() -> work.changeAsPartner(
                    Board.id(ctx),
                    actor,
                    new Step("agreement-done", part, null, null),
                    (plan, self) -> plan.agreements().stream()
                            .anyMatch(one -> one.id().equals(part) && self.id().equals(one.participantId())),
                    (plan, by) -> plan.endsAgreement(part, Agreement.State.DONE, null, work.now()))));
            return "agreement-done";
        });
    }

    private void position(RoutingContext ctx, Board board) {
        Actor actor = actor(ctx, board);
        FormReading in = new FormReading(ctx);
        String side = in.oneOf("position", SIDES);
        String reason = in.text("reason", SHORTEST_REASON);
        boolean dissents = !in.optional("dissents").isEmpty();
        act(ctx, board, () -> {
            in.orReject();
            UUID part = part(ctx);
            Side stands = PlanPart.of(Side.class, side).orElseThrow();
            Step step = new Step("position-given", part, said("position", side, reason, dissents), null);
            asPartner(database.inTransaction(() -> work.changeAsPartner(
                    Board.id(ctx),
                    actor,
                    step,
                    (plan, self) -> true,
                    (plan, by) -> plan.positioned(
                            part, new Position(by, stands, reason, dissents, actor.user(), work.now())))));
            return "position-given";
        });
    }

    private void decide(RoutingContext ctx, Board board) {
        Actor actor = actor(ctx, board);
        FormReading in = new FormReading(ctx);
        String side = in.oneOf("decision", SIDES);
        String reason = in.text("reason", SHORTEST_REASON);
        act(ctx, board, () -> {
            in.orReject();
            UUID part = part(ctx);
            Side decided = PlanPart.of(Side.class, side).orElseThrow();
            Step step = new Step("weighing-decided", part, said("decision", side, reason), null);
            database.inTransaction(() -> work.change(
                    Board.id(ctx), actor, step, plan -> plan.decided(part, decided, reason, actor.user(), work.now())));
            return "weighing-decided";
        });
    }

    private void handOver(RoutingContext ctx, Board board) {
        Actor actor = actor(ctx, board);
        FormReading in = new FormReading(ctx);
        String to = in.text("to", 1);
        String reason = in.text("reason", SHORTEST_REASON);
        act(ctx, board, () -> {
            in.orReject();
            database.inTransaction(() -> handovers.ask(Board.id(ctx), actor, to, reason));
            return "handover-asked";
        });
    }

    private void withdraw(RoutingContext ctx, Board board) {
        Actor actor = actor(ctx, board);
        FormReading in = new FormReading(ctx);
        String reason = in.text("reason", SHORTEST_REASON);
        act(ctx, board, () -> {
            in.orReject();
            database.inTransaction(() -> {
                handovers.withdraw(Board.id(ctx), actor, reason);
                return null;
            });
            return "handover-withdrawn";
        });
    }

    private void accept(RoutingContext ctx, Board board) {
        Actor actor = actor(ctx, board);
        act(ctx, board, () -> {
            List<Delivery> outgoing = database.inTransaction(() -> handovers.accept(Board.id(ctx), actor));
            queue.send(outgoing);
            return "handover-accepted";
        });
    }

    /** Back to the plans of the team that was asked: the plan itself is not there for it. */
    private void refuse(RoutingContext ctx, Board board) {
        Actor actor = actor(ctx, board);
        FormReading in = new FormReading(ctx);
        String reason = in.text("reason", SHORTEST_REASON);
        String team = in.optional("team");
        board.act(ctx, "/board/teams/" + team + "/plans", () -> {
            board.seat(ctx, team);
            in.orReject();
            database.inTransaction(() -> handovers.refuse(Board.id(ctx), actor, reason));
            return "handover-refused";
        });
    }
}
