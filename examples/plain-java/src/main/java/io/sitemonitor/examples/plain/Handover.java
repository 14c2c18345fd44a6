package io.sitemonitor.examples.plain;

import io.sitemonitor.alert.AlertListener;
import io.sitemonitor.event.AlertDelivered;
import io.sitemonitor.event.MonitorEvent;
import io.sitemonitor.event.MonitorListener;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Knows which alerts went into the broker and which came out of it, so that the program can end when all are through.
 *
 * <p>Safe for use by any number of threads.
 */
final class Handover implements MonitorListener {

    // guarded by this
    private final Set<String> published = new HashSet<>();
    private final Set<String> consumed = new HashSet<>();

    @Override
    public synchronized void onEvent(MonitorEvent event) {
        if (event instanceof AlertDelivered delivered) {
            published.add(delivered.alertId());
            notifyAll();
        }
    }

    @Override
    public boolean wants(Class<? extends MonitorEvent> type) {
        return type == AlertDelivered.class;
    }

    @Override
    public boolean isDirect() {
        return true;
    }

    /** Notes what a listener has taken; to be put around the last one of the consumer. */
    AlertListener last(AlertListener listener) {
        return alert -> {
            listener.onAlert(alert);
            synchronized (this) {
                consumed.add(alert.id());
                notifyAll();
            }
        };
    }

    synchronized int published() {
        return published.size();
    }

    /** Waits until all that went in has come out; returns how many have not within the limit. */
    synchronized int await(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        long left = limit.toNanos();
        try {
            while (left > 0 && !consumed.containsAll(published)) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
                left = deadline - System.nanoTime();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return (int) published.stream().filter(id -> !consumed.contains(id)).count();
    }
}
