package io.sitemonitor.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A command line of {@code --name value} pairs and {@code --flag}s. For one thread. */
final class Arguments {

    private final Map<String, List<String>> values = new LinkedHashMap<>();

    private Arguments() {}

    static Arguments parse(List<String> line, Set<String> options, Set<String> flags) throws UsageException {
        Arguments parsed = new Arguments();
        for (int i = 0; i < line.size(); i++) {
            String name = line.get(i);
            if (flags.contains(name)) {
                parsed.put(name, "true");
            } else if (!options.contains(name)) {
                SortedSet<String> known = new TreeSet<>(options);
                known.addAll(flags);
                throw new UsageException("unknown option '" + name + "'; there are " + String.join(" ", known));
            } else if (i + 1 == line.size()) {
                throw new UsageException(name + " needs a value");
            } else {
                i++;
                parsed.put(name, line.get(i));
            }
        }
        return parsed;
    }

    private void put(String name, String value) {
        values.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    /** Returns all values of an option that may be given several times. */
    List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    @Nullable
    String text(String name) throws UsageException {
        List<String> given = all(name);
        if (given.size() > 1) {
            throw new UsageException(name + " is given " + given.size() + " times");
        }
        return given.isEmpty() ? null : given.get(0);
    }

    long number(String name, long otherwise, long least, long most) throws UsageException {
        String text = text(name);
        if (text == null) {
            return otherwise;
        }
        long number;
        try {
            number = Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new UsageException(name + " must be a whole number, but was '" + text + "'");
        }
        if (number < least || number > most) {
            throw new UsageException(name + " must be from " + least + " to " + most + ", but was " + number);
        }
        return number;
    }

    String oneOf(String name, String otherwise, List<String> choices) throws UsageException {
        String text = text(name);
        if (text == null) {
            return otherwise;
        }
        if (!choices.contains(text)) {
            throw new UsageException(
                    name + " must be one of " + String.join(", ", choices) + ", but was '" + text + "'");
        }
        return text;
    }
}
