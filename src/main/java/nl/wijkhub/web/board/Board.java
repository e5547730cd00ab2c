package nl.wijkhub.web.board;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.plan.PlanPart.Coordinator;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.team.Member;
import nl.wijkhub.team.Role;
import nl.wijkhub.team.Teams;
import nl.wijkhub.web.http.Answers;
import nl.wijkhub.web.http.Caller;
import nl.wijkhub.web.http.PlanIds;
import nl.wijkhub.web.http.ProblemAnswer;

/**
 * What every section of the board stands on: a page in its frame, a form that does something and leads back, and who may
 * look. Whoever may not look gets the page of what is not there.
 */
public final class Board {
    /** A part of the board: its pages, and the forms on them. */
    public interface Section {
        void mount(Router router, Board board);
    }

    /** The fields in which people write sentences. */
    private static final List<String> WRITTEN =
            List.of("text", "question", "strengths", "reason", "coordinator.reason", "rungReason", "contact");

    private final Teams teams;
    private final PlanIds planIds;
    private final TemplateEngine templates = TemplateEngine.createPrecompiled(ContentType.Html);

    Board(Teams teams, PlanIds planIds) {
        this.teams = teams;
        this.planIds = planIds;
    }

    /** Answers with a page; the model is made off the event loop. */
    void show(RoutingContext ctx, String template, Callable<Map<String, Object>> model) {
        Answers.later(ctx, model, ready -> page(ctx, template, ready), failure -> refused(ctx, failure, "/board/"));
    }

    /**
     * Does what a form asks, and goes back.
     *
     * @param command gives what to tell afterwards, a key of the texts under {@code told.}
     */
    void act(RoutingContext ctx, String back, Callable<String> command) {
        String language = Texts.of(ctx).language();
        Answers.later(
                ctx,
                command,
                told -> BoardLogin.redirect(
                        ctx, back + (back.contains("?") ? "&" : "?") + "lang=" + language + "&told=" + told),
                failure -> refused(ctx, failure, back));
    }

    /** What a command says, or that it came too late: what is not there, or has faults, goes up. */
    static String orTooLate(String told, Callable<String> command) throws Exception {
        try {
            return command.call();
        } catch (Rejected refused) {
            if (refused.problem() == Problem.STATE_CONFLICT && refused.faults().isEmpty()) {
                return told;
            }
            throw refused;
        }
    }

    /** The id in the path; what is none is not there. */
    static UUID id(RoutingContext ctx) {
        return Identifier.parse(ctx.pathParam("id")).orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
    }

    /** The plan in the path, as its viewer knows it; what it knows no plan by is not there. */
    UUID plan(RoutingContext ctx) {
        return planIds.plan(id(ctx), caller(ctx)).orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
    }

    Caller caller(RoutingContext ctx) {
        return BoardLogin.letIn(ctx);
    }

    Member member(RoutingContext ctx) {
        return teams.member(caller(ctx).user()).orElseThrow(() -> new Rejected(Problem.NOT_ALLOWED));
    }

    /** To anybody else there is no such page. */
    Caller only(RoutingContext ctx, Role role) {
        if (!member(ctx).is(role)) {
            throw new Rejected(Problem.NOT_FOUND);
        }
        return caller(ctx);
    }

    /** As whom the viewer looks in a team it sits in. */
    Recipient pair(RoutingContext ctx, String team) {
        return caller(ctx).in(teams, team);
    }

    /** A seat of a team that may work on plans, for who sits there. */
    Recipient planSeat(RoutingContext ctx, String team) {
        Recipient pair = pair(ctx, team);
        if (!Coordinator.DISCIPLINES.contains(pair.discipline())) {
            throw new Rejected(Problem.NOT_FOUND);
        }
        return pair;
    }

    /** The municipality's seat of a team, for who sits there. */
    Recipient seat(RoutingContext ctx, String team) {
        Recipient pair = pair(ctx, team);
        if (pair.discipline() != Discipline.MUNICIPALITY) {
            throw new Rejected(Problem.NOT_FOUND);
        }
        return pair;
    }

    /** What cannot be, as a page: a person reads it. */
    private void refused(RoutingContext ctx, Throwable failure, String back) {
        Problem problem = ProblemAnswer.problemOf(failure);
        if (problem == Problem.NOT_FOUND && teams.member(caller(ctx).user()).isPresent()) {
            Answers.onTick(ctx, () -> {
                ctx.response().setStatusCode(problem.status());
                page(ctx, "absent.jte", Map.of());
            });
        } else if (failure instanceof Rejected rejected
                && teams.member(caller(ctx).user()).isPresent()
                && problem != Problem.NOT_AUTHENTICATED) {
            ctx.response().setStatusCode(problem.status());
            page(
                    ctx,
                    "refused.jte",
                    Map.of(
                            "told",
                            FaultWords.of(rejected, Texts.of(ctx)),
                            "back",
                            back + (back.contains("?") ? "&" : "?") + "lang="
                                    + Texts.of(ctx).language(),
                            "sent",
                            sent(ctx)));
        } else {
            Answers.problem(ctx, failure);
        }
    }

    /** What somebody wrote in the form that was refused, by the name of its field: it is shown, so that it is not lost. */
    private static Map<String, String> sent(RoutingContext ctx) {
        Texts texts = Texts.of(ctx);
        Map<String, String> sent = new LinkedHashMap<>();
        for (String name : WRITTEN) {
            String value = ctx.request().getFormAttribute(name);
            if (value != null && !value.isBlank()) {
                sent.put(texts.get("form." + name.substring(name.indexOf('.') + 1)), value);
            }
        }
        return sent;
    }

    void page(RoutingContext ctx, String template, Map<String, Object> model) {
        try {
            String html = html(ctx, template, model);
            ctx.response().putHeader("Content-Type", "text/html; charset=utf-8").end(html);
        } catch (RuntimeException failure) {
            Answers.problem(ctx, failure);
        }
    }

    private String html(RoutingContext ctx, String template, Map<String, Object> model) {
        Texts texts = Texts.of(ctx);
        String told = ctx.request().getParam("told");
        Frame frame = new Frame(
                texts,
                teams,
                member(ctx),
                BoardLogin.csrfOf(ctx),
                told != null && texts.has("told." + told) ? told : null,
                ctx.request().method().equals(HttpMethod.GET) ? ctx.request().path() : "/board/");
        Map<String, Object> all = new HashMap<>(model);
        all.put("frame", frame);
        StringOutput html = new StringOutput();
        templates.render(template, all, html);
        return html.toString();
    }
}
