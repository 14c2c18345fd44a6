package io.sitemonitor.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.state.HealthState;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** How much an alert matters. */
class SeverityTest {

    @ParameterizedTest
    @CsvSource({
        "DOWN, CRITICAL",
        "RECOVERED, CRITICAL",
        "ENDED, CRITICAL",
        "ISOLATED, CRITICAL",
        "DEGRADED, WARNING",
        "DEGRADATION_ENDED, WARNING",
        "FLAPPING, WARNING",
        "DIGEST, CRITICAL"
    })
    void followsTheKind(AlertKind kind, Severity expected) {
        assertThat(Severity.of(kind, HealthState.DOWN, Map.of())).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(
            value = AlertKind.class,
            names = {"REMINDER", "ACKNOWLEDGED"})
    void followsTheStateWhereTheKindSaysNothing(AlertKind kind) {
        assertThat(Severity.of(kind, HealthState.DOWN, Map.of())).isEqualTo(Severity.CRITICAL);
        assertThat(Severity.of(kind, HealthState.DEGRADED, Map.of())).isEqualTo(Severity.WARNING);
    }

    @ParameterizedTest
    @CsvSource({"critical, CRITICAL", "Error, ERROR", "WARNING, WARNING", "info, INFO", "page, CRITICAL", "'', CRITICAL"
    })
    void isWhatTheLabelSaysIfItSaysOne(String label, Severity expected) {
        assertThat(Severity.of(AlertKind.DOWN, HealthState.DOWN, Map.of("severity", label)))
                .isEqualTo(expected);
    }

    @Test
    void isOrdered() {
        assertThat(Severity.CRITICAL.isAtLeast(Severity.ERROR)).isTrue();
        assertThat(Severity.ERROR.isAtLeast(Severity.ERROR)).isTrue();
        assertThat(Severity.INFO.isAtLeast(Severity.WARNING)).isFalse();
    }
}
