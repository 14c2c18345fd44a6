package io.sitemonitor.check.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.Expectation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Several expectations of one thing. */
class ExpectationsTest {

    private final List<String> judged = new ArrayList<>();

    private Expectation<String> objecting(String objection) {
        return actual -> {
            judged.add(objection);
            return objection;
        };
    }

    private String found(List<Expectation<String>> expectations) {
        CheckResult found = Expectations.judge(expectations, "a", "thing");
        return found == null ? "nothing" : found.summary();
    }

    @Test
    void aFailureBehindAWarningIsFound() {
        assertThat(found(List.of(objecting("one").orWarn(), objecting("two").orWarn(), objecting("three"))))
                .isEqualTo("ASSERTION: three");
        assertThat(judged).as("of warnings the first is enough").containsExactly("one", "three");
    }

    @Test
    void ofTwoWarningsTheFirstIsTold() {
        assertThat(found(List.of(objecting("one").orWarn(), objecting("two").orWarn())))
                .isEqualTo("WARN: one");
    }

    @Test
    void whatThrowsFailsHoweverMildItIs() {
        Expectation<String> broken = actual -> {
            throw new IllegalStateException("mine");
        };

        assertThat(found(List.of(broken.orWarn())))
                .isEqualTo("CHECK_ERROR: an expectation of the thing threw java.lang.IllegalStateException: mine");
        assertThat(found(List.of(actual -> null))).isEqualTo("nothing");
    }
}
