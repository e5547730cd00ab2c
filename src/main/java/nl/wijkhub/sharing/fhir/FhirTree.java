package nl.wijkhub.sharing.fhir;

import static nl.wijkhub.kernel.Fault.at;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** A FHIR document before it is FHIR: where each element stands, so that a fault can name its place. */
abstract class FhirTree {
    /** One element or attribute, and the text it holds; empty for a structure. */
    record Place(String pointer, String name, String text) {}

    /** Digits after each other in one value of XML: no identifier is longer, and making a number of many takes minutes. */
    private static final int MOST_DIGITS = 200;

    /** Lists of structures; a list of plain values may have gaps that another list fills. */
    private static final Set<String> NEVER_NULL =
            Set.of("entry", "extension", "contained", "identifier", "name", "address", "telecom");

    private List<Place> places;

    static FhirTree ofJson(JsonNode root) {
        return new OfJson(root);
    }

    static FhirTree ofXml(Document document, String namespace) {
        return new OfXml(document, namespace);
    }

    /** The resource type of the whole; empty when there is none. */
    abstract String rootType();

    /** Takes out the resources of a Bundle that are of no taken type; returns where they stood. */
    abstract List<String> drop(Set<String> taken);

    /** Where something stands that the parser may not meet: digits without end, resources that are none. */
    abstract List<String> unreadable();

    /** The document as text, without what was dropped. */
    abstract String text();

    abstract List<Place> read();

    List<String> named(String name) {
        return places().stream()
                .filter(p -> p.name().equals(name))
                .map(Place::pointer)
                .toList();
    }

    List<String> holding(String text) {
        return places().stream()
                .filter(p -> p.text().equals(text))
                .map(Place::pointer)
                .toList();
    }

    List<String> holding(String name, String text) {
        return places().stream()
                .filter(p -> p.name().equals(name) && p.text().equals(text))
                .map(Place::pointer)
                .toList();
    }

    private List<Place> places() {
        if (places == null) {
            places = read();
        }
        return places;
    }

    private static final class OfJson extends FhirTree {
        private final JsonNode root;

        OfJson(JsonNode root) {
            this.root = root;
        }

        @Override
        String rootType() {
            return root.path("resourceType").asText("");
        }

        @Override
        List<String> drop(Set<String> taken) {
            List<String> dropped = new ArrayList<>();
            JsonNode entries = root.path("entry");
            for (int i = 0; i < (entries.isArray() ? entries.size() : 0); i++) {
                JsonNode entry = entries.get(i);
                if (entry.has("resource")
                        && !taken.contains(
                                entry.path("resource").path("resourceType").asText(""))) {
                    dropped.add(at("/entry", i) + "/resource/resourceType");
                    ((ObjectNode) entry).remove("resource");
                }
            }
            return dropped;
        }

        @Override
        List<String> unreadable() {
            List<String> places = new ArrayList<>();
            FhirDocument.walk(root, "", (pointer, name, value) -> {
                if (value.isArray()) {
                    for (int i = 0; i < value.size(); i++) {
                        if (value.get(i).isNull() && !name.startsWith("_") && NEVER_NULL.contains(name)) {
                            places.add(at(pointer, i));
                        }
                    }
                }
            });
            return places;
        }

        @Override
        String text() {
            return root.toString();
        }

        @Override
        List<Place> read() {
            List<Place> places = new ArrayList<>();
            FhirDocument.walk(
                    root,
                    "",
                    (pointer, name, value) ->
                            places.add(new Place(pointer, name, value.isValueNode() ? value.asText() : "")));
            return places;
        }
    }

    private static final class OfXml extends FhirTree {
        private final Document document;
        private final String namespace;

        OfXml(Document document, String namespace) {
            this.document = document;
            this.namespace = namespace;
        }

        @Override
        String rootType() {
            Element root = document.getDocumentElement();
            return namespace.equals(root.getNamespaceURI()) ? root.getLocalName() : "";
        }

        @Override
        List<String> drop(Set<String> taken) {
            List<String> dropped = new ArrayList<>();
            int index = 0;
            for (Element entry : children(document.getDocumentElement(), "entry")) {
                for (Element resource : children(entry, "resource")) {
                    if (children(resource, null).stream().anyMatch(r -> !taken.contains(r.getLocalName()))) {
                        dropped.add(at("/entry", index) + "/resource");
                        entry.removeChild(resource);
                    }
                }
                index++;
            }
            return dropped;
        }

        @Override
        List<String> unreadable() {
            List<String> places = new ArrayList<>();
            int index = 0;
            for (Element entry : children(document.getDocumentElement(), "entry")) {
                for (Element resource : children(entry, "resource")) {
                    if (children(resource, null).size() != 1) {
                        places.add(at("/entry", index) + "/resource");
                    }
                }
                index++;
            }
            read().stream()
                    .filter(place -> isAllDigits(place.text()))
                    .map(Place::pointer)
                    .forEach(places::add);
            return places;
        }

        private static boolean isAllDigits(String text) {
            return text.length() > MOST_DIGITS
                    && text.chars().allMatch(c -> (c >= '+' && c <= '9') || c == 'e' || c == 'E');
        }

        @Override
        String text() {
            try {
                TransformerFactory factory = TransformerFactory.newDefaultInstance();
                factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
                Transformer transformer = factory.newTransformer();
                StringWriter text = new StringWriter();
                transformer.transform(new DOMSource(document), new StreamResult(text));
                return text.toString();
            } catch (TransformerException e) {
                throw new IllegalStateException("an XML document in memory cannot be written", e);
            }
        }

        @Override
        List<Place> read() {
            List<Place> places = new ArrayList<>();
            read(document.getDocumentElement(), "", places);
            return places;
        }

        private void read(Element element, String here, List<Place> places) {
            Map<String, Integer> seen = new HashMap<>();
            List<Element> children = children(element, null);
            Map<String, Integer> times = new HashMap<>();
            children.forEach(child -> times.merge(child.getLocalName(), 1, Integer::sum));
            for (Element child : children) {
                String name = child.getLocalName();
                boolean repeats = name.equals("entry") || times.get(name) > 1;
                int index = seen.merge(name, 1, Integer::sum) - 1;
                // the element that names a resource's type is no step of a FHIR path
                boolean isType = Character.isUpperCase(name.charAt(0));
                String pointer = isType ? here : repeats ? at(at(here, name), index) : at(here, name);
                places.add(new Place(pointer, name, child.getAttribute("value")));
                for (int i = 0; i < child.getAttributes().getLength(); i++) {
                    places.add(new Place(pointer, child.getAttributes().item(i).getNodeName(), ""));
                }
                read(child, pointer, places);
            }
        }

        private static List<Element> children(Element element, String name) {
            List<Element> children = new ArrayList<>();
            for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
                if (node instanceof Element child && (name == null || name.equals(child.getLocalName()))) {
                    children.add(child);
                }
            }
            return children;
        }
    }
}
