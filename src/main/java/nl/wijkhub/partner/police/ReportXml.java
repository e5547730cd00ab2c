package nl.wijkhub.partner.police;

import static nl.wijkhub.kernel.Fault.at;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Xml;
import nl.wijkhub.signal.Checks;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * The XML form of a report → its JSON form: the same names, so that one mapper reads both.
 * Source: schema/police-report.xsd. In: bytes. Out: one object; {@code betrokkenen} is a list.
 * Rejects: another root or namespace, elements that come twice, attributes, text between elements.
 */
final class ReportXml {
    static final String NAMESPACE = "urn:nl:wijkhub:politie:melding:1";
    private static final String ROOT = "melding";
    private static final String LIST = "betrokkenen";
    private static final String SCHEMA_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance";
    private static final String DECLARATIONS = "http://www.w3.org/2000/xmlns/";

    private ReportXml() {}

    static JsonNode read(byte[] bytes, Checks checks) {
        Element root = Xml.readStrictly(bytes).getDocumentElement();
        if (!NAMESPACE.equals(root.getNamespaceURI())) {
            checks.fault("", "wrong-namespace.report", NAMESPACE);
        } else if (!root.getLocalName().equals(ROOT)) {
            checks.fault("", "wrong-root");
        }
        checks.orReject();
        return object(root, "", checks);
    }

    private static ObjectNode object(Element element, String here, Checks checks) {
        ObjectNode object = Json.MAPPER.createObjectNode();
        attributes(element, here, checks);
        for (Element child : children(element)) {
            String name = child.getLocalName();
            String place = at(here, name);
            boolean isListed = here.isEmpty() && name.equals(LIST);
            if (!NAMESPACE.equals(child.getNamespaceURI())) {
                checks.fault(place, "wrong-namespace.element");
            } else if (isListed) {
                ArrayNode list = object.withArray(name);
                list.add(object(child, at(place, list.size()), checks));
            } else if (object.has(name)) {
                checks.fault(place, "duplicate-key.element");
            } else {
                object.set(name, value(child, place, checks));
            }
        }
        if (text(element).length() > 0) {
            checks.fault(here, "text-between");
        }
        return object;
    }

    private static JsonNode value(Element element, String here, Checks checks) {
        if (!children(element).isEmpty()) {
            return object(element, here, checks);
        }
        attributes(element, here, checks);
        return Json.MAPPER.getNodeFactory().textNode(element.getTextContent().strip());
    }

    private static void attributes(Element element, String here, Checks checks) {
        for (int i = 0; i < element.getAttributes().getLength(); i++) {
            Attr attribute = (Attr) element.getAttributes().item(i);
            String namespace = attribute.getNamespaceURI();
            if (!DECLARATIONS.equals(namespace) && !SCHEMA_INSTANCE.equals(namespace)) {
                checks.fault(here, "unknown-attribute");
            }
        }
    }

    private static List<Element> children(Element element) {
        List<Element> children = new ArrayList<>();
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child) {
                children.add(child);
            }
        }
        return children;
    }

    /** The text directly in an element, that of its children left out. */
    private static String text(Element element) {
        StringBuilder text = new StringBuilder();
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node.getNodeType() == Node.TEXT_NODE || node.getNodeType() == Node.CDATA_SECTION_NODE) {
                text.append(node.getNodeValue());
            }
        }
        return text.toString().strip();
    }
}
