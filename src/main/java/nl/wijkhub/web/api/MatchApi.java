package nl.wijkhub.web.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Handler;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import nl.wijkhub.casework.HouseholdMatches;
import nl.wijkhub.casework.HouseholdMatches.Decided;
import nl.wijkhub.casework.PlanLook.Actor;
import nl.wijkhub.household.CollectiveAddresses;
import nl.wijkhub.household.HouseholdMatchStore.Decision;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.plan.PlanMatchStore.PlanMatch;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.signal.Address;
import nl.wijkhub.signal.CaseSignal;
import nl.wijkhub.team.Role;
import nl.wijkhub.team.Teams;
import nl.wijkhub.web.http.Answers;
import nl.wijkhub.web.http.BodyReading;
import nl.wijkhub.web.http.Caller;
import nl.wijkhub.web.http.PathReading;
import nl.wijkhub.web.http.PlanIds;
import nl.wijkhub.web.http.RequestBody;
import nl.wijkhub.web.http.SubjectReading;

/**
 * {@code GET /v1/teams/{id}/matches}, {@code POST /v1/matches/{id}/_decide|_undo}, {@code POST /v1/plans/{id}/_merge|_split},
 * {@code POST /v1/changes/{id}/_undo} for the seat that has both plans, and
 * {@code POST /v1/households/_collective|_individual} for a lead at the seat of the area. Work is done by people: a
 * system reads at most.
 */
public final class MatchApi {
    private static final int LARGEST_LIST = 200;
    private static final Map<String, Decision> DECISIONS = Map.of(
            "merge", Decision.MERGED, "move", Decision.MOVED, "both", Decision.BOTH, "different", Decision.DIFFERENT);

    private final Database database;
    private final HouseholdMatches matches;
    private final CollectiveAddresses collective;
    private final Teams teams;
    private final PlanIds ids;

    public MatchApi(
            Database database, HouseholdMatches matches, CollectiveAddresses collective, Teams teams, PlanIds ids) {
        this.database = database;
        this.matches = matches;
        this.collective = collective;
        this.teams = teams;
        this.ids = ids;
    }

    public void mount(Router router) {
        Handler<RoutingContext> body = RequestBody.upTo(BodyReading.LARGEST);
        router.get("/v1/teams/:id/matches").handler(ctx -> Answers.json(ctx, () -> waiting(ctx)));
        router.post("/v1/matches/:id/_decide").handler(body).handler(ctx -> Answers.json(ctx, () -> decide(ctx)));
        router.post("/v1/matches/:id/_undo").handler(body).handler(ctx -> Answers.json(ctx, () -> undo(ctx)));
        router.post("/v1/plans/:id/_merge").handler(body).handler(ctx -> Answers.json(ctx, () -> merge(ctx)));
        router.post("/v1/plans/:id/_split").handler(body).handler(ctx -> Answers.json(ctx, () -> split(ctx)));
        router.post("/v1/changes/:id/_undo").handler(body).handler(ctx -> Answers.json(ctx, () -> undoChange(ctx)));
        router.post("/v1/households/_collective")
                .handler(body)
                .handler(ctx -> Answers.json(ctx, () -> collective(ctx, true)));
        router.post("/v1/households/_individual")
                .handler(body)
                .handler(ctx -> Answers.json(ctx, () -> collective(ctx, false)));
    }

    private String waiting(RoutingContext ctx) {
        Caller caller = Caller.of(ctx.user());
        Recipient pair = caller.in(teams, ctx.pathParam("id"));
        if (!HouseholdMatches.isSeat(pair)) {
            throw new Rejected(Problem.NOT_FOUND);
        }
        Actor actor = new Actor(caller.who(), List.of(pair), caller.trace());
        ObjectNode body = Json.MAPPER.createObjectNode();
        ArrayNode items = body.putArray("items");
        List<PlanMatch> waiting = database.inTransaction(() -> matches.waitingFor(pair, actor, LARGEST_LIST));
        Map<UUID, UUID> known = ids.to(
                pair,
                waiting.stream()
                        .flatMap(match -> Stream.of(match.planId(), match.otherPlanId()))
                        .toList());
        for (PlanMatch match : waiting) {
            items.addObject()
                    .put("id", match.id().toString())
                    .put("kind", match.kind().code())
                    .put("planId", known.get(match.planId()).toString())
                    .put("otherPlanId", known.get(match.otherPlanId()).toString())
                    .put("proposedAt", match.proposedAt().toString());
        }
        return body.toString();
    }

