package nl.wijkhub.web.board;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.Map;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.team.ReceiptLook;
import nl.wijkhub.web.http.AddressRate;
import nl.wijkhub.web.http.Answers;
import nl.wijkhub.web.http.RequestBody;

/**
 * {@code /receipt}: a resident with a browser and the code of a signal about an area sees how far it is. The code is sent
 * as a form, so that it stands in no address; nobody logs in.
 */
public final class ReceiptPage {
    private static final long LARGEST_FORM = 4 * 1024;

    private final ReceiptLook receipts;
    private final AddressRate rate;
    private final TemplateEngine templates = TemplateEngine.createPrecompiled(ContentType.Html);

    public ReceiptPage(ReceiptLook receipts, AddressRate rate) {
        this.receipts = receipts;
        this.rate = rate;
    }

    public void mount(Router router) {
        router.get("/receipt").handler(ctx -> page(ctx, null, false));
        router.post("/receipt").handler(RequestBody.upTo(LARGEST_FORM)).handler(this::look);
    }

    private void look(RoutingContext ctx) {
        String code = String.valueOf(ctx.request().getFormAttribute("code")).strip();
        try {
            rate.check(ctx);
        } catch (Rejected tooMany) {
            Answers.problem(ctx, tooMany);
            return;
        }
        Answers.later(
                ctx,
                () -> receipts.of(code, Answers.trace(ctx)),
                found -> found.ifPresentOrElse(one -> page(ctx, one, false), () -> unknown(ctx)));
    }

    private void unknown(RoutingContext ctx) {
        Answers.onTick(ctx, () -> {
            ctx.response().setStatusCode(Problem.NOT_FOUND.status());
            page(ctx, null, true);
        });
    }

    private void page(RoutingContext ctx, ReceiptLook.Progress found, boolean isUnknown) {
        Map<String, Object> model = new HashMap<>();
        model.put("texts", Texts.of(ctx));
        model.put("found", found);
        model.put("isUnknown", isUnknown);
        StringOutput html = new StringOutput();
        templates.render("receipt.jte", model, html);
        ctx.response().putHeader("Content-Type", "text/html; charset=utf-8").end(html.toString());
    }
}
