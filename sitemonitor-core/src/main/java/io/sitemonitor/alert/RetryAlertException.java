package io.sitemonitor.alert;

import java.time.Duration;

/**
 * Says that an alert could not be delivered now, and when to offer it again: for a listener that paces its attempts
 * itself, or that was told by its destination how long to wait. The policy's pauses do not apply then, and the listener
 * is not left alone however often it says so.
 */
public class RetryAlertException extends Exception {

    private static final long serialVersionUID = 1L;

    /** The longest time that is waited for: one day. */
    public static final Duration LONGEST = Duration.ofDays(1);

    /** The time from now after which to offer the alert again. */
    private final Duration after;

    /**
     * Creates the exception.
     *
     * @param reason why it could not be delivered now, without secrets
     * @param after when to offer it again: zero for at once, at most {@link #LONGEST}; what is outside counts as the
     *     nearest of the two
     */
    public RetryAlertException(String reason, Duration after) {
        super(reason);
        Duration least = after.isNegative() ? Duration.ZERO : after;
        this.after = least.compareTo(LONGEST) > 0 ? LONGEST : least;
    }

    /**
     * Returns when to offer the alert again.
     *
     * @return the time from now
     */
    public Duration after() {
        return after;
    }
}
