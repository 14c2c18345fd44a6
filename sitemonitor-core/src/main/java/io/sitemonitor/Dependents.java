package io.sitemonitor;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Which checks depend on which. Safe for use by any number of threads. */
final class Dependents {

    private final Map<String, CopyOnWriteArrayList<CheckCell>> byParent = new ConcurrentHashMap<>();

    void add(CheckCell child, Set<String> parents) {
        for (String parent : parents) {
            byParent.computeIfAbsent(parent, name -> new CopyOnWriteArrayList<>())
                    .addIfAbsent(child);
        }
    }

    void remove(CheckCell child, Set<String> parents) {
        for (String parent : parents) {
            byParent.computeIfPresent(parent, (name, children) -> {
                children.remove(child);
                return children.isEmpty() ? null : children;
            });
        }
    }

    Collection<CheckCell> of(String parent) {
        CopyOnWriteArrayList<CheckCell> children = byParent.get(parent);
        return children == null ? List.of() : children;
    }
}
