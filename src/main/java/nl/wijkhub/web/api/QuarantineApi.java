package nl.wijkhub.web.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Handler;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.UUID;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.signal.Partners;
import nl.wijkhub.signal.Quarantine;
import nl.wijkhub.signal.Quarantined;
import nl.wijkhub.signal.Quarantined.Answer;
import nl.wijkhub.team.Teams;
import nl.wijkhub.web.http.Answers;
import nl.wijkhub.web.http.BodyReading;
import nl.wijkhub.web.http.Caller;
import nl.wijkhub.web.http.PathReading;
import nl.wijkhub.web.http.QueryReading;
import nl.wijkhub.web.http.RequestBody;

/**
 * {@code GET /v1/quarantine}: what came by message and could not be taken, and why. {@code POST …/{id}/_replay}: try it again
 * as it came. A partner has its own, the administrator everybody's; the content shows to nobody.
 */
public final class QuarantineApi {
    /** Entries on a page: each has up to a hundred faults. */
    private static final int LARGEST_PAGE = 200;

    private final Quarantine quarantine;
    private final Quarantine.Replay replay;
    private final Partners partners;
    private final Teams teams;

    public QuarantineApi(Quarantine quarantine, Quarantine.Replay replay, Partners partners, Teams teams) {
        this.quarantine = quarantine;
        this.replay = replay;
        this.partners = partners;
        this.teams = teams;
    }

    public void mount(Router router) {
        router.get("/v1/quarantine").handler(ctx -> Answers.json(ctx, () -> list(ctx)));
        Handler<RoutingContext> body = RequestBody.upTo(BodyReading.LARGEST);
        router.post("/v1/quarantine/:id/_replay")
                .handler(body)
                .handler(ctx -> Answers.later(ctx, () -> replay(ctx), answer -> {
                    ctx.response().setStatusCode(answer.status()).putHeader("Content-Type", answer.mediaType());
                    ctx.response().end(answer.body());
                }));
    }

    private String list(RoutingContext ctx) {
        String owner = Caller.of(ctx.user()).partnerOrAdministrator(partners, teams);
        QueryReading in = new QueryReading(ctx);
        UUID after = in.after();
        int size = Math.min(LARGEST_PAGE, in.pageSize());
        in.orReject();
        List<Quarantined> page = quarantine.waiting(owner, after, size + 1);
        ObjectNode body = Json.MAPPER.createObjectNode();
        ArrayNode items = body.putArray("items");
        page.stream().limit(size).forEach(entry -> items.add(shown(entry)));
        if (page.size() > size) {
            body.put("next", page.get(size - 1).id().toString());
        }
        return body.toString();
    }

    private Answer replay(RoutingContext ctx) {
        String owner = Caller.of(ctx.user()).partnerOrAdministrator(partners, teams);
        UUID id = PathReading.id(ctx, "id");
        BodyReading.nothing(ctx);
        Quarantined entry = quarantine.find(id, owner).orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
        return replay.replay(entry, Caller.of(ctx.user()).who(), Answers.trace(ctx));
    }

    private static ObjectNode shown(Quarantined entry) {
        ObjectNode item = Json.MAPPER.createObjectNode();
        item.put("id", entry.id().toString());
        item.put("partner", entry.partnerId());
        item.put("receivedAt", entry.receivedAt().toString());
        item.put("lastReceivedAt", entry.lastReceivedAt().toString());
        item.put("times", entry.times());
        item.put("bytes", entry.bytes());
        item.put("kept", entry.isWhole());
        item.setAll(Json.read(entry.refusal(), ObjectNode.class));
        return item;
    }
}
