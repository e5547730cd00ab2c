package nl.wijkhub.web.board;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import nl.wijkhub.casework.AskedAttention;
import nl.wijkhub.casework.PlanTasks;
import nl.wijkhub.casework.UnitConflicts;
import nl.wijkhub.escalation.EscalationAnswers;
import nl.wijkhub.escalation.Escalations;
import nl.wijkhub.household.UnitClaimStore.UnitConflict;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.plan.PlanTaskStore;
import nl.wijkhub.sharing.Consultations;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.signal.Partners;
import nl.wijkhub.team.Teams;
import nl.wijkhub.web.http.Caller;
import nl.wijkhub.web.http.Configured;
import nl.wijkhub.web.http.PlanIds;

/**
 * What is asked of the viewer: steps up the ladder to take up or decline, of a care professional to look along,
 * without a name until it says that it may be theirs, and of the coordinator's seat which of two corporations lets a
 * dwelling. Answering is what closes each.
 */
public final class ToAnswerPage implements Board.Section {
    /** Keep what somebody was asked: steps up the ladder, questions to care, tasks in a plan, who lets, attention. */
    public record Books(
            Escalations escalations,
            EscalationAnswers answers,
            Consultations consultations,
            PlanTasks tasks,
            UnitConflicts conflicts,
            AskedAttention attention) {}

    static final String HOME = "/board/asked";
    private static final int MOST = 100;

    /** A step that waits for an answer; its words are null where they are not the viewer's to see. */
    public record OpenStep(UUID id, UUID planId, int level, String says, String state, Instant dueAt, boolean isLate) {}

    /** A question to care. */
    public record Asked(UUID id, Instant askedAt, Instant dueAt, boolean isLate) {}

    /**
     * An address that the registers of several corporations hold.
     *
     * @param partners name by id
     * @param confirmed the name of the one that counts; null while none does
     */
    public record Held(UUID id, String address, Map<String, String> partners, Instant since, String confirmed) {}

    public record ToAnswerView(
            List<OpenStep> steps,
            boolean isCare,
            List<Asked> asked,
            List<PlanTaskStore.Tasks> tasks,
            List<Held> held,
            List<Attention> attention) {}

    /** What another seat of a team asks of the viewer's; by is the organisation that sits there. */
    public record Attention(UUID id, String teamId, String reason, String by, Instant askedAt) {}

    private final Database database;
    private final Escalations escalations;
    private final EscalationAnswers answers;
    private final Consultations consultations;
    private final PlanTasks tasks;
    private final UnitConflicts conflicts;
    private final AskedAttention attention;
    private final Partners partners;
    private final Teams teams;
    private final PlanIds planIds;
    private final Clock clock;

    public ToAnswerPage(Books books, Configured configured, Database database, Clock clock) {
        this.database = database;
        this.escalations = books.escalations();
        this.answers = books.answers();
        this.consultations = books.consultations();
        this.tasks = books.tasks();
        this.conflicts = books.conflicts();
        this.attention = books.attention();
        this.partners = configured.partners();
        this.teams = configured.teams();
        this.planIds = configured.planIds();
        this.clock = clock;
    }

    @Override
    public void mount(Router router, Board board) {
        router.get(HOME).handler(ctx -> home(ctx, board));
        router.post("/board/teams/:team/asked/:id/done").handler(ctx -> done(ctx, board));
        router.post("/board/escalations/:id/take").handler(ctx -> take(ctx, board));
        router.post("/board/escalations/:id/decline").handler(ctx -> decline(ctx, board));
        router.post("/board/unit-conflicts/:id/confirm").handler(ctx -> confirm(ctx, board));
    }

    /** Who is nobody's colleague is asked nothing. */
    private Escalations.Actor actor(RoutingContext ctx, Board board) {
        Caller caller = board.caller(ctx);
        List<Recipient> pairs = caller.pairs(teams);
        if (pairs.isEmpty()) {
            throw new Rejected(Problem.NOT_FOUND);
        }
        return new Escalations.Actor(caller.user(), pairs, null, caller.trace());
    }

    private void home(RoutingContext ctx, Board board) {
        Texts texts = Texts.of(ctx);
        board.show(ctx, "asked.jte", () -> {
            Escalations.Actor actor = actor(ctx, board);
            Instant now = clock.instant();
            boolean isCare = board.member(ctx).discipline() == Discipline.CARE;
            List<Asked> asked = isCare
                    ? consultations.open(board.caller(ctx).careSeats(teams).keySet(), actor.user(), MOST).stream()
                            .map(one -> new Asked(one.id(), one.askedAt(), one.dueAt(), one.isLate(now)))
                            .toList()
                    : List.of();
            List<OpenStep> steps = escalations.standing(actor, MOST).stream()
                    .map(seen -> step(seen, now, texts))
                    .toList();
            return Map.of(
                    "texts",
                    texts,
                    "view",
                    new ToAnswerView(
                            steps,
                            isCare,
                            asked,
                            tasks(actor.pairs()),
                            held(viewer(ctx, board)),
                            attention(actor.pairs(), actor.user())));
        });
    }

