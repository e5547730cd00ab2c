package nl.wijkhub.plan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.plan.PlanPart.Coordinator;
import nl.wijkhub.plan.PlanPart.Goal;
import nl.wijkhub.plan.PlanPart.Participant;
import nl.wijkhub.plan.PlanPart.Position;
import nl.wijkhub.plan.PlanPart.Score;
import nl.wijkhub.plan.PlanPart.Weighing;
import nl.wijkhub.sharing.Recipient;

/**
 * A plan as one viewer may see it: all of it at the coordinator's seat; at a partner its own tasks and whom to call, in a
 * shape that is the same whatever else there is. Source: docs/sharing.md, rows 17 and 20.
 */
public final class PlanView {
    private PlanView() {}

    /**
     * At the coordinator's seat.
     *
     * @param signals of the plan that the seat may know of, the newest first
     * @param uncovered life domains those signals name and no open goal covers
     */
    public static ObjectNode ofSeat(Plan plan, List<UUID> signals, Collection<String> uncovered, LocalDate today) {
        ObjectNode view = Json.MAPPER.createObjectNode();
        view.put("id", plan.id().toString());
        view.put("team", plan.teamId());
        view.put("state", plan.state().code());
        view.put("reopened", plan.epoch() > 1 && plan.isOpen());
        view.put("openedAt", plan.openedAt().toString());
        view.put("closedAt", plan.closedAt() == null ? null : plan.closedAt().toString());
        view.put("outcome", plan.outcome() == null ? null : plan.outcome().code());
        view.set("coordinator", coordinator(plan.coordinator()));
        view.put("agreedOn", plan.agreedOn() == null ? null : plan.agreedOn().toString());
        plan.strengths().forEach(view.putArray("strengths")::add);
        ArrayNode participants = view.putArray("participants");
        plan.participants().forEach(one -> participants.add(participant(plan, one)));
        ArrayNode goals = view.putArray("goals");
        plan.goals().forEach(goal -> goals.add(goal(goal)));
        ArrayNode agreements = view.putArray("agreements");
        plan.agreements().forEach(one -> agreements.add(agreement(one, today)));
        ArrayNode scores = view.putArray("scores");
        plan.scores().forEach(score -> scores.add(score(plan, score)));
        ArrayNode weighings = view.putArray("weighings");
        plan.weighings().forEach(one -> weighings.add(weighing(one)));
        ArrayNode known = view.putArray("signals");
        signals.forEach(id -> known.add(id.toString()));
        uncovered.stream().sorted().forEach(view.putArray("uncoveredLifeDomains")::add);
        return view;
    }

    /** At a partner: what it does, who else to call, and what it is asked to take a stand on. */
    public static ObjectNode ofPartner(Plan plan, Participant self, String contact, String ground, LocalDate today) {
        ObjectNode view = Json.MAPPER.createObjectNode();
        view.put("id", plan.id().toString());
        view.put("contact", contact);
        view.put("ground", ground);
        ArrayNode agreements = view.putArray("agreements");
        plan.agreements().stream()
                .filter(one -> self.id().equals(one.participantId()))
                .forEach(one -> agreements.add(agreement(one, today)));
        ArrayNode contacts = view.putArray("participants");
        plan.participants().stream()
                .filter(one -> one.takesPart() && one.isPartner())
                .forEach(one -> contacts.addObject()
                        .put("id", one.id().toString())
                        .put("pair", one.pair().clientId()));
        ArrayNode weighings = view.putArray("weighings");
        plan.weighings().stream()
                .filter(one -> isAsked(one, self))
                .forEach(one -> weighings.add(asked(one, self.pair())));
        return view;
    }

    private static ObjectNode coordinator(Coordinator by) {
        if (by == null) {
            return null;
        }
        ObjectNode node = Json.MAPPER.createObjectNode();
        node.put("kind", by.kind().code()).put("user", by.user());
        if (by.kind() == Coordinator.CoordinatorKind.HOUSEHOLD) {
            node.put("reason", by.reason()).put("reviewOn", by.reviewOn().toString());
        }
        return node;
    }

