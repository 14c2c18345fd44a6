package io.sitemonitor;

import io.sitemonitor.time.TimeSource;
import java.time.Duration;
import java.time.Instant;

/** From the clock that outlives the process to the one that does not, and back. Stateless. */
final class WallTime {

    /** A century: no outage has lasted longer, and no monotonic time overflows. */
    private static final Duration LONGEST = Duration.ofDays(36_525);

    private WallTime() {}

    /** Returns the monotonic time of an earlier moment, as far as the wall clock can be trusted; never in the future. */
    static long nanosAt(Instant past, TimeSource time) {
        Duration ago = Duration.between(past, time.now());
        Duration bounded = ago.compareTo(LONGEST) > 0 ? LONGEST : ago;
        return time.nanos() - (bounded.isNegative() ? 0 : bounded.toNanos());
    }

    /** Returns the wall time of an earlier moment. */
    static Instant instantAt(long past, TimeSource time) {
        return time.now().minusNanos(time.nanos() - past);
    }
}
