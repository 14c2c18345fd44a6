package io.sitemonitor;

import io.sitemonitor.definition.CheckDefinition;
import io.sitemonitor.definition.CheckSettings;
import io.sitemonitor.definition.Dependencies;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The checks of a running monitor by their names, and which of them depend on which. Safe for use by any number of
 * threads; nothing foreign is called under its lock, and it is taken before those of the checks.
 */
final class CheckRegistry {

    private static final int MOST_SHARED = 1_000;

    private final Map<String, CheckCell> cells = new ConcurrentHashMap<>();

    /** The latest check removed under a name, until it has published all that it had to say. */
    private final Map<String, CheckCell> leaving = new ConcurrentHashMap<>();

    private final Dependents dependents = new Dependents();

    /** Equal settings are kept once: there may be many checks, but few kinds of settings. */
    private final Map<CheckSettings, CheckSettings> settings = new ConcurrentHashMap<>();

    private volatile @Nullable CheckSettings latest;

    /** Returns an equal definition that shares its settings with others. */
    CheckDefinition shared(CheckDefinition definition) {
        CheckSettings own = definition.settings();
        CheckSettings known = latest;
        if (known != own && (known == null || !known.equals(own))) {
            known = settings.size() < MOST_SHARED
                    ? settings.computeIfAbsent(own, same -> own)
                    : settings.getOrDefault(own, own);
            latest = known;
        }
        return known == own ? definition : new CheckDefinition(definition.name(), definition.check(), known);
    }

    @Nullable
    CheckCell cell(String name) {
        return cells.get(name);
    }

    boolean has(String name) {
        return cells.containsKey(name);
    }

    int size() {
        return cells.size();
    }

    Set<String> names() {
        return cells.keySet();
    }

    Collection<CheckCell> all() {
        return cells.values();
    }

    /** Returns those that depend on a check. */
    Collection<CheckCell> dependentsOn(String name) {
        return dependents.of(name);
    }

    /**
     * Adds a check, which is silent until it is told to {@link CheckCell#speak}.
     *
     * @param others returns what is defined under a name besides what is here
     * @return whether it was added; false if there is one of its name
     * @throws IllegalArgumentException if it would depend on itself
     */
    synchronized boolean add(CheckCell cell, Function<String, @Nullable CheckDefinition> others) {
        String name = cell.name();
        if (cells.containsKey(name)) {
            return false;
        }
        CheckDefinition definition = cell.definition();
        Dependencies.requireNoCircle(definition, others);
        cells.put(name, cell);
        dependents.add(cell, definition.settings().dependsOn());
        cell.succeeds(leaving.get(name));
        return true;
    }

    /**
     * Replaces what a check checks, and lets others know afterwards.
     *
     * @param before what it was when the replacement was decided
     * @param others returns what is defined under a name
     * @return whether it was replaced; false if it has been removed or has become something else meanwhile
     * @throws IllegalArgumentException if it would depend on itself
     */
    boolean replace(
            CheckCell cell,
            CheckDefinition before,
            Defined replacement,
            boolean otherCheck,
            Function<String, @Nullable CheckDefinition> others) {
        synchronized (this) {
            if (cells.get(cell.name()) != cell || cell.definition() != before) {
                return false;
            }
            Dependencies.requireNoCircle(replacement.definition(), others);
            dependents.remove(cell, before.settings().dependsOn());
            dependents.add(cell, replacement.settings().dependsOn());
            cell.replace(replacement, otherCheck);
        }
        cell.settle();
        return true;
    }

    /** Removes a check; returns it, or null if there is none. The caller ends it. */
    synchronized @Nullable CheckCell remove(String name) {
        CheckCell cell = cells.remove(name);
        if (cell != null) {
            leaving.put(name, cell);
            dependents.remove(cell, cell.settings().dependsOn());
        }
        return cell;
    }

    /** A removed check has published everything. */
    void hasLeft(CheckCell cell) {
        leaving.remove(cell.name(), cell);
    }
}
