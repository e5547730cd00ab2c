package nl.wijkhub.web.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.plan.AgendaItem;

/** An item of an agenda as JSON. What was experienced stands beside what was recorded, step by step. */
final class AgendaAnswer {
    private AgendaAnswer() {}

    /**
     * @param withSteps for the coordinator's seat, which wrote them: who did what with it, and why
     */
    static ObjectNode of(AgendaItem item, boolean withSteps) {
        ObjectNode node = Json.MAPPER.createObjectNode();
        node.put("id", item.id().toString());
        node.put("area", item.area());
        node.put("place", item.place());
        node.put("category", item.category());
        node.put("status", item.status().code());
        node.put("statusSince", item.statusSince().toString());
        node.put("recordedCount", item.recordedCount());
        ObjectNode impact = node.putObject("experiencedImpact");
        item.experiencedImpact().forEach((step, signals) -> impact.put(String.valueOf(step), signals));
        node.putObject("knownToPolice")
                .put("yes", item.knownToPolice().yes())
                .put("no", item.knownToPolice().no())
                .put("unknown", item.knownToPolice().unknown());
        node.put("gap", item.gap());
        node.set("representation", representation(item));
        node.put("follows", text(item.follows()));
        node.put("linkedTo", text(item.linkedTo()));
        ArrayNode linked = node.putArray("linked");
        item.linked().forEach(other -> linked.add(of(other, withSteps)));
        if (withSteps) {
            steps(node.putArray("steps"), item);
        }
        return node;
    }

    private static ObjectNode representation(AgendaItem item) {
        ObjectNode node = Json.MAPPER.createObjectNode();
        node.put("signals", item.recordedCount());
        node.put("withKnownSender", item.fromKnownSenders());
        ObjectNode senders = node.putObject("senders");
        item.senders().forEach((discipline, signals) -> senders.put(discipline.name(), signals));
        node.put("textNl", item.representationNl());
        return node;
    }

    private static void steps(ArrayNode steps, AgendaItem item) {
        for (AgendaItem.AgendaEvent step : item.steps()) {
            steps.addObject()
                    .put("kind", step.kind())
                    .put("other", text(step.otherId()))
                    .put("user", step.user())
                    .put("reason", step.reason())
                    .put("at", step.at().toString());
        }
    }

    private static String text(UUID id) {
        return id == null ? null : id.toString();
    }
}
