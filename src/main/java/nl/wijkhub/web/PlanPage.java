package nl.wijkhub.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import nl.wijkhub.kernel.DatabaseStore;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.plan.PlanLifeStore;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.team.PlanWork;
import nl.wijkhub.team.Role;
import nl.wijkhub.team.Team;
import nl.wijkhub.team.Teams;

/**
 * One plan, made of what the API tells the same viewer: all of it at the coordinator's seat, its own tasks to a partner that
 * takes part. The privacy officer sees what was shared or withheld, and nothing of the plan itself.
 */
public final class PlanPage implements Board.Section {
    /**
     * A round of scores.
     *
     * @param values life domain, in words → 1..5
     * @param corners of its shape in the radar
     */
    public record Round(String moment, String on, Map<String, Integer> values, String corners) {}

    /** @param spokes one per domain, none when nothing was scored */
    public record Scores(List<String> domains, List<Radar.Spoke> spokes, List<Round> rounds) {}

    public record Event(Instant at, String what, String user) {}

    /**
     * @param plan as {@code GET /v1/plans/{id}} tells it; an empty object to the privacy officer
     * @param owners id of a participant → who it is
     * @param shared what was shared with whom
     * @param teams where it may be handed over to
     */
    public record View(
            UUID id,
            boolean atSeat,
            ObjectNode plan,
            Map<String, String> owners,
            Scores scores,
            List<Event> history,
            List<PlanShared.Shared> shared,
            List<String> teams) {
        public String owner(JsonNode agreement, Texts texts) {
            String owner = agreement.path("owner").asText();
            return owners.getOrDefault(owner, texts.code("owner", owner));
        }
    }

    private final DatabaseStore database;
    private final PlanWork work;
    private final PlanLifeStore plans;
    private final PlanShared shared;
    private final Teams teams;

    public PlanPage(DatabaseStore database, PlanWork work, PlanLifeStore plans, PlanShared shared, Teams teams) {
        this.database = database;
        this.work = work;
        this.plans = plans;
        this.shared = shared;
        this.teams = teams;
    }

    @Override
    public void mount(Router router, Board board) {
        router.get("/board/plans/:id").handler(ctx -> show(ctx, board));
    }

    private void show(RoutingContext ctx, Board board) {
        Texts texts = Texts.of(ctx);
        board.show(ctx, "plan.jte", () -> {
            UUID id = Board.id(ctx);
            Caller caller = board.caller(ctx);
            View view = caller.is(Role.PRIVACY_OFFICER, teams)
                    ? ofPrivacyOfficer(id, texts)
                    // a look that is refused is logged too
                    : database.inTransaction(() -> of(id, caller, texts))
                            .orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
            return Map.of("texts", texts, "view", view);
        });
    }

    private View ofPrivacyOfficer(UUID id, Texts texts) {
        List<UUID> signals = plans.allSignalsOf(id);
        if (signals.isEmpty()) {
            throw new Rejected(Problem.NOT_FOUND);
        }
        List<UUID> newest = signals.subList(Math.max(0, signals.size() - PlanShared.MOST), signals.size());
        return new View(
                id,
                false,
                Json.MAPPER.createObjectNode(),
                Map.of(),
                new Scores(List.of(), List.of(), List.of()),
                List.of(),
                shared.toPrivacyOfficer(newest, texts),
                List.of());
    }

    private Optional<View> of(UUID id, Caller caller, Texts texts) {
        PlanWork.Actor actor = new PlanWork.Actor(caller.user(), caller.pairs(teams), caller.trace());
        return work.see(id, actor).map(seen -> of(id, seen.view(), actor, texts));
    }

    private View of(UUID id, ObjectNode plan, PlanWork.Actor actor, Texts texts) {
        boolean atSeat = plan.has("team");
        Map<String, String> owners = new HashMap<>();
        plan.path("participants")
                .forEach(one -> owners.put(
                        one.get("id").asText(),
                        one.path("pair").asText(one.path("name").asText())));
        List<UUID> signals = new ArrayList<>();
        plan.path("signals").forEach(signal -> signals.add(UUID.fromString(signal.asText())));
        return new View(
                id,
                atSeat,
                plan,
                owners,
                scores(plan, texts),
                atSeat ? history(id, actor, texts) : List.of(),
                atSeat
                        ? shared.toSeat(
                                signals, new Recipient(plan.get("team").asText(), Discipline.MUNICIPALITY), texts)
                        : List.of(),
                atSeat ? others(plan.get("team").asText()) : List.of());
    }

    private List<String> others(String team) {
        return teams.all().stream()
                .map(Team::id)
                .filter(other -> !other.equals(team))
                .toList();
    }

    private static Scores scores(JsonNode plan, Texts texts) {
        TreeSet<String> codes = new TreeSet<>();
        plan.path("scores").forEach(round -> round.get("scores").fieldNames().forEachRemaining(codes::add));
        List<Round> rounds = new ArrayList<>();
        for (JsonNode round : plan.path("scores")) {
            Map<String, Integer> byCode = new TreeMap<>();
            round.get("scores")
                    .fields()
                    .forEachRemaining(
                            one -> byCode.put(one.getKey(), one.getValue().asInt()));
            Map<String, Integer> byName = new LinkedHashMap<>();
            byCode.forEach((code, value) -> byName.put(texts.code("domain", code), value));
            rounds.add(new Round(
                    texts.code("moment", round.get("moment").asText()),
                    round.get("scoredOn").asText(),
                    byName,
                    Radar.corners(codes, byCode)));
        }
        List<String> names =
                codes.stream().map(code -> texts.code("domain", code)).toList();
        return new Scores(names, codes.size() < 3 ? List.of() : Radar.spokes(names), rounds);
    }

    private List<Event> history(UUID id, PlanWork.Actor actor, Texts texts) {
        return work.history(id, actor).stream()
                .map(event -> new Event(
                        event.at(), texts.code("event", event.kind()), event.user() == null ? "" : event.user()))
                .toList();
    }
}
