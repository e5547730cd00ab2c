package nl.wijkhub.sharing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.sharing.ConsultationAdvice.Heard;
import nl.wijkhub.sharing.ConsultationStore.Consultation;

/** A question to care as the side that asked may see it. */
public final class ConsultationView {
    private ConsultationView() {}

    /** At the coordinator's seat that asked: which signal, how it stands, and what a rule lets pass of the answer. */
    public static ObjectNode ofSeat(Heard heard) {
        Consultation asked = heard.asked();
        ObjectNode view = Json.MAPPER.createObjectNode();
        view.put("id", asked.id().toString());
        view.put("signalId", asked.signalId().toString());
        view.put("askedAt", asked.askedAt().toString());
        view.put("dueAt", asked.dueAt().toString());
        view.put("state", heard.state());
        if (asked.answeredAt() != null) {
            view.put("answeredAt", asked.answeredAt().toString());
        }
        put(view, "advice", heard.advice());
        put(view, "contact", heard.contact());
        put(view, "says", heard.says());
        return view;
    }

    private static void put(ObjectNode view, String field, String value) {
        if (value != null) {
            view.put(field, value);
        }
    }
}
