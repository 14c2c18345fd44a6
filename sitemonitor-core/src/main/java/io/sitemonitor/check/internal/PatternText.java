package io.sitemonitor.check.internal;

import io.sitemonitor.check.Expectation;
import io.sitemonitor.check.SafeText;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** A regular expression that must fit some part of a text, within a bounded number of steps. */
public final class PatternText implements Expectation<String> {

    private static final int MAX_SHOWN = 100;
    private static final int MOST_STEPS = 10_000_000;

    private final String subject;
    private final Pattern pattern;

    /**
     * Creates an expectation.
     *
     * @param subject what the text is, such as {@code body}
     * @param regex the expression
     * @throws IllegalArgumentException if it is no regular expression
     */
    public PatternText(String subject, String regex) {
        this.subject = subject;
        try {
            pattern = Pattern.compile(Objects.requireNonNull(regex, "regex"));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "the pattern expected in a " + subject + " must be a regular expression, but was '"
                            + SafeText.line(regex, MAX_SHOWN) + "': " + e.getDescription(),
                    e);
        }
    }

    @Override
    public @Nullable String objection(String text) {
        boolean fits = pattern.matcher(bounded(text)).find();
        return fits ? null : subject + " does not match '" + SafeText.line(pattern.pattern(), MAX_SHOWN) + "'";
    }

    /**
     * Returns a text that a pattern can take only so many steps in.
     *
     * @param text any text
     * @return the same, but it throws an {@link IllegalStateException} once it has been looked at ten million times
     */
    public static CharSequence bounded(String text) {
        return new Counted(text, new int[] {MOST_STEPS});
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PatternText that
                && subject.equals(that.subject)
                && pattern.pattern().equals(that.pattern.pattern());
    }

    @Override
    public int hashCode() {
        return Objects.hash(subject, pattern.pattern());
    }

    @Override
    public String toString() {
        return subject + " matching '" + pattern.pattern() + "'";
    }

    /** A text that lets itself be read so many times. A count is the same everywhere, which a time is not. */
    private record Counted(CharSequence text, int[] stepsLeft) implements CharSequence {
        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (--stepsLeft[0] < 0) {
                throw new IllegalStateException("the pattern needs more than " + MOST_STEPS + " steps");
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Counted(text.subSequence(start, end), stepsLeft);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
