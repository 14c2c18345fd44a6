package io.sitemonitor.amqp.internal;

import io.sitemonitor.store.Change;
import io.sitemonitor.store.OpenStore;
import io.sitemonitor.store.Store;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the progress of the latest ids, and in a store which of them are dealt with; forgets the one not used for longest when
 * there are too many. A store that fails keeps nobody from handling: then doubles may come. For one thread.
 */
final class Memory {

    private static final byte[] NOTHING = {};
    private static final long LOOK_AGAIN = Duration.ofSeconds(10).toNanos();
    private static final String PREFIX = "handled/";

    private final int most;
    private final String name;
    private final @Nullable Store store;
    private final Complaints complaints;
    private final LinkedHashMap<String, Progress> byId = new LinkedHashMap<>(16, 0.75f, true);
    private final List<Change> changes = new ArrayList<>();
    private @Nullable OpenStore open;
    private @Nullable Long nextTry;

    Memory(int most, String name, @Nullable Store store, Complaints complaints) {
        this.most = most;
        this.name = name;
        this.store = store;
        this.complaints = complaints;
    }

    /** Opens the store if that is due; what it holds is known from then on. */
    void open(long now) {
        Long next = nextTry;
        if (store == null || open != null || (next != null && now - next < 0)) {
            return;
        }
        nextTry = now + LOOK_AGAIN;
        try {
            OpenStore opened = store.open(name);
            opened.read((key, bytes) -> {
                if (key.startsWith(PREFIX)) {
                    of(key.substring(PREFIX.length())).finished = true;
                }
            });
            open = opened;
        } catch (IOException | RuntimeException e) {
            complaints.trouble("what was handled cannot be kept, so doubles may come: " + Reasons.of(e), e);
        }
    }

    Progress of(String id) {
        Progress known = byId.get(id);
        if (known != null) {
            return known;
        }
        Progress fresh = new Progress();
        byId.put(id, fresh);
        if (byId.size() > most) {
            Map.Entry<String, Progress> eldest = byId.entrySet().iterator().next();
            byId.remove(eldest.getKey());
            if (eldest.getValue().finished && store != null) {
                changes.add(Change.remove(key(eldest.getKey())));
            }
        }
        return fresh;
    }

    /** Notes that an id is dealt with; kept by the next {@link #keep}. */
    void finished(String id) {
        of(id).finished = true;
        if (store != null) {
            changes.add(Change.put(key(id), NOTHING));
        }
    }

    /** Keeps what was noted. */
    void keep() {
        OpenStore its = open;
        if (its == null || changes.isEmpty()) {
            changes.clear();
            return;
        }
        try {
            its.write(List.copyOf(changes));
            changes.clear();
        } catch (IOException | RuntimeException e) {
            if (changes.size() > most) {
                changes.clear();
            }
            complaints.trouble("what was handled cannot be kept, so doubles may come: " + Reasons.of(e), e);
        }
    }

    /** Ids that others have made may be longer than a key can be. */
    private static String key(String id) {
        String key = PREFIX + id;
        return key.length() <= Change.LONGEST_KEY ? key : key.substring(0, Change.LONGEST_KEY);
    }

    int size() {
        return byId.size();
    }

    void close() {
        OpenStore its = open;
        open = null;
        if (its != null) {
            its.close();
        }
    }
}
