package io.sitemonitor.alert.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.function.UnaryOperator;

/** How times and durations are written for people, the same in every text. */
public final class Wording {

    private Wording() {}

    /**
     * Writes a time as RFC 3339 does, in whole seconds and in UTC.
     *
     * @param time the time
     * @return such as {@code 2026-11-22T12:00:00Z}
     */
    public static String time(Instant time) {
        return time(time, ZoneOffset.UTC);
    }

    /**
     * Writes a time as RFC 3339 does, in whole seconds.
     *
     * @param time the time
     * @param zone where its reader lives
     * @return such as {@code 2026-11-22T15:00:00+03:00}
     */
    public static String time(Instant time, ZoneId zone) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                time.truncatedTo(ChronoUnit.SECONDS).atZone(zone));
    }

    /**
     * Writes a duration by its two largest units.
     *
     * @param duration the duration; a negative one counts as zero
     * @return such as {@code 3 d 4 h}, {@code 4 min 12 s} or {@code 350 ms}
     */
    public static String duration(Duration duration) {
        return duration(duration, UnaryOperator.identity());
    }

    /**
     * Writes a duration by its two largest units.
     *
     * @param duration the duration; a negative one counts as zero
     * @param units what to write for {@code d}, {@code h}, {@code min}, {@code s} and {@code ms}
     * @return such as {@code 3 Tage 4 h}
     */
    public static String duration(Duration duration, UnaryOperator<String> units) {
        return io.sitemonitor.check.internal.Wording.span(duration, units);
    }

    /**
     * Writes how long a phase of a run took.
     *
     * @param duration the duration
     * @param units what to write for {@code s} and {@code ms}
     * @return such as {@code 412 ms} or {@code 2.1 s}
     */
    public static String phase(Duration duration, UnaryOperator<String> units) {
        return io.sitemonitor.check.internal.Wording.duration(duration, units);
    }
}
