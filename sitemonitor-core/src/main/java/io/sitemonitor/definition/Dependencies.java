package io.sitemonitor.definition;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The rules for what checks depend on: no circle, and no name that nobody has. */
public final class Dependencies {

    private Dependencies() {}

    /**
     * Refuses a definition that would depend on itself, directly or through others. Walks up what it depends on, depth
     * first.
     *
     * @param definition a definition that is about to be added or replaced
     * @param others returns what is defined under a name, or null; the name of the definition itself is not asked for
     * @throws IllegalArgumentException if there is a circle; the message names it
     */
    public static void requireNoCircle(CheckDefinition definition, Function<String, @Nullable CheckDefinition> others) {
        Set<String> seen = new HashSet<>();
        Deque<List<String>> paths = new ArrayDeque<>();
        paths.push(List.of(definition.name()));
        while (!paths.isEmpty()) {
            List<String> path = paths.pop();
            String last = path.get(path.size() - 1);
            CheckDefinition at = path.size() == 1 ? definition : others.apply(last);
            if (at == null) {
                continue;
            }
            for (String parent : at.settings().dependsOn()) {
                List<String> longer = new ArrayList<>(path);
                longer.add(parent);
                if (parent.equals(definition.name())) {
                    throw new IllegalArgumentException("dependsOn must not lead back to the check itself, but does: "
                            + String.join(" -> ", longer) + " (check '" + definition.name() + "')");
                }
                if (seen.add(parent)) {
                    paths.push(longer);
                }
            }
        }
    }

    /**
     * Returns the names that checks depend on although there is no such check.
     *
     * @param definitions all definitions, by name
     * @return the names, sorted; empty if all is well
     */
    public static Set<String> unknown(Map<String, CheckDefinition> definitions) {
        Set<String> unknown = new TreeSet<>();
        definitions
                .values()
                .forEach(definition -> unknown.addAll(definition.settings().dependsOn()));
        unknown.removeAll(definitions.keySet());
        return unknown;
    }
}
