package io.sitemonitor.guard;

import io.sitemonitor.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets one through in a while: the first that comes after the slot has begun, whoever it is. Unlike
 * {@link io.sitemonitor.time.Throttle} it counts nobody who comes too early, so that busy threads do not write to the
 * same place with each call.
 */
final class Slots {

    private final TimeSource time;
    private final long length;
    private final AtomicLong next;

    Slots(TimeSource time, Duration length) {
        this.time = time;
        this.length = length.toNanos();
        this.next = new AtomicLong(time.nanos());
    }

    /** Whether somebody may be let through; costs one reading of the clock and one of a volatile. */
    boolean isDue() {
        return time.nanos() - next.get() >= 0;
    }

    /** Takes the slot, and with it the right to go through; the next slot begins a whole length later. */
    boolean take() {
        long now = time.nanos();
        long due = next.get();
        return now - due >= 0 && next.compareAndSet(due, now + length);
    }
}
