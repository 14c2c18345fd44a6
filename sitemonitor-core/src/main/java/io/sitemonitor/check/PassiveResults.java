package io.sitemonitor.check;

import java.time.Duration;

/**
 * Takes results that somebody found without being asked: a host's own calls, or a job that reports itself. A monitor
 * is one, as {@code monitor::report}.
 *
 * <p><b>Threads:</b> safe for use by any number of threads.
 */
@FunctionalInterface
public interface PassiveResults {

    /**
     * Counts a result like that of a run that has just ended. Never blocks and never throws: a result of which nothing
     * can be made, because there is no such check or it is paused, say, is dropped.
     *
     * @param check the name of the check
     * @param result what was found
     * @param took how long it took; it counts as the latency of the run
     */
    void report(String check, CheckResult result, Duration took);
}
