package io.sitemonitor.check;

import io.sitemonitor.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that moves on by the same step whenever it is read. */
public final class SteppingTime implements TimeSource {

    private final long step;
    private final AtomicLong nanos = new AtomicLong();

    public SteppingTime(Duration step) {
        this.step = step.toNanos();
    }

    @Override
    public Instant now() {
        return Instant.EPOCH.plusNanos(nanos());
    }

    @Override
    public long nanos() {
        return nanos.getAndAdd(step);
    }
}
