package io.sitemonitor.testing;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.Evidence;
import io.sitemonitor.check.SafeText;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * What one run found, and when: as much of it as decides about states and alerts.
 *
 * @param check the name of the check; not empty, and one line
 * @param at when the run started
 * @param took how long it took; not negative
 * @param result what it found; its evidence is not kept
 */
public record RecordedResult(String check, Instant at, Duration took, CheckResult result) {

    /**
     * Creates a recorded result.
     *
     * @throws IllegalArgumentException if the name is empty or not one line, or the duration is negative
     */
    public RecordedResult {
        Objects.requireNonNull(check, "check");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(took, "took");
        Objects.requireNonNull(result, "result");
        if (check.isBlank() || !SafeText.isLine(check)) {
            throw new IllegalArgumentException(
                    "the name of a recorded check must be one line, but was '" + SafeText.line(check, 200) + "'");
        }
        if (took.isNegative()) {
            throw new IllegalArgumentException(
                    "a run must not take less than no time, but took " + took + " (check '" + check + "')");
        }
        if (!result.evidence().equals(Evidence.none())) {
            result = result.with(Evidence.none());
        }
    }

    /**
     * Returns when the run ended.
     *
     * @return the start and what it took
     */
    public Instant end() {
        return at.plus(took);
    }
}