    private String decide(RoutingContext ctx) {
        Actor actor = Caller.person(ctx, teams);
        UUID id = PathReading.id(ctx, "id");
        BodyReading in = new BodyReading(ctx, Set.of("decision", "reason"));
        String decision = in.oneOf("decision", DECISIONS.keySet());
        String reason = reason(in);
        in.orReject();
        Decided decided = database.inTransaction(() -> matches.decide(id, actor, DECISIONS.get(decision), reason));
        return answer(decided)
                .put("id", id.toString())
                .put("decision", decision)
                .toString();
    }

    private String undo(RoutingContext ctx) {
        Actor actor = Caller.person(ctx, teams);
        UUID id = PathReading.id(ctx, "id");
        BodyReading in = new BodyReading(ctx, Set.of("reason"));
        String reason = reason(in);
        in.orReject();
        Decided decided = database.inTransaction(() -> matches.undo(id, actor, reason));
        return answer(decided).put("id", id.toString()).put("undone", true).toString();
    }

    private String merge(RoutingContext ctx) {
        Actor actor = Caller.person(ctx, teams);
        UUID id = ids.named(ctx);
        BodyReading in = new BodyReading(ctx, Set.of("planId", "reason"));
        UUID other = in.id("planId");
        String reason = reason(in);
        in.orReject();
        UUID otherPlan = ids.plan(other, Caller.of(ctx.user())).orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
        return answer(database.inTransaction(() -> matches.merge(id, otherPlan, actor, reason)))
                .toString();
    }

    private String split(RoutingContext ctx) {
        Actor actor = Caller.person(ctx, teams);
        UUID id = ids.named(ctx);
        Set<UUID> known = matches.signalsOf(id, actor);
        BodyReading in = new BodyReading(ctx, Set.of("signalIds", "reason"));
        Set<UUID> chosen = in.codes("signalIds", text -> Identifier.parse(text).filter(known::contains));
        if (chosen.size() == known.size()) {
            in.fault("/signalIds", "all-of-them");
        }
        String reason = reason(in);
        in.orReject();
        return answer(database.inTransaction(() -> matches.split(id, chosen, actor, reason)))
                .toString();
    }

    private String undoChange(RoutingContext ctx) {
        Actor actor = Caller.person(ctx, teams);
        UUID id = PathReading.id(ctx, "id");
        BodyReading in = new BodyReading(ctx, Set.of("reason"));
        String reason = reason(in);
        in.orReject();
        return answer(database.inTransaction(() -> matches.undoChange(id, actor, reason)))
                .put("undone", true)
                .toString();
    }

    /** The same answer whoever lives there, and whatever it was before: where a shelter is, is a secret. */
    private String collective(RoutingContext ctx, boolean isCollective) {
        Actor actor = Caller.person(ctx, teams);
        Caller caller = Caller.of(ctx.user());
        if (!caller.is(Role.TEAM_LEAD, teams) || actor.pairs().stream().noneMatch(HouseholdMatches::isSeat)) {
            throw new Rejected(Problem.NOT_ALLOWED);
        }
        BodyReading in = new BodyReading(ctx, Set.of("address", "reason"));
        Optional<Address> address = SubjectReading.address(in);
        String reason = reason(in);
        in.orReject();
        if (!actor.pairs().contains(seatOf(address.orElseThrow()))) {
            throw new Rejected(Problem.NOT_ALLOWED);
        }
        database.inTransaction(() -> {
            if (isCollective) {
                collective.mark(address.get(), reason, actor.user());
            } else {
                collective.end(address.get(), reason, actor.user());
            }
            return null;
        });
        return Json.MAPPER.createObjectNode().put("collective", isCollective).toString();
    }

    /** The seat of the team whose area has an address. */
    private Recipient seatOf(Address address) {
        CaseSignal.Subject place = new CaseSignal.Subject(new CaseSignal.Household(address, List.of()), null);
        return new Recipient(teams.of(place).get(0).teamId(), Discipline.MUNICIPALITY);
    }

    private static String reason(BodyReading in) {
        return in.reason();
    }

    private ObjectNode answer(Decided decided) {
        ObjectNode body = Json.MAPPER.createObjectNode();
        if (decided.changeId() != null) {
            body.put("changeId", decided.changeId().toString());
            body.put("planId", ids.to(decided.seat(), decided.planId()).toString());
        }
        return body;
    }
}
