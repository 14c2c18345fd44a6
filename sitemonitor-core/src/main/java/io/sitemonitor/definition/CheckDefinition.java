package io.sitemonitor.definition;

import io.sitemonitor.check.Check;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * A check with its name and its settings. Two definitions are equal if their names, checks and settings are; a check
 * that is a lambda is equal only to itself.
 *
 * @param name the name, unique within a monitor
 * @param check what is probed
 * @param settings how it is run and decided
 */
public record CheckDefinition(String name, Check check, CheckSettings settings) {

    /**
     * Creates a definition.
     *
     * @throws IllegalArgumentException if the name is not one, see {@link Names}
     */
    public CheckDefinition {
        Names.require("check", name);
        Objects.requireNonNull(check, "check");
        Objects.requireNonNull(settings, "settings");
    }

    /**
     * Creates a definition from a base and what differs from it. What {@code options} refuses is told with the name of
     * the check.
     *
     * @param name the name, unique within a monitor
     * @param check what is probed
     * @param base the settings to begin with
     * @param options sets what differs
     * @return the definition
     * @throws IllegalArgumentException if the name is not one, or an option refuses its value
     */
    public static CheckDefinition of(
            String name, Check check, Consumer<CheckSettingsBuilder> base, Consumer<CheckSettingsBuilder> options) {
        CheckSettingsBuilder builder = new CheckSettingsBuilder();
        try {
            base.accept(builder);
            options.accept(builder);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage() + " (check '" + name + "')", e);
        }
        return new CheckDefinition(name, check, builder.build());
    }
}
