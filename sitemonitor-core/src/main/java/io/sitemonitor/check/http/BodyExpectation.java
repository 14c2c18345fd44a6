package io.sitemonitor.check.http;

import io.sitemonitor.check.Expectation;
import io.sitemonitor.check.internal.PatternText;
import io.sitemonitor.check.internal.PlainText;

/**
 * What the body of an answer should be like. Each is an {@link Expectation} of the whole body as text, decompressed, in
 * the charset that the answer names or else UTF-8, possibly empty; any lambda that judges a text will do as well.
 */
public final class BodyExpectation {

    private BodyExpectation() {}

    /**
     * Expects a text somewhere in the body, exactly as written.
     *
     * @param text the text
     * @return the expectation; equal to any other with the same text
     * @throws IllegalArgumentException if the text is empty
     */
    public static Expectation<String> containing(String text) {
        return new PlainText("body", text, true);
    }

    /**
     * Expects that a text, exactly as written, is nowhere in the body.
     *
     * @param text the text
     * @return the expectation; equal to any other with the same text
     * @throws IllegalArgumentException if the text is empty
     */
    public static Expectation<String> notContaining(String text) {
        return new PlainText("body", text, false);
    }

    /**
     * Expects that a regular expression, as {@link java.util.regex.Pattern} has it, fits some part of the body. One that
     * needs more than ten million steps for a body, as some do for texts made on purpose, is given up: the run fails with
     * {@code CHECK_ERROR}.
     *
     * @param regex the expression
     * @return the expectation; equal to any other with the same expression
     * @throws IllegalArgumentException if it is no regular expression
     */
    public static Expectation<String> matching(String regex) {
        return new PatternText("body", regex);
    }

    /**
     * Expects something of a value in a body of JSON, found by a JSON Pointer (RFC 6901). A document of more than 20,000
     * names, values and brackets, more than 100 levels, or with numbers of more than 100 digits is not read, and not as
     * expected.
     *
     * <pre>{@code
     * .expectBody(json("/queue/waiting", atMost(500)).orWarn())
     * }</pre>
     *
     * @param pointer such as {@code /status} or {@code /nodes/0/name}; empty for the whole
     * @param value what is expected of it
     * @return the expectation; equal to any other with the same pointer and an equal value
     * @throws IllegalArgumentException if it is no JSON Pointer
     */
    public static Expectation<String> json(String pointer, ValueExpectation value) {
        return new JsonPointerExpectation(pointer, value);
    }

    /**
     * Expects something of what a JSON path finds in a body of JSON, within the same limits as {@link #json}. Needs {@code
     * com.jayway.jsonpath:json-path} on the class path. If the path finds several values, each must be as expected.
     *
     * @param path such as {@code $.nodes[*].status}
     * @param value what is expected of each value found
     * @return the expectation; equal to any other with the same path and an equal value
     * @throws IllegalArgumentException if it is no JSON path
     * @throws IllegalStateException if {@code com.jayway.jsonpath:json-path} is not on the class path
     */
    public static Expectation<String> jsonPath(String path, ValueExpectation value) {
        try {
            return JsonPathExpectation.of(path, value);
        } catch (NoClassDefFoundError e) { // the class names exceptions of the library, so it cannot look for it itself
            throw new IllegalStateException("jsonPath needs com.jayway.jsonpath:json-path on the class path", e);
        }
    }

    /**
     * Expects something of what an XPath finds in a body of XML, as a text. Documents with a type definition are refused,
     * and so are those of more than 10,000 tags and attributes; nothing that a document names is loaded.
     *
     * @param path such as {@code /health/status} or {@code count(//node)}
     * @param value what is expected of it
     * @return the expectation; equal to any other with the same path and an equal value
     * @throws IllegalArgumentException if it is no XPath
     */
    public static Expectation<String> xpath(String path, ValueExpectation value) {
        return new XPathExpectation(path, value);
    }
}
