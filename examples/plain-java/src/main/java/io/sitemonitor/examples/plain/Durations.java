package io.sitemonitor.examples.plain;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them. */
final class Durations {

    private static final Pattern NUMBER = Pattern.compile("(\\d{1,9})(ms|s|m|h)?");

    private Durations() {}

    static Duration parse(String text) throws UsageException {
        Matcher number = NUMBER.matcher(text.toLowerCase(Locale.ROOT));
        if (number.matches()) {
            long count = Long.parseLong(number.group(1));
            String unit = number.group(2) == null ? "s" : number.group(2);
            return switch (unit) {
                case "ms" -> Duration.ofMillis(count);
                case "m" -> Duration.ofMinutes(count);
                case "h" -> Duration.ofHours(count);
                default -> Duration.ofSeconds(count);
            };
        }
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw new UsageException("'" + text + "' is not a duration; write 500ms, 5s, 2m, 1h or PT5S");
        }
    }

    /** Writes a duration in at most three digits and a unit. */
    static String shortly(Duration duration) {
        long millis = duration.toMillis();
        if (millis < 1_000) {
            return millis + " ms";
        }
        long seconds = duration.toSeconds();
        if (seconds < 120) {
            return seconds + " s";
        }
        return seconds < 7_200 ? duration.toMinutes() + " min" : duration.toHours() + " h";
    }
}
