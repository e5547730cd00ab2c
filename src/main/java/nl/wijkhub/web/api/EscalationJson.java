package nl.wijkhub.web.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.UUID;
import nl.wijkhub.escalation.EscalationAnswerStore.Answer;
import nl.wijkhub.escalation.EscalationView;
import nl.wijkhub.kernel.Json;

/** A step up the ladder as JSON, in the shape of the one who sees it. */
public final class EscalationJson {
    private EscalationJson() {}

    /** @param plan the id by which the pair knows the plan; null outside */
    public static ObjectNode of(EscalationView step, UUID plan) {
        return step.own() == null ? ofPartner(step) : ofPair(step, step.own(), plan);
    }

    private static ObjectNode ofPair(EscalationView step, EscalationView.Own own, UUID plan) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("id", step.id().toString());
        json.put("planId", plan.toString());
        json.put("pair", own.pair().clientId());
        json.put("level", step.level());
        json.put("ruleId", own.ruleId());
        json.put("textNl", own.textNl());
        json.put("state", step.state().code());
        json.put("raisedAt", own.raisedAt().toString());
        json.put("dueAt", step.dueAt().toString());
        put(json, "triedUntil", own.triedUntil());
        put(json, "endedAt", own.endedAt());
        if (own.ending() != null) {
            json.put("ending", own.ending().code());
        }
        ArrayNode answers = json.putArray("answers");
        step.answers().forEach(answer -> answers.add(answer(answer).put("by", answer.by())));
        return json;
    }

    private static ObjectNode ofPartner(EscalationView step) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("id", step.id().toString());
        json.put("level", step.level());
        json.put("dueAt", step.dueAt().toString());
        json.put("state", step.state().code());
        step.answers().forEach(own -> json.set("answer", answer(own)));
        return json;
    }

    private static ObjectNode answer(Answer answer) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("kind", answer.kind());
        if (answer.reason() != null) {
            json.put("reason", answer.reason());
        }
        json.put("at", answer.at().toString());
        return json;
    }

    private static void put(ObjectNode json, String field, Instant at) {
        if (at != null) {
            json.put(field, at.toString());
        }
    }
}
