package io.sitemonitor.check;

import io.sitemonitor.check.internal.PatternText;
import io.sitemonitor.check.internal.PlainText;

/** What a text from a target should be like: a line of an answer, a greeting, the value of a header. */
public final class TextExpectation {

    private TextExpectation() {}

    /**
     * Expects a part somewhere in the text, exactly as written.
     *
     * @param part the part
     * @return the expectation; equal to any other with the same part
     * @throws IllegalArgumentException if the part is empty
     */
    public static Expectation<String> containing(String part) {
        return new PlainText("answer", part, true);
    }

    /**
     * Expects that a part, exactly as written, is nowhere in the text.
     *
     * @param part the part
     * @return the expectation; equal to any other with the same part
     * @throws IllegalArgumentException if the part is empty
     */
    public static Expectation<String> notContaining(String part) {
        return new PlainText("answer", part, false);
    }

    /**
     * Expects that a regular expression, as {@link java.util.regex.Pattern} has it, fits some part of the text. One that
     * needs more than ten million steps for a text, as some do for texts made on purpose, is given up: the run fails with
     * {@link FailureKind#CHECK_ERROR}.
     *
     * @param regex the expression
     * @return the expectation; equal to any other with the same expression
     * @throws IllegalArgumentException if it is no regular expression
     */
    public static Expectation<String> matching(String regex) {
        return new PatternText("answer", regex);
    }
}
