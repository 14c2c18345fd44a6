package io.sitemonitor.incident.internal;

import io.sitemonitor.incident.Incident;
import io.sitemonitor.incident.IncidentHistory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Remembers the open incidents and a limited number of closed ones; beyond that the oldest is forgotten.
 *
 * <p><b>Threads:</b> safe for use by any number of threads. The incidents of one check must be told in their order.
 */
public final class RecentIncidents implements IncidentHistory {

    /** How many closed incidents a monitor remembers. */
    public static final int DEFAULT_LIMIT = 1_000;

    private static final Comparator<Incident> LONGEST_FIRST =
            Comparator.comparing(Incident::startedAt).thenComparing(Incident::check);

    private final int limit;
    private final ReentrantLock lock = new ReentrantLock();
    // guarded by lock; by check
    private final Map<String, Incident> open = new HashMap<>();
    // guarded by lock; the latest first
    private final ArrayDeque<Incident> closed = new ArrayDeque<>();

    /**
     * Begins without incidents.
     *
     * @param limit how many closed incidents are remembered, from 0
     * @throws IllegalArgumentException if the limit is negative
     */
    public RecentIncidents(int limit) {
        if (limit < 0) {
            throw new IllegalArgumentException("limit must be at least 0, but was " + limit);
        }
        this.limit = limit;
    }

    /**
     * Remembers an incident that has begun. A check has one open incident at a time: another one of the same check is
     * replaced.
     *
     * @param incident an open incident
     * @throws IllegalArgumentException if it is closed
     */
    public void opened(Incident incident) {
        if (!incident.isOpen()) {
            throw new IllegalArgumentException("incident " + incident.id() + " must be open");
        }
        lock.lock();
        try {
            open.put(incident.check(), incident);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Remembers that an incident has ended.
     *
     * @param incident the closed incident; the open one with the same id is no longer open
     * @throws IllegalArgumentException if it is open
     */
    public void closed(Incident incident) {
        if (incident.isOpen()) {
            throw new IllegalArgumentException("incident " + incident.id() + " must be closed");
        }
        lock.lock();
        try {
            open.computeIfPresent(incident.check(), (check, known) -> known.id().equals(incident.id()) ? null : known);
            closed.addFirst(incident);
            if (closed.size() > limit) {
                closed.removeLast();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<Incident> open() {
        List<Incident> copy;
        lock.lock();
        try {
            copy = new ArrayList<>(open.values());
        } finally {
            lock.unlock();
        }
        copy.sort(LONGEST_FIRST);
        return List.copyOf(copy);
    }

    @Override
    public List<Incident> closed() {
        lock.lock();
        try {
            return List.copyOf(closed);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<Incident> openOf(String check) {
        lock.lock();
        try {
            return Optional.ofNullable(open.get(check));
        } finally {
            lock.unlock();
        }
    }
}