    private static ObjectNode participant(Plan plan, Participant one) {
        ObjectNode node = Json.MAPPER.createObjectNode();
        node.put("id", one.id().toString());
        node.put("kind", one.isPartner() ? "partner" : "informal");
        if (one.isPartner()) {
            node.put("pair", one.pair().clientId());
        } else {
            node.put("name", one.name()).put("contact", one.contact()).put("loadLimit", one.loadLimit());
        }
        node.put("openAgreements", plan.openOf(one));
        node.put("joinedAt", one.joinedAt().toString());
        node.put("leftAt", one.leftAt() == null ? null : one.leftAt().toString());
        return node;
    }

    private static ObjectNode goal(Goal goal) {
        ObjectNode node = Json.MAPPER.createObjectNode();
        node.put("id", goal.id().toString());
        node.put("lifeDomain", goal.lifeDomain());
        node.put("text", goal.text());
        node.put("writtenBy", goal.writtenBy().code());
        node.put("state", goal.state().code());
        node.put("reason", goal.reason());
        return node;
    }

    private static ObjectNode agreement(Agreement one, LocalDate today) {
        ObjectNode node = Json.MAPPER.createObjectNode();
        node.put("id", one.id().toString());
        node.put("goalId", one.goalId() == null ? null : one.goalId().toString());
        node.put("text", one.text());
        node.put(
                "owner",
                one.participantId() == null
                        ? one.owner().code()
                        : one.participantId().toString());
        node.put("rung", one.rung().code());
        node.put("rungReason", one.rungReason());
        node.put("dueOn", one.dueOn().toString());
        node.put("state", one.isLate(today) ? "late" : one.state().code());
        node.put("reason", one.reason());
        return node;
    }

    private static ObjectNode score(Plan plan, Score score) {
        ObjectNode node = Json.MAPPER.createObjectNode();
        node.put("id", score.id().toString());
        node.put("moment", score.moment().code());
        node.put("scoredOn", score.scoredOn().toString());
        node.put("current", score.epoch() == plan.epoch());
        ObjectNode values = node.putObject("scores");
        score.values().forEach(values::put);
        return node;
    }

    private static ObjectNode weighing(Weighing one) {
        ObjectNode node = Json.MAPPER.createObjectNode();
        node.put("id", one.id().toString());
        node.put("question", one.question());
        node.put("openedAt", one.openedAt().toString());
        node.put("decision", one.decision() == null ? null : one.decision().code());
        node.put("reason", one.reason());
        node.put("decidedBy", one.decidedBy());
        ArrayNode positions = node.putArray("positions");
        one.positions().forEach(position -> positions.add(position(position)));
        return node;
    }

    private static ObjectNode position(Position one) {
        return Json.MAPPER
                .createObjectNode()
                .put("pair", one.pair().clientId())
                .put("position", one.side().code())
                .put("reason", one.reason())
                .put("dissents", one.dissents())
                .put("givenAt", one.givenAt().toString());
    }

    /** What was opened while it took part and waits for its position, or has it. */
    private static boolean isAsked(Weighing one, Participant self) {
        boolean isOpen = one.decision() == null && !one.openedAt().isBefore(self.joinedAt());
        return isOpen
                || one.positions().stream().anyMatch(position -> position.pair().equals(self.pair()));
    }

    /** What is weighed, and where this partner stands itself; what others said is theirs. */
    private static ObjectNode asked(Weighing one, Recipient pair) {
        ObjectNode node = Json.MAPPER.createObjectNode();
        node.put("id", one.id().toString());
        node.put("question", one.question());
        node.put("decision", one.decision() == null ? null : one.decision().code());
        node.set(
                "position",
                one.positions().stream()
                        .filter(position -> position.pair().equals(pair))
                        .findFirst()
                        .map(PlanView::position)
                        .orElse(null));
        return node;
    }
}
