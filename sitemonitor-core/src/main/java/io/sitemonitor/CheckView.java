package io.sitemonitor;

import io.sitemonitor.definition.CheckSettings;
import io.sitemonitor.schedule.Platform.Tick;
import io.sitemonitor.state.HealthState;
import io.sitemonitor.time.TimeSource;

/**
 * What everybody may see of one check without its lock, such as those who ask whether it is up and the checks that depend
 * on it. Written under the lock of its cell only.
 */
final class CheckView {

    private final TimeSource time;
    private volatile HealthState state = HealthState.UNKNOWN;
    private volatile CheckSettings settings;
    private volatile long staleAt = Tick.NEVER;
    private volatile long unrunAt = Tick.NEVER;
    private volatile boolean suspected;
    private volatile boolean sparing;
    private volatile long lastStart;
    private volatile boolean awaited;

    /** Whether the state was up when it was decided last; one read for whoever asks very often. */
    private volatile boolean up;

    private volatile boolean removed;

    CheckView(TimeSource time, CheckSettings settings) {
        this.time = time;
        this.settings = settings;
        this.lastStart = time.nanos() - 1;
    }

    /** Returns the state; what has not been looked at for too long is not known, whoever should have looked. */
    HealthState state() {
        HealthState known = state;
        return known.isUp() && hasPassed(staleAt, time.nanos()) ? HealthState.UNKNOWN : known;
    }

    /** Tells whether it was up when it was decided last, without a look at the clock. */
    boolean wasUp() {
        return up;
    }

    boolean isRemoved() {
        return removed;
    }

    private static boolean hasPassed(long at, long now) {
        return at != Tick.NEVER && now - at >= 0;
    }

    CheckSettings settings() {
        return settings;
    }

    void settings(CheckSettings replaced) {
        settings = replaced;
    }

    /** Tells whether its runs are stopped, so that nobody can wait for it. */
    boolean isSparing() {
        return sparing;
    }

    /** Tells whether it may be down although its state does not say so, because it has not been decided since then. */
    boolean isUndecidedSince(long since) {
        return suspected || lastStart - since < 0;
    }

    /** Tells whether it has not been run for two intervals although it should have been. */
    boolean isUnrun(long now) {
        return !sparing && hasPassed(unrunAt, now);
    }

    /** Returns when the latest run began of which anything came. */
    long lastStart() {
        return lastStart;
    }

    void lastStart(long nanos) {
        lastStart = nanos;
    }

    /** Says until when the check counts as run. */
    void runUntil(long nanos) {
        unrunAt = nanos;
    }

    /** Asks to be told of the next run. */
    void beAwaited() {
        awaited = true;
    }

    boolean isAwaited() {
        return awaited;
    }

    /** Shows what has been decided; returns whether those who depend on the check have to look again. */
    boolean show(CheckDecider decider, boolean gone, boolean news) {
        HealthState next = decider.ledger().state();
        boolean nextSparing = decider.isPaused() || gone;
        boolean changed = next != state || nextSparing != sparing;
        staleAt = decider.staleAt();
        state = next;
        up = next.isUp() && !gone;
        removed = gone;
        if (sparing && !nextSparing) {
            unrunAt = decider.overdueAt();
        }
        suspected = decider.ledger().isSuspected();
        sparing = nextSparing;
        if (news || changed) {
            awaited = false;
        }
        return news || changed;
    }
}
