package io.sitemonitor.check.ntp;

import java.time.Duration;
import java.time.Instant;

/**
 * Times as the protocol has them: 32 bits of seconds since 1900 and 32 bits of their fractions. The seconds begin anew every
 * 136 years, next in 2036; so only differences are taken, which are right as long as two clocks are less than 68 years apart.
 */
final class NtpTime {

    /** From 1900 to 1970, in seconds. */
    private static final long TO_UNIX = 2_208_988_800L;

    private static final long NANOS = 1_000_000_000L;

    private NtpTime() {}

    static long of(Instant instant) {
        long fraction = ((long) instant.getNano() << 32) / NANOS;
        return (instant.getEpochSecond() + TO_UNIX) << 32 | fraction;
    }

    /** Returns how much later {@code to} is than {@code from}; negative if it is earlier. */
    static Duration between(long from, long to) {
        long difference = to - from;
        return Duration.ofSeconds(difference >> 32, ((difference & 0xFFFF_FFFFL) * NANOS) >>> 32);
    }
}
