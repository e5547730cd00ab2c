package nl.wijkhub.web.api;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import nl.wijkhub.casework.PlanWork;
import nl.wijkhub.casework.PlanWork.PartnerCommand;
import nl.wijkhub.casework.PlanWork.PartnerMay;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.plan.Agreement;
import nl.wijkhub.plan.Plan;
import nl.wijkhub.plan.PlanPart.Coordinator;
import nl.wijkhub.plan.PlanPart.Goal;
import nl.wijkhub.plan.PlanPart.Moment;
import nl.wijkhub.plan.PlanPart.Owner;
import nl.wijkhub.plan.PlanPart.Participant;
import nl.wijkhub.plan.PlanPart.Position;
import nl.wijkhub.plan.PlanPart.Rung;
import nl.wijkhub.plan.PlanPart.Score;
import nl.wijkhub.plan.PlanPart.Side;
import nl.wijkhub.plan.PlanPart.Weighing;
import nl.wijkhub.plan.PlanPart.Writer;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.signal.Vocabulary;
import nl.wijkhub.team.Teams;
import nl.wijkhub.web.http.Reading;

/**
 * What is done to a plan, read out of JSON and out of a form of the board alike: both doors do the same, with the same faults.
 * Each rejects with all faults of what was sent.
 */
public final class PlanChanges {
    /** The municipality has the coordinator's seat. */
    public static final Set<Discipline> PARTNERS = Set.of(
            Discipline.HOUSING, Discipline.POLICE, Discipline.WELFARE, Discipline.CARE, Discipline.COMMUNITY_WORK);

    static final int LEAST_SCORE = 1;
    static final int MOST_SCORE = 5;
    static final int HEAVIEST_LOAD = 10;
    private static final int SHORTEST_TEXT = 3;

    /**
     * @param kind as the history tells it
     * @param part what is made, or what it is done to; null for the plan itself
     */
    public record Change(String kind, UUID part, UnaryOperator<Plan> command) {}

    /** What a partner that takes part may do too, where it is its own. */
    public record PartnerChange(String kind, UUID part, PartnerMay mayPartner, PartnerCommand command) {}

    private final PlanWork work;
    private final Vocabulary vocabulary;
    private final Teams teams;

    public PlanChanges(PlanWork work, Vocabulary vocabulary, Teams teams) {
        this.work = work;
        this.vocabulary = vocabulary;
        this.teams = teams;
    }

    /** A partner by its discipline, or an informal helper by name and how much it can carry. */
    public Change joins(Reading in) {
        boolean isPartner = in.has("discipline");
        Discipline discipline = isPartner ? discipline(in) : null;
        String name = isPartner ? null : in.text("name", 1);
        String contact = isPartner ? null : in.optionalText("contact");
        Integer limit = isPartner ? null : Integer.valueOf(in.number("loadLimit", 1, HEAVIEST_LOAD));
        if (isPartner && (in.has("name") || in.has("contact") || in.has("loadLimit"))) {
            in.fault("", "two-kinds");
        }
        in.orReject();
        UUID id = Identifier.next();
        return new Change("participant-joined", id, plan -> {
            Recipient pair = isPartner ? new Recipient(plan.teamId(), discipline) : null;
            if (isPartner && !teams.ofTeam(plan.teamId()).contains(pair)) {
                throw Rejected.of(Problem.INVALID_INPUT, "/discipline", "not-in-team.no-seat");
            }
            return plan.joinedBy(new Participant(id, pair, name, contact, limit, work.now(), null));
        });
    }

    private static Discipline discipline(Reading in) {
        Set<String> codes = PARTNERS.stream().map(Discipline::name).collect(Collectors.toSet());
        return Discipline.of(in.oneOf("discipline", codes)).orElse(null);
    }

    public Change leaves(UUID part) {
        return new Change("participant-left", part, plan -> plan.leftBy(part, work.now()));
    }

    public Change aims(Reading in) {
        String domain = in.oneOf("lifeDomain", vocabulary.lifeDomains());
        String text = in.text("text", SHORTEST_TEXT);
        Writer writer = in.code("writtenBy", Writer.class);
        in.orReject();
        Goal goal = new Goal(Identifier.next(), domain, text, writer, Goal.GoalState.OPEN, null, work.now(), null);
        return new Change("goal-set", goal.id(), plan -> plan.aimedAt(goal));
    }

    public Change reaches(UUID part) {
        return new Change("goal-reached", part, plan -> plan.endsGoal(part, Goal.GoalState.REACHED, null, work.now()));
    }

    public Change dropsGoal(Reading in, UUID part) {
        String reason = reasonOf(in);
        return new Change(
                "goal-dropped", part, plan -> plan.endsGoal(part, Goal.GoalState.DROPPED, reason, work.now()));
    }

