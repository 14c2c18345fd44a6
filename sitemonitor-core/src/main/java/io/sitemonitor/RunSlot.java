package io.sitemonitor;

import io.sitemonitor.schedule.Platform.Tick;
import org.jspecify.annotations.Nullable;

/** The run of one check that goes on, if any, until its code has ended. Guarded by the lock of its cell. */
final class RunSlot {

    /** How long after its deadline a run that does not end counts as stuck. */
    private static final long STUCK_GRACE = 200_000_000L;

    private @Nullable Run running;
    private boolean stuck;
    private boolean foreign;

    @Nullable
    Run run() {
        return running;
    }

    /** Tells whether its code goes on although it was ended. */
    boolean isStuck() {
        return stuck;
    }

    /** Tells whether a run goes on whose result is awaited. */
    boolean isBusy() {
        return running != null && !running.isExpired();
    }

    /** Tells whether a run goes on, awaited or not, that began at {@code since} or later. */
    boolean covers(long since) {
        return running != null && !running.isExpired() && running.startedNanos() - since >= 0;
    }

    /** Tells whether the code of the run that goes on may be expected to end: it is in its time, or obeys. */
    boolean endsSoon() {
        return running != null && !stuck && (running.hasStarted() || !running.isExpired());
    }

    void begin(Run run) {
        running = run;
        stuck = false;
        foreign = false;
    }

    /** Something else is checked from now on: a run that goes on says nothing about it. */
    void disown() {
        foreign = running != null;
    }

    /** Tells whether the run that goes on is of something that was checked before. */
    boolean isForeign() {
        return foreign;
    }

    /** The code of a run has ended; returns whether it was the one that goes on here. */
    boolean end(Run run) {
        if (run != running) {
            return false;
        }
        running = null;
        stuck = false;
        return true;
    }

    /** Tells whether the run has been going on for so long that somebody else should have its thread; true only once. */
    boolean becomesStuck(Run run) {
        if (run != running || stuck || !run.hasStarted()) {
            return false;
        }
        stuck = true;
        return true;
    }

    boolean isStuckAt(Run run, long now) {
        return now - run.deadline() >= STUCK_GRACE && run.isExpired();
    }

    /** Returns when to look after the run. */
    long nextLook(long now) {
        Run run = running;
        if (run == null || (run.isExpired() && (stuck || !run.hasStarted()))) {
            return Tick.NEVER;
        }
        long look = run.isExpired() ? run.deadline() + STUCK_GRACE : run.deadline();
        return look - now <= 0 ? now + STUCK_GRACE : look;
    }
}
