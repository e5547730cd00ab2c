package nl.wijkhub.web.board;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import nl.wijkhub.casework.QueueWork;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.signal.Vocabulary;
import nl.wijkhub.team.Priority;
import nl.wijkhub.team.Role;
import nl.wijkhub.team.Teams;
import nl.wijkhub.web.http.Caller;

/**
 * What is done with items from the board: taken up, one or several at once where nothing is acute, given back with a
 * reason, and care asked about them.
 */
public final class QueueForms implements Board.Section {
    private static final int MOST = 50;

    private final Database database;
    private final QueueWork work;
    private final Set<String> categories;
    private final Teams teams;

    public QueueForms(Database database, QueueWork work, Vocabulary vocabulary, Teams teams) {
        this.database = database;
        this.work = work;
        this.categories = vocabulary.codes();
        this.teams = teams;
    }

    @Override
    public void mount(Router router, Board board) {
        router.post("/board/teams/:id/take").handler(ctx -> takeMany(ctx, board));
        router.post("/board/queue-items/:id/take").handler(ctx -> take(ctx, board));
        router.post("/board/queue-items/:id/return").handler(ctx -> giveBack(ctx, board));
        router.post("/board/queue-items/:id/consult").handler(ctx -> consult(ctx, board));
    }

    /** The queue as it was looked at: what the form was sent with says how. */
    private String back(RoutingContext ctx, String team) {
        return "/board/teams/" + team + "/queue?"
                + QueuePage.Asked.of(ctx, categories).query();
    }

    /** Back to the queue it stood in, which says whether it is in the viewer's hands now, or was in another's already. */
    private void take(RoutingContext ctx, Board board) {
        Caller caller = board.caller(ctx);
        String team = new FormReading(ctx).optional("team");
        board.act(ctx, back(ctx, team), () -> {
            Set<Recipient> pair = Set.of(board.pair(ctx, team));
            return Board.orTooLate("taken-by-another", () -> {
                database.inTransaction(() -> work.take(Board.id(ctx), pair, caller.user()));
                return "taken";
            });
        });
    }

    /** Each for itself: what somebody else has meanwhile, or what cannot wait, stays where it is and is told. */
    private void takeMany(RoutingContext ctx, Board board) {
        Caller caller = board.caller(ctx);
        List<String> asked = ctx.request().formAttributes().getAll("item");
        String team = ctx.pathParam("id");
        board.act(ctx, back(ctx, team), () -> {
            Recipient pair = board.pair(ctx, team);
            int left = 0;
            for (String id : asked.subList(0, Math.min(MOST, asked.size()))) {
                left += Identifier.parse(id)
                                .filter(item -> isTaken(item, pair, caller.user()))
                                .isPresent()
                        ? 0
                        : 1;
            }
            return asked.isEmpty() ? "none-chosen" : left == 0 ? "taken-all" : "taken-some";
        });
    }

    /** What somebody else has, what was recalled meanwhile and what is acute stays where it is. */
    private boolean isTaken(UUID item, Recipient pair, String user) {
        try {
            return database.inTransaction(() -> {
                if (work.priority(item, Set.of(pair)) == Priority.ACUTE) {
                    return false;
                }
                work.take(item, Set.of(pair), user);
                return true;
            });
        } catch (Rejected refused) {
            if (refused.problem() == Problem.NOT_FOUND || refused.problem() == Problem.STATE_CONFLICT) {
                return false;
            }
            throw refused;
        }
    }

    private void giveBack(RoutingContext ctx, Board board) {
        Caller caller = board.caller(ctx);
        FormReading in = new FormReading(ctx);
        String team = in.optional("team");
        String reason = in.reason();
        board.act(ctx, back(ctx, team), () -> {
            Recipient pair = board.pair(ctx, team);
            in.orReject();
            boolean isLead = caller.is(Role.TEAM_LEAD, teams);
            return Board.orTooLate("not-in-hand", () -> {
                database.inTransaction(() -> work.giveBack(Board.id(ctx), Set.of(pair), caller.user(), isLead, reason));
                return "returned";
            });
        });
    }

    private void consult(RoutingContext ctx, Board board) {
        Caller caller = board.caller(ctx);
        String team = new FormReading(ctx).optional("team");
        board.act(ctx, back(ctx, team), () -> {
            Recipient seat = board.planSeat(ctx, team);
            try {
                database.inTransaction(() -> work.consult(Board.id(ctx), Set.of(seat), caller.user()));
                return "consulted";
            } catch (Rejected refused) {
                if (refused.problem() != Problem.NOT_ALLOWED) {
                    throw refused;
                }
                return "not-to-consult";
            }
        });
    }
}
