package io.sitemonitor.alert;

import io.sitemonitor.state.HealthState;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How much an alert matters, the most first.
 *
 * <p>A check says it by its label {@value #LABEL}: {@code critical}, {@code error}, {@code warning} or {@code info}, in
 * upper or lower case. Without the label, or with another word in it, outages and isolation are critical; degradation,
 * flapping and all else are warnings.
 */
public enum Severity {
    /** Somebody must act now. */
    CRITICAL,
    /** Something is broken. */
    ERROR,
    /** Something does not work well. */
    WARNING,
    /** Good to know. */
    INFO;

    /** The label of a check that says how much its alerts matter. */
    public static final String LABEL = "severity";

    static Severity of(AlertKind kind, HealthState to, Map<String, String> labels) {
        Severity said = said(labels.get(LABEL));
        if (said != null) {
            return said;
        }
        return switch (kind) {
            case DOWN, RECOVERED, ENDED, ISOLATED, ISOLATION_ENDED, DIGEST, DIGEST_ENDED -> CRITICAL;
            case REMINDER, ACKNOWLEDGED -> to == HealthState.DOWN ? CRITICAL : WARNING;
            case DEGRADED, DEGRADATION_ENDED, FLAPPING, FLAPPING_ENDED -> WARNING;
        };
    }

    private static @Nullable Severity said(@Nullable String label) {
        if (label == null) {
            return null;
        }
        return switch (label.toLowerCase(Locale.ROOT)) {
            case "critical" -> CRITICAL;
            case "error" -> ERROR;
            case "warning" -> WARNING;
            case "info" -> INFO;
            default -> null;
        };
    }

    /**
     * Tells whether this matters at least as much as another.
     *
     * @param other the other
     * @return whether it is the same or more
     */
    public boolean isAtLeast(Severity other) {
        return compareTo(other) <= 0;
    }
}
