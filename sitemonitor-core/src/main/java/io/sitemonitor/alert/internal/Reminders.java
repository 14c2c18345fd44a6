package io.sitemonitor.alert.internal;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.incident.StableId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * What a listener was told that still lasts, and when to tell it again: on a grid that begins with the alert that opened it,
 * so that it is the same, with the same ids, after a restart. Guarded by the lock of its lane.
 */
final class Reminders {

    private record Told(Alert alert, long number, Instant at) implements Comparable<Told> {

        @Override
        public int compareTo(Told other) {
            return at.compareTo(other.at);
        }
    }

    private final String listener;
    private final Duration every;
    private final Map<String, Told> open = new HashMap<>();

    /** May hold what is over, or was put off: what counts is in {@link #open}. */
    private final PriorityQueue<Told> queue = new PriorityQueue<>();

    Reminders(String listener, Duration every) {
        this.listener = listener;
        this.every = every;
    }

    /** Notes that the listener was told of something. */
    void told(Alert opening, Instant now) {
        long passed = Math.max(0, Duration.between(opening.at(), now).dividedBy(every));
        Told told = new Told(opening, passed + 1, opening.at().plus(every.multipliedBy(passed + 1)));
        open.put(opening.incidentId(), told);
        queue.add(told);
    }

    /** Notes that something is over. */
    void over(String incidentId) {
        open.remove(incidentId);
        if (open.isEmpty()) {
            queue.clear();
        }
    }

    boolean isOpen(String incidentId) {
        return open.containsKey(incidentId);
    }

    /** Returns when the next reminder is due; null if none is. */
    @Nullable
    Instant next() {
        for (Told first = queue.peek(); first != null; first = queue.peek()) {
            if (open.get(first.alert().incidentId()) == first) {
                return first.at();
            }
            queue.remove();
        }
        return null;
    }

    /** Takes the reminders that are due. */
    List<Alert> due(Instant now) {
        List<Alert> due = new ArrayList<>();
        for (Instant at = next(); at != null && !at.isAfter(now); at = next()) {
            Told told = queue.remove();
            due.add(reminder(told, now));
            told(told.alert(), now);
        }
        return due;
    }

    private Alert reminder(Told told, Instant now) {
        Alert opening = told.alert();
        return new Alert(
                StableId.of("reminder", opening.id(), listener, Long.toString(told.number())),
                opening.incidentId(),
                opening.monitor(),
                opening.check(),
                AlertKind.REMINDER,
                opening.to(),
                opening.to(),
                opening.since(),
                now,
                Duration.between(opening.since(), now),
                opening.failure(),
                opening.summary(),
                opening.target(),
                opening.evidence(),
                opening.labels(),
                opening.contacts());
    }
}
