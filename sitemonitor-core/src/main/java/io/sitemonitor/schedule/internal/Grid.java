package io.sitemonitor.schedule.internal;

/**
 * The due times of a check: {@code phase + n * interval} on the monotonic clock. A late run does not move them.
 *
 * @param phase one of the due times
 * @param interval the distance between two of them, in nanoseconds of the monotonic clock; more than zero
 */
public record Grid(long phase, long interval) {

    /**
     * Returns the first due time after a moment.
     *
     * @param now a monotonic time
     * @return the next line of the grid
     */
    public long after(long now) {
        return phase + (Math.floorDiv(now - phase, interval) + 1) * interval;
    }

    /**
     * Counts the due times after one moment up to another.
     *
     * @param from a monotonic time, not counted
     * @param to a later monotonic time, counted
     * @return how many lines lie between; zero if there is none
     */
    public long between(long from, long to) {
        return Math.max(0, Math.floorDiv(to - phase, interval) - Math.floorDiv(from - phase, interval));
    }
}
