package io.sitemonitor.time;

import java.time.Instant;

/** The machine's own clocks. */
enum SystemTime implements TimeSource {
    INSTANCE;

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public String toString() {
        return "system time";
    }
}
