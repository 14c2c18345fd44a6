package io.sitemonitor.check.internal;

import io.sitemonitor.check.CheckResult;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long something may take.
 *
 * @param warnOption the name of the option that sets the limit for warnings
 * @param failOption the name of the option that sets the limit for failures
 * @param warnAbove the longest time without a warning, or null
 * @param failAbove the longest time without a failure, or null
 */
public record LatencyLimits(
        String warnOption,
        String failOption,
        @Nullable Duration warnAbove,
        @Nullable Duration failAbove) {

    /** No limit of a whole run. */
    public static final LatencyLimits NONE = none("warnAbove", "failAbove");

    /**
     * Creates limits.
     *
     * @throws IllegalStateException if a run would fail before it warns
     */
    public LatencyLimits {
        if (warnAbove != null && failAbove != null && warnAbove.compareTo(failAbove) >= 0) {
            throw new IllegalStateException(warnOption + " must be less than " + failOption + ", but they were "
                    + warnAbove + " and " + failAbove);
        }
    }

    /**
     * Returns limits that are not set yet.
     *
     * @param warnOption the name of the option that sets the limit for warnings, for messages
     * @param failOption the name of the option that sets the limit for failures, for messages
     * @return no limit
     */
    public static LatencyLimits none(String warnOption, String failOption) {
        return new LatencyLimits(warnOption, failOption, null, null);
    }

    /**
     * Returns the same limits with another one for warnings.
     *
     * @param limit the longest time without a warning, from 1 millisecond to 1 hour
     * @return a copy
     */
    public LatencyLimits warn(Duration limit) {
        return new LatencyLimits(warnOption, failOption, Wording.requireLimit(warnOption, limit), failAbove);
    }

    /**
     * Returns the same limits with another one for failures.
     *
     * @param limit the longest time without a failure, from 1 millisecond to 1 hour
     * @return a copy
     */
    public LatencyLimits fail(Duration limit) {
        return new LatencyLimits(warnOption, failOption, warnAbove, Wording.requireLimit(failOption, limit));
    }

    /**
     * Judges.
     *
     * @param what what happened, such as {@code connected}
     * @param took how long it took
     * @return a failure, a warning, or null if it was quick enough
     */
    public @Nullable CheckResult judge(String what, Duration took) {
        if (failAbove != null && took.compareTo(failAbove) > 0) {
            return CheckResult.fail(slow(what, took, failAbove));
        }
        return warnAbove != null && took.compareTo(warnAbove) > 0
                ? CheckResult.warn(slow(what, took, warnAbove))
                : null;
    }

    private static String slow(String what, Duration took, Duration limit) {
        return what + " in " + Wording.duration(took) + ", more than " + Wording.duration(limit);
    }
}
