package io.sitemonitor.schedule;

import java.time.Duration;
import java.util.Objects;

/**
 * When the runs of a check are due: on a grid of equal intervals. A late run does not move the grid.
 *
 * @param interval the distance of the grid's lines, from {@link #SHORTEST} to {@link #LONGEST}
 */
public record Schedule(Duration interval) {

    /** The shortest interval: 100 milliseconds. */
    public static final Duration SHORTEST = Duration.ofMillis(100);

    /** The longest interval: 366 days. */
    public static final Duration LONGEST = Duration.ofDays(366);

    /**
     * Creates a schedule.
     *
     * @throws IllegalArgumentException if the interval is shorter or longer than allowed
     */
    public Schedule {
        Objects.requireNonNull(interval, "interval");
        if (interval.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException("every must be at least " + SHORTEST + ", but was " + interval);
        }
        if (interval.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("every must be at most " + LONGEST + ", but was " + interval);
        }
    }

    /**
     * One run an interval.
     *
     * @param interval the time from one run to the next
     * @return the schedule
     * @throws IllegalArgumentException if the interval is shorter or longer than allowed
     */
    public static Schedule every(Duration interval) {
        return new Schedule(interval);
    }
}
