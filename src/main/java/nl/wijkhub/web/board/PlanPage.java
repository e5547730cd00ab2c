package nl.wijkhub.web.board;

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
import nl.wijkhub.casework.PlanLook;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.plan.PlanLifeStore;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.signal.Vocabulary;
import nl.wijkhub.team.Role;
import nl.wijkhub.team.Teams;
import nl.wijkhub.web.http.Caller;

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

    /** @param spokes one per domain; none when fewer than three were scored, which makes no shape */
    public record Scores(List<String> domains, List<Radar.Spoke> spokes, List<Round> rounds) {
        /** The first and the last: what lies between stands in the table. */
        public List<Round> drawn() {
            return rounds.size() < 2 ? rounds : List.of(rounds.get(0), rounds.get(rounds.size() - 1));
        }
    }

    public record Event(Instant at, String what, String user) {}

    /**
     * @param at when it was looked at: on paper it says how old it is
     * @param place by what the seat knows it; empty when no address passed
     * @param version of what is shown, for a form that replaces a whole
     * @param plan as {@code GET /v1/plans/{id}} tells it; an empty object to the privacy officer
     * @param owners id of a participant → who it is
     * @param shared what was shared with whom
     * @param choices null to who is not at the seat
     */
    public record PlanView(
            UUID id,
            Instant at,
            String place,
            String version,
            boolean atSeat,
            ObjectNode plan,
            Map<String, String> owners,
            Scores scores,
            List<Event> history,
            List<PlanShared.Shared> shared,
            PlanChoices choices) {
        public boolean is(String state) {
            return plan.path("state").asText().equals(state);
        }

        /** Whether the seat may work on it: nobody does on a plan that nobody coordinates, that sleeps or is closed. */
        public boolean isWorkedOn() {
            return atSeat && is("active");
        }

        /** Who takes part is arranged before anything else, and while it sleeps. */
        public boolean mayJoin() {
            return atSeat && !is("closed");
        }

        public String strengths() {
            List<String> lines = new ArrayList<>();
            plan.path("strengths").forEach(one -> lines.add(one.asText()));
            return String.join("\n", lines);
        }

        public String owner(JsonNode agreement, Texts texts) {
            String owner = agreement.path("owner").asText();
            return owners.getOrDefault(owner, texts.code("owner", owner));
        }
    }

    private final Database database;
    private final PlanLook looks;
    private final PlanLifeStore plans;
    private final PlanAddresses places;
    private final PlanShared shared;
    private final Vocabulary vocabulary;
    private final Teams teams;

    public PlanPage(
            Database database,
            PlanLook looks,
            PlanLifeStore plans,
            PlanAddresses places,
            PlanShared shared,
            Vocabulary vocabulary,
            Teams teams) {
        this.database = database;
        this.looks = looks;
        this.plans = plans;
        this.places = places;
        this.shared = shared;
        this.vocabulary = vocabulary;
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
            PlanView view = caller.is(Role.PRIVACY_OFFICER, teams)
                    ? ofPrivacyOfficer(id, texts)
                    // a look that is refused is logged too
                    : database.inTransaction(() -> of(id, caller, texts))
                            .orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
            return Map.of("texts", texts, "view", view);
        });
    }

    private PlanView ofPrivacyOfficer(UUID id, Texts texts) {
        List<UUID> signals = plans.allSignalsOf(id);
        if (signals.isEmpty()) {
            throw new Rejected(Problem.NOT_FOUND);
        }
        List<UUID> newest = signals.subList(Math.max(0, signals.size() - PlanShared.MOST), signals.size());
        return new PlanView(
                id,
                looks.now(),
                "",
                "",
                false,
                Json.MAPPER.createObjectNode(),
                Map.of(),
                new Scores(List.of(), List.of(), List.of()),
                List.of(),
                shared.toPrivacyOfficer(newest, texts),
                null);
    }

    private Optional<PlanView> of(UUID id, Caller caller, Texts texts) {
        PlanLook.Actor actor = new PlanLook.Actor(caller.user(), caller.pairs(teams), caller.trace());
        return looks.see(id, actor).map(seen -> of(id, seen, caller, actor, texts));
    }

    private PlanView of(UUID id, PlanLook.Seen seen, Caller caller, PlanLook.Actor actor, Texts texts) {
        ObjectNode plan = seen.view();
        boolean atSeat = plan.has("team");
        Map<String, String> owners = new HashMap<>();
        plan.path("participants")
                .forEach(one -> owners.put(
                        one.get("id").asText(),
                        one.has("pair")
                                ? texts.who(one.get("pair").asText())
                                : one.path("name").asText()));
        List<UUID> signals = new ArrayList<>();
        plan.path("signals").forEach(signal -> signals.add(UUID.fromString(signal.asText())));
        return new PlanView(
                id,
                looks.now(),
                atSeat ? places.opened(id, seat(plan), actor) : "",
                seen.version(),
                atSeat,
                plan,
                owners,
                scores(plan, texts),
                atSeat ? history(id, actor, texts) : List.of(),
                atSeat ? shared.toSeat(signals, seat(plan), texts) : List.of(),
                atSeat ? PlanChoices.of(plan, owners, looks.today(), teams, vocabulary, texts) : null);
    }

    private static Recipient seat(ObjectNode plan) {
        return new Recipient(plan.get("team").asText(), Discipline.MUNICIPALITY);
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
                    texts.day(round.get("scoredOn").asText()),
                    byName,
                    Radar.corners(codes, byCode)));
        }
        List<String> names =
                codes.stream().map(code -> texts.code("domain", code)).toList();
        return new Scores(names, codes.size() < 3 ? List.of() : Radar.spokes(names), rounds);
    }

    private List<Event> history(UUID id, PlanLook.Actor actor, Texts texts) {
        return looks.history(id, actor).stream()
                .map(event -> new Event(
                        event.at(), texts.code("event", event.kind()), event.user() == null ? "" : event.user()))
                .toList();
    }
}
