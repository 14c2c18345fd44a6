package io.sitemonitor.alert;

import io.sitemonitor.alert.internal.Wording;
import io.sitemonitor.check.SafeText;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * How values are written: times in a zone and a form, states and units in words.
 *
 * @param times null for RFC 3339
 */
record Style(ZoneId zone, @Nullable DateTimeFormatter times, Words words) {

    static final Style DEFAULT = new Style(ZoneOffset.UTC, null, Words.ENGLISH);

    private static final int MAX_TIME = 100;

    Style zone(ZoneId zone) {
        return new Style(zone, times, words);
    }

    Style times(DateTimeFormatter times) {
        try {
            times.formatTo(Instant.EPOCH.atZone(zone), new StringBuilder());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("times must be written from date, time and zone alone, but " + times, e);
        }
        return new Style(zone, times, words);
    }

    Style words(Words words) {
        return new Style(zone, times, words);
    }

    String time(Instant time) {
        return times == null
                ? Wording.time(time, zone)
                : SafeText.line(
                        times.format(time.truncatedTo(ChronoUnit.SECONDS).atZone(zone)), MAX_TIME);
    }

    String duration(Duration duration) {
        return Wording.duration(duration, unit -> words.of("unit." + unit));
    }

    String phase(Duration duration) {
        return Wording.phase(duration, unit -> words.of("unit." + unit));
    }
}
