package io.sitemonitor.check.jvm;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** What a number counts: how it is written, and what a limit for it may be. */
enum Unit {
    /** A part of a whole, from 0 to 1. */
    SHARE("from 0 to 1, such as 0.8 for 80 %", 0, 1),
    /** Things that are counted. */
    COUNT("a number from 0 on", 0, Double.MAX_VALUE),
    /** Bytes. */
    BYTES("a number of bytes from 0 on", 0, Double.MAX_VALUE),
    /** Anything. */
    NUMBER("a number", -Double.MAX_VALUE, Double.MAX_VALUE);

    private static final String[] LARGE = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    private final String rule;
    private final double least;
    private final double most;

    Unit(String rule, double least, double most) {
        this.rule = rule;
        this.least = least;
        this.most = most;
    }

    double requireLimit(String option, double limit) {
        if (!(limit >= least && limit <= most)) {
            throw new IllegalArgumentException(option + " must be " + rule + ", but was " + limit);
        }
        return limit;
    }

    String text(double value) {
        return switch (this) {
            case SHARE -> rounded(value * 100, 2) + " %";
            case BYTES -> bytes(value);
            case COUNT, NUMBER -> rounded(value, 2);
        };
    }

    private static String bytes(double value) {
        if (value < 1024) {
            return rounded(value, 0) + " bytes";
        }
        double left = value / 1024;
        int unit = 0;
        while (left >= 1024 && unit < LARGE.length - 1) {
            left /= 1024;
            unit++;
        }
        return rounded(left, 1) + " " + LARGE[unit];
    }

    private static String rounded(double value, int decimals) {
        BigDecimal exact = BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP);
        return exact.signum() == 0 ? "0" : exact.stripTrailingZeros().toPlainString();
    }
}
