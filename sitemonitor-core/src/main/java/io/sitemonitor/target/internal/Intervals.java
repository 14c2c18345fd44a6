package io.sitemonitor.target.internal;

import io.sitemonitor.check.SafeText;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads an interval as people write it: {@code 30s}, {@code 5m}, {@code PT30S}, or a plain number of seconds. */
final class Intervals {

    private static final Pattern NUMBER =
            Pattern.compile("(\\d{1,12}(?:\\.\\d{1,9})?) ?(ms|s|m|h|d)?", Pattern.CASE_INSENSITIVE);

    private Intervals() {}

    static Duration parse(String text) {
        Matcher number = NUMBER.matcher(text);
        if (number.matches()) {
            String unit = number.group(2);
            long millis = unit == null ? 1_000 : millis(unit.toLowerCase(Locale.ROOT));
            BigDecimal nanos = new BigDecimal(number.group(1)).multiply(BigDecimal.valueOf(millis * 1_000_000));
            BigDecimal[] seconds = nanos.divideAndRemainder(BigDecimal.valueOf(1_000_000_000));
            return Duration.ofSeconds(seconds[0].longValue(), seconds[1].longValue());
        }
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException | ArithmeticException e) {
            throw new IllegalArgumentException(
                    "interval must be a number of seconds or like 500ms, 30s, 5m, 1h or PT30S, but was '"
                            + SafeText.line(text, 40) + "'",
                    e);
        }
    }

    private static long millis(String unit) {
        return switch (unit) {
            case "ms" -> 1;
            case "s" -> 1_000;
            case "m" -> 60_000;
            case "h" -> 3_600_000;
            default -> 86_400_000;
        };
    }
}
