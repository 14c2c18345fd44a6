package io.sitemonitor.check.http;

import io.sitemonitor.check.Expectation;
import io.sitemonitor.check.SafeText;
import java.io.IOException;
import java.io.StringReader;
import java.util.Locale;
import java.util.Objects;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** A value in a body of XML, found by an XPath. */
record XPathExpectation(String path, ValueExpectation value) implements Expectation<String> {

    XPathExpectation {
        Objects.requireNonNull(value, "value");
        try {
            XPathFactory.newInstance().newXPath().compile(Objects.requireNonNull(path, "path"));
        } catch (XPathExpressionException e) {
            throw new IllegalArgumentException(
                    "path must be an XPath such as /health/status, but was '" + SafeText.line(path, 100) + "'", e);
        }
    }

    /** The most tags and attributes of a document, each of which takes some hundred bytes once it has been read. */
    private static final int MOST_MARKS = 10_000;

    @Override
    public @Nullable String objection(String body) throws Exception {
        if (body.chars().filter(c -> c == '<' || c == '=').count() > MOST_MARKS) {
            return String.format(
                    Locale.ROOT, "body has more than %,d tags and attributes, too many for an XPath", MOST_MARKS);
        }
        Document document;
        try {
            document = builder().parse(new InputSource(new StringReader(body)));
        } catch (SAXException | IOException e) {
            return "body is no XML without a type definition";
        }
        return value.objection("value at " + path, found(document));
    }

    private @Nullable String found(Document document) throws XPathExpressionException {
        var compiled = XPathFactory.newInstance().newXPath().compile(path);
        try {
            NodeList nodes = (NodeList) compiled.evaluate(document, XPathConstants.NODESET);
            return nodes.getLength() == 0 ? null : nodes.item(0).getTextContent();
        } catch (XPathExpressionException notNodes) {
            return compiled.evaluate(document); // a count, a sum, a comparison
        }
    }

    private static DocumentBuilder builder() throws ParserConfigurationException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        factory.setXIncludeAware(false);
        factory.setExpandEntityReferences(false);
        DocumentBuilder builder = factory.newDocumentBuilder();
        builder.setErrorHandler(null); // the default one writes to the standard error stream
        return builder;
    }
}
