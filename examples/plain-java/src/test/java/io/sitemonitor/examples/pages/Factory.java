package io.sitemonitor.examples.pages;

import java.util.List;

/** A way to make something: a static method, or the last of several steps. */
record Factory(String signature, Prose prose) {

    /** A table of them, or nothing. */
    static String table(String heading, List<Factory> factories) {
        if (factories.isEmpty()) {
            return "";
        }
        StringBuilder table = new StringBuilder(Page.row(heading, "meaning", "values") + "|---|---|---|\n");
        factories.forEach(factory -> table.append(factory.row()));
        return table.append('\n').toString();
    }

    private String row() {
        String meaning = prose.about("Default limits:")
                .map(limits -> prose.summary() + " Default limits: " + limits)
                .orElse(prose.summary());
        return Page.row("`" + signature + "`", meaning, String.join("; ", prose.parameters()));
    }
}
