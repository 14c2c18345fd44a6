package io.sitemonitor.history;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;

/**
 * What is known of the past of one check.
 *
 * @param since from when on these figures count
 * @param runs how many runs have ended
 * @param passed how many of them passed
 * @param warned how many of them warned
 * @param failed how many of them failed
 * @param inconclusive how many of them told nothing
 * @param uptime up and down time since {@code since}
 * @param lastHour up and down time of the last hour
 * @param lastDay up and down time of the last 24 hours
 * @param latency how long recent runs took
 */
public record CheckFigures(
        Instant since,
        long runs,
        long passed,
        long warned,
        long failed,
        long inconclusive,
        Uptime uptime,
        Uptime lastHour,
        Uptime lastDay,
        Latency latency) {

    /**
     * Time spent up and down. Time in which the state was not known, or the check was paused, counts for neither.
     *
     * @param up the time spent {@code UP} or {@code DEGRADED}
     * @param down the time spent {@code DOWN}, from the first failed run of each confirmed outage
     */
    public record Uptime(Duration up, Duration down) {

        /**
         * Returns the part of the known time that was spent up.
         *
         * @return a number from 0 to 1, or empty if nothing is known
         */
        public OptionalDouble ratio() {
            double known = (double) up.toNanos() + down.toNanos();
            return known == 0 ? OptionalDouble.empty() : OptionalDouble.of(up.toNanos() / known);
        }
    }

    /**
     * How long runs took that passed or warned. The percentiles are those of recent runs, each within 10 percent of the
     * true value.
     *
     * @param count how many runs are counted in the percentiles
     * @param last the latest run; zero if there was none
     * @param mean the mean over all runs; zero if there was none
     * @param p50 half of the recent runs took no longer
     * @param p95 95 percent of the recent runs took no longer
     * @param p99 99 percent of the recent runs took no longer
     */
    public record Latency(long count, Duration last, Duration mean, Duration p50, Duration p95, Duration p99) {}
}
