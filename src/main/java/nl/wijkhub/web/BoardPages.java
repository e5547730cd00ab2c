package nl.wijkhub.web;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.StaticHandler;
import java.util.Map;
import java.util.Set;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.team.Member;
import nl.wijkhub.team.Teams;

/** The board: the queue of a team as one discipline may see it, and the timeline of a signal. Read-only. */
public final class BoardPages {
    private static final String HTMX = "META-INF/resources/webjars/htmx.org/2.0.10/dist";

    private final Teams teams;
    private final QueuePage queuePage;
    private final SignalPage signalPage;
    private final TemplateEngine templates = TemplateEngine.createPrecompiled(ContentType.Html);

    public BoardPages(Teams teams, QueuePage queuePage, SignalPage signalPage) {
        this.teams = teams;
        this.queuePage = queuePage;
        this.signalPage = signalPage;
    }

    void mount(Router router) {
        router.get("/static/htmx/*").handler(StaticHandler.create(HTMX).setCachingEnabled(true));
        router.get("/static/*").handler(StaticHandler.create("static").setCachingEnabled(true));
        router.get("/board/").handler(this::home);
        router.get("/board/teams/:id/queue").handler(ctx -> queue(ctx, "queue.jte"));
        router.get("/board/teams/:id/queue-table").handler(ctx -> queue(ctx, "queue-table.jte"));
        router.get("/board/signals/:id").handler(this::signal);
    }

    private void home(RoutingContext ctx) {
        Member member = member(ctx);
        Set<String> own = member.teams();
        if (own.isEmpty()) {
            page(ctx, "staff.jte", Map.of("member", member));
        } else {
            ctx.response()
                    .setStatusCode(302)
                    .putHeader("Location", "/board/teams/" + own.iterator().next() + "/queue")
                    .end();
        }
    }

    private void queue(RoutingContext ctx, String template) {
        Texts texts = Texts.of(ctx);
        Answers.later(
                ctx,
                () -> {
                    Recipient recipient = TeamApi.recipient(teams, BoardLogin.callerOf(ctx), ctx.pathParam("id"));
                    return Map.<String, Object>of(
                            "member", member(ctx), "queue", queuePage.of(recipient, texts), "teams", teams);
                },
                model -> page(ctx, template, model),
                failure -> absent(ctx, failure));
    }

    private void signal(RoutingContext ctx) {
        Texts texts = Texts.of(ctx);
        Answers.later(
                ctx,
                () -> {
                    var id = Identifier.parse(ctx.pathParam("id")).orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
                    return Map.<String, Object>of(
                            "member", member(ctx), "signal", signalPage.of(id, BoardLogin.callerOf(ctx), texts));
                },
                model -> page(ctx, "signal.jte", model),
                failure -> absent(ctx, failure));
    }

    /** What is not there for this viewer, as a page: a person reads it. */
    private void absent(RoutingContext ctx, Throwable failure) {
        if (ProblemAnswer.problemOf(failure) == Problem.NOT_FOUND) {
            Answers.onTick(ctx, () -> {
                ctx.response().setStatusCode(Problem.NOT_FOUND.status());
                page(ctx, "absent.jte", Map.of("member", member(ctx)));
            });
        } else {
            Answers.problem(ctx, failure);
        }
    }

    private Member member(RoutingContext ctx) {
        return teams.member(BoardLogin.callerOf(ctx).user()).orElseThrow(() -> new Rejected(Problem.NOT_ALLOWED));
    }

    private void page(RoutingContext ctx, String template, Map<String, Object> model) {
        StringOutput html = new StringOutput();
        Map<String, Object> all = new java.util.HashMap<>(model);
        all.put("texts", Texts.of(ctx));
        templates.render(template, all, html);
        ctx.response().putHeader("Content-Type", "text/html; charset=utf-8").end(html.toString());
    }
}
