package nl.wijkhub.web.board;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import nl.wijkhub.escalation.EscalationAnswers;
import nl.wijkhub.escalation.Escalations;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.plan.PlanTaskStore;
import nl.wijkhub.sharing.Consultations;
import nl.wijkhub.sharing.Consultations.Question;
import nl.wijkhub.sharing.PlanSharing;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.sharing.ReleasedSignal;
import nl.wijkhub.sharing.SharingPolicy;
import nl.wijkhub.signal.Vocabulary;
import nl.wijkhub.team.Teams;
import nl.wijkhub.web.api.ConsultationApi;
import nl.wijkhub.web.http.Caller;
import nl.wijkhub.web.http.Configured;

/**
 * What is asked of the viewer: steps up the ladder to take up or decline, and of a care professional to look along, without
 * a name until it says that it may be theirs. Answering is what closes each.
 */
public final class ToAnswerPage implements Board.Section {
    /** Keep what somebody was asked: steps up the ladder, questions to care, tasks in a plan. */
    public record Books(
            Escalations escalations, EscalationAnswers answers, Consultations consultations, PlanTaskStore tasks) {}

    private static final String HOME = "/board/asked";
    private static final int MOST = 100;

    /** A step that waits for an answer; its words are null where they are not the viewer's to see. */
    public record OpenStep(UUID id, UUID planId, int level, String says, String state, Instant dueAt, boolean isLate) {}

    /** A question to care. */
    public record Asked(UUID id, Instant askedAt, Instant dueAt, boolean isLate) {}

    public record ToAnswerView(
            List<OpenStep> steps, boolean isCare, List<Asked> asked, List<PlanTaskStore.Tasks> tasks) {}

    private final Database database;
    private final Escalations escalations;
    private final EscalationAnswers answers;
    private final Consultations consultations;
    private final ConsultationApi api;
    private final PlanTaskStore tasks;
    private final PlanSharing sharing;
    private final Vocabulary vocabulary;
    private final Teams teams;
    private final Clock clock;

    public ToAnswerPage(
            Books books,
            Configured configured,
            Database database,
            ConsultationApi api,
            PlanSharing sharing,
            Clock clock) {
        this.database = database;
        this.escalations = books.escalations();
        this.answers = books.answers();
        this.consultations = books.consultations();
        this.api = api;
        this.tasks = books.tasks();
        this.sharing = sharing;
        this.vocabulary = configured.vocabulary();
        this.teams = configured.teams();
        this.clock = clock;
    }

    @Override
    public void mount(Router router, Board board) {
        router.get(HOME).handler(ctx -> home(ctx, board));
        router.get("/board/consultations/:id").handler(ctx -> question(ctx, board));
        router.post("/board/consultations/:id/answer").handler(ctx -> answer(ctx, board));
        router.post("/board/escalations/:id/take").handler(ctx -> take(ctx, board));
        router.post("/board/escalations/:id/decline").handler(ctx -> decline(ctx, board));
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

    private Set<String> careTeams(RoutingContext ctx, Board board) {
        Set<String> careTeams = board.caller(ctx).pairs(teams).stream()
                .filter(pair -> pair.discipline() == Discipline.CARE)
                .map(Recipient::teamId)
                .collect(Collectors.toSet());
        if (careTeams.isEmpty()) {
            throw new Rejected(Problem.NOT_FOUND);
        }
        return careTeams;
    }

    private void home(RoutingContext ctx, Board board) {
        Texts texts = Texts.of(ctx);
        board.show(ctx, "asked.jte", () -> {
            Escalations.Actor actor = actor(ctx, board);
            Instant now = clock.instant();
            boolean isCare = board.member(ctx).discipline() == Discipline.CARE;
            List<Asked> asked = isCare
                    ? consultations.open(careTeams(ctx, board), actor.user(), MOST).stream()
                            .map(one -> new Asked(
                                    one.id(),
                                    one.askedAt(),
                                    one.dueAt(),
                                    one.dueAt().isBefore(now)))
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
                            steps, isCare, asked, tasks(board.caller(ctx).pairs(teams))));
        });
    }

    private List<PlanTaskStore.Tasks> tasks(List<Recipient> pairs) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), SharingPolicy.CALENDAR);
        return pairs.stream()
                .filter(sharing::mayList)
                .flatMap(pair -> tasks.ofPair(pair, today, MOST).stream())
                .toList();
    }

    private static OpenStep step(Escalations.Seen seen, Instant now, Texts texts) {
        var step = seen.step();
        boolean isOfSeat = step.recipient().discipline() == Discipline.MUNICIPALITY;
        return new OpenStep(
                step.id(),
                isOfSeat ? step.planId() : null,
                step.level(),
                seen.textNl(),
                texts.code("escalation", step.state().code()),
                step.dueAt(),
                step.dueAt().isBefore(now));
    }

    private void question(RoutingContext ctx, Board board) {
        Texts texts = Texts.of(ctx);
        board.show(ctx, "consultation.jte", () -> {
            UUID id = Board.id(ctx);
            Set<String> careTeams = careTeams(ctx, board);
            String user = board.caller(ctx).user();
            // a look that is refused is logged too
            Question question = database.inTransaction(() -> consultations.question(id, careTeams, user))
                    .orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
            Map<String, Object> model = new HashMap<>();
            model.put("texts", texts);
            model.put("question", question);
            model.put("contact", teams.contactOf(question.teamId()));
            ReleasedSignal passed = api.released(question);
            model.put("released", passed == null ? Map.of() : ReleasedFields.of(passed, texts, vocabulary));
            return model;
        });
    }

    private void answer(RoutingContext ctx, Board board) {
        FormReading in = new FormReading(ctx);
        String advice = in.oneOf("advice", Set.copyOf(Consultations.ADVICE));
        String contact = in.optional("contact");
        String user = board.caller(ctx).user();
        board.act(ctx, HOME, () -> {
            Set<String> careTeams = careTeams(ctx, board);
            in.orReject();
            boolean isAnswered = database.inTransaction(() ->
                    consultations.answer(Board.id(ctx), careTeams, advice, contact.isEmpty() ? null : contact, user));
            if (!isAnswered) {
                throw new Rejected(Problem.NOT_FOUND);
            }
            return "consult-answered";
        });
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
