package io.sitemonitor.state.internal;

import io.sitemonitor.state.FlapSettings;

/**
 * Counts how often a state changes: a sliding window over the times of the latest changes. Pure but for its own memory,
 * which comes with the first change. Guarded by the lock of its check.
 */
public final class Flaps {

    private static final long[] NONE = {};

    private long[] times = NONE;
    private int next;
    private int count;
    private long latest;
    private boolean flapping;

    /** Begins without any change. */
    public Flaps() {}

    /**
     * Counts a change.
     *
     * @param now the monotonic time of the change
     * @param settings how many within which time make it flap
     * @return whether it flaps from now on and did not before
     */
    public boolean changed(long now, FlapSettings settings) {
        int changes = settings.changes();
        if (changes == 0) {
            return false;
        }
        if (times.length != changes) {
            times = new long[changes];
            next = 0;
            count = 0;
        }
        times[next] = now;
        next = (next + 1) % changes;
        count = Math.min(count + 1, changes);
        latest = now;
        if (flapping || count < changes || now - times[next] > settings.within().toNanos()) {
            return false;
        }
        flapping = true;
        return true;
    }

    /**
     * Tells whether a flapping check has calmed.
     *
     * @param now the monotonic time
     * @param settings the time without a change that it takes
     * @return whether it flapped until now and does not any more
     */
    public boolean calmed(long now, FlapSettings settings) {
        if (!flapping || (settings.changes() != 0 && now - calmAt(settings) < 0)) {
            return false;
        }
        flapping = false;
        count = 0;
        return true;
    }

    /**
     * Tells whether it flaps.
     *
     * @return whether it does
     */
    public boolean isFlapping() {
        return flapping;
    }

    /**
     * Returns when a flapping check has calmed if its state does not change before.
     *
     * @param settings the time without a change that it takes
     * @return a monotonic time; has a meaning only while it flaps
     */
    public long calmAt(FlapSettings settings) {
        return latest + settings.within().toNanos();
    }

    /** Forgets all changes. */
    public void forget() {
        count = 0;
        flapping = false;
    }
}
