package nl.wijkhub.web.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.sharing.AgreementInForce;
import nl.wijkhub.sharing.HoldStore;
import nl.wijkhub.signal.Partners;
import nl.wijkhub.team.Role;
import nl.wijkhub.team.Teams;
import nl.wijkhub.web.http.Answers;
import nl.wijkhub.web.http.Caller;

/**
 * What waits, for whoever can end the waiting. {@code GET /v1/holds}: all of it to the privacy officer, to a partner for
 * whom of its own signals it might ask consent. To whom it would go nothing shows.
 */
public final class HoldApi {
    private static final int LARGEST_LIST = 200;

    private final HoldStore holds;
    private final AgreementInForce inForce;
    private final Partners partners;
    private final Teams teams;

    public HoldApi(HoldStore holds, AgreementInForce inForce, Partners partners, Teams teams) {
        this.holds = holds;
        this.inForce = inForce;
        this.partners = partners;
        this.teams = teams;
    }

    public void mount(Router router) {
        router.get("/v1/holds").handler(ctx -> Answers.json(ctx, () -> holds(ctx)));
    }

    private String holds(RoutingContext ctx) {
        Caller caller = Caller.of(ctx.user());
        if (caller.is(Role.PRIVACY_OFFICER, teams)) {
            return all().toString();
        }
        if (caller.user() != null || partners.find(caller.clientId()).isEmpty()) {
            throw new Rejected(Problem.NOT_ALLOWED);
        }
        return toAsk(caller.clientId()).toString();
    }

    private ObjectNode all() {
        ObjectNode body = Json.MAPPER.createObjectNode();
        ArrayNode items = body.putArray("items");
        for (HoldStore.Held hold : holds.open(LARGEST_LIST)) {
            items.addObject()
                    .put("id", hold.id().toString())
                    .put("kind", hold.kind().code())
                    .put("hold", hold.name())
                    .put("signalId", hold.signalId().toString())
                    .put("releaseId", hold.releaseId().toString())
                    .put("recipient", hold.recipient().clientId())
                    .put("heldAt", hold.heldAt().toString())
                    .put("dueAt", hold.dueAt().toString());
        }
        return body;
    }

    /**
     * A task per signal of the sender's own. For whom consent might be asked follows from the signal alone: whom its people
     * said yes or no to elsewhere does not show.
     */
    private ObjectNode toAsk(String partnerId) {
        Map<UUID, ObjectNode> tasks = new LinkedHashMap<>();
        List<String> disciplines =
                inForce
                        .agreement()
                        .disciplinesToAsk(partners.find(partnerId).orElseThrow().discipline())
                        .stream()
                        .map(Discipline::name)
                        .sorted()
                        .toList();
        for (HoldStore.Held hold : holds.consentToAsk(partnerId, LARGEST_LIST)) {
            ObjectNode task = Json.MAPPER.createObjectNode();
            task.put("kind", hold.kind().code());
            task.put("signalId", hold.signalId().toString());
            task.put("dueAt", hold.dueAt().toString());
            disciplines.forEach(task.putArray("disciplines")::add);
            tasks.putIfAbsent(hold.signalId(), task);
        }
        ObjectNode body = Json.MAPPER.createObjectNode();
        body.putArray("items").addAll(tasks.values());
        return body;
    }
}
