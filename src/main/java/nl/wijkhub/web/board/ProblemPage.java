package nl.wijkhub.web.board;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.web.http.ProblemForm;

/** What went wrong, as a page: on a path of the board or of a resident's receipt it is a person who reads it. */
public final class ProblemPage implements ProblemForm {
    private static final TemplateEngine TEMPLATES = TemplateEngine.createPrecompiled(ContentType.Html);

    @Override
    public boolean isFor(RoutingContext ctx) {
        String path = ctx.request().path();
        return path.equals("/receipt") || path.equals("/board") || path.startsWith("/board/");
    }

    @Override
    public void answer(RoutingContext ctx, Problem problem, Throwable failure) {
        StringOutput html = new StringOutput();
        Texts texts = Texts.of(ctx);
        String home = ctx.request().path().equals("/receipt") ? "/receipt" : "/board/";
        TEMPLATES.render("problem.jte", Map.of("texts", texts, "code", problem.code(), "home", home), html);
        ctx.response().putHeader("Content-Type", "text/html; charset=utf-8").end(html.toString());
    }
}
