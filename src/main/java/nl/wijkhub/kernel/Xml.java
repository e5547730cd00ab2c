package nl.wijkhub.kernel;

import java.io.IOException;
import java.io.StringReader;
import java.util.Locale;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/**
 * How XML is read here: UTF-8, no document type (so no entity can name a file, a server or itself), at most
 * {@value #MAX_DEPTH} levels deep and {@value #MAX_ELEMENTS} elements long.
 */
public final class Xml {
    private static final int MAX_DEPTH = 32;
    private static final int MAX_ELEMENTS = 20_000;
    private static final String NO_DOCTYPE = "http://apache.org/xml/features/disallow-doctype-decl";

    private Xml() {}

    /** Reads one XML document as a partner sent it. Rejects: what is no UTF-8, no XML, has a DTD, or is too deep. */
    public static Document readStrictly(byte[] bytes) {
        String text = withoutMark(bytes);
        if (text.isBlank()) {
            throw Rejected.of(Problem.MALFORMED_INPUT, "", "empty");
        }
        Document document;
        try {
            document = builder().parse(new InputSource(new StringReader(text)));
        } catch (SAXParseException e) {
            boolean doctype = String.valueOf(e.getMessage()).contains("DOCTYPE");
            throw Rejected.of(
                    Problem.MALFORMED_INPUT,
                    "",
                    doctype ? "dtd-not-allowed" : "not-xml.at",
                    e.getLineNumber(),
                    e.getColumnNumber());
        } catch (SAXException e) {
            throw Rejected.of(Problem.MALFORMED_INPUT, "", "not-xml");
        } catch (IOException e) {
            throw new IllegalStateException("a text in memory cannot be read", e);
        }
        String declared = document.getXmlEncoding();
        if (declared != null && !declared.toLowerCase(Locale.ROOT).equals("utf-8")) {
            throw Rejected.of(Problem.MALFORMED_INPUT, "", "not-utf-8.encoding");
        }
        measure(document.getDocumentElement());
        return document;
    }

    private static String withoutMark(byte[] bytes) {
        String text = Utf8.readStrictly(bytes);
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static DocumentBuilder builder() {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature(NO_DOCTYPE, true);
            factory.setXIncludeAware(false);
            factory.setExpandEntityReferences(false);
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new Silent());
            return builder;
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("this Java cannot read XML safely", e);
        }
    }

    /** Walks without recursion: what is too deep must not reach code that recurses. */
    private static void measure(Element root) {
        int depth = 0;
        int elements = 0;
        Node node = root;
        while (node != null) {
            if (node instanceof Element) {
                elements++;
            }
            if (depth >= MAX_DEPTH) {
                throw Rejected.of(Problem.MALFORMED_INPUT, "", "too-deep", MAX_DEPTH);
            }
            if (elements > MAX_ELEMENTS) {
                throw Rejected.of(Problem.MALFORMED_INPUT, "", "too-many-values.elements", MAX_ELEMENTS);
            }
            if (node.getFirstChild() != null) {
                node = node.getFirstChild();
                depth++;
                continue;
            }
            while (node != null && node != root && node.getNextSibling() == null) {
                node = node.getParentNode();
                depth--;
            }
            node = node == null || node == root ? null : node.getNextSibling();
        }
    }

    /** The parser would write what it meets to the console. */
    private static final class Silent implements ErrorHandler {
        @Override
        public void warning(SAXParseException e) {
            // nothing that matters for well-formed XML
        }

        @Override
        public void error(SAXParseException e) throws SAXException {
            throw e;
        }

        @Override
        public void fatalError(SAXParseException e) throws SAXException {
            throw e;
        }
    }
}
