package io.sitemonitor.state;

/**
 * How many runs in a row it takes to change the state of a check. Each is a number of runs, not a time.
 *
 * @param downAfter failed runs in a row that make {@link HealthState#DOWN}
 * @param upAfter runs in a row without a failure that end {@link HealthState#DOWN}, and passing runs in a row that end
 *     {@link HealthState#DEGRADED}
 * @param degradedAfter runs that warn or fail, without a passing run between them, that make
 *     {@link HealthState#DEGRADED} when they do not make {@link HealthState#DOWN}
 */
public record Thresholds(int downAfter, int upAfter, int degradedAfter) {

    /** The largest number of runs that can be asked for. */
    public static final int MAX = 1_000;

    /** Down after 3, up after 2, degraded after 3. */
    public static final Thresholds DEFAULT = new Thresholds(3, 2, 3);

    /**
     * Creates thresholds.
     *
     * @throws IllegalArgumentException if one of them is not within 1 to {@value #MAX}
     */
    public Thresholds {
        require("downAfter", downAfter);
        require("upAfter", upAfter);
        require("degradedAfter", degradedAfter);
    }

    private static void require(String name, int runs) {
        if (runs < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, but was " + runs);
        }
        if (runs > MAX) {
            throw new IllegalArgumentException(name + " must be at most " + MAX + ", but was " + runs);
        }
    }
}
