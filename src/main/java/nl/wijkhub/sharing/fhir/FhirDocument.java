package nl.wijkhub.sharing.fhir;

import static nl.wijkhub.kernel.Fault.at;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.MediaType;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.kernel.Xml;
import nl.wijkhub.signal.Checks;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Narrative;
import org.hl7.fhir.r4.model.Resource;

/**
 * A FHIR R4 Bundle as a partner sent it, JSON or XML.
 * In: bytes. Out: the Bundle. Rejects: what is no JSON or XML, duplicate keys, a DTD; elements and values FHIR R4 does
 * not know; modifier extensions (they may change what everything else means); resource types that are not taken.
 * Places are JSON pointers; in XML they are the same path, with an index where an element repeats.
 */
public final class FhirDocument {
    private static final String NAMESPACE = "http://hl7.org/fhir";

    /** Making one takes seconds, so there is one. */
    private static final class Context {
        static final FhirContext R4 = FhirContext.forR4();
    }

    private static final int MOST_TOLD = 100;

    private FhirDocument() {}

    /**
     * @param mediaType {@code application/fhir+json} or {@code application/fhir+xml}
     * @param taken the resource types a Bundle may hold here
     */
    public static Bundle bundle(byte[] body, String mediaType, Set<String> taken, Checks checks) {
        FhirTree tree = tree(body, mediaType);
        if (!tree.rootType().equals("Bundle")) {
            checks.fault("", "not-a-bundle");
            checks.orReject();
        }
        tree.drop(taken)
                .forEach(place -> checks.fault(
                        place,
                        "resource-not-taken.bundle",
                        taken.stream().sorted().toList()));
        return parse(tree, mediaType, Bundle.class, checks);
    }

    /** One resource that stands by itself; what it contains stands in it. Its faults are in {@code checks}. */
    public static <T extends Resource> T alone(byte[] body, String mediaType, Class<T> type, Checks checks) {
        FhirTree tree = tree(body, mediaType);
        if (!tree.rootType().equals(type.getSimpleName())) {
            checks.fault("", "wrong-resource", type.getSimpleName());
            checks.orReject();
        }
        return parse(tree, mediaType, type, checks);
    }

    private static FhirTree tree(byte[] body, String mediaType) {
        return MediaType.of(mediaType).isXml()
                ? FhirTree.ofXml(Xml.readStrictly(body), NAMESPACE)
                : FhirTree.ofJson(Json.readStrictly(body));
    }

    private static <T extends Resource> T parse(FhirTree tree, String mediaType, Class<T> type, Checks checks) {
        tree.named("modifierExtension").forEach(place -> checks.fault(place, "modifier-extension"));
        tree.named("implicitRules").forEach(place -> checks.fault(place, "modifier-extension.implicit-rules"));
        tree.unreadable().forEach(place -> checks.fault(place, "wrong-form.fhir"));
        checks.orReject();
        IParser parser = MediaType.of(mediaType).isXml() ? Context.R4.newXmlParser() : Context.R4.newJsonParser();
        parser.setParserErrorHandler(new FhirFaults(tree, checks));
        try {
            T resource = parser.parseResource(type, tree.text());
            requireSmallNumbers(resource, tree, mediaType, checks);
            return resource;
        } catch (Rejected refused) {
            throw refused;
        } catch (RuntimeException e) {
            // the parser knows many ways to stumble, and writes what it met into each message
            checks.fault("", "not-fhir");
            checks.orReject();
            throw new IllegalStateException("a fault was noted and did not reject", e);
        }
    }

    /** In JSON the reader has seen to it; in XML only the model knows which texts are numbers. */
    private static void requireSmallNumbers(Resource resource, FhirTree tree, String mediaType, Checks checks) {
        if (MediaType.of(mediaType).isXml()) {
            List<DecimalType> tooLarge =
                    Context.R4.newTerser().getAllPopulatedChildElementsOfType(resource, DecimalType.class).stream()
                            .filter(number -> number.getValue() != null && Json.isTooLarge(number.getValue()))
                            .toList();
            tooLarge.stream()
                    .map(DecimalType::getValueAsString)
                    .distinct()
                    .flatMap(text -> tree.holding(text).stream())
                    .limit(MOST_TOLD)
                    .forEach(place -> checks.fault(Json.tooLarge(place)));
            if (!tooLarge.isEmpty()) {
                checks.orReject();
            }
        }
    }

    /** Any one resource as JSON: for keeping what was sent. */
    public static String json(IBaseResource resource) {
        return Context.R4.newJsonParser().encodeResourceToString(resource);
    }

    /** Any one resource as it is answered.
     *
     * @param mediaType {@code application/fhir+json} or {@code application/fhir+xml}
     */
    public static String text(IBaseResource resource, String mediaType) {
        IParser parser = MediaType.of(mediaType).isXml() ? Context.R4.newXmlParser() : Context.R4.newJsonParser();
        return parser.encodeResourceToString(resource);
    }

    /** What people see of a resource where a machine shows no more. */
    public static Narrative narrative(String words) {
        Narrative narrative = new Narrative();
        narrative.setStatus(Narrative.NarrativeStatus.GENERATED);
        narrative.setDivAsString("<div xmlns=\"http://www.w3.org/1999/xhtml\">" + words + "</div>");
        return narrative;
    }

    /** A resource that was written by {@link #json}. */
    public static <T extends Resource> T read(Class<T> type, String json) {
        return Context.R4.newJsonParser().parseResource(type, json);
    }

    /** Makes ready what takes seconds, before the first message. */
    public static void warmUp() {
        Context.R4.newJsonParser().parseResource(Bundle.class, "{\"resourceType\":\"Bundle\",\"type\":\"collection\"}");
    }

    /** Where in a JSON document a place is found, one key at a time. */
    static void walk(JsonNode node, String here, Visitor visitor) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(property -> {
                String place = at(here, property.getKey());
                visitor.visit(place, property.getKey(), property.getValue());
                walk(property.getValue(), place, visitor);
            });
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                walk(node.get(i), at(here, i), visitor);
            }
        }
    }

    interface Visitor {
        void visit(String place, String name, JsonNode value);
    }
}
