package io.sitemonitor.time;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets something happen at most once in a while, and counts how often it was held back: for messages about a trouble
 * that lasts.
 *
 * <p><b>Threads:</b> safe for use by any number of threads.
 */
public final class Throttle {

    private final TimeSource time;
    private final long pause;
    private final AtomicLong last;
    private final AtomicLong heldBack = new AtomicLong();

    /**
     * Creates a throttle that is open at first.
     *
     * @param time the clocks
     * @param pause the least time between two passes
     */
    public Throttle(TimeSource time, Duration pause) {
        this.time = Objects.requireNonNull(time, "time");
        this.pause = pause.toNanos();
        this.last = new AtomicLong(time.nanos() - this.pause);
    }

    /**
     * Asks whether it may happen now.
     *
     * @return whether it may; false is counted
     */
    public boolean tryPass() {
        long now = time.nanos();
        long before = last.get();
        if (now - before >= pause && last.compareAndSet(before, now)) {
            return true;
        }
        heldBack.incrementAndGet();
        return false;
    }

    /**
     * Returns how often it was held back since this was last asked.
     *
     * @return a count, which begins again at zero
     */
    public long heldBack() {
        return heldBack.getAndSet(0);
    }
}
