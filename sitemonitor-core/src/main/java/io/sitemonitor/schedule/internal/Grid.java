package io.sitemonitor.schedule.internal;

/**
 * The due times of a check: {@code phase + n * interval} on the monotonic clock. A late run does not move them.
 *
 * @param phase one of the due times
 * @param interval the distance between two of them, in nanoseconds of the monotonic clock; more than zero
 */
public record Grid(long phase, long interval) implements Lines {

    @Override
    public long after(long now) {
        return phase + (Math.floorDiv(now - phase, interval) + 1) * interval;
    }

    @Override
    public long between(long from, long to) {
        return Math.max(0, Math.floorDiv(to - phase, interval) - Math.floorDiv(from - phase, interval));
    }
}
