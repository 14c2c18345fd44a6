package io.sitemonitor.state.internal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Runs in a row.
 *
 * @param runs how many, counted up to a bound
 * @param startedAt when the first of them started; null if there is none
 * @param startedNanos the monotonic time of the same moment; has no meaning if there is none
 */
public record Streak(int runs, @Nullable Instant startedAt, long startedNanos) {

    /** No run. */
    public static final Streak NONE = new Streak(0, null, 0);

    /**
     * Counts one more.
     *
     * @param at when the run started
     * @param nanos the monotonic time of the same moment
     * @param most the bound of the count
     * @return the longer streak; this one if the bound has been reached
     */
    public Streak plus(Instant at, long nanos, int most) {
        if (runs >= most) {
            return this;
        }
        return startedAt == null ? new Streak(1, at, nanos) : new Streak(runs + 1, startedAt, startedNanos);
    }
}
