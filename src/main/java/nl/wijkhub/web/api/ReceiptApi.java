package nl.wijkhub.web.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.team.ReceiptLook;
import nl.wijkhub.web.http.AddressRate;
import nl.wijkhub.web.http.Answers;

/**
 * {@code GET /v1/receipts/{code}}: whoever holds the code of a signal about an area sees how far it is, without a token.
 * Nothing else of the signal shows but its day and the name of its neighbourhood; what is no code, or one of nobody, or
 * one that expired gives the same 404 at the same moment.
 */
public final class ReceiptApi {
    private final ReceiptLook receipts;
    private final AddressRate rate;

    public ReceiptApi(ReceiptLook receipts, AddressRate rate) {
        this.receipts = receipts;
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
            Answers.json(ctx, () -> find(ctx));
        });
    }

    private String find(RoutingContext ctx) {
        ReceiptLook.Progress found = receipts.of(ctx.pathParam("code"), Answers.trace(ctx))
                .orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
        ObjectNode answer = Json.MAPPER.createObjectNode();
        answer.put("status", found.status());
        answer.put("receivedAt", found.receivedOn().toString());
        if (found.area() != null) {
            answer.put("area", found.area());
        }
        return answer.toString();
    }
}
