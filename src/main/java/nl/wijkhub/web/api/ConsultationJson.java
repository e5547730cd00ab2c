package nl.wijkhub.web.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.sharing.ConsultationAdvice.Heard;
import nl.wijkhub.sharing.ConsultationStore.Consultation;

/** A question to care as JSON, as each side may see it. */
final class ConsultationJson {
    private ConsultationJson() {}

    /** At the coordinator's seat that asked: which signal, how it stands, and what a rule lets pass of the answer. */
    static ObjectNode ofSeat(Heard heard) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("id", heard.id().toString());
        json.put("signalId", heard.signalId().toString());
        json.put("askedAt", heard.askedAt().toString());
        json.put("dueAt", heard.dueAt().toString());
        json.put("state", heard.state());
        put(
                json,
                "answeredAt",
                heard.answeredAt() == null ? null : heard.answeredAt().toString());
        put(json, "advice", heard.advice());
        put(json, "contact", heard.contact());
        put(json, "says", heard.says());
        return json;
    }

    /** In the list of a care professional: an id and a term. */
    static ObjectNode ofProfessional(Consultation asked, Instant now) {
        return Json.MAPPER
                .createObjectNode()
                .put("id", asked.id().toString())
                .put("askedAt", asked.askedAt().toString())
                .put("dueAt", asked.dueAt().toString())
                .put("overdue", asked.isLate(now));
    }

    private static void put(ObjectNode json, String field, String value) {
        if (value != null) {
            json.put(field, value);
        }
    }
}
