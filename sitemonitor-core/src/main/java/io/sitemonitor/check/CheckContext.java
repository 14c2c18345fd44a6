package io.sitemonitor.check;

import io.sitemonitor.time.TimeSource;
import java.time.Duration;

/**
 * What one run of a check may know and use. Valid only during that run.
 *
 * <p><b>Threads:</b> may be used by any thread that works for the run.
 */
public interface CheckContext {

    /**
     * Returns the name of the monitor.
     *
     * @return the monitor's name
     */
    String monitor();

    /**
     * Returns the name under which the check is known to the monitor.
     *
     * @return the check's name
     */
    String check();

    /**
     * Returns the time this run may take in all.
     *
     * @return the timeout, always more than zero
     */
    Duration timeout();

    /**
     * Returns what is left of the timeout.
     *
     * @return the remaining time; zero once the run has been ended
     */
    Duration remaining();

    /**
     * Returns the clocks to use, which are virtual in tests.
     *
     * @return the time source of the monitor
     */
    TimeSource time();

    /**
     * Tells whether the run has been ended from outside, at its timeout or because the monitor closes. Its result no
     * longer counts.
     *
     * @return whether nobody waits for the result any more
     */
    boolean isCancelled();

    /**
     * Asks for {@code action} to be called when the run is ended from outside, to close a socket, say, on which an
     * interrupt has no effect. The last action given is the one called; it is called at once if the run has already
     * been ended, and never once the run has returned. It must not block.
     *
     * @param action what ends the work of this run
     */
    void onCancel(Runnable action);

    /**
     * Returns where this run may connect to.
     *
     * @return the policy of the check; {@link AddressPolicy#standard()} unless its settings say otherwise
     */
    default AddressPolicy addressPolicy() {
        return AddressPolicy.standard();
    }

    /**
     * Tells that the target asks to be left alone for a while, as HTTP does with {@code Retry-After}. The next run of this
     * check, and runs of others against the same {@linkplain Check#host() host}, do not begin before that, but no later
     * than the slowest pace of this check, so that no target can end its own monitoring.
     *
     * @param pause how long; zero or less asks for nothing
     */
    default void retryAfter(Duration pause) {}
}
