package nl.wijkhub.web.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.sharing.SharingPolicy;
import nl.wijkhub.signal.AcceptedSignal;
import nl.wijkhub.signal.AreaReceipts;
import nl.wijkhub.signal.SignalStore;
import nl.wijkhub.team.Neighbourhoods;
import nl.wijkhub.team.SenderFeedback;
import nl.wijkhub.web.board.Texts;
import nl.wijkhub.web.http.AddressRate;
import nl.wijkhub.web.http.Answers;
import nl.wijkhub.web.http.ProblemAnswer;
import nl.wijkhub.web.http.RequestBody;

/**
 * {@code GET /v1/receipts/{code}}: whoever holds the code of a signal about an area sees how far it is, without a token.
 * Nothing else of the signal shows but its day and the name of its neighbourhood; what is no code, or one of nobody, or
 * one that expired gives the same 404 at the same moment. {@code /receipt} is the same as a page for a resident.
 */
public final class ReceiptApi {
    private static final long LARGEST_FORM = 4 * 1024;

    private final Database database;
    private final AreaReceipts receipts;
    private final SignalStore signals;
    private final SenderFeedback feedback;
    private final Neighbourhoods neighbourhoods;
    private final AddressRate rate;
    private final TemplateEngine templates = TemplateEngine.createPrecompiled(ContentType.Html);

    public ReceiptApi(
            Database database,
            AreaReceipts receipts,
            SignalStore signals,
            SenderFeedback feedback,
            Neighbourhoods neighbourhoods,
            AddressRate rate) {
        this.database = database;
        this.receipts = receipts;
        this.signals = signals;
        this.feedback = feedback;
        this.neighbourhoods = neighbourhoods;
        this.rate = rate;
    }

    public void mount(Router router) {
        router.get("/v1/receipts/:code").handler(ctx -> {
            try {
                rate.check(ctx);
            } catch (Rejected tooMany) {
                Answers.problem(ctx, tooMany);
                return;
            }
            Answers.json(ctx, () -> find(ctx, ctx.pathParam("code")).toString());
        });
        router.get("/receipt").handler(ctx -> page(ctx, null, false));
        router.post("/receipt").handler(RequestBody.upTo(LARGEST_FORM)).handler(this::look);
    }

    /** The same for a resident with a browser: the code is sent, so that it stands in no address. */
    private void look(RoutingContext ctx) {
        String code = String.valueOf(ctx.request().getFormAttribute("code")).strip();
        try {
            rate.check(ctx);
        } catch (Rejected tooMany) {
            Answers.problem(ctx, tooMany);
            return;
        }
        Answers.later(ctx, () -> find(ctx, code), found -> page(ctx, found, false), failure -> {
            if (ProblemAnswer.problemOf(failure) == Problem.NOT_FOUND) {
                Answers.onTick(ctx, () -> {
                    ctx.response().setStatusCode(Problem.NOT_FOUND.status());
                    page(ctx, null, true);
                });
            } else {
                Answers.problem(ctx, failure);
            }
        });
    }

    private void page(RoutingContext ctx, ObjectNode found, boolean isUnknown) {
        Map<String, Object> model = new HashMap<>();
        model.put("texts", Texts.of(ctx));
        model.put("found", found);
        model.put("isUnknown", isUnknown);
        StringOutput html = new StringOutput();
        templates.render("receipt.jte", model, html);
        ctx.response().putHeader("Content-Type", "text/html; charset=utf-8").end(html.toString());
    }

    private ObjectNode find(RoutingContext ctx, String code) {
        List<UUID> found = receipts.signalsOf(code);
        if (found.isEmpty()) {
            throw new Rejected(Problem.NOT_FOUND);
        }
        AcceptedSignal received = signals.byId(found.get(0)).orElseThrow();
        ObjectNode answer = Json.MAPPER.createObjectNode();
        answer.put("status", database.inTransaction(() -> feedback.status(found, Answers.trace(ctx))));
        answer.put(
                "receivedAt",
                LocalDate.ofInstant(received.acceptedAt(), SharingPolicy.CALENDAR)
                        .toString());
        String buurt = received.signal().subject().neighbourhood().buurtCode();
        String name = buurt == null ? null : neighbourhoods.nameOf(buurt);
        if (name != null) {
            answer.put("area", name);
        }
        return answer;
    }
}
