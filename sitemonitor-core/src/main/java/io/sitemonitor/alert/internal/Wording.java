package io.sitemonitor.alert.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

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
        return io.sitemonitor.check.internal.Wording.span(duration);
    }
}
