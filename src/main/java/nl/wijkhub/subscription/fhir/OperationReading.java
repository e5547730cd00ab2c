package nl.wijkhub.subscription.fhir;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nl.wijkhub.sharing.fhir.FhirDocument;
import nl.wijkhub.signal.Checks;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;

/** What an operation is asked: in the query, and in Parameters when it is posted. */
public final class OperationReading {
    private OperationReading() {}

    /**
     * @param query name → values
     * @param body empty for none
     * @param known what may be asked here; the rest is a fault
     */
    public static Map<String, List<String>> read(
            Map<String, List<String>> query, byte[] body, String mediaType, Set<String> known, Checks checks) {
        Map<String, List<String>> asked = new LinkedHashMap<>();
        query.forEach((name, values) -> asked.put(name, new ArrayList<>(values)));
        if (body.length > 0) {
            Parameters sent = FhirDocument.alone(body, mediaType, Parameters.class, checks);
            for (ParametersParameterComponent one : sent.getParameter()) {
                String value = one.hasValue() ? one.getValue().primitiveValue() : null;
                if (value == null) {
                    checks.fault("/http/" + one.getName(), "wrong-type.single-value");
                } else {
                    asked.computeIfAbsent(String.valueOf(one.getName()), name -> new ArrayList<>())
                            .add(value);
                }
            }
        }
        asked.keySet().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> checks.fault("/http/" + name, "unknown-parameter"));
        return asked;
    }

    /** What may be asked once; null when it is not. */
    static String one(Map<String, List<String>> asked, String name, Checks checks) {
        List<String> sent = asked.getOrDefault(name, List.of());
        if (sent.size() > 1) {
            checks.fault("/http/" + name, "too-many.parameters");
        }
        return sent.isEmpty() ? null : sent.get(0);
    }
}
