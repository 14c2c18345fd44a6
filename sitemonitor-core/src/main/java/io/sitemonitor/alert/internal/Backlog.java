package io.sitemonitor.alert.internal;

import io.sitemonitor.alert.Alert;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The alerts that wait for one listener, in order for each check: the first of a check holds back only the others of the
 * same check. Guarded by the lock of its lane.
 */
final class Backlog {

    /** An alert on its way. */
    static final class Delivery {
        final Alert alert;
        final long acceptedAt;
        final long expiresAt;
        int attempts;
        long notBefore;

        /** An earlier process may have delivered it, or may have tried to. */
        boolean mayBeKnown;

        Delivery(Alert alert, long acceptedAt, long expiresAt) {
            this.alert = alert;
            this.acceptedAt = acceptedAt;
            this.expiresAt = expiresAt;
            this.notBefore = acceptedAt;
        }

        /** Tells whether the listener may know of it, although it was not delivered as far as we know. */
        boolean mayBeTold() {
            return attempts > 0 || mayBeKnown;
        }

        boolean isExpired(long now) {
            return now - expiresAt >= 0;
        }
    }

    private final Map<String, Deque<Delivery>> byCheck = new HashMap<>();

    /** The first delivery of each check, if it may be tried at once. */
    private final Deque<Delivery> ready = new ArrayDeque<>();

    /** The first delivery of each check, if it has to wait after a failure. */
    private final PriorityQueue<Delivery> delayed =
            new PriorityQueue<>(Comparator.comparingLong(delivery -> delivery.notBefore));

    /** Incidents whose opening was given up before it was ever tried: their closing is not to be told either. */
    private final Set<String> untold = new HashSet<>();

    private int size;

    int size() {
        return size;
    }

    long longestWait(long now) {
        long longest = 0;
        for (Deque<Delivery> queue : byCheck.values()) {
            Delivery first = queue.peekFirst();
            longest = first == null ? longest : Math.max(longest, now - first.acceptedAt);
        }
        return longest;
    }

    void add(Delivery delivery) {
        Deque<Delivery> queue = byCheck.computeIfAbsent(delivery.alert.check(), check -> new ArrayDeque<>(2));
        queue.addLast(delivery);
        size++;
        if (queue.size() == 1) {
            ready.addLast(delivery);
        }
    }

    /** Takes the next delivery to be tried; it stays the first of its check until {@link #finish} or {@link #retry}. */
    @Nullable
    Delivery take(long now) {
        for (Delivery due = delayed.peek(); due != null && due.notBefore - now <= 0; due = delayed.peek()) {
            ready.addLast(delayed.remove());
        }
        return ready.pollFirst();
    }

    /** Returns when {@link #take} may have something again, or {@code never}. */
    long nextAt(long now, long never) {
        if (!ready.isEmpty()) {
            return now;
        }
        Delivery first = delayed.peek();
        return first == null ? never : first.notBefore;
    }

    /** The delivery is done with: the next of its check may be tried. */
    void finish(Delivery delivery) {
        String check = delivery.alert.check();
        Deque<Delivery> queue = byCheck.get(check);
        if (queue == null || queue.peekFirst() != delivery) {
            return;
        }
        queue.removeFirst();
        size--;
        Delivery next = queue.peekFirst();
        if (next == null) {
            byCheck.remove(check);
        } else {
            ready.addLast(next);
        }
    }

    void retry(Delivery delivery, long notBefore) {
        delivery.notBefore = notBefore;
        delayed.add(delivery);
    }

    /** Lets everything be tried at once. */
    void hurry() {
        ready.addAll(delayed);
        delayed.clear();
    }

    /** Gives a delivery back that was taken but not tried. */
    void putBack(Delivery delivery) {
        ready.addFirst(delivery);
    }

    /** Notes that a delivery was given up. */
    void noteGivenUp(Delivery delivery) {
        if (!delivery.alert.kind().isClosing() && !delivery.mayBeTold()) {
            untold.add(delivery.alert.incidentId());
        }
    }

    /** Tells whether what this alert closes was never told; forgets it then. */
    boolean closesUntold(Alert alert) {
        return alert.kind().isClosing() && untold.remove(alert.incidentId());
    }

    /** Removes what has expired, but for the one that is being tried. */
    List<Delivery> removeExpired(long now, @Nullable Delivery trying) {
        List<Delivery> expired = new ArrayList<>();
        Iterator<Deque<Delivery>> queues = byCheck.values().iterator();
        while (queues.hasNext()) {
            Deque<Delivery> queue = queues.next();
            Delivery before = queue.peekFirst();
            queue.removeIf(delivery -> delivery != trying && delivery.isExpired(now) && expired.add(delivery));
            Delivery first = queue.peekFirst();
            if (first != before && before != null) {
                ready.remove(before);
                delayed.remove(before);
                if (first != null) {
                    ready.addLast(first);
                }
            }
            if (first == null) {
                queues.remove();
            }
        }
        size -= expired.size();
        return expired;
    }

    /** Removes everything. */
    List<Delivery> removeAll() {
        List<Delivery> all = new ArrayList<>(size);
        byCheck.values().forEach(all::addAll);
        byCheck.clear();
        ready.clear();
        delayed.clear();
        size = 0;
        return all;
    }
}
