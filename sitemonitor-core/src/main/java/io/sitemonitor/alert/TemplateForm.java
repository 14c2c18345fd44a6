package io.sitemonitor.alert;

import org.jspecify.annotations.Nullable;

/** A template that has been read, by one engine or another. Immutable. */
interface TemplateForm {

    /** Writes the text, with these values. */
    String render(Values values);

    /** The values of variables that are known, each of them harmless. */
    @FunctionalInterface
    interface Values {

        /** The value of a variable; null if there is none. */
        @Nullable
        String of(String name);
    }
}
