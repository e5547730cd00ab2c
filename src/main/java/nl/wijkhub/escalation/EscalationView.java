package nl.wijkhub.escalation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import nl.wijkhub.escalation.EscalationAnswerStore.Answer;
import nl.wijkhub.escalation.EscalationStep.StepState;
import nl.wijkhub.escalation.Escalations.Seen;
import nl.wijkhub.kernel.Json;

/**
 * A step as one viewer may see it: all of it at the pair it belongs to; outside, how high it is, how soon somebody is to
 * take it up, how it stands, and what the viewer itself answered. Source: docs/sharing.md, row 27.
 */
public final class EscalationView {
    private EscalationView() {}

    public static ObjectNode of(Seen seen) {
        return seen.isOwn() ? ofPair(seen) : ofPartner(seen);
    }

    private static ObjectNode ofPair(Seen seen) {
        EscalationStep step = seen.step();
        ObjectNode view = Json.MAPPER.createObjectNode();
        view.put("id", step.id().toString());
        view.put("planId", step.planId().toString());
        view.put("pair", step.recipient().clientId());
        view.put("level", step.level());
        view.put("ruleId", step.ruleId());
        view.put("textNl", seen.textNl());
        view.put("state", step.state().code());
        view.put("raisedAt", step.raisedAt().toString());
        view.put("dueAt", step.dueAt().toString());
        put(view, "triedUntil", step.triedUntil());
        put(view, "endedAt", step.endedAt());
        if (step.ending() != null) {
            view.put("ending", step.ending().code());
        }
        ArrayNode answers = view.putArray("answers");
        seen.answers().forEach(answer -> answers.add(answer(answer).put("by", answer.by())));
        return view;
    }

    private static ObjectNode ofPartner(Seen seen) {
        EscalationStep step = seen.step();
        Answer own = seen.answers().isEmpty()
                ? null
                : seen.answers().get(seen.answers().size() - 1);
        boolean isDeclined = step.state() == StepState.OPEN && own != null && own.isDecline();
        ObjectNode view = Json.MAPPER.createObjectNode();
        view.put("id", step.id().toString());
        view.put("level", step.level());
        view.put("dueAt", step.dueAt().toString());
        view.put("state", (isDeclined ? StepState.DECLINED : step.state()).code());
        if (own != null) {
            view.set("answer", answer(own));
        }
        return view;
    }

    private static ObjectNode answer(Answer answer) {
        ObjectNode view = Json.MAPPER.createObjectNode();
        view.put("kind", answer.kind());
        if (answer.reason() != null) {
            view.put("reason", answer.reason());
        }
        view.put("at", answer.at().toString());
        return view;
    }

    private static void put(ObjectNode view, String field, Instant at) {
        if (at != null) {
            view.put(field, at.toString());
        }
    }
}
