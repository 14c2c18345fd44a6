package io.sitemonitor.amqp.internal;

import io.sitemonitor.state.HealthState;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;

/**
 * Tells a listener of changes of state, one after the other, on a thread of its own; and says in the log, once each time, that
 * a monitor is not heard of any more, and that it is again.
 */
public final class ChangeTeller implements Mirror.Changes {

    private static final int CAPACITY = 10_000;
    private static final long LOOK_MILLIS = 200;
    /** How long the first snapshot may take until somebody is told that there is none: three usual periods. */
    private static final long FIRST_NANOS = Duration.ofSeconds(15).toNanos();

    private static final long CLOSE_MILLIS = 1_000;

    private record Change(String check, HealthState from, HealthState to) {}

    private final Mirror.Changes listener;
    private final String who;
    private final Link.Wiring wiring;
    private final Complaints complaints;
    private final Mirror mirror;
    private final LinkedBlockingDeque<Change> waiting = new LinkedBlockingDeque<>(CAPACITY);
    private final Freshness freshness;
    private final Thread thread;
    private volatile boolean closed;

    /**
     * Creates a teller; it does nothing before it is started.
     *
     * @param names what things are called
     * @param monitor the monitor somewhere else
     * @param most how many checks are remembered of it at most
     * @param listener who wants to know
     * @param wiring the log and the clock
     */
    public ChangeTeller(LinkNames names, String monitor, int most, Mirror.Changes listener, Link.Wiring wiring) {
        this.listener = listener;
        this.wiring = wiring;
        who = names.log();
        complaints = new Complaints(wiring.log(), who, wiring.time());
        mirror = new Mirror(monitor, most, wiring.time(), this);
        freshness = new Freshness(wiring.time().nanos());
        thread = DaemonThreads.named(names.thread() + "-changes", this::run);
    }

    /**
     * Returns the mirror whose changes are told.
     *
     * @return always the same
     */
    public Mirror mirror() {
        return mirror;
    }

    /** Begins to tell. */
    public void start() {
        thread.start();
    }

    @Override
    public void changed(String check, HealthState from, HealthState to) {
        Change change = new Change(check, from, to);
        while (!waiting.offerLast(change)) {
            waiting.pollFirst();
        }
    }

    /** Ends soon; a call that goes on is interrupted. */
    public void close() {
        closed = true;
        thread.interrupt();
        if (Thread.currentThread() == thread) {
            return;
        }
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closed) {
            try {
                freshness.look();
                Change change = waiting.pollFirst(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                if (change != null) {
                    listener.changed(change.check, change.from, change.to);
                }
            } catch (InterruptedException e) {
                // only close() interrupts this thread, or a listener does; the loop knows which
                wiring.log().debug("{}: interrupted", who);
            } catch (Throwable e) { // foreign code: whatever it throws harms nothing else
                complaints.trouble("a listener failed on a change of state", e);
            }
        }
    }

    /** Whether the monitor is heard of, and what was said of that. For one thread. */
    private final class Freshness {
        private final long began;
        private boolean wasFresh;
        private boolean saidStale;

        Freshness(long began) {
            this.began = began;
        }

        void look() {
            boolean fresh = mirror.isFresh();
            wasFresh |= fresh;
            if (fresh && saidStale) {
                saidStale = false;
                wiring.log().info("{}: the monitor is heard of again", who);
            } else if (!fresh && !saidStale && (wasFresh || wiring.time().nanos() - began > FIRST_NANOS)) {
                saidStale = true;
                wiring.log()
                        .warn(
                                "{}: nothing complete was heard of the monitor for three periods, or it was closed;"
                                        + " its checks are not known until it is heard of again",
                                who);
            }
        }
    }
}
