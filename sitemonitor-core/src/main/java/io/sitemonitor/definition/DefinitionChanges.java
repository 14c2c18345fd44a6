package io.sitemonitor.definition;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How one set of definitions becomes another.
 *
 * @param added what is only in the new set
 * @param replaced what is in both under the same name, but differs; as in the new set
 * @param removed the names that are only in the old set
 */
public record DefinitionChanges(List<CheckDefinition> added, List<CheckDefinition> replaced, List<String> removed) {

    /** Creates changes; the lists are copied. */
    public DefinitionChanges {
        added = List.copyOf(added);
        replaced = List.copyOf(replaced);
        removed = List.copyOf(removed);
    }

    /**
     * Compares two sets.
     *
     * @param before the old definitions, each name once
     * @param after the new definitions; where a name comes twice, the last counts
     * @return what has to be done to get from one to the other
     */
    public static DefinitionChanges between(Collection<CheckDefinition> before, Collection<CheckDefinition> after) {
        Map<String, CheckDefinition> gone = new LinkedHashMap<>();
        before.forEach(definition -> gone.put(definition.name(), definition));
        Map<String, CheckDefinition> wanted = new LinkedHashMap<>();
        after.forEach(definition -> wanted.put(definition.name(), definition));
        List<CheckDefinition> added = new ArrayList<>();
        List<CheckDefinition> replaced = new ArrayList<>();
        wanted.forEach((name, definition) -> {
            CheckDefinition old = gone.remove(name);
            if (old == null) {
                added.add(definition);
            } else if (!old.equals(definition)) {
                replaced.add(definition);
            }
        });
        return new DefinitionChanges(added, replaced, List.copyOf(gone.keySet()));
    }

    /**
     * Tells whether nothing has to be done.
     *
     * @return whether both sets were the same
     */
    public boolean isEmpty() {
        return added.isEmpty() && replaced.isEmpty() && removed.isEmpty();
    }
}
