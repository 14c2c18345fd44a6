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
        long expiresAt;
        int attempts;
        long notBefore;

        /** An earlier process may have delivered it, or may have tried to. */
        boolean mayBeKnown;

        /** The filter has been asked, and wants it. */
        boolean wanted;

        /** It waits for something else than the listener: not to be hurried, nor to expire. */
        boolean held;

        /** It is kept that it is held and was never tried. */
        boolean marked;

        /** The listener has it. */
        boolean inHand;

        /** It is not told together with others any more. */
        boolean alone;

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

        /** Nothing expires before what it follows upon. */
        void follows(Delivery before) {
            if (expiresAt - before.expiresAt < 0) {
                expiresAt = before.expiresAt;
            }
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

    /** Incidents whose opening was not for this listener: nor is their closing. */
    private final Set<String> unwanted = new HashSet<>();

    private int held;

    private int size;

    int size() {
        return size;
    }

    /** Counts what could be tried if the listener were well. */
    int active() {
        return size - held;
    }

    long longestWait(long now) {
        long longest = 0;
        for (Deque<Delivery> queue : byCheck.values()) {
            Delivery first = queue.peekFirst();
            longest = first == null || first.held ? longest : Math.max(longest, now - first.acceptedAt);
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

    /** Returns when something has waited long enough, or {@code never}. */
    long nextAt(long never) {
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
        release(delivery);
        Delivery next = queue.peekFirst();
        if (next == null) {
            byCheck.remove(check);
        } else {
            next.follows(delivery);
            ready.addLast(next);
        }
    }

    void retry(Delivery delivery, long notBefore) {
        release(delivery);
        delivery.notBefore = notBefore;
        delayed.add(delivery);
    }

    /** Lets a delivery that was taken wait for something else than the listener; it does not expire meanwhile. */
    void hold(Delivery delivery, long notBefore) {
        if (!delivery.held) {
            delivery.held = true;
            held++;
        }
        delivery.notBefore = notBefore;
        delayed.add(delivery);
    }

    /** It waits for the listener again. */
    void release(Delivery delivery) {
        if (delivery.held) {
            delivery.held = false;
            held--;
        }
    }

    /** Lets everything be looked at at once. */
    void hurry() {
        ready.addAll(delayed);
        delayed.clear();
    }

    /** Takes out what opened an incident, if it is held and the listener cannot know of it; null if there is no such delivery. */
    @Nullable
    Delivery removeHeld(String check, String incidentId) {
        Deque<Delivery> queue = byCheck.get(check);
        Delivery first = queue == null ? null : queue.peekFirst();
        if (first == null
                || !first.held
                || first.mayBeTold()
                || !first.alert.kind().isOpening()
                || !first.alert.incidentId().equals(incidentId)) {
            return null;
        }
        remove(List.of(first));
        return first;
    }

    /** Takes out what waits and is each the first of its check. */
    void remove(List<Delivery> firsts) {
        Set<Delivery> all = Set.copyOf(firsts);
        delayed.removeAll(all);
        ready.removeAll(all);
        all.forEach(this::finish);
    }

    /** Returns what closes the incident of an alert, if it waits. */
    @Nullable
    Delivery closing(Alert opening) {
        for (Delivery delivery : byCheck.getOrDefault(opening.check(), new ArrayDeque<>(0))) {
            if (delivery.alert.kind().isClosing() && delivery.alert.incidentId().equals(opening.incidentId())) {
                return delivery;
            }
        }
        return null;
    }

    /**
     * Takes out what opens an incident and is the first of its check, since it is not for this listener, and what closes the
     * incident, which is returned if it is there. If it comes later it is not for the listener either.
     */
    @Nullable
    Alert removeUnwanted(Delivery opening) {
        Delivery closing = closing(opening.alert);
        if (closing == null) {
            unwanted.add(opening.alert.incidentId());
        } else {
            byCheck.getOrDefault(opening.alert.check(), new ArrayDeque<>(0)).remove(closing);
            size--;
        }
        finish(opening);
        return closing == null ? null : closing.alert;
    }

    /** Lets what is held be looked at at once. */
    void lookAgain() {
        List<Delivery> all = delayed.stream().filter(delivery -> delivery.held).toList();
        delayed.removeAll(all);
        ready.addAll(all);
    }

    /** Lets a delivery that is held be tried at once. */
    void wake(Delivery delivery) {
        release(delivery);
        if (delayed.remove(delivery)) {
            ready.addLast(delivery);
        }
    }

    /** Tells whether anything about a check waits. */
    boolean hasAny(String check) {
        return byCheck.containsKey(check);
    }

    /** Forgets that, since the closing will not come here; or since it has come, if this returns true. */
    boolean forgetUnwanted(String incidentId) {
        return unwanted.remove(incidentId);
    }

    /** Gives a delivery back that was taken but not tried. */
    void putBack(Delivery delivery) {
        ready.addFirst(delivery);
    }

    /** Notes that a delivery was given up. */
    void noteGivenUp(Delivery delivery) {
        if (delivery.alert.kind().isOpening() && !delivery.mayBeTold()) {
            untold.add(delivery.alert.incidentId());
        }
    }

    /** What opened an incident is offered again after all. */
    void forgetGivenUp(String incidentId) {
        untold.remove(incidentId);
    }

    /** Tells whether what this alert closes was never told; forgets it then. */
    boolean closesUntold(Alert alert) {
        return alert.kind().isClosing() && untold.remove(alert.incidentId());
    }

    /** Removes what has expired, but for what the listener has, and for what is held and follows upon that. */
    List<Delivery> removeExpired(long now) {
        List<Delivery> expired = new ArrayList<>();
        Iterator<Deque<Delivery>> queues = byCheck.values().iterator();
        while (queues.hasNext()) {
            Deque<Delivery> queue = queues.next();
            Delivery before = queue.peekFirst();
            if (before == null || before.held) {
                continue;
            }
            Delivery last = before;
            for (Delivery each : queue) {
                each.follows(last);
                last = each;
            }
            queue.removeIf(delivery -> !delivery.inHand && delivery.isExpired(now) && expired.add(delivery));
            Delivery first = queue.peekFirst();
            if (first != before) {
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
        held = 0;
        return all;
    }
}
