package io.sitemonitor.check.internal;

import io.sitemonitor.check.CheckContext;
import java.time.Duration;

/**
 * When a check should give up by itself: a little before the run is ended from outside, so that its own result, which
 * knows what it was waiting for, is the one that counts.
 *
 * @param context the run
 * @param reserve how long before the end of the run, in nanoseconds
 * @param limit how long the work may take that ends here, as people are told it
 */
public record Deadline(CheckContext context, long reserve, Duration limit) {

    private static final long MOST_RESERVE = Duration.ofMillis(20).toNanos();

    /**
     * Returns the deadline of a run.
     *
     * @param context the run
     * @return its deadline
     */
    public static Deadline of(CheckContext context) {
        Duration timeout = context.timeout();
        return new Deadline(context, Math.min(timeout.toNanos() / 10, MOST_RESERVE), timeout);
    }

    /**
     * Returns a deadline for the next piece of work that leaves as much time for what comes after it.
     *
     * @return a deadline when half of what is left now is over
     */
    public Deadline half() {
        return part(2);
    }

    /**
     * Returns a deadline for the next piece of work that leaves time for others like it.
     *
     * @param pieces how many pieces of work there are, this one included; at least 1
     * @return a deadline when its share of what is left now is over
     */
    public Deadline part(int pieces) {
        long left = Math.max(0, nanosLeft());
        long share = left / pieces;
        return pieces == 1 ? this : new Deadline(context, reserve + share * (pieces - 1), Duration.ofNanos(share));
    }

    /**
     * Returns what is left.
     *
     * @return the time left in nanoseconds; zero or less once it is over
     */
    public long nanosLeft() {
        return context.remaining().toNanos() - reserve;
    }

    /**
     * Returns what is left as a limit for an operation that takes milliseconds and knows zero as "without limit".
     *
     * @return the time left in milliseconds, rounded up, at least 1
     */
    public int millisLeft() {
        return millis(nanosLeft());
    }

    /**
     * Tells whether it is time to give up.
     *
     * @return whether nothing is left
     */
    public boolean isOver() {
        return nanosLeft() <= 0;
    }

    /**
     * Returns nanoseconds as milliseconds for an operation that knows zero as "without limit".
     *
     * @param nanos nanoseconds
     * @return milliseconds, rounded up, at least 1
     */
    public static int millis(long nanos) {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, nanos / 1_000_000 + 1));
    }
}
