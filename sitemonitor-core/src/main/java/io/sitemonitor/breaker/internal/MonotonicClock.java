package io.sitemonitor.breaker.internal;

import io.sitemonitor.time.TimeSource;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Monotonic time in the form of a clock, so that a breaker does not notice when the wall time jumps. */
final class MonotonicClock extends Clock {

    private final TimeSource time;
    private final long origin;
    private final ZoneId zone;

    MonotonicClock(TimeSource time) {
        this(time, time.nanos(), ZoneOffset.UTC);
    }

    private MonotonicClock(TimeSource time, long origin, ZoneId zone) {
        this.time = time;
        this.origin = origin;
        this.zone = zone;
    }

    @Override
    public Instant instant() {
        return Instant.EPOCH.plusNanos(time.nanos() - origin);
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return new MonotonicClock(time, origin, zone);
    }
}
