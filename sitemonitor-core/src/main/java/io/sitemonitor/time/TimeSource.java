package io.sitemonitor.time;

import java.time.Instant;

/**
 * The clocks that a monitor reads: wall time, which people understand and which may jump, and monotonic time, which
 * only ever moves forward and is used for every interval, timeout and duration.
 *
 * <p><b>Threads:</b> safe for use by any number of threads.
 */
public interface TimeSource {

    /**
     * Returns the wall time: the date and time shown to people. It may jump in either direction.
     *
     * @return the present instant
     */
    Instant now();

    /**
     * Returns the monotonic time in nanoseconds since an arbitrary origin, as {@link System#nanoTime()} does. Only
     * differences between two readings have a meaning.
     *
     * @return the monotonic time
     */
    long nanos();

    /**
     * Returns the clocks of the machine.
     *
     * @return the system's time source, always the same object
     */
    static TimeSource system() {
        return SystemTime.INSTANCE;
    }
}
