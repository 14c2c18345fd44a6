package io.sitemonitor.check.http;

import io.sitemonitor.check.SafeText;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A text that must, or must not, be in the body. */
record TextExpectation(String text, boolean wanted) implements BodyExpectation {

    private static final int MAX_SHOWN = 100;

    TextExpectation {
        if (Objects.requireNonNull(text, "text").isEmpty()) {
            throw new IllegalArgumentException("the text expected in a body must not be empty");
        }
    }

    @Override
    public @Nullable String objection(String body) {
        if (body.contains(text) == wanted) {
            return null;
        }
        return (wanted ? "body does not contain '" : "body contains '") + SafeText.line(text, MAX_SHOWN) + "'";
    }
}
