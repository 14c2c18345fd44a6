package io.sitemonitor.schedule.internal;

import io.sitemonitor.schedule.Platform;
import io.sitemonitor.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * Foreign code with a deadline: what it throws is caught, and it is interrupted when its time is over. Each piece of
 * work is used once.
 */
public abstract class TimedWork implements Platform.Work {

    private enum Phase {
        WAITING,
        RUNNING,
        /** Its time is over, or it is not wanted any more, but its code may still be going on. */
        EXPIRED,
        ENDED
    }

    // guarded by this; nothing foreign is called while it is held
    private Phase phase = Phase.WAITING;
    private @Nullable Thread thread;
    private boolean started;
    private boolean givenUp;

    /** When it began; before that, when it was queued. */
    private long since;

    private @Nullable Throwable thrown;

    /**
     * Creates work that waits for a thread.
     *
     * @param queued the monotonic time at which it begins to wait
     */
    protected TimedWork(long queued) {
        this.since = queued;
    }

    /**
     * Returns the clocks.
     *
     * @return always the same
     */
    public abstract TimeSource time();

    /**
     * Returns how long it may take once it has a thread.
     *
     * @return a number of nanoseconds, always the same
     */
    protected abstract long limit();

    /**
     * Calls the foreign code. Whatever it throws is caught and handed to {@link #ended}.
     *
     * @throws Throwable anything
     */
    protected abstract void perform() throws Throwable;

    /** Called on the thread of the work just before {@link #perform()}. */
    protected void began() {}

    /**
     * Called once when the foreign code has ended. Must not block and must not throw.
     *
     * @param thrown what it threw; null if it returned
     * @param expired whether {@link #expire()} had ended it before
     */
    protected abstract void ended(@Nullable Throwable thrown, boolean expired);

    @Override
    public final void call() {
        synchronized (this) {
            if (phase != Phase.WAITING) {
                return;
            }
            phase = Phase.RUNNING;
            thread = Thread.currentThread();
            started = true;
            since = time().nanos();
        }
        try {
            began();
            perform();
        } catch (Throwable e) {
            thrown = e;
        }
        synchronized (this) {
            thread = null;
        }
    }

    @Override
    public final boolean done() {
        boolean expired;
        boolean free;
        synchronized (this) {
            expired = phase == Phase.EXPIRED;
            phase = Phase.ENDED;
            free = !givenUp;
        }
        ended(thrown, expired);
        return free;
    }

    /**
     * Ends it from outside: its outcome counts no longer, and its thread is interrupted.
     *
     * @return whether this call ended it; false if it had ended already
     */
    public final boolean expire() {
        synchronized (this) {
            if (phase == Phase.ENDED || phase == Phase.EXPIRED) {
                return false;
            }
            phase = Phase.EXPIRED;
            if (thread != null) {
                thread.interrupt();
            }
            return true;
        }
    }

    /**
     * Gives its place to other work if its code is still going on.
     *
     * @return whether the place is to be given away; true only once
     */
    public final synchronized boolean giveUp() {
        if (phase != Phase.EXPIRED || !started || givenUp) {
            return false;
        }
        givenUp = true;
        return true;
    }

    /**
     * Tells whether its place was given to other work.
     *
     * @return whether {@link #giveUp()} has returned true
     */
    public final synchronized boolean isGivenUp() {
        return givenUp;
    }

    /**
     * Tells whether it has a thread or had one.
     *
     * @return false while it waits for a thread
     */
    public final synchronized boolean hasStarted() {
        return started;
    }

    /**
     * Tells whether it was ended from outside.
     *
     * @return whether its outcome counts no longer
     */
    public final synchronized boolean isExpired() {
        return phase == Phase.EXPIRED;
    }

    /**
     * Returns when its time is over.
     *
     * @param notStarted what to return while it waits for a thread
     * @return a monotonic time
     */
    public final synchronized long deadline(long notStarted) {
        return started ? since + limit() : notStarted;
    }

    /**
     * Returns when it began.
     *
     * @return a monotonic time; when it was queued, as long as it waits for a thread
     */
    public final synchronized long startedNanos() {
        return since;
    }
}
