package io.sitemonitor.store.jdbc;

import io.sitemonitor.store.Change;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What some changes come to, so that each row is touched once. For one caller at a time. */
final class Draft {

    /** The place of what is not there. */
    private static final long NONE = 0;

    /** A record that was not there. */
    record Added(String key, byte[] bytes) {}

    private final Places before;
    private final Map<String, Long> moved = new HashMap<>();
    private final Map<Long, Added> added = new LinkedHashMap<>();
    private final Map<Long, byte[]> changed = new LinkedHashMap<>();
    private final Set<Long> removed = new LinkedHashSet<>();
    private long last;

    Draft(Places before, List<Change> changes) {
        this.before = before;
        this.last = before.last;
        changes.forEach(this::add);
    }

    private void add(Change change) {
        String key = change.key();
        byte[] bytes = change.bytes();
        long place = moved.getOrDefault(key, before.byKey.getOrDefault(key, NONE));
        if (bytes == null) {
            remove(key, place);
        } else if (place == NONE) {
            last++;
            moved.put(key, last);
            added.put(last, new Added(key, bytes));
        } else if (added.containsKey(place)) {
            added.put(place, new Added(key, bytes));
        } else {
            changed.put(place, bytes);
        }
    }

    private void remove(String key, long place) {
        if (place != NONE && added.remove(place) == null) {
            changed.remove(place);
            removed.add(place);
        }
        moved.put(key, NONE);
    }

    Map<Long, Added> added() {
        return added;
    }

    Map<Long, byte[]> changed() {
        return changed;
    }

    Set<Long> removed() {
        return removed;
    }

    /** All of it has been done. */
    void done() {
        before.last = last;
        moved.forEach((key, place) -> {
            if (place == NONE) {
                before.byKey.remove(key);
            } else {
                before.byKey.put(key, place);
            }
        });
    }

    /** Which place each record has, and the last place that was given to any. For one caller at a time. */
    static final class Places {

        private final Map<String, Long> byKey = new HashMap<>();
        private long last;

        void found(String key, long place) {
            byKey.put(key, place);
            last = Math.max(last, place);
        }
    }
}
