package io.sitemonitor.spring.autoconfigure;

import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Hands properties to the builders of the library, and says which property it was that a builder refused. */
final class Property {

    private Property() {}

    /** Sets what is set; what is not keeps the builder's default. */
    static <T> void set(String property, @Nullable T value, Consumer<? super T> setter) {
        if (value != null) {
            make(property, value, given -> {
                setter.accept(given);
                return given;
            });
        }
    }

    /** Makes something of a value. */
    static <T, R> R make(String property, T value, Function<? super T, ? extends R> maker) {
        try {
            return maker.apply(value);
        } catch (IllegalArgumentException | IllegalStateException e) {
            String message = e.getMessage();
            throw new InvalidPropertyException(property, message == null ? "it was refused" : message, e);
        }
    }

    /** Changes something by a value, if that is set. */
    static <T, R> R change(String property, R before, @Nullable T value, Change<R, T> change) {
        return value == null ? before : make(property, value, given -> change.apply(before, given));
    }

    /** Returns what another property cannot do without. */
    static <T> T required(String property, @Nullable T value, String other) {
        if (value == null) {
            throw wrong(property, "it is missing; " + other + " needs it");
        }
        return value;
    }

    /** Returns the beginning of the names of what has a name of the user's, without the dot at its end. */
    static String below(String property, String name) {
        boolean plain = name.chars().allMatch(c -> c == '-' || c < 0x7F && Character.isLetterOrDigit(c));
        return property + '.' + (plain ? name : '[' + name + ']');
    }

    static InvalidPropertyException wrong(String property, String reason) {
        return new InvalidPropertyException(property, reason, null);
    }

    /** A copy with one option changed. */
    @FunctionalInterface
    interface Change<R, T> {
        R apply(R before, T value);
    }
}
