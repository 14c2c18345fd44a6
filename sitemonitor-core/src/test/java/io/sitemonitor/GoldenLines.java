package io.sitemonitor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What simulations gave when their alerts were last looked at: a line each, {@code <name> <digest> <counts>}. */
final class GoldenLines {

    private static final Path FILE = Path.of("src", "test", "resources", "io", "sitemonitor", "simulations.txt");

    private GoldenLines() {}

    static String of(String name) {
        try {
            List<String> lines = Files.readAllLines(FILE);
            return lines.stream()
                    .filter(line -> line.startsWith(name + " "))
                    .map(line -> line.substring(name.length() + 1))
                    .findFirst()
                    .orElse("no line '" + name + "' in " + FILE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String hint(String name) {
        return "the alerts of '" + name + "' differ from those of earlier versions; if that is meant, change " + FILE
                + " and say so in CHANGELOG.md";
    }
}
