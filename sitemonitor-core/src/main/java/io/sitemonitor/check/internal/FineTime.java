package io.sitemonitor.check.internal;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/** How durations are written where parts of a millisecond count. */
public final class FineTime {

    private FineTime() {}

    /**
     * Writes a duration with three decimals: in milliseconds below one second, otherwise in seconds.
     *
     * @param duration the duration
     * @return such as {@code 0.042 ms} or {@code -1.250 s}
     */
    public static String text(Duration duration) {
        BigDecimal nanos =
                BigDecimal.valueOf(duration.getSeconds()).movePointRight(9).add(BigDecimal.valueOf(duration.getNano()));
        boolean small = duration.abs().compareTo(Duration.ofSeconds(1)) < 0;
        return nanos.movePointLeft(small ? 6 : 9)
                        .setScale(3, RoundingMode.HALF_UP)
                        .toPlainString()
                + (small ? " ms" : " s");
    }
}
