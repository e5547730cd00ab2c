package nl.wijkhub.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import nl.wijkhub.kernel.DatabaseStore;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.sharing.SharingPolicy;
import nl.wijkhub.signal.AcceptedSignal;
import nl.wijkhub.signal.AreaReceipts;
import nl.wijkhub.signal.SignalStore;
import nl.wijkhub.team.Neighbourhoods;
import nl.wijkhub.team.SenderFeedback;

/**
 * {@code GET /v1/receipts/{code}}: whoever holds the code of a signal about an area sees how far it is, without a token.
 * Nothing else of the signal shows but its day and the name of its neighbourhood; what is no code, or one of nobody, or
 * one that expired gives the same 404 at the same moment.
 */
public final class ReceiptApi {
    private final DatabaseStore database;
    private final AreaReceipts receipts;
    private final SignalStore signals;
    private final SenderFeedback feedback;
    private final Neighbourhoods neighbourhoods;
    private final AddressRate rate;

    public ReceiptApi(
            DatabaseStore database,
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

    void mount(Router router) {
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
        List<UUID> found = receipts.signalsOf(ctx.pathParam("code"));
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
        return answer.toString();
    }
}
