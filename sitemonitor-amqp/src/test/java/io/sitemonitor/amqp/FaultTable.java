package io.sitemonitor.amqp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The figures of a suite, as a table in {@code target/faults}. */
final class FaultTable {

    private final String name;
    private final List<String> lines = new ArrayList<>();

    FaultTable(String name, String... columns) {
        this.name = name;
        lines.add("| " + String.join(" | ", columns) + " |");
        lines.add("|---".repeat(columns.length) + "|");
    }

    void add(Object... cells) {
        StringBuilder line = new StringBuilder("|");
        for (Object cell : cells) {
            line.append(' ').append(cell).append(" |");
        }
        lines.add(line.toString());
    }

    static String seconds(long millis) {
        return String.format("%.1f s", millis / 1_000.0);
    }

    void write() throws IOException {
        Path directory = Files.createDirectories(Path.of("target", "faults"));
        Files.write(directory.resolve(name + ".md"), lines);
    }
}
