package io.sitemonitor.breaker;

import java.time.Duration;
import java.util.Objects;

/**
 * How an open breaker spaces its trials: the first comes after {@code first}, each further one after twice the time of
 * the one before, up to {@code longest}.
 *
 * @param first the time from opening to the first trial
 * @param longest the longest time from one trial to the next, at least {@code first}
 */
public record BreakerSettings(Duration first, Duration longest) {

    /**
     * Creates settings.
     *
     * @throws IllegalArgumentException if {@code first} is not more than zero, or longer than {@code longest}
     */
    public BreakerSettings {
        Objects.requireNonNull(first, "first");
        Objects.requireNonNull(longest, "longest");
        if (first.isNegative() || first.isZero()) {
            throw new IllegalArgumentException("first must be more than zero, but was " + first);
        }
        if (longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("longest must be at least first, " + first + ", but was " + longest);
        }
    }
}
