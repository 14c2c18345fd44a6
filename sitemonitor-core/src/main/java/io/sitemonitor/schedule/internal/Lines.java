package io.sitemonitor.schedule.internal;

import io.sitemonitor.schedule.Platform.Tick;

/** The due times of a check on the monotonic clock. A late run does not move them. */
public interface Lines {

    /**
     * Returns the first due time after a moment.
     *
     * @param now a monotonic time
     * @return a later monotonic time, or {@link Tick#NEVER}
     */
    long after(long now);

    /**
     * Counts the due times after one moment up to another.
     *
     * @param from a monotonic time, not counted
     * @param to a later monotonic time, counted
     * @return how many lie between; zero if there is none
     */
    long between(long from, long to);

    /**
     * Returns the usual distance between two of them.
     *
     * @return nanoseconds
     */
    long interval();
}
