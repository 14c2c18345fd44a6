package io.sitemonitor;

import java.math.BigDecimal;

/** Times as histories write them: {@code 5ms}, {@code 12.5s}, {@code 3m}, {@code -2h}. */
final class Span {

    private static final long MILLI = 1_000_000L;
    private static final long SECOND = 1_000 * MILLI;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;

    private Span() {}

    static String text(long nanos) {
        if (nanos == 0) {
            return "0s";
        }
        if (nanos % HOUR == 0) {
            return nanos / HOUR + "h";
        }
        if (nanos % MINUTE == 0) {
            return nanos / MINUTE + "m";
        }
        if (Math.abs(nanos) < SECOND && nanos % MILLI == 0) {
            return nanos / MILLI + "ms";
        }
        return BigDecimal.valueOf(nanos, 9).stripTrailingZeros().toPlainString() + "s";
    }

    static long parse(String text) {
        int end = text.length();
        while (end > 0 && Character.isLetter(text.charAt(end - 1))) {
            end--;
        }
        long unit = switch (text.substring(end)) {
            case "ms" -> MILLI;
            case "s" -> SECOND;
            case "m" -> MINUTE;
            case "h" -> HOUR;
            default -> throw new IllegalArgumentException("'" + text + "' is no time");
        };
        return new BigDecimal(text.substring(0, end))
                .multiply(BigDecimal.valueOf(unit))
                .longValueExact();
    }
}
