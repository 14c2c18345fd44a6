package io.sitemonitor.amqp.internal;

import io.sitemonitor.amqp.RemoteMonitor.Change;
import io.sitemonitor.amqp.RemoteMonitor.Freshness;
import io.sitemonitor.state.HealthState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells listeners of changes of state, and of whether anything is known, one after the other, on a thread of its own; and says
 * in the log, once each time, that a monitor is not heard of any more, and that it is again.
 */
public final class ChangeTeller implements Mirror.Changes {

    private static final int CAPACITY = 10_000;
    private static final long LOOK_MILLIS = 200;
    /** How long the first snapshot may take until somebody is told that there is none: three usual periods. */
    private static final long FIRST_NANOS = Duration.ofSeconds(15).toNanos();

    private static final long CLOSE_MILLIS = 1_000;

    /**
     * What is to be told.
     *
     * @param change what has changed; null if only the freshness has
     * @param fresh whether everything was known then, so that it shows in the next if the one that said so was dropped
     */
    private record News(@Nullable Change change, boolean fresh) {}

    private final String monitor;
    private final List<Consumer<Change>> changes;
    private final List<Consumer<Freshness>> freshness;
    private final String who;
    private final Link.Wiring wiring;
    private final Complaints complaints;
    private final Mirror mirror;
    private final LinkedBlockingDeque<News> waiting = new LinkedBlockingDeque<>(CAPACITY);
    private final long began;
    private final Thread thread;
    private volatile boolean closed;

    // guarded by the lock of the mirror
    private boolean fresh;

    // of the thread
    private boolean toldFresh;
    private boolean saidStale;
    private boolean wasFresh;

    /**
     * Creates a teller; it does nothing before it is started.
     *
     * @param names what things are called
     * @param monitor the monitor somewhere else
     * @param most how many checks are remembered of it at most
     * @param changes who wants to know of changes
     * @param freshness who wants to know whether anything is known
     * @param wiring the log and the clock
     */
    public ChangeTeller(
            LinkNames names,
            String monitor,
            int most,
            List<Consumer<Change>> changes,
            List<Consumer<Freshness>> freshness,
            Link.Wiring wiring) {
        this.monitor = monitor;
        this.changes = List.copyOf(changes);
        this.freshness = List.copyOf(freshness);
        this.wiring = wiring;
        who = names.log();
        complaints = new Complaints(wiring.log(), who, wiring.time());
        mirror = new Mirror(monitor, most, wiring.time(), this);
        began = wiring.time().nanos();
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
        offer(new News(new Change(monitor, check, from, to), fresh));
    }

    @Override
    public void freshness(boolean fresh) {
        this.fresh = fresh;
        offer(new News(null, fresh));
    }

    private void offer(News news) {
        while (!waiting.offerLast(news)) {
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
                mirror.look();
                sayIfNeverHeard();
                News news = waiting.pollFirst(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                if (news != null) {
                    tell(news);
                }
            } catch (InterruptedException e) {
                // only close() interrupts this thread, or a listener does; the loop knows which
                wiring.log().debug("{}: interrupted", who);
            }
        }
    }

    private void tell(News news) {
        if (news.fresh != toldFresh) {
            toldFresh = news.fresh;
            say(news.fresh);
            call(freshness, new Freshness(monitor, news.fresh), "of whether anything is known");
        }
        if (news.change != null) {
            call(changes, news.change, "of state");
        }
    }

    private <T> void call(List<Consumer<T>> listeners, T news, String what) {
        for (Consumer<T> listener : listeners) {
            if (closed) {
                return;
            }
            try {
                listener.accept(news);
            } catch (Throwable e) { // foreign code: whatever it throws harms nothing else
                if (e instanceof InterruptedException) {
                    Thread.currentThread().interrupt();
                }
                complaints.trouble(
                        "listener " + listener.getClass().getName() + " failed on a change " + what + ": "
                                + Reasons.of(e),
                        e);
            }
        }
    }

    private void sayIfNeverHeard() {
        if (!wasFresh && !saidStale && wiring.time().nanos() - began > FIRST_NANOS) {
            say(false);
        }
    }

    private void say(boolean heard) {
        wasFresh |= heard;
        if (!heard) {
            saidStale = true;
            wiring.log()
                    .warn(
                            "{}: nothing complete was heard of the monitor for three periods, or it was closed;"
                                    + " its checks are not known until it is heard of again",
                            who);
        } else if (saidStale) {
            saidStale = false;
            wiring.log().info("{}: the monitor is heard of again", who);
        }
    }
}
