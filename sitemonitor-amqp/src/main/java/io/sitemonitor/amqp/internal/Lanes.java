package io.sitemonitor.amqp.internal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Things in a queue for each key: of one key the second is not given out before the first is finished, however often
 * that one is tried again; keys do not wait for each other. For one thread.
 *
 * @param <T> what waits
 */
final class Lanes<T> {

    /** What {@link #nextDue()} returns when nothing waits for its time. */
    static final long NEVER = Long.MAX_VALUE;

    private final Map<String, Deque<Entry<T>>> lanes = new HashMap<>();
    private final Map<T, Entry<T>> entries = new HashMap<>();
    private final Deque<Entry<T>> ready = new ArrayDeque<>();
    private final PriorityQueue<Entry<T>> delayed = new PriorityQueue<>(Comparator.comparingLong(e -> e.due));

    /** Adds {@code item} behind what waits for the same key. */
    void add(String key, T item) {
        Entry<T> entry = new Entry<>(key, item);
        entries.put(item, entry);
        Deque<Entry<T>> lane = lanes.computeIfAbsent(key, k -> new ArrayDeque<>());
        lane.add(entry);
        if (lane.size() == 1) {
            ready.add(entry);
        }
    }

    /** Takes the next item whose turn it is; it stays first of its lane until it is finished or tried again. */
    @Nullable
    T poll(long now) {
        while (!delayed.isEmpty() && delayed.peek().due - now <= 0) {
            ready.add(delayed.poll());
        }
        Entry<T> entry = ready.poll();
        if (entry == null) {
            return null;
        }
        entry.taken = true;
        return entry.item;
    }

    /** Gives {@code item}, which was taken, out again at {@code due}; does nothing if it was removed meanwhile. */
    void retryAt(T item, long due) {
        Entry<T> entry = entries.get(item);
        if (entry != null) {
            entry.due = due;
            entry.taken = false;
            delayed.add(entry);
        }
    }

    /** Gives {@code item}, which was taken, out again at once, before others. */
    void retryNow(T item) {
        Entry<T> entry = entries.get(item);
        if (entry != null) {
            entry.taken = false;
            ready.addFirst(entry);
        }
    }

    /** Removes {@code item}, wherever it is, and lets the next of its lane go. */
    void remove(T item) {
        Entry<T> entry = entries.remove(item);
        if (entry == null) {
            return;
        }
        if (!entry.taken) { // otherwise it is in neither, and looking for it would take long
            ready.remove(entry);
            delayed.remove(entry);
        }
        Deque<Entry<T>> lane = lanes.get(entry.key);
        if (lane == null) {
            return;
        }
        boolean first = lane.peek() == entry;
        lane.remove(entry);
        if (lane.isEmpty()) {
            lanes.remove(entry.key);
        } else if (first) {
            ready.add(lane.element());
        }
    }

    /** Removes every item that {@code unwanted} selects. */
    void removeIf(Predicate<T> unwanted) {
        List<T> items = new ArrayList<>(entries.keySet());
        for (T item : items) {
            if (unwanted.test(item)) {
                remove(item);
            }
        }
    }

    /** Returns when the next item is to be tried again, or {@link #NEVER}. Says nothing about those that are ready. */
    long nextDue() {
        Entry<T> next = delayed.peek();
        return next == null ? NEVER : next.due;
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    int size() {
        return entries.size();
    }

    private static final class Entry<T> {
        final String key;
        final T item;
        long due;
        boolean taken;

        Entry(String key, T item) {
            this.key = key;
            this.item = item;
        }
    }
}
