package nl.wijkhub.web.board;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import nl.wijkhub.casework.Handovers;
import nl.wijkhub.casework.PlanChanges;
import nl.wijkhub.casework.PlanChanges.Change;
import nl.wijkhub.casework.PlanChanges.PartnerChange;
import nl.wijkhub.casework.PlanLook.Actor;
import nl.wijkhub.casework.PlanWork;
import nl.wijkhub.casework.PlanWork.PlanAction;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.plan.Plan;
import nl.wijkhub.team.Delivery;
import nl.wijkhub.team.TeamQueue;
import nl.wijkhub.team.Teams;
import nl.wijkhub.web.http.PlanReading;

/**
 * What is done with a plan from the board: everything the API does, by the same commands and with the same faults. What
 * replaces a whole (strengths, coordinator, consent of the household, the end) goes by the version its page showed.
 */
public final class PlanForms implements Board.Section {
    private final Database database;
    private final PlanWork work;
    private final PlanReading reading;
    private final PlanChanges changes;
    private final Handovers handovers;
    private final TeamQueue queue;
    private final Teams teams;

    public PlanForms(
            Database database,
            PlanWork work,
            PlanReading reading,
            PlanChanges changes,
            Handovers handovers,
            TeamQueue queue,
            Teams teams) {
        this.database = database;
        this.work = work;
        this.reading = reading;
        this.changes = changes;
        this.handovers = handovers;
        this.queue = queue;
        this.teams = teams;
    }

    @Override
    public void mount(Router router, Board board) {
        on(router, board, "/coordinator", this::coordinator);
        on(router, board, "/agreed", this::agreed);
        on(router, board, "/agreed-no-more", this::agreedNoMore);
        on(router, board, "/strengths", this::strengths);
        at(router, board, "/participants", (in, ctx) -> reading.joins(in));
        at(router, board, "/participants/:part/leave", (in, ctx) -> changes.leaves(part(ctx)));
        at(router, board, "/goals", (in, ctx) -> reading.aims(in));
        at(router, board, "/goals/:part/reach", (in, ctx) -> changes.reaches(part(ctx)));
        at(router, board, "/goals/:part/drop", (in, ctx) -> reading.dropsGoal(in, part(ctx)));
        at(router, board, "/agreements", (in, ctx) -> reading.agrees(in));
        asPartner(router, board, "/agreements/:part/done", (in, ctx) -> changes.finishes(part(ctx)));
        asPartner(router, board, "/agreements/:part/drop", (in, ctx) -> reading.dropsAgreement(in, part(ctx)));
        at(router, board, "/scores", (in, ctx) -> reading.scores(in));
        at(router, board, "/weighings", (in, ctx) -> reading.weighs(in));
        asPartner(
                router,
                board,
                "/weighings/:part/position",
                (in, ctx) -> reading.stands(in, part(ctx), board.caller(ctx).user()));
        at(
                router,
                board,
                "/weighings/:part/decide",
                (in, ctx) -> reading.decides(in, part(ctx), board.caller(ctx).user()));
        at(router, board, "/sleep", (in, ctx) -> reading.sleeps(in));
        at(router, board, "/wake", (in, ctx) -> reading.wakes(in));
        on(router, board, "/close", this::close);
        on(router, board, "/handover", this::handOver);
        on(router, board, "/withdraw", this::withdraw);
        on(router, board, "/accept", this::accept);
        router.post("/board/plans/:id/refuse").handler(ctx -> refuse(ctx, board));
    }

    /** What one form does; gives what to tell. */
    private interface Form {
        String apply(UUID plan, Actor actor, FormReading in);
    }

    private void on(Router router, Board board, String path, Form form) {
        router.post("/board/plans/:id" + path).handler(ctx -> {
            Actor actor = actor(ctx, board);
            FormReading in = new FormReading(ctx);
            board.act(ctx, "/board/plans/" + ctx.pathParam("id"), () -> form.apply(board.plan(ctx), actor, in));
        });
    }

