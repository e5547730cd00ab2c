package nl.wijkhub.web.board;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.sharing.Consultations;
import nl.wijkhub.sharing.Consultations.Question;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.signal.Vocabulary;
import nl.wijkhub.team.Teams;
import nl.wijkhub.web.http.Caller;
import nl.wijkhub.web.http.Configured;

/** One question to care: what it may know of it, and the form in which it answers. */
public final class ConsultationPage implements Board.Section {
    private final Database database;
    private final Consultations consultations;
    private final Vocabulary vocabulary;
    private final Teams teams;

    public ConsultationPage(Database database, Consultations consultations, Configured configured) {
        this.database = database;
        this.consultations = consultations;
        this.vocabulary = configured.vocabulary();
        this.teams = configured.teams();
    }

    @Override
    public void mount(Router router, Board board) {
        router.get("/board/consultations/:id").handler(ctx -> question(ctx, board));
        router.post("/board/consultations/:id/answer").handler(ctx -> answer(ctx, board));
    }

    private void question(RoutingContext ctx, Board board) {
        Texts texts = Texts.of(ctx);
        board.show(ctx, "consultation.jte", () -> {
            UUID id = Board.id(ctx);
            Caller caller = board.caller(ctx);
            Map<String, Recipient> seats = caller.careSeats(teams);
            // a look that is refused is logged too
            Question question = database.inTransaction(() -> consultations.question(id, seats, caller.user()))
                    .orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
            Map<String, Object> model = new HashMap<>();
            model.put("texts", texts);
            model.put("question", question);
            model.put("contact", teams.contactOf(question.teamId()));
            model.put(
                    "released",
                    consultations
                            .released(question)
                            .map(passed -> ReleasedFields.of(passed, texts, vocabulary))
                            .orElse(Map.of()));
            return model;
        });
    }

    private void answer(RoutingContext ctx, Board board) {
        FormReading in = new FormReading(ctx);
        String advice = in.oneOf("advice", Set.copyOf(Consultations.ADVICE));
        String contact = in.optional("contact");
        Caller caller = board.caller(ctx);
        board.act(ctx, ToAnswerPage.HOME, () -> {
            Map<String, Recipient> seats = caller.careSeats(teams);
            in.orReject();
            boolean isAnswered = database.inTransaction(() -> consultations.answer(
                    Board.id(ctx), seats, advice, contact.isEmpty() ? null : contact, caller.user()));
            if (!isAnswered) {
                throw new Rejected(Problem.NOT_FOUND);
            }
            return "consult-answered";
        });
    }
}
