package nl.wijkhub.web.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;
import nl.wijkhub.casework.PlanLook;
import nl.wijkhub.kernel.Coded;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.plan.Agreement;
import nl.wijkhub.plan.PlanPart.Coordinator;
import nl.wijkhub.plan.PlanPart.Goal;
import nl.wijkhub.plan.PlanPart.Position;
import nl.wijkhub.plan.PlanView;

/** A plan as JSON, in the shape of the one who sees it. */
final class PlanJson {
    private PlanJson() {}

    /** @param known the id by which the viewer knows the plan */
    static ObjectNode of(PlanLook.Seen seen, UUID known) {
        if (seen.plan() instanceof PlanView.OfSeat plan) {
            ObjectNode json = ofSeat(plan, known);
            around(json, seen.around(), known);
            return json;
        }
        return ofPartner((PlanView.OfPartner) seen.plan(), known);
    }

    private static ObjectNode ofSeat(PlanView.OfSeat plan, UUID known) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("id", known.toString());
        json.put("team", plan.teamId());
        PlanView.Standing standing = plan.standing();
        json.put("state", standing.state().code());
        json.put("reopened", standing.isReopened());
        json.put("openedAt", standing.openedAt().toString());
        json.put("closedAt", text(standing.closedAt()));
        json.put("outcome", code(standing.outcome()));
        json.set("coordinator", coordinator(plan.coordinator()));
        json.put("agreedOn", text(standing.agreedOn()));
        plan.strengths().forEach(json.putArray("strengths")::add);
        ArrayNode participants = json.putArray("participants");
        plan.participants().forEach(one -> participants.add(member(one)));
        ArrayNode goals = json.putArray("goals");
        plan.goals().forEach(goal -> goals.add(goal(goal)));
        tasks(json, plan);
        ArrayNode scores = json.putArray("scores");
        plan.scores().forEach(one -> scores.add(scored(one)));
        ArrayNode weighings = json.putArray("weighings");
        plan.weighings().forEach(one -> weighings.add(question(one)));
        return json;
    }

    /** What there is around it, which its seat alone sees. */
    private static void around(ObjectNode json, PlanLook.Around around, UUID known) {
        ArrayNode signals = json.putArray("signals");
        around.signals().forEach(id -> signals.add(id.toString()));
        around.uncovered().forEach(json.putArray("uncoveredLifeDomains")::add);
        ArrayNode steps = json.putArray("escalations");
        around.escalations().forEach(step -> steps.add(EscalationJson.of(step, known)));
        ArrayNode asked = json.putArray("consultations");
        around.consultations().forEach(heard -> asked.add(ConsultationJson.ofSeat(heard)));
    }

    private static ObjectNode ofPartner(PlanView.OfPartner plan, UUID known) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("id", known.toString());
        json.put("contact", plan.contact());
        json.put("ground", plan.ground());
        tasks(json, plan);
        ArrayNode contacts = json.putArray("participants");
        plan.participants().forEach(one -> contacts.addObject()
                .put("id", one.id().toString())
                .put("pair", one.pair().clientId()));
        ArrayNode weighings = json.putArray("weighings");
        plan.weighings().forEach(one -> weighings.add(asked(one)));
        return json;
    }

    private static ObjectNode coordinator(Coordinator by) {
        if (by == null) {
            return null;
        }
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("kind", by.kind().code())
                .put("user", by.user())
                .put("pair", by.seat().clientId());
        if (by.kind() == Coordinator.CoordinatorKind.HOUSEHOLD) {
            json.put("reason", by.reason()).put("reviewOn", by.reviewOn().toString());
        }
        return json;
    }

    private static ObjectNode member(PlanView.Member one) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("id", one.id().toString());
        json.put("kind", one.isPartner() ? "partner" : "informal");
        if (one.isPartner()) {
            json.put("pair", one.pair().clientId());
        } else {
            json.put("name", one.name()).put("contact", one.contact()).put("loadLimit", one.loadLimit());
        }
        json.put("openAgreements", one.openAgreements());
        json.put("joinedAt", one.joinedAt().toString());
        json.put("leftAt", text(one.leftAt()));
        return json;
    }

    private static ObjectNode goal(Goal goal) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("id", goal.id().toString());
        json.put("lifeDomain", goal.lifeDomain());
        json.put("text", goal.text());
        json.put("writtenBy", goal.writtenBy().code());
        json.put("state", goal.state().code());
        json.put("reason", goal.reason());
        return json;
    }

    private static void tasks(ObjectNode json, PlanView plan) {
        ArrayNode agreements = json.putArray("agreements");
        plan.agreements().forEach(one -> agreements.add(task(one)));
    }

    private static ObjectNode task(PlanView.Task one) {
        Agreement agreement = one.agreement();
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("id", agreement.id().toString());
        json.put("goalId", text(agreement.goalId()));
        json.put("text", agreement.text());
        json.put("owner", one.owner());
        json.put("rung", agreement.rung().code());
        json.put("rungReason", agreement.rungReason());
        json.put("dueOn", agreement.dueOn().toString());
        json.put("state", one.state());
        json.put("reason", agreement.reason());
        return json;
    }

    private static ObjectNode scored(PlanView.Scored one) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("id", one.score().id().toString());
        json.put("moment", one.score().moment().code());
        json.put("scoredOn", one.score().scoredOn().toString());
        json.put("current", one.isCurrent());
        ObjectNode values = json.putObject("scores");
        one.score().values().forEach(values::put);
        return json;
    }

    private static ObjectNode question(PlanView.Question one) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("id", one.id().toString());
        json.put("question", one.question());
        json.put("openedAt", one.openedAt().toString());
        json.put("decision", code(one.decision()));
        json.put("reason", one.reason());
        json.put("decidedBy", one.decidedBy());
        ArrayNode positions = json.putArray("positions");
        one.positions().forEach(position -> positions.add(position(position)));
        return json;
    }

    private static ObjectNode asked(PlanView.Question one) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("id", one.id().toString());
        json.put("question", one.question());
        json.put("decision", code(one.decision()));
        json.set("position", one.own() == null ? null : position(one.own()));
        return json;
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

    private static String text(Object value) {
        return value == null ? null : value.toString();
    }

    private static String code(Coded value) {
        return value == null ? null : value.code();
    }
}
