package io.sitemonitor.state;

import java.time.Duration;
import java.util.Objects;

/**
 * When a check counts as flapping: after so many changes of its state within a time, until a whole such time passes
 * without a change.
 *
 * @param changes how many changes; zero means that it never counts as flapping
 * @param within the time in which they happen
 */
public record FlapSettings(int changes, Duration within) {

    /** The largest number of changes that can be asked for. */
    public static final int MAX_CHANGES = 100;

    /** The longest time in which changes are counted. */
    public static final Duration LONGEST = Duration.ofDays(1);

    /** Six changes within ten minutes. */
    public static final FlapSettings DEFAULT = new FlapSettings(6, Duration.ofMinutes(10));

    /**
     * Creates settings.
     *
     * @throws IllegalArgumentException if the changes are neither zero nor from 3 to {@value #MAX_CHANGES}, or the time is
     *     not from 1 second to 1 day
     */
    public FlapSettings {
        Objects.requireNonNull(within, "within");
        if (changes != 0 && (changes < 3 || changes > MAX_CHANGES)) {
            throw new IllegalArgumentException(
                    "flapAfter must be from 3 to " + MAX_CHANGES + " changes, or 0 for never, but was " + changes);
        }
        if (within.compareTo(Duration.ofSeconds(1)) < 0 || within.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "flapAfter must count changes within PT1S to " + LONGEST + ", but was " + within);
        }
    }
}
