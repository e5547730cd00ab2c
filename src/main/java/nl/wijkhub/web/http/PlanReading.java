package nl.wijkhub.web.http;

import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import nl.wijkhub.casework.PlanChanges;
import nl.wijkhub.casework.PlanChanges.Change;
import nl.wijkhub.casework.PlanChanges.PartnerChange;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.plan.Plan;
import nl.wijkhub.plan.PlanPart.Coordinator;
import nl.wijkhub.plan.PlanPart.Moment;
import nl.wijkhub.plan.PlanPart.Owner;
import nl.wijkhub.plan.PlanPart.Participant;
import nl.wijkhub.plan.PlanPart.Rung;
import nl.wijkhub.plan.PlanPart.Score;
import nl.wijkhub.plan.PlanPart.Side;
import nl.wijkhub.plan.PlanPart.Writer;
import nl.wijkhub.signal.Vocabulary;

/**
 * Reads what is done to a plan, out of JSON and out of a form of the board alike: the same fields, and the same faults. Each
 * rejects with all faults of what was sent.
 */
public final class PlanReading {
    private static final int SHORTEST_TEXT = 3;

    private final PlanChanges changes;
    private final Vocabulary vocabulary;

    public PlanReading(PlanChanges changes, Vocabulary vocabulary) {
        this.changes = changes;
        this.vocabulary = vocabulary;
    }

    /** A partner by its discipline, its organisation or both; or an informal helper by name and how much it can carry. */
    public Change joins(Reading in) {
        if (!in.has("discipline") && !in.has("partner")) {
            PlanChanges.Informal helper = new PlanChanges.Informal(
                    in.text("name", 1),
                    in.optionalText("contact"),
                    in.number("loadLimit", 1, Participant.HEAVIEST_LOAD));
            in.orReject();
            return changes.joins(helper);
        }
        Discipline discipline = in.has("discipline") ? discipline(in) : null;
        if (in.has("name") || in.has("contact") || in.has("loadLimit")) {
            in.fault("", "two-kinds");
        }
        String organisation = in.optionalText("partner");
        in.orReject();
        return changes.joins(discipline, organisation);
    }

    private static Discipline discipline(Reading in) {
        Set<String> codes = PlanChanges.PARTNERS.stream().map(Discipline::name).collect(Collectors.toSet());
        return Discipline.of(in.oneOf("discipline", codes)).orElse(null);
    }

    public Change aims(Reading in) {
        PlanChanges.Aim aim = new PlanChanges.Aim(
                in.oneOf("lifeDomain", vocabulary.lifeDomains()),
                in.text("text", SHORTEST_TEXT),
                in.code("writtenBy", Writer.class));
        in.orReject();
        return changes.aims(aim);
    }

    public Change dropsGoal(Reading in, UUID part) {
        return changes.dropsGoal(part, reasonOf(in));
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
        PlanChanges.Proposal proposal = new PlanChanges.Proposal(
                goalId,
                text,
                kind,
                participant,
                in.code("rung", Rung.class),
                in.optionalText("rungReason"),
                in.date("dueOn"));
        in.orReject();
        return changes.agrees(proposal);
    }

    private static UUID id(Reading in, String name, String text, String key) {
        UUID id = Identifier.parse(text).orElse(null);
        if (id == null) {
            in.fault("/" + name, key);
        }
        return id;
    }

    public PartnerChange dropsAgreement(Reading in, UUID part) {
        return changes.dropsAgreement(part, reasonOf(in));
    }

    public Change scores(Reading in) {
        Moment moment = in.code("moment", Moment.class);
        LocalDate on = in.date("scoredOn");
        Reading scores = in.within("scores", vocabulary.lifeDomains());
        Map<String, Integer> values = new TreeMap<>();
        for (String domain : scores.names()) {
            if (vocabulary.lifeDomains().contains(domain)) {
                values.put(domain, scores.number(domain, Score.LEAST, Score.MOST));
            }
        }
        if (values.isEmpty()) {
            in.fault("/scores", "missing.score");
        }
        in.orReject();
        return changes.scores(new PlanChanges.Scores(moment, on, values));
    }

    public Change weighs(Reading in) {
        String question = in.text("question", Reading.SHORTEST_REASON);
        in.orReject();
        return changes.weighs(question);
    }

    public PartnerChange stands(Reading in, UUID part, String user) {
        PlanChanges.Stand stand =
                new PlanChanges.Stand(in.code("position", Side.class), in.reason(), in.flag("dissents"));
        in.orReject();
        return changes.stands(part, stand, user);
    }

    public Change decides(Reading in, UUID part, String user) {
        Side side = in.code("decision", Side.class);
        String reason = in.reason();
        in.orReject();
        return changes.decides(part, side, reason, user);
    }

    /** Who coordinates, within what was sent: its faults are rejected with those of the whole. */
    public Change coordinatedBy(Reading in) {
        Reading by = in.within("coordinator", Set.of("kind", "user", "reason", "reviewOn"));
        Coordinator.CoordinatorKind kind =
                by.has("kind") ? by.code("kind", Coordinator.CoordinatorKind.class) : Coordinator.CoordinatorKind.USER;
        String user = by.text("user", 1);
        boolean isHousehold = kind == Coordinator.CoordinatorKind.HOUSEHOLD;
        return changes.coordinatedBy(new PlanChanges.Keeper(
                kind, user, isHousehold ? by.reason() : null, isHousehold ? by.date("reviewOn") : null));
    }

    public Change sleeps(Reading in) {
        reasonOf(in);
        return changes.sleeps();
    }

    public Change wakes(Reading in) {
        reasonOf(in);
        return changes.wakes();
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