    private void at(Router router, Board board, String path, BiFunction<FormReading, RoutingContext, Change> read) {
        router.post("/board/plans/:id" + path).handler(ctx -> {
            Actor actor = actor(ctx, board);
            board.act(ctx, "/board/plans/" + ctx.pathParam("id"), () -> {
                FormReading in = new FormReading(ctx);
                Change change = read.apply(in, ctx);
                PlanAction step = new PlanAction(change.kind(), change.part(), in.asSent(), null);
                database.inTransaction(() -> work.change(board.plan(ctx), actor, step, change.command()));
                return change.kind();
            });
        });
    }

    private void asPartner(
            Router router, Board board, String path, BiFunction<FormReading, RoutingContext, PartnerChange> read) {
        router.post("/board/plans/:id" + path).handler(ctx -> {
            Actor actor = actor(ctx, board);
            board.act(ctx, "/board/plans/" + ctx.pathParam("id"), () -> {
                FormReading in = new FormReading(ctx);
                PartnerChange change = read.apply(in, ctx);
                PlanAction step = new PlanAction(change.kind(), change.part(), in.asSent(), null);
                // a look that is refused is logged too
                boolean isDone = database.inTransaction(() -> work.changeAsPartner(
                                board.plan(ctx), actor, step, change.mayPartner(), change.command()))
                        .isPresent();
                if (!isDone) {
                    throw new Rejected(Problem.NOT_FOUND);
                }
                return change.kind();
            });
        });
    }

    private Actor actor(RoutingContext ctx, Board board) {
        return board.caller(ctx).actor(teams);
    }

    private static UUID part(RoutingContext ctx) {
        return Identifier.parse(ctx.pathParam("part")).orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
    }

    private String changed(UUID plan, Actor actor, FormReading in, Change change) {
        String version = in.version();
        in.orReject();
        PlanAction step = new PlanAction(change.kind(), null, in.asSent(), version);
        database.inTransaction(() -> work.change(plan, actor, step, change.command()));
        return change.kind();
    }

    private String coordinator(UUID plan, Actor actor, FormReading in) {
        return changed(plan, actor, in, reading.coordinatedBy(in));
    }

    private String agreed(UUID plan, Actor actor, FormReading in) {
        return changed(plan, actor, in, changes.householdAgreed(in.date("agreedOn")));
    }

    private String agreedNoMore(UUID plan, Actor actor, FormReading in) {
        return changed(plan, actor, in, changes.householdAgreed(null));
    }

    private String strengths(UUID plan, Actor actor, FormReading in) {
        return changed(plan, actor, in, changes.strong(in.texts("strengths")));
    }

    private String close(UUID plan, Actor actor, FormReading in) {
        String version = in.version();
        Plan.Outcome outcome = reading.outcome(in);
        PlanAction step = new PlanAction("closed", null, in.asSent(), version);
        database.inTransaction(() -> work.close(plan, actor, step, outcome));
        return "closed";
    }

    private String handOver(UUID plan, Actor actor, FormReading in) {
        String to = in.text("to", 1);
        String reason = in.reason();
        in.orReject();
        database.inTransaction(() -> handovers.ask(plan, actor, to, reason));
        return "handover-asked";
    }

    private String withdraw(UUID plan, Actor actor, FormReading in) {
        String reason = in.reason();
        in.orReject();
        database.inTransaction(() -> {
            handovers.withdraw(plan, actor, reason);
            return null;
        });
        return "handover-withdrawn";
    }

    private String accept(UUID plan, Actor actor, FormReading in) {
        List<Delivery> outgoing = database.inTransaction(() -> handovers.accept(plan, actor));
        queue.send(outgoing);
        return "handover-accepted";
    }

    /** Back to the plans of the team that was asked: the plan itself is not there for it. */
    private void refuse(RoutingContext ctx, Board board) {
        Actor actor = actor(ctx, board);
        FormReading in = new FormReading(ctx);
        String reason = in.reason();
        String team = in.optional("team");
        board.act(ctx, "/board/teams/" + team + "/plans", () -> {
            board.seat(ctx, team);
            in.orReject();
            database.inTransaction(() -> handovers.refuse(board.plan(ctx), actor, reason));
            return "handover-refused";
        });
    }
}
