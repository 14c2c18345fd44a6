package io.sitemonitor.check.internal;

import io.sitemonitor.check.Expectation;
import io.sitemonitor.check.SafeText;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A part that must, or must not, be in a text.
 *
 * @param subject what the text is, such as {@code body}
 * @param part the part
 * @param wanted whether it must be there
 */
public record PlainText(String subject, String part, boolean wanted) implements Expectation<String> {

    private static final int MAX_SHOWN = 100;

    /** Creates an expectation. */
    public PlainText {
        if (Objects.requireNonNull(part, "text").isEmpty()) {
            throw new IllegalArgumentException("the text expected in a " + subject + " must not be empty");
        }
    }

    @Override
    public @Nullable String objection(String text) {
        if (text.contains(part) == wanted) {
            return null;
        }
        return subject + (wanted ? " does not contain '" : " contains '") + SafeText.line(part, MAX_SHOWN) + "'";
    }
}
