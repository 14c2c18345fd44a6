package io.sitemonitor.check.heartbeat;

import io.sitemonitor.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A moment by both clocks: the monotonic one to measure from, and the wall clock as it was then.
 *
 * @param nanos the monotonic time
 * @param wall the wall time
 */
record Moment(long nanos, Instant wall) {

    static Moment now(TimeSource time) {
        return new Moment(time.nanos(), time.now());
    }

    /** How long ago this was; never negative, for a sign may come while a run looks at the clock. */
    Duration until(Moment now) {
        return Duration.ofNanos(Math.max(0, now.nanos - nanos));
    }

    /** The later of two, since whoever was interrupted between two steps may bring an older one. */
    Moment orLater(Moment other) {
        return other.nanos - nanos > 0 ? other : this;
    }

    /**
     * When this was by the wall clock of today. After a step of that clock there are two answers, what it showed then and
     * what it would have shown had it been as it is now; the later one counts unless it has not come yet, so that a step
     * makes nobody late.
     */
    Instant wallAt(Moment now) {
        Instant byAge = now.wall.minus(until(now));
        return wall.isBefore(byAge) || wall.isAfter(now.wall) ? byAge : wall;
    }

    /** Writes the wall time in whole seconds. */
    @Override
    public String toString() {
        return text(wall);
    }

    static String text(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