    public Change agrees(Reading in) {
        String text = in.text("text", SHORTEST_TEXT);
        String owner = in.text("owner", 1);
        Owner kind = owner.equals("coordinator")
                ? Owner.COORDINATOR
                : owner.equals("household") ? Owner.HOUSEHOLD : Owner.PARTICIPANT;
        UUID participant = null;
        if (kind == Owner.PARTICIPANT && !owner.isEmpty()) {
            participant = id(in, "owner", owner, "not-in-list.owner");
        }
        String goal = in.isNull("goalId") ? null : in.optionalText("goalId");
        UUID goalId = goal == null || goal.isEmpty() ? null : id(in, "goalId", goal, "wrong-form.hub-id");
        Rung rung = in.code("rung", Rung.class);
        String why = in.optionalText("rungReason");
        LocalDate dueOn = in.date("dueOn");
        in.orReject();
        Agreement agreement = Agreement.builder()
                .id(Identifier.next())
                .goalId(goalId)
                .text(text)
                .owner(kind)
                .participantId(participant)
                .rung(rung)
                .rungReason(why)
                .dueOn(dueOn)
                .state(Agreement.AgreementState.OPEN)
                .madeAt(work.now())
                .build();
        return new Change("agreement-made", agreement.id(), plan -> plan.agrees(agreement, work.today()));
    }

    private static UUID id(Reading in, String name, String text, String key) {
        UUID id = Identifier.parse(text).orElse(null);
        if (id == null) {
            in.fault("/" + name, key);
        }
        return id;
    }

    public PartnerChange finishes(UUID part) {
        return endsAgreement("agreement-done", part, Agreement.AgreementState.DONE, null);
    }

    public PartnerChange dropsAgreement(Reading in, UUID part) {
        return endsAgreement("agreement-dropped", part, Agreement.AgreementState.DROPPED, reasonOf(in));
    }

    private PartnerChange endsAgreement(String kind, UUID part, Agreement.AgreementState how, String reason) {
        return new PartnerChange(
                kind,
                part,
                (plan, self) -> plan.agreements().stream()
                        .anyMatch(one -> one.id().equals(part) && self.id().equals(one.participantId())),
                (plan, by) -> plan.endsAgreement(part, how, reason, work.now()));
    }

    public Change scores(Reading in) {
        Moment moment = in.code("moment", Moment.class);
        LocalDate on = in.date("scoredOn");
        Reading scores = in.within("scores", vocabulary.lifeDomains());
        Map<String, Integer> values = new TreeMap<>();
        for (String domain : scores.names()) {
            if (vocabulary.lifeDomains().contains(domain)) {
                values.put(domain, scores.number(domain, LEAST_SCORE, MOST_SCORE));
            }
        }
        if (values.isEmpty()) {
            in.fault("/scores", "missing.score");
        }
        in.orReject();
        UUID id = Identifier.next();
        Instant now = work.now();
        return new Change(
                "scored", id, plan -> plan.scored(new Score(id, plan.epoch(), moment, on, values, now), work.today()));
    }

    public Change weighs(Reading in) {
        String question = in.text("question", Reading.SHORTEST_REASON);
        in.orReject();
        Weighing weighing = new Weighing(Identifier.next(), question, work.now(), null, null, null, null, List.of());
        return new Change("weighing-opened", weighing.id(), plan -> plan.weighs(weighing));
    }

    public PartnerChange stands(Reading in, UUID part, String user) {
        Side side = in.code("position", Side.class);
        String reason = in.reason();
        boolean dissents = in.flag("dissents");
        in.orReject();
        return new PartnerChange(
                "position-given",
                part,
                (plan, self) -> true,
                (plan, by) -> plan.positioned(part, new Position(by, side, reason, dissents, user, work.now())));
    }

    public Change decides(Reading in, UUID part, String user) {
        Side side = in.code("decision", Side.class);
        String reason = in.reason();
        in.orReject();
        return new Change("weighing-decided", part, plan -> plan.decided(part, side, reason, user, work.now()));
    }

    /** One of the seat, or the household itself with somebody of the seat to look in on it. */
    public UnaryOperator<Plan> coordinatedBy(Reading by) {
        Coordinator.CoordinatorKind kind =
                by.has("kind") ? by.code("kind", Coordinator.CoordinatorKind.class) : Coordinator.CoordinatorKind.USER;
        String user = by.text("user", 1);
        boolean isHousehold = kind == Coordinator.CoordinatorKind.HOUSEHOLD;
        String reason = isHousehold ? by.reason() : null;
        LocalDate reviewOn = isHousehold ? by.date("reviewOn") : null;
        return plan -> {
            if (!teams.at(plan.seat()).contains(user)) {
                throw Rejected.of(Problem.INVALID_INPUT, "/coordinator/user", "not-at-seat");
            }
            return plan.coordinatedBy(new Coordinator(kind, user, reason, reviewOn), work.today());
        };
    }

    public Change sleeps(Reading in) {
        reasonOf(in);
        return new Change("slept", null, Plan::sleeps);
    }

    public Change wakes(Reading in) {
        reasonOf(in);
        return new Change("woken", null, Plan::wakes);
    }

    /** How a plan ends; never merged, which only its household does. */
    public Plan.Outcome outcome(Reading in) {
        Plan.Outcome outcome = in.code("outcome", Plan.Outcome.class);
        if (outcome == Plan.Outcome.MERGED) {
            in.fault("/outcome", "not-in-list.merged");
        }
        reasonOf(in);
        return outcome;
    }

    private static String reasonOf(Reading in) {
        String reason = in.reason();
        in.orReject();
        return reason;
    }
}
