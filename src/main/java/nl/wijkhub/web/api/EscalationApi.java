package nl.wijkhub.web.api;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Handler;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import nl.wijkhub.escalation.EscalationAnswers;
import nl.wijkhub.escalation.EscalationStep;
import nl.wijkhub.escalation.EscalationView;
import nl.wijkhub.escalation.Escalations;
import nl.wijkhub.escalation.Escalations.Actor;
import nl.wijkhub.escalation.Escalations.Seen;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Page;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.signal.Partners;
import nl.wijkhub.team.Teams;
import nl.wijkhub.web.http.Answers;
import nl.wijkhub.web.http.BodyReading;
import nl.wijkhub.web.http.Caller;
import nl.wijkhub.web.http.PathReading;
import nl.wijkhub.web.http.PlanIds;
import nl.wijkhub.web.http.QueryReading;
import nl.wijkhub.web.http.Reading;
import nl.wijkhub.web.http.RequestBody;

/**
 * {@code GET /v1/escalations?after=}, {@code GET /v1/escalations/{id}}, {@code POST …/_take} and {@code …/_decline
 * {reason}}: for the pair a step belongs to, and for a care provider that was told of it. A team's own system reads at most.
 * To whom a step was not told it is like one that does not exist.
 */
public final class EscalationApi {
    private static final int SHORTEST_OF_PARTNER = 1;

    private final Database database;
    private final Escalations escalations;
    private final EscalationAnswers answers;
    private final Partners partners;
    private final Teams teams;
    private final PlanIds ids;

    public EscalationApi(
            Database database,
            Escalations escalations,
            EscalationAnswers answers,
            Partners partners,
            Teams teams,
            PlanIds ids) {
        this.database = database;
        this.escalations = escalations;
        this.answers = answers;
        this.partners = partners;
        this.teams = teams;
        this.ids = ids;
    }

    public void mount(Router router) {
        Handler<RoutingContext> body = RequestBody.upTo(BodyReading.LARGEST);
        router.get("/v1/escalations").handler(ctx -> Answers.json(ctx, () -> feed(ctx)));
        router.get("/v1/escalations/:id").handler(ctx -> Answers.json(ctx, () -> see(ctx)));
        router.post("/v1/escalations/:id/_take").handler(body).handler(ctx -> Answers.json(ctx, () -> take(ctx)));
        router.post("/v1/escalations/:id/_decline").handler(body).handler(ctx -> Answers.json(ctx, () -> decline(ctx)));
    }

    /** Who has pairs, or is a care provider; to anyone else there is nothing here. */
    private Actor actor(RoutingContext ctx) {
        Actor actor = Caller.of(ctx.user()).escalationActor(partners, teams);
        if (actor.pairs().isEmpty() && actor.partner() == null) {
            throw new Rejected(Problem.NOT_FOUND);
        }
        return actor;
    }

    /** Work is done by people, and by a care provider's own system in the name of its people. */
    private Actor worker(RoutingContext ctx) {
        Actor actor = actor(ctx);
        if (actor.partner() == null && Caller.of(ctx.user()).user() == null) {
            throw new Rejected(Problem.NOT_ALLOWED);
        }
        return actor;
    }

    private String feed(RoutingContext ctx) {
        Actor actor = actor(ctx);
        QueryReading in = new QueryReading(ctx);
        UUID after = in.after();
        int size = in.pageSize();
        in.orReject();
        return actor.partner() == null ? ofPairs(actor, after, size) : ofPartner(actor, after, size);
    }

    private String ofPairs(Actor actor, UUID after, int size) {
        Page<Seen> page = Page.of(escalations.feed(actor, after, size + 1), size, seen -> seen.step()
                .id());
        ObjectNode body = Json.MAPPER.createObjectNode();
        ArrayNode items = body.putArray("items");
        known(page.items()).forEach((seen, plan) -> items.add(EscalationJson.of(EscalationView.of(seen), plan)));
        if (page.next() != null) {
            body.put("next", page.next().toString());
        }
        return body.toString();
    }

    /** A step that may not be seen any more leaves the list as if it had never been told. */
    private String ofPartner(Actor actor, UUID after, int size) {
        List<UUID> told = escalations.toldOf(actor.partner(), after, size + 1);
        ObjectNode body = Json.MAPPER.createObjectNode();
        ArrayNode items = body.putArray("items");
        for (UUID id : told.subList(0, Math.min(size, told.size()))) {
            database.inTransaction(() -> escalations.see(id, actor))
                    .ifPresent(seen -> items.add(EscalationJson.of(EscalationView.of(seen), null)));
        }
        if (told.size() > size) {
            body.put("next", told.get(size - 1).toString());
        }
        return body.toString();
    }

    private String see(RoutingContext ctx) {
        Actor actor = actor(ctx);
        UUID id = PathReading.id(ctx, "id");
        return shown(database.inTransaction(() -> escalations.see(id, actor)));
    }

    private String take(RoutingContext ctx) {
        Actor actor = worker(ctx);
        UUID id = PathReading.id(ctx, "id");
        BodyReading.nothing(ctx);
        return shown(database.inTransaction(() -> answers.take(id, actor)));
    }

    private String decline(RoutingContext ctx) {
        Actor actor = worker(ctx);
        UUID id = PathReading.id(ctx, "id");
        BodyReading in = new BodyReading(ctx, Set.of("reason"));
        String reason = in.text("reason", actor.partner() == null ? Reading.SHORTEST_REASON : SHORTEST_OF_PARTNER);
        in.orReject();
        return shown(database.inTransaction(() -> answers.decline(id, actor, reason)));
    }

    private String shown(Optional<Seen> seen) {
        return seen.map(one ->
                        EscalationJson.of(EscalationView.of(one), known(one)).toString())
                .orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
    }

    /** The id by which its pair knows the plan of a step; null to anybody outside. */
    private UUID known(Seen seen) {
        return seen.isOwn() ? ids.to(seen.step().recipient(), seen.step().planId()) : null;
    }

    /** Each step with the id by which its pair knows the plan, in the same order. */
    private Map<Seen, UUID> known(List<Seen> steps) {
        Map<Recipient, List<UUID>> plans = steps.stream()
                .map(Seen::step)
                .collect(groupingBy(EscalationStep::recipient, mapping(EscalationStep::planId, toList())));
        Map<Recipient, Map<UUID, UUID>> ofPair = new HashMap<>();
        plans.forEach((pair, own) -> ofPair.put(pair, ids.to(pair, own)));
        Map<Seen, UUID> known = new LinkedHashMap<>();
        steps.forEach(seen -> known.put(
                seen, ofPair.get(seen.step().recipient()).get(seen.step().planId())));
        return known;
    }
}
