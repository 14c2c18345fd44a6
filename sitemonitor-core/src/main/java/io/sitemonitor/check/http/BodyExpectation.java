package io.sitemonitor.check.http;

import org.jspecify.annotations.Nullable;

/**
 * What the body of an answer should be like. Any lambda will do; one that is to make equal checks equal should
 * implement {@code equals}, as those made here do.
 *
 * <p><b>Threads:</b> called by the thread of the run; one object may be called by several threads at once.
 *
 * <p><b>Failure:</b> if it throws, the run fails with {@code CHECK_ERROR}.
 */
@FunctionalInterface
public interface BodyExpectation {

    /**
     * Judges a body.
     *
     * @param body the whole body as text, decompressed, in the charset that the answer names or else UTF-8; possibly
     *     empty
     * @return what is wrong with it, in a few words for people such as {@code body does not contain 'Welcome'}; null if
     *     it is as expected
     */
    @Nullable
    String objection(String body);

    /**
     * Expects a text somewhere in the body, exactly as written.
     *
     * @param text the text
     * @return the expectation; equal to any other with the same text
     * @throws IllegalArgumentException if the text is empty
     */
    static BodyExpectation containing(String text) {
        return new TextExpectation(text, true);
    }

    /**
     * Expects that a text, exactly as written, is nowhere in the body.
     *
     * @param text the text
     * @return the expectation; equal to any other with the same text
     * @throws IllegalArgumentException if the text is empty
     */
    static BodyExpectation notContaining(String text) {
        return new TextExpectation(text, false);
    }
}
