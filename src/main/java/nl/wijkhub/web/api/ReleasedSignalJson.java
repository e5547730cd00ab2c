package nl.wijkhub.web.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.sharing.ReleasedSignal;

/** A released signal as JSON, under its canonical names: what did not pass is not there. */
public final class ReleasedSignalJson {
    private ReleasedSignalJson() {}

    public static ObjectNode of(ReleasedSignal signal) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("id", signal.signalId().toString());
        json.put("releaseId", signal.releaseId().toString());
        json.put("disclosure", signal.terms().disclosure().name());
        json.put("ground", signal.terms().ground());
        put(json, "article", signal.terms().article());
        put(json, "externalDecision", signal.terms().externalDecision());
        put(json, "advice", signal.terms().advice());
        put(json, "contact", signal.contact());
        ReleasedSignal.Report report = signal.report();
        put(json, "occurredAt", report.occurredAt());
        put(json, "reportedAt", report.reportedAt());
        put(json, "category", report.category());
        put(json, "lifeDomains", signal.life().domains());
        put(json, "scores", signal.life().scores());
        put(
                json,
                "severity",
                report.severity() == null ? null : report.severity().code());
        put(
                json,
                "senderDiscipline",
                signal.sender().discipline() == null
                        ? null
                        : signal.sender().discipline().name());
        put(json, "experiencedImpact", report.experiencedImpact());
        put(json, "knownToPolice", report.knownToPolice());
        put(json, "reporter", signal.sender().reporter());
        put(json, "workerSafety", signal.workerSafety());
        put(json, "narrative", report.narrative());
        put(json, "senderTerm", signal.sender().term());
        put(json, "strengths", signal.life().strengths());
        put(json, "informalHelpers", signal.life().helpers());
        put(json, "address", signal.subject().address());
        if (!signal.subject().persons().isEmpty()) {
            ArrayNode persons = json.putArray("persons");
            signal.subject().persons().forEach(person -> persons.add(person(person)));
        }
        put(json, "area", signal.subject().area());
        return json;
    }

    private static ObjectNode person(ReleasedSignal.Person person) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        put(json, "role", person.role());
        put(json, "name", person.name());
        put(json, "birthDate", person.birthDate());
        put(json, "phone", person.phone());
        return json;
    }

    private static void put(ObjectNode json, String field, Object value) {
        boolean isEmpty = value == null || value instanceof List<?> list && list.isEmpty();
        if (!isEmpty) {
            json.set(field, Json.MAPPER.valueToTree(value));
        }
    }
}
