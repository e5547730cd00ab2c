package nl.wijkhub.web.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import nl.wijkhub.casework.AttentionStore;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.sharing.Consultations;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.team.Teams;
import nl.wijkhub.web.http.Answers;
import nl.wijkhub.web.http.Caller;
import nl.wijkhub.web.http.PlanIds;

/** {@code GET /v1/teams/{id}/attention}: what asks for attention, of the plans at their seat, of its own queue and ladder at any. */
public final class AttentionApi {
    private static final int LARGEST_LIST = 200;

    private final AttentionStore attention;
    private final Consultations consultations;
    private final Teams teams;
    private final PlanIds ids;
    private final Clock clock;

    public AttentionApi(AttentionStore attention, Consultations consultations, Teams teams, PlanIds ids, Clock clock) {
        this.attention = attention;
        this.consultations = consultations;
        this.teams = teams;
        this.ids = ids;
        this.clock = clock;
    }

    public void mount(Router router) {
        router.get("/v1/teams/:id/attention").handler(ctx -> Answers.json(ctx, () -> attention(ctx)));
    }

    private String attention(RoutingContext ctx) {
        Caller caller = Caller.of(ctx.user());
        Recipient pair = caller.in(teams, ctx.pathParam("id"));
        ObjectNode body = Json.MAPPER.createObjectNode();
        ArrayNode items = body.putArray("items");
        Instant now = clock.instant();
        List<AttentionStore.Item> asking = attention.ofPair(pair, LARGEST_LIST);
        Map<UUID, UUID> known = ids.to(
                pair,
                asking.stream()
                        .map(AttentionStore.Item::planId)
                        .filter(Objects::nonNull)
                        .toList());
        asking.forEach(one -> items.add(node(one, known.get(one.planId()))));
        if (pair.discipline() == Discipline.CARE) {
            // of which plan it is, is not care's to know
            consultations.unanswered(pair.teamId(), LARGEST_LIST).stream()
                    .filter(asked -> asked.dueAt().isBefore(now))
                    .map(asked -> new AttentionStore.Item("consult-unanswered", null, asked.id(), asked.dueAt()))
                    .forEach(one -> items.add(node(one, null)));
        }
        attention.overdue(pair, now, LARGEST_LIST).forEach(one -> items.add(node(one, null)));
        return body.toString();
    }

    /** @param plan the id by which the pair knows it; null for what is of none */
    private static ObjectNode node(AttentionStore.Item one, UUID plan) {
        return Json.MAPPER
                .createObjectNode()
                .put("kind", one.kind())
                .put("planId", plan == null ? null : plan.toString())
                .put("partId", one.partId() == null ? null : one.partId().toString())
                .put("since", one.since().toString());
    }
}
