package io.sitemonitor.guard;

import io.sitemonitor.time.TimeSource;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that many threads may read and a test sets. */
record FixedTime(AtomicLong at) implements TimeSource {

    @Override
    public Instant now() {
        return Instant.EPOCH.plusNanos(nanos());
    }

    @Override
    public long nanos() {
        return at.get();
    }
}
