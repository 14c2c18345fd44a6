package io.sitemonitor.definition;

import io.sitemonitor.check.SafeText;
import java.util.Objects;

/** The rule for names of monitors, checks and listeners, which appear in logs, meters, messages and thread names. */
public final class Names {

    /** The longest name, in characters. */
    public static final int MAX = 200;

    private Names() {}

    /**
     * Refuses what is not a name: a name has 1 to {@value #MAX} characters, no control characters, none that change the
     * direction of writing, and no space at either end.
     *
     * @param what what is named, for the message
     * @param name the name
     * @return the name
     * @throws IllegalArgumentException if it is not a name
     */
    public static String require(String what, String name) {
        Objects.requireNonNull(name, what);
        if (name.isBlank()) {
            throw new IllegalArgumentException("the name of a " + what + " must not be empty");
        }
        if (name.length() > MAX) {
            throw new IllegalArgumentException("the name of a " + what + " must have at most " + MAX
                    + " characters, but has " + name.length() + " ('" + SafeText.line(name, 40) + "')");
        }
        if (!name.equals(name.strip()) || !SafeText.isLine(name)) {
            throw new IllegalArgumentException("the name of a " + what
                    + " must not begin or end with a space or contain control characters, but was '"
                    + SafeText.line(name, MAX) + "'");
        }
        return name;
    }
}
