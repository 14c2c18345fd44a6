package io.sitemonitor.spring.autoconfigure;

import io.sitemonitor.alert.Severity;
import io.sitemonitor.spring.autoconfigure.SiteMonitorProperties.Window;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;

/**
 * What an alert listener is told, and when. What is not set keeps what the listener has without.
 *
 * @param kinds What begins: down, degraded, flapping, isolated. Its end follows by itself.
 * @param atLeast How much it must matter: critical, error, warning or info.
 * @param checks Names of checks, or several by * in place of any number of characters.
 * @param labels Values of labels of checks, one of which must fit, such as team=web,data.
 * @param after How long something must last before the listener is told.
 * @param remindEvery Time after which it is told again what still lasts.
 * @param workingHours Hours within which it is told, as windows of maintenance are given.
 * @param budget How much it gets in a day.
 * @param standby Whether it gets only what others spill over to it.
 * @param digest When many alerts become one.
 * @param timeout Longest time of an attempt.
 * @param retry Pauses between attempts.
 * @param expireAfter Time after which an alert is given up.
 * @param capacity How many alerts may wait.
 */
public record PolicyProperties(
        @DefaultValue List<Kind> kinds,
        @Nullable Severity atLeast,
        @DefaultValue List<String> checks,
        @DefaultValue Map<String, List<String>> labels,
        @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration after,
        @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration remindEvery,
        @DefaultValue List<Window> workingHours,
        @DefaultValue Budget budget,
        @DefaultValue("false") boolean standby,
        @DefaultValue Digest digest,
        @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration timeout,
        @DefaultValue Retry retry,
        @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration expireAfter,
        @Nullable Integer capacity) {

    /** What can be selected: what opens something, for its end follows by itself. */
    public enum Kind {
        /** An outage. */
        DOWN,
        /** It works, but not well. */
        DEGRADED,
        /** The state changes too often. */
        FLAPPING,
        /** The monitor itself seems to be offline. */
        ISOLATED
    }

    /**
     * How much a listener gets in a day.
     *
     * @param perDay How many alerts a day.
     * @param zone Time zone whose days; sitemonitor.zone unless set, or else UTC.
     * @param spillOver Name of the listener that gets what is more. It waits for the next day unless set.
     */
    public record Budget(
            @Nullable Integer perDay,
            @Nullable String zone,
            @Nullable String spillOver) {}

    /**
     * When many alerts become one.
     *
     * @param moreThan How many go out one by one before.
     * @param within Time in which they come, and for which what follows is collected.
     * @param groupBy Label whose values are kept apart.
     */
    public record Digest(
            @Nullable Integer moreThan,
            @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration within,
            @Nullable String groupBy) {}

    /**
     * Pauses between attempts.
     *
     * @param first Pause after the first failure, doubled after each further one.
     * @param longest Longest pause.
     */
    public record Retry(
            @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration first,
            @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration longest) {}
}
