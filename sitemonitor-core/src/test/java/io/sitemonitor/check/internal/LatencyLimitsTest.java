package io.sitemonitor.check.internal;

import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.check.CheckResult;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A limit is the longest time that is not too long. */
class LatencyLimitsTest {

    private static final LatencyLimits LIMITS =
            LatencyLimits.NONE.warn(ofMillis(10)).fail(ofMillis(20));

    @ParameterizedTest
    @CsvSource({
        "10, PASS: done",
        "11, 'WARN: done in 11 ms, more than 10 ms'",
        "20, 'WARN: done in 20 ms, more than 10 ms'",
        "21, 'ASSERTION: done in 21 ms, more than 20 ms'"
    })
    void judgesWhatHasPassed(long millis, String summary) {
        assertThat(LIMITS.judge(CheckResult.pass("done"), ofMillis(millis)).summary())
                .isEqualTo(summary);
    }

    @ParameterizedTest
    @CsvSource({"10, WARN: odd", "20, WARN: odd", "21, 'ASSERTION: odd in 21 ms, more than 20 ms'"})
    void keepsAWarningUnlessItFails(long millis, String summary) {
        assertThat(LIMITS.judge(CheckResult.warn("odd"), ofMillis(millis)).summary())
                .isEqualTo(summary);
    }

    @ParameterizedTest
    @CsvSource({"10", "21"})
    void keepsAFailureAndWhatCannotBeTold(long millis) {
        CheckResult failed = CheckResult.fail("broken");
        CheckResult unknown = CheckResult.inconclusive("paused");

        assertThat(LIMITS.judge(failed, ofMillis(millis))).isSameAs(failed);
        assertThat(LIMITS.judge(unknown, ofMillis(millis))).isSameAs(unknown);
    }
}
