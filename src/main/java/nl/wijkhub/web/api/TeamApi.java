package nl.wijkhub.web.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import nl.wijkhub.casework.QueueLook;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Page;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.team.QueueItem;
import nl.wijkhub.team.QueueStore;
import nl.wijkhub.team.Teams;
import nl.wijkhub.web.http.Answers;
import nl.wijkhub.web.http.Caller;
import nl.wijkhub.web.http.PlanIds;
import nl.wijkhub.web.http.QueryReading;
import nl.wijkhub.web.http.TeamEvents;

/** {@code GET /v1/teams/{id}/queue-items} and {@code …/events}: what one (team, discipline) pair has in its queue. */
public final class TeamApi {
    private static final Map<String, QueueStore.Sort> SORTS = Map.of(
            "dueAt", QueueStore.Sort.DUE_AT,
            "createdAt", QueueStore.Sort.CREATED_AT,
            "-createdAt", QueueStore.Sort.NEWEST);

    private final QueueLook looks;
    private final Teams teams;
    private final PlanIds ids;
    private final TeamEvents events;

    public TeamApi(QueueLook looks, Teams teams, PlanIds ids, TeamEvents events) {
        this.looks = looks;
        this.teams = teams;
        this.ids = ids;
        this.events = events;
    }

    public void mount(Router router) {
        router.get("/v1/teams/:id/queue-items").handler(ctx -> Answers.json(ctx, () -> items(ctx)));
        router.get("/v1/teams/:id/events").handler(this::follow);
    }

    private String items(RoutingContext ctx) {
        Recipient recipient = Caller.of(ctx.user()).in(teams, ctx.pathParam("id"));
        QueryReading in = new QueryReading(ctx);
        QueueItem.ItemState state = in.oneOf("state", List.of(QueueItem.ItemState.values()), QueueItem.ItemState::code);
        String sort = in.oneOf("sort", List.of("dueAt", "createdAt", "-createdAt"), name -> name);
        QueueLook.Asked asked =
                new QueueLook.Asked(state, sort == null ? QueueStore.Sort.DUE_AT : SORTS.get(sort), in.after());
        int size = in.pageSize();
        in.orReject();
        Page<QueueItem> page = looks.items(recipient, asked, size);
        Map<UUID, UUID> known = ids.to(
                recipient,
                page.items().stream()
                        .map(QueueItem::planId)
                        .filter(Objects::nonNull)
                        .toList());
        ObjectNode body = Json.MAPPER.createObjectNode();
        ArrayNode items = body.putArray("items");
        page.items().forEach(item -> items.add(QueueItemApi.json(item, known.get(item.planId()))));
        if (page.next() != null) {
            body.put("next", page.next().toString());
        }
        return body.toString();
    }

    private void follow(RoutingContext ctx) {
        try {
            Recipient recipient = Caller.of(ctx.user()).in(teams, ctx.pathParam("id"));
            events.follow(
                    ctx,
                    recipient,
                    Identifier.parse(ctx.request().getHeader("Last-Event-ID")).orElse(null));
        } catch (Rejected e) {
            Answers.problem(ctx, e);
        }
    }
}
