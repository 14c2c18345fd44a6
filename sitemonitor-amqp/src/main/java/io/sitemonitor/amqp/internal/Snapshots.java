package io.sitemonitor.amqp.internal;

import io.sitemonitor.CheckSnapshot;
import io.sitemonitor.Monitor;
import io.sitemonitor.MonitorSnapshot;
import io.sitemonitor.amqp.message.CheckStatus;
import io.sitemonitor.amqp.message.EventMessage;
import io.sitemonitor.amqp.message.EventOrigin;
import io.sitemonitor.amqp.message.SnapshotMessage;
import io.sitemonitor.event.MonitorEvent;
import io.sitemonitor.event.MonitorStarted;
import io.sitemonitor.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Makes the messages of one start of a publisher: numbers its events, and takes the snapshots of the monitor that is attached.
 * Safe for use by any number of threads.
 */
public final class Snapshots {

    private final Duration every;
    private final TimeSource time;
    private final String epoch = UUID.randomUUID().toString();
    private final Instant began;
    private final AtomicLong number = new AtomicLong();
    private volatile @Nullable Monitor monitor;
    private volatile @Nullable Long startedAt;

    /**
     * Begins an epoch.
     *
     * @param every how often a snapshot is sent
     * @param time the clock
     */
    public Snapshots(Duration every, TimeSource time) {
        this.every = every;
        this.time = time;
        began = time.now();
    }

    /**
     * Takes the snapshots of this monitor from now on.
     *
     * @param monitor which monitor
     */
    public void attach(Monitor monitor) {
        this.monitor = monitor;
    }

    /**
     * Makes the message of an event.
     *
     * @param event what happened
     * @return the message, with the next number
     */
    public EventMessage event(MonitorEvent event) {
        if (event instanceof MonitorStarted) {
            startedAt = time.nanos();
        }
        return new EventMessage(nextOrigin(), event);
    }

    Duration every() {
        return every;
    }

    /**
     * Returns the parts of a snapshot; none if no monitor is attached or it does not run.
     *
     * @throws IllegalStateException if a monitor was started long ago and none is attached
     */
    List<SnapshotMessage> next() {
        Monitor attached = monitor;
        if (attached == null) {
            requireNotStarted();
            return List.of();
        }
        // the number comes first: whatever happens from here on has a higher one
        EventOrigin origin = nextOrigin();
        MonitorSnapshot taken = attached.snapshot();
        return taken.running() ? parts(origin, taken) : List.of();
    }

    private List<SnapshotMessage> parts(EventOrigin origin, MonitorSnapshot taken) {
        List<CheckSnapshot> checks = taken.checks();
        int parts = Math.max(1, (checks.size() + SnapshotMessage.MAX_CHECKS - 1) / SnapshotMessage.MAX_CHECKS);
        List<SnapshotMessage> messages = new ArrayList<>(parts);
        for (int part = 1; part <= parts; part++) {
            List<CheckStatus> statuses = checks
                    .subList(
                            (part - 1) * SnapshotMessage.MAX_CHECKS,
                            Math.min(part * SnapshotMessage.MAX_CHECKS, checks.size()))
                    .stream()
                    .map(Snapshots::status)
                    .toList();
            messages.add(new SnapshotMessage(
                    origin, taken.monitor(), taken.at(), every, part, parts, taken.isolation() != null, statuses));
        }
        return messages;
    }

    private EventOrigin nextOrigin() {
        return new EventOrigin(epoch, began, number.incrementAndGet());
    }

    private void requireNotStarted() {
        Long since = startedAt;
        if (since != null && time.nanos() - since > every.toNanos()) {
            throw new IllegalStateException("no monitor is attached, so that nobody can follow; call attach(monitor)");
        }
    }

    private static CheckStatus status(CheckSnapshot check) {
        return new CheckStatus(check.name(), check.state(), check.state().isUp(), check.since(), check.conditions());
    }
}
