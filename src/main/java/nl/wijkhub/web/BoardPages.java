package nl.wijkhub.web;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.StaticHandler;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import nl.wijkhub.kernel.DatabaseStore;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.signal.Quarantine;
import nl.wijkhub.team.Member;
import nl.wijkhub.team.QueueWork;
import nl.wijkhub.team.Role;
import nl.wijkhub.team.Teams;

/**
 * The board: the queue of a team as one discipline may see it, the timeline of a signal, and operations for the administrator.
 * Everything works by links and forms; a script only follows what happens meanwhile.
 */
public final class BoardPages {
    private static final String HTMX = "META-INF/resources/webjars/htmx.org/2.0.10/dist";

    private final DatabaseStore database;
    private final Teams teams;
    private final QueuePage queuePage;
    private final SignalPage signalPage;
    private final OperationsPage operationsPage;
    private final QueueWork work;
    private final Quarantine quarantine;
    private final QuarantineApi.Replay replay;
    private final String theme;
    private final TemplateEngine templates = TemplateEngine.createPrecompiled(ContentType.Html);

    /**
     * @param theme the stylesheet of the organisation, which puts its own design tokens over those of the board
     */
    public BoardPages(
            DatabaseStore database,
            Teams teams,
            QueuePage queuePage,
            SignalPage signalPage,
            OperationsPage operationsPage,
            QueueWork work,
            Quarantine quarantine,
            QuarantineApi.Replay replay,
            String theme) {
        this.database = database;
        this.teams = teams;
        this.queuePage = queuePage;
        this.signalPage = signalPage;
        this.operationsPage = operationsPage;
        this.work = work;
        this.quarantine = quarantine;
        this.replay = replay;
        this.theme = theme;
    }

    void mount(Router router) {
        router.get("/static/theme.css").handler(ctx -> ctx.response()
                .putHeader("Content-Type", "text/css; charset=utf-8")
                .end(theme));
        router.get("/static/htmx/*").handler(StaticHandler.create(HTMX).setCachingEnabled(true));
        router.get("/static/*").handler(StaticHandler.create("static").setCachingEnabled(true));
        router.get("/board/").handler(this::home);
        router.get("/board/teams/:id/queue").handler(ctx -> queue(ctx, "queue.jte"));
        router.get("/board/teams/:id/queue-table").handler(ctx -> queue(ctx, "queue-table.jte"));
        router.get("/board/signals/:id").handler(this::signal);
        router.get("/board/operations").handler(this::operations);
        router.post("/board/queue-items/:id/take").handler(this::take);
        router.post("/board/quarantine/:id/replay").handler(this::replay);
    }

    private void home(RoutingContext ctx) {
        Member member = member(ctx);
        Set<String> own = member.teams();
        if (!own.isEmpty()) {
            BoardLogin.redirect(ctx, "/board/teams/" + own.iterator().next() + "/queue");
        } else if (member.is(Role.ADMINISTRATOR)) {
            BoardLogin.redirect(ctx, "/board/operations");
        } else {
            page(ctx, "staff.jte", Map.of());
        }
    }

    private void queue(RoutingContext ctx, String template) {
        Texts texts = Texts.of(ctx);
        later(ctx, template, () -> {
            Recipient recipient = TeamApi.recipient(teams, BoardLogin.callerOf(ctx), ctx.pathParam("id"));
            QueuePage.View view = queuePage.of(recipient, QueuePage.Asked.of(ctx), texts);
            return Map.of("texts", texts, "queue", view, "teams", teams);
        });
    }

    private void signal(RoutingContext ctx) {
        Texts texts = Texts.of(ctx);
        later(ctx, "signal.jte", () -> {
            SignalPage.View view = signalPage.of(id(ctx), BoardLogin.callerOf(ctx), texts);
            return Map.of("texts", texts, "signal", view);
        });
    }

    private void operations(RoutingContext ctx) {
        Texts texts = Texts.of(ctx);
        later(ctx, "operations.jte", () -> {
            administrator(ctx);
            return Map.of("texts", texts, "operations", operationsPage.of(texts));
        });
    }

    /** Back to the queue it stood in, which says whether it is in the viewer's hands now, or was in another's already. */
    private void take(RoutingContext ctx) {
        Caller caller = BoardLogin.callerOf(ctx);
        String team = ctx.request().getFormAttribute("team");
        act(
                ctx,
                () -> {
                    Recipient recipient = TeamApi.recipient(teams, caller, team);
                    return outcome("taken", "taken-by-another", () -> {
                        database.inTransaction(() -> work.take(id(ctx), Set.of(recipient), caller.user()));
                        return null;
                    });
                },
                "/board/teams/" + team + "/queue");
    }

    private void replay(RoutingContext ctx) {
        act(
                ctx,
                () -> {
                    administrator(ctx);
                    var entry = quarantine.find(id(ctx)).orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
                    return outcome(
                            "replayed",
                            "refused-again",
                            () -> replay.replay(entry, BoardLogin.callerOf(ctx).who(), Answers.trace(ctx)));
                },
                "/board/operations");
    }

    /** What to tell: that it was done, or that it could not be; what is not there for this viewer goes up. */
    private static String outcome(String done, String not, Callable<?> command) throws Exception {
        try {
            command.call();
            return done;
        } catch (Rejected refused) {
            if (refused.problem() == Problem.NOT_FOUND) {
                throw refused;
            }
            return not;
        }
    }

    private void act(RoutingContext ctx, Callable<String> command, String back) {
        String language = Texts.of(ctx).language();
        Answers.later(
                ctx,
                command,
                told -> BoardLogin.redirect(ctx, back + "?lang=" + language + "&told=" + told),
                failure -> absent(ctx, failure));
    }

    private void later(RoutingContext ctx, String template, Callable<Map<String, Object>> model) {
        Answers.later(ctx, model, ready -> page(ctx, template, ready), failure -> absent(ctx, failure));
    }

    private static UUID id(RoutingContext ctx) {
        return Identifier.parse(ctx.pathParam("id")).orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
    }

    /** To anybody else there is no such page. */
    private void administrator(RoutingContext ctx) {
        if (!member(ctx).is(Role.ADMINISTRATOR)) {
            throw new Rejected(Problem.NOT_FOUND);
        }
    }

    /** What is not there for this viewer, as a page: a person reads it. */
    private void absent(RoutingContext ctx, Throwable failure) {
        if (ProblemAnswer.problemOf(failure) == Problem.NOT_FOUND) {
            Answers.onTick(ctx, () -> {
                ctx.response().setStatusCode(Problem.NOT_FOUND.status());
                page(ctx, "absent.jte", Map.of());
            });
        } else {
            Answers.problem(ctx, failure);
        }
    }

    private Member member(RoutingContext ctx) {
        return teams.member(BoardLogin.callerOf(ctx).user()).orElseThrow(() -> new Rejected(Problem.NOT_ALLOWED));
    }

    private void page(RoutingContext ctx, String template, Map<String, Object> model) {
        Texts texts = Texts.of(ctx);
        String told = ctx.request().getParam("told");
        Frame frame = new Frame(
                texts,
                member(ctx),
                BoardLogin.csrfOf(ctx),
                told != null && texts.has("told." + told) ? told : null,
                ctx.request().path());
        Map<String, Object> all = new HashMap<>(model);
        all.put("frame", frame);
        StringOutput html = new StringOutput();
        templates.render(template, all, html);
        ctx.response().putHeader("Content-Type", "text/html; charset=utf-8").end(html.toString());
    }
}
