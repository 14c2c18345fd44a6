package io.sitemonitor.alert.internal;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.store.Change;
import io.sitemonitor.store.internal.Keeper;
import io.sitemonitor.store.internal.RecordReader;
import io.sitemonitor.store.internal.RecordWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The alerts that are on their way, as they are kept for the next process: each until all of its listeners are done with it,
 * and who was told of what is open. Safe for use by any number of threads.
 */
public final class Outbox {

    private static final String ALERT = "alert/";
    private static final String DONE = "done/";
    private static final String TOLD = "told/";
    private static final int VERSION = 1;
    private static final byte[] NOTHING = {};

    /**
     * An alert that an earlier process has left.
     *
     * @param alert the alert
     * @param acceptedAt when it was accepted
     * @param listeners who has not got it
     */
    record Left(Alert alert, Instant acceptedAt, Set<String> listeners) {}

    private final Keeper keeper;

    /** Who is not done yet with an alert, by its id. Guarded by this. */
    private final Map<String, Set<String>> left = new HashMap<>();

    /** Who of several is done with an alert. Guarded by this. */
    private final Map<String, Set<String>> gone = new HashMap<>();

    /** What an earlier process has left, until it is handed over. */
    private final Map<String, Left> found = new LinkedHashMap<>();

    /** Who was told of what is open, by incident. Guarded by this. */
    private final Map<String, List<String>> told = new LinkedHashMap<>();

    /**
     * Begins empty.
     *
     * @param keeper writes what is kept
     */
    public Outbox(Keeper keeper) {
        this.keeper = keeper;
    }

    /**
     * Takes a record that an earlier process has left, if it is one of these. Before anything else is done.
     *
     * @param key its key
     * @param bytes what it holds
     * @throws IllegalArgumentException if it is one of these and cannot be read
     */
    public void recall(String key, byte[] bytes) {
        if (key.startsWith(ALERT)) {
            RecordReader from = new RecordReader(bytes, VERSION);
            Instant acceptedAt = from.time();
            Set<String> listeners = new HashSet<>(from.texts());
            found.put(key.substring(ALERT.length()), new Left(AlertRecords.read(from), acceptedAt, listeners));
        } else if (key.startsWith(DONE)) {
            String[] parts = key.substring(DONE.length()).split("/", 2);
            Left alert = found.get(parts[0]);
            if (alert != null && parts.length == 2 && alert.listeners().remove(parts[1])) {
                gone.computeIfAbsent(parts[0], id -> new HashSet<>()).add(parts[1]);
            }
        } else if (key.startsWith(TOLD)) {
            told.put(key.substring(TOLD.length()), new RecordReader(bytes, VERSION).texts());
        }
    }

    /** Hands over what an earlier process has left, in the order in which it was accepted; it is not remembered here any more. */
    synchronized List<Left> takeFound() {
        found.forEach((id, alert) -> left.put(id, alert.listeners()));
        List<Left> all = List.copyOf(found.values());
        found.clear();
        return all;
    }

    /** Who was told of what an earlier process has left open, by incident. */
    synchronized Map<String, List<String>> told() {
        return Map.copyOf(told);
    }

    /** Adds to some changes that an alert is on its way to these listeners. */
    void accept(Alert alert, List<String> listeners, Instant now, List<Change> changes) {
        RecordWriter to = new RecordWriter(VERSION).time(now);
        AlertRecords.write(alert, to.each(listeners, to::text));
        changes.add(Change.put(ALERT + alert.id(), to.toBytes()));
        synchronized (this) {
            left.put(alert.id(), new HashSet<>(listeners));
        }
    }

    /** Adds to some changes who is told of something that will be closed; null if it is closed now. */
    void tell(String incidentId, @Nullable List<String> listeners, List<Change> changes) {
        synchronized (this) {
            if (listeners == null) {
                told.remove(incidentId);
                changes.add(Change.remove(TOLD + incidentId));
            } else {
                told.put(incidentId, listeners);
                changes.add(toldRecord(incidentId, listeners));
            }
        }
    }

    /** A listener was not told of something after all, so its closing is not for it either. */
    void notTold(String incidentId, String listener) {
        Change change;
        synchronized (this) {
            List<String> listeners = told.get(incidentId);
            if (listeners == null || !listeners.contains(listener)) {
                return;
            }
            List<String> others =
                    listeners.stream().filter(each -> !each.equals(listener)).toList();
            told.put(incidentId, others);
            change = toldRecord(incidentId, others);
        }
        keeper.keep(List.of(change), () -> {});
    }

    private static Change toldRecord(String incidentId, List<String> listeners) {
        RecordWriter to = new RecordWriter(VERSION);
        return Change.put(TOLD + incidentId, to.each(listeners, to::text).toBytes());
    }

    /** Tells whether everything that is to be kept has been written, or cannot be. */
    boolean isIdle() {
        return keeper.isIdle();
    }

    void keep(List<Change> changes, Runnable then) {
        keeper.keep(changes, then);
    }

    /** A listener has got an alert, or will never get it. */
    void done(Alert alert, String listener) {
        List<Change> changes = new ArrayList<>();
        synchronized (this) {
            Set<String> waits = left.get(alert.id());
            if (waits == null || !waits.remove(listener)) {
                return;
            }
            Set<String> got = gone.computeIfAbsent(alert.id(), id -> new HashSet<>());
            if (waits.isEmpty()) {
                left.remove(alert.id());
                gone.remove(alert.id());
                changes.add(Change.remove(ALERT + alert.id()));
                got.forEach(each -> changes.add(Change.remove(doneKey(alert, each))));
            } else {
                got.add(listener);
                changes.add(Change.put(doneKey(alert, listener), NOTHING));
            }
        }
        keeper.keep(changes, () -> {});
    }

    private static String doneKey(Alert alert, String listener) {
        return DONE + alert.id() + "/" + listener;
    }
}
