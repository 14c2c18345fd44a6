package io.sitemonitor.alert.internal;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.alert.DeadLetter;
import io.sitemonitor.store.Change;
import io.sitemonitor.store.internal.Keeper;
import io.sitemonitor.store.internal.RecordReader;
import io.sitemonitor.store.internal.RecordWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private static final String HELD = "held/";
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

    /**
     * Something that was told and is open.
     *
     * @param opening what was told
     * @param listeners who was told
     */
    record Told(Alert opening, List<String> listeners) {}

    private final Keeper keeper;

    /** Who is not done yet with an alert, by its id. Guarded by this. */
    private final Map<String, Set<String>> left = new HashMap<>();

    /** Who of several is done with an alert. Guarded by this. */
    private final Map<String, Set<String>> gone = new HashMap<>();

    /** Which alerts have been held for whom, and since when they are not any more, if they are not. Guarded by this. */
    private final Map<String, Optional<Instant>> held = new HashMap<>();

    /** What an earlier process has left, until it is handed over. */
    private final Map<String, Left> found = new LinkedHashMap<>();

    /** Who was told of what is open, by incident. Guarded by this. */
    private final Map<String, Told> told = new LinkedHashMap<>();

    /** What else an earlier process has left, until it is handed over. */
    private PolicyRecords foundPolicies = new PolicyRecords();

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
        } else if (key.startsWith(HELD)) {
            Optional<Instant> released =
                    bytes.length == 0 ? Optional.empty() : Optional.of(new RecordReader(bytes, VERSION).time());
            held.put(key.substring(HELD.length()), released);
        } else if (key.startsWith(TOLD)) {
            RecordReader from = new RecordReader(bytes, VERSION);
            List<String> listeners = from.texts();
            told.put(key.substring(TOLD.length()), new Told(AlertRecords.read(from), listeners));
        } else {
            foundPolicies.recall(key, bytes);
        }
    }

    /** Hands over what else an earlier process has left; it is not remembered here any more. */
    PolicyRecords takePolicies() {
        PolicyRecords all = foundPolicies;
        foundPolicies = new PolicyRecords();
        return all;
    }

    /** Hands over what an earlier process has left, in the order in which it was accepted; it is not remembered here any more. */
    synchronized List<Left> takeFound() {
        found.forEach((id, alert) -> left.put(id, alert.listeners()));
        List<Left> all = List.copyOf(found.values());
        found.clear();
        return all;
    }

    /** Who was told of what an earlier process has left open, by incident. */
    synchronized Map<String, Told> told() {
        return new LinkedHashMap<>(told);
    }

    /** Adds to some changes that an alert is on its way to these listeners. */
    void accept(Alert alert, List<String> listeners, Instant now, List<Change> changes) {
        changes.add(alertRecord(alert, listeners, now));
        synchronized (this) {
            left.put(alert.id(), new HashSet<>(listeners));
        }
    }

    private static Change alertRecord(Alert alert, Collection<String> listeners, Instant now) {
        RecordWriter to = new RecordWriter(VERSION).time(now);
        AlertRecords.write(alert, to.each(listeners, to::text));
        return Change.put(ALERT + alert.id(), to.toBytes());
    }

    /** Adds to some changes who is told of something that will be closed. */
    void tell(Alert opening, List<String> listeners, List<Change> changes) {
        synchronized (this) {
            changes.add(remember(new Told(opening, listeners)));
        }
    }

    /** Adds to some changes that something is closed. */
    void close(String incidentId, List<Change> changes) {
        synchronized (this) {
            told.remove(incidentId);
            changes.add(Change.remove(TOLD + incidentId));
        }
    }

    /** A listener is not told of something after all, so neither this alert nor its closing, which may be there, is for it. */
    void notFor(Alert opening, @Nullable Alert closing, String listener) {
        List<Change> changes = new ArrayList<>();
        synchronized (this) {
            end(opening, listener, changes);
            if (closing != null) {
                end(closing, listener, changes);
            }
            notTold(opening.incidentId(), listener, changes);
        }
        if (!changes.isEmpty()) {
            keeper.keep(changes, () -> {});
        }
    }

    /** The caller holds the lock. */
    private void notTold(String incidentId, String listener, List<Change> changes) {
        Told before = told.get(incidentId);
        if (before != null && before.listeners().contains(listener)) {
            List<String> others = new ArrayList<>(before.listeners());
            others.remove(listener);
            changes.add(remember(new Told(before.opening(), others)));
        }
    }

    /** A listener that was not told of something is told after all, as long as it is open. */
    private void toldAfterAll(String incidentId, String listener, List<Change> changes) {
        Told before = told.get(incidentId);
        if (before != null && !before.listeners().contains(listener)) {
            List<String> more = new ArrayList<>(before.listeners());
            more.add(listener);
            changes.add(remember(new Told(before.opening(), more)));
        }
    }

    private Change remember(Told open) {
        told.put(open.opening().incidentId(), open);
        RecordWriter to = new RecordWriter(VERSION);
        to.each(open.listeners(), to::text);
        AlertRecords.write(open.opening(), to);
        return Change.put(TOLD + open.opening().incidentId(), to.toBytes());
    }

    /** Gives an alert to another listener, who is not among those who are to get it; {@code then} once that is kept. */
    void move(Alert alert, String from, String to, Instant now, Runnable then) {
        List<Change> changes = new ArrayList<>();
        synchronized (this) {
            Set<String> waits = left.computeIfAbsent(alert.id(), id -> new HashSet<>());
            Set<String> got = gone.getOrDefault(alert.id(), Set.of());
            waits.remove(from);
            waits.add(to);
            if (held.remove(pair(alert, from)) != null) {
                changes.add(Change.remove(HELD + pair(alert, from)));
            }
            changes.add(alertRecord(alert, waits, now));
            got.forEach(each -> changes.add(Change.remove(doneKey(alert, each))));
            gone.remove(alert.id());
            Told before = told.get(alert.incidentId());
            if (before != null) {
                List<String> others = new ArrayList<>(before.listeners());
                others.remove(from);
                others.add(to);
                changes.add(remember(new Told(before.opening(), others)));
            }
        }
        keeper.keep(changes, then);
    }

    /** Keeps one alert for a listener in the place of several; {@code storm} is what it tells of. */
    void tellTogether(Alert digest, byte[] storm, List<Alert> parts, String listener, Instant now, Runnable then) {
        List<Change> changes = new ArrayList<>();
        accept(digest, List.of(listener), now, changes);
        changes.add(PolicyRecords.storm(digest.incidentId(), storm));
        synchronized (this) {
            parts.forEach(part -> end(part, listener, changes));
        }
        keeper.keep(changes, then);
    }

    /**
     * A listener will not get an alert, which is kept to be read; {@code forgotten} is not any more. If the listener cannot know of
     * what it opens, its closing is not for it either.
     */
    void bury(DeadLetter letter, @Nullable DeadLetter forgotten, boolean mayBeTold) {
        List<Change> changes = new ArrayList<>();
        changes.add(PolicyRecords.dead(letter));
        if (letter.alert().kind() == AlertKind.DIGEST_ENDED) {
            changes.add(PolicyRecords.noStorm(letter.alert().incidentId()));
        }
        if (forgotten != null) {
            changes.add(PolicyRecords.notDead(forgotten));
        }
        synchronized (this) {
            end(letter.alert(), letter.listener(), changes);
            if (!mayBeTold && letter.alert().kind().isOpening()) {
                notTold(letter.alert().incidentId(), letter.listener(), changes);
            }
        }
        keeper.keep(changes, () -> {});
    }

    /** An alert that was given up is on its way again; {@code then} once that is kept. */
    void exhume(DeadLetter letter, Instant now, Runnable then) {
        List<Change> changes = new ArrayList<>();
        Alert alert = letter.alert();
        changes.add(PolicyRecords.notDead(letter));
        synchronized (this) {
            Set<String> waits = left.computeIfAbsent(alert.id(), id -> new HashSet<>());
            waits.add(letter.listener());
            changes.add(alertRecord(alert, waits, now));
            gone.getOrDefault(alert.id(), Set.of()).forEach(each -> changes.add(Change.remove(doneKey(alert, each))));
            gone.remove(alert.id());
            toldAfterAll(alert.incidentId(), letter.listener(), changes);
        }
        keeper.keep(changes, then);
    }

    /** Writes changes that nothing waits for. */
    void keep(List<Change> changes) {
        keeper.keep(changes, () -> {});
    }

    /** Tells whether everything that is to be kept has been written, or cannot be. */
    boolean isIdle() {
        return keeper.isIdle();
    }

    void keep(List<Change> changes, Runnable then) {
        keeper.keep(changes, then);
    }

    /** A listener has got an alert, or will never get it; other changes are kept with that. */
    void done(Alert alert, String listener, List<Change> more) {
        List<Change> changes = new ArrayList<>(more);
        synchronized (this) {
            end(alert, listener, changes);
        }
        if (!changes.isEmpty()) {
            keeper.keep(changes, () -> {});
        }
    }

    /** An alert is held for a listener that was not tried, which is kept; the next process would not know otherwise. */
    void hold(Alert alert, String listener) {
        synchronized (this) {
            held.put(pair(alert, listener), Optional.empty());
        }
        keeper.keep(List.of(Change.put(HELD + pair(alert, listener), NOTHING)), () -> {});
    }

    /** Tells whether a listener cannot have been told of an alert, since it has been held all the time. */
    synchronized boolean isHeld(Alert alert, String listener) {
        Optional<Instant> released = held.get(pair(alert, listener));
        return released != null && released.isEmpty();
    }

    /** Returns since when an alert that was held is not any more; null if it is, or never was. */
    synchronized @Nullable Instant releasedAt(Alert alert, String listener) {
        Optional<Instant> released = held.get(pair(alert, listener));
        return released == null ? null : released.orElse(null);
    }

    /** An alert is held no longer; {@code then} once that is kept. */
    void release(Alert alert, String listener, Instant now, Runnable then) {
        String pair = pair(alert, listener);
        synchronized (this) {
            held.put(pair, Optional.of(now));
        }
        keeper.keep(
                List.of(Change.put(
                        HELD + pair, new RecordWriter(VERSION).time(now).toBytes())),
                then);
    }

    /** The caller holds the lock. */
    private void end(Alert alert, String listener, List<Change> changes) {
        if (held.remove(pair(alert, listener)) != null) {
            changes.add(Change.remove(HELD + pair(alert, listener)));
        }
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

    private static String doneKey(Alert alert, String listener) {
        return DONE + pair(alert, listener);
    }

    private static String pair(Alert alert, String listener) {
        return alert.id() + "/" + listener;
    }
}
