package nl.wijkhub.web.board;

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
import java.util.stream.Stream;
import nl.wijkhub.casework.PlanLook;
import nl.wijkhub.casework.PlanLook.Actor;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.plan.PlanLifeStore;
import nl.wijkhub.plan.PlanPart;
import nl.wijkhub.plan.PlanView;
import nl.wijkhub.sharing.Organisations;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.signal.Vocabulary;
import nl.wijkhub.team.Role;
import nl.wijkhub.team.Teams;
import nl.wijkhub.web.http.Caller;
import nl.wijkhub.web.http.Configured;

/**
 * One plan as its viewer sees it, as in the API: all of it at a seat that works on it, its own tasks to a partner that
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
     * @param seen as the viewer may see it; null to the privacy officer
     * @param id by which the viewer knows the plan
     * @param owners id of a participant → who it is
     * @param who a seat → its organisation, of the participants and of who took a position
     * @param shared what was shared with whom
     * @param choices null to who is not at the seat
     */
    public record PlanModel(
            UUID id,
            Instant at,
            String place,
            PlanLook.Seen seen,
            Map<String, String> owners,
            Map<Recipient, String> who,
            Scores scores,
            List<Event> history,
            List<PlanShared.Shared> shared,
            PlanChoices choices) {
        /** Whether the viewer sees the plan itself: the privacy officer sees what was shared of it, and nothing else. */
        public boolean isSeen() {
            return seen != null;
        }

        public PlanView plan() {
            return seen.plan();
        }

        public boolean atSeat() {
            return isSeen() && seen.plan() instanceof PlanView.OfSeat;
        }

        public PlanView.OfSeat seat() {
            return (PlanView.OfSeat) seen.plan();
        }

        public PlanView.OfPartner partner() {
            return (PlanView.OfPartner) seen.plan();
        }

        public PlanLook.Around around() {
            return seen.around();
        }

        /** The version of what is shown, for a form that replaces a whole. */
        public String version() {
            return seen.version();
        }

        public boolean is(String state) {
            return atSeat() && seat().standing().state().code().equals(state);
        }

        /** Whether the seat may work on it: nobody does on a plan that nobody coordinates, that sleeps or is closed. */
        public boolean isWorkedOn() {
            return is("active");
        }

        /** Whether the viewer looks from the municipality's seat, which keeps what is the team's. */
        public boolean isOfTeam() {
            return atSeat() && seen.seat().discipline() == Discipline.MUNICIPALITY;
        }

        /** Who takes part is arranged before anything else, and while it sleeps. */
        public boolean mayJoin() {
            return atSeat() && !is("closed");
        }

        public List<PlanView.Question> weighings() {
            return isSeen() ? seen.plan().weighings() : List.of();
        }

        public String owner(PlanView.Task task, Texts texts) {
            return owners.getOrDefault(task.owner(), texts.code("owner", task.owner()));
        }
    }

    private static final Scores NO_SCORES = new Scores(List.of(), List.of(), List.of());

    private final Database database;
    private final PlanLook looks;
    private final PlanLifeStore plans;
    private final PlanAddresses places;
    private final PlanShared shared;
    private final Vocabulary vocabulary;
    private final Teams teams;
    private final Organisations organisations;

    public PlanPage(
            Database database,
            PlanLook looks,
            PlanLifeStore plans,
            PlanAddresses places,
            PlanShared shared,
            Configured configured) {
        this.database = database;
        this.looks = looks;
        this.plans = plans;
        this.places = places;
        this.shared = shared;
        this.vocabulary = configured.vocabulary();
        this.teams = configured.teams();
        this.organisations = configured.organisations();
    }

    @Override
    public void mount(Router router, Board board) {
        router.get("/board/plans/:id").handler(ctx -> show(ctx, board));
    }

    private void show(RoutingContext ctx, Board board) {
        Texts texts = Texts.of(ctx);
        board.show(ctx, "plan.jte", () -> {
            UUID id = board.plan(ctx);
            UUID known = Board.id(ctx);
            Caller caller = board.caller(ctx);
            PlanModel view = caller.is(Role.PRIVACY_OFFICER, teams)
                    ? ofPrivacyOfficer(id, known, texts)
                    // a look that is refused is logged too
                    : database.inTransaction(() -> of(id, known, caller, texts))
                            .orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
            return Map.of("texts", texts, "view", view);
        });
    }

    private PlanModel ofPrivacyOfficer(UUID id, UUID known, Texts texts) {
        List<UUID> signals = plans.allSignalsOf(id);
        if (signals.isEmpty()) {
            throw new Rejected(Problem.NOT_FOUND);
        }
        List<UUID> newest = signals.subList(Math.max(0, signals.size() - PlanShared.MOST), signals.size());
        return new PlanModel(
                known,
                looks.now(),
                "",
                null,
                Map.of(),
                Map.of(),
                NO_SCORES,
                List.of(),
                shared.toPrivacyOfficer(newest, texts),
                null);
    }

    private Optional<PlanModel> of(UUID id, UUID known, Caller caller, Texts texts) {
        Actor actor = caller.actor(teams);
        return looks.see(id, actor).map(seen -> {
            Map<Recipient, String> who = texts.who(seats(seen.plan()), organisations);
            Map<String, String> owners = new HashMap<>();
            seen.plan()
                    .participants()
                    .forEach(
                            one -> owners.put(one.id().toString(), one.isPartner() ? who.get(one.pair()) : one.name()));
            return seen.plan() instanceof PlanView.OfSeat plan
                    ? toSeat(plan, known, seen, owners, who, actor, texts)
                    : new PlanModel(known, looks.now(), "", seen, owners, who, NO_SCORES, List.of(), List.of(), null);
        });
    }

    private static Stream<Recipient> seats(PlanView plan) {
        Stream<Recipient> coordinator = plan instanceof PlanView.OfSeat known
                ? Stream.ofNullable(known.coordinator()).map(PlanPart.Coordinator::seat)
                : Stream.empty();
        return Stream.of(
                        coordinator,
                        plan.participants().stream()
                                .filter(PlanView.Member::isPartner)
                                .map(PlanView.Member::pair),
                        plan.weighings().stream()
                                .flatMap(one -> one.positions().stream())
                                .map(PlanPart.Position::pair))
                .flatMap(one -> one);
    }

    private PlanModel toSeat(
            PlanView.OfSeat plan,
            UUID known,
            PlanLook.Seen seen,
            Map<String, String> owners,
            Map<Recipient, String> who,
            Actor actor,
            Texts texts) {
        Recipient seat = seen.seat();
        return new PlanModel(
                known,
                looks.now(),
                places.opened(plan.id(), seat, actor),
                seen,
                owners,
                who,
                scores(plan, texts),
                history(plan.id(), actor, texts),
                shared.toSeat(seen.around().signals(), seat, texts),
                PlanChoices.of(seen, owners, looks.today(), teams, vocabulary, organisations, texts));
    }

    private static Scores scores(PlanView.OfSeat plan, Texts texts) {
        TreeSet<String> codes = new TreeSet<>();
        plan.scores().forEach(one -> codes.addAll(one.score().values().keySet()));
        List<Round> rounds = new ArrayList<>();
        for (PlanView.Scored one : plan.scores()) {
            PlanPart.Score score = one.score();
            Map<String, Integer> byName = new LinkedHashMap<>();
            new TreeMap<>(score.values()).forEach((code, value) -> byName.put(texts.code("domain", code), value));
            rounds.add(new Round(
                    texts.code("moment", score.moment().code()),
                    texts.day(score.scoredOn().toString()),
                    byName,
                    Radar.corners(codes, score.values())));
        }
        List<String> names =
                codes.stream().map(code -> texts.code("domain", code)).toList();
        return new Scores(names, codes.size() < 3 ? List.of() : Radar.spokes(names), rounds);
    }

    private List<Event> history(UUID id, Actor actor, Texts texts) {
        return looks.history(id, actor).stream()
                .map(event -> new Event(
                        event.at(), texts.code("event", event.kind()), event.user() == null ? "" : event.user()))
                .toList();
    }
}
