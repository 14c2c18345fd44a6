package io.sitemonitor.examples.pages;

import java.util.Locale;

/** Pieces of a page in Markdown. */
final class Page {

    private Page() {}

    /** A line of a table. */
    static String row(String... cells) {
        StringBuilder row = new StringBuilder("|");
        for (String cell : cells) {
            row.append(' ').append(cell.replace("|", "\\|")).append(" |");
        }
        return row.append('\n').toString();
    }

    /** To the heading of a class. */
    static String link(String name) {
        return "[`" + name + "`](#" + name.toLowerCase(Locale.ROOT) + ")";
    }

    /** Where a class is, and the example of its comment. */
    static String use(String home, String name, Prose prose) {
        String place = "`import " + home + "." + name + ";`\n\n";
        return prose.example()
                .map(example -> place + "```\n" + example + "\n```\n\n")
                .orElse(place);
    }
}