    private List<Attention> attention(Collection<Recipient> pairs, String user) {
        return pairs.stream()
                .filter(pair -> attention.answers(pair, user))
                .flatMap(pair -> attention.of(pair, user).stream())
                .map(one -> new Attention(
                        one.id(),
                        one.by().teamId(),
                        one.reason(),
                        partners.find(teams.organisationOf(one.by()))
                                .map(Partners.Partner::name)
                                .orElse(one.by().clientId()),
                        one.askedAt()))
                .toList();
    }

    private void done(RoutingContext ctx, Board board) {
        board.act(ctx, HOME, () -> {
            attention.done(
                    Board.id(ctx),
                    board.pair(ctx, ctx.pathParam("team")),
                    board.caller(ctx).user());
            return "attention-done";
        });
    }

    private List<PlanTaskStore.Tasks> tasks(Collection<Recipient> pairs) {
        return pairs.stream()
                .flatMap(pair -> tasks.of(pair).stream().map(task -> task.knownAs(planIds.to(pair, task.planId()))))
                .toList();
    }

    private UnitConflicts.Viewer viewer(RoutingContext ctx, Board board) {
        Caller caller = board.caller(ctx);
        return new UnitConflicts.Viewer(caller.user(), caller.pairs(teams), false, caller.trace());
    }

    /** Those that wait first. */
    private List<Held> held(UnitConflicts.Viewer viewer) {
        return database.inTransaction(() -> viewer.seats().stream()
                .flatMap(seat -> conflicts.ofTeam(seat.teamId(), viewer, one -> true).stream())
                .sorted(Comparator.comparing(UnitConflict::isConfirmed))
                .map(one -> new Held(
                        one.id(),
                        one.address().oneLine(),
                        names(one),
                        one.since(),
                        names(one).get(one.confirmed())))
                .toList());
    }

    private Map<String, String> names(UnitConflict conflict) {
        Map<String, String> names = new LinkedHashMap<>();
        conflict.partners()
                .forEach(id -> names.put(
                        id, partners.find(id).map(Partners.Partner::name).orElse(id)));
        return names;
    }

    private void confirm(RoutingContext ctx, Board board) {
        FormReading in = new FormReading(ctx);
        String partner = in.text("partner", 1);
        board.act(ctx, HOME, () -> {
            UnitConflicts.Viewer viewer = viewer(ctx, board);
            database.inTransaction(() -> {
                conflicts.held(Board.id(ctx), viewer);
                in.orReject();
                conflicts.confirm(Board.id(ctx), partner, viewer);
                return null;
            });
            return "unit-confirmed";
        });
    }

    private OpenStep step(Escalations.Seen seen, Instant now, Texts texts) {
        var step = seen.step();
        boolean isOfSeat = step.recipient().discipline() == Discipline.MUNICIPALITY;
        return new OpenStep(
                step.id(),
                isOfSeat ? planIds.to(step.recipient(), step.planId()) : null,
                step.level(),
                seen.textNl(),
                texts.code("escalation", step.state().code()),
                step.dueAt(),
                step.dueAt().isBefore(now));
    }

    private void take(RoutingContext ctx, Board board) {
        board.act(
                ctx,
                HOME,
                () -> Board.orTooLate("answered-already", () -> {
                    Escalations.Actor actor = actor(ctx, board);
                    there(database.inTransaction(() -> answers.take(Board.id(ctx), actor)));
                    return "escalation-taken";
                }));
    }

    private void decline(RoutingContext ctx, Board board) {
        FormReading in = new FormReading(ctx);
        String reason = in.reason();
        board.act(
                ctx,
                HOME,
                () -> Board.orTooLate("answered-already", () -> {
                    Escalations.Actor actor = actor(ctx, board);
                    in.orReject();
                    there(database.inTransaction(() -> answers.decline(Board.id(ctx), actor, reason)));
                    return "escalation-declined";
                }));
    }

    private static void there(Optional<Escalations.Seen> seen) {
        if (seen.isEmpty()) {
            throw new Rejected(Problem.NOT_FOUND);
        }
    }
}
