package io.sitemonitor.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * A piece of the time line.
 *
 * @param start its first moment
 * @param end the first moment after it, later than {@code start}
 */
public record Span(Instant start, Instant end) {

    /**
     * Creates a span.
     *
     * @throws IllegalArgumentException if it does not end after it begins
     */
    public Span {
        Objects.requireNonNull(start, "start");
        Objects.requireNonNull(end, "end");
        if (!end.isAfter(start)) {
            throw new IllegalArgumentException("end must be after start, " + start + ", but was " + end);
        }
    }

    /**
     * Tells whether a moment lies within.
     *
     * @param moment any moment
     * @return whether it is not before the start and before the end
     */
    public boolean contains(Instant moment) {
        return !moment.isBefore(start) && moment.isBefore(end);
    }

    /**
     * Returns how long it is.
     *
     * @return the time from start to end, in real time
     */
    public Duration length() {
        return Duration.between(start, end);
    }
}
