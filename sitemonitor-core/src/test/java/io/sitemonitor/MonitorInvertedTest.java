package io.sitemonitor;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.Evidence;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.Verdict;
import io.sitemonitor.event.RunCompleted;
import io.sitemonitor.state.HealthState;
import io.sitemonitor.testing.ScriptedCheck;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A check for what must not work: up when its runs fail. Issue 3, what 1. */
@DisplayName("Issue 3.1 an inverted check is up when it fails")
class MonitorInvertedTest {

    private final Bench bench = new Bench();
    private final ScriptedCheck port = ScriptedCheck.failing("refused");

    @AfterEach
    void close() {
        bench.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = FailureKind.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"CHECK_ERROR", "REFUSED_BY_POLICY"})
    @DisplayName("every failure of the target passes")
    void itIsUpWhenItsRunsFail(FailureKind failure) {
        port.gives(CheckResult.fail(failure, "as hoped"));
        start();
        bench.advanceTo(300);
        assertThat(bench.monitor().isUp("port")).isTrue();
        assertThat(bench.of("port").figures().passed()).isEqualTo(11);
        assertThat(last().verdict()).isEqualTo(Verdict.PASS);
        assertThat(last().message()).isEqualTo("fails as it must: " + failure + ": as hoped");
        assertThat(bench.alerts.alerts()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = FailureKind.class,
            names = {"CHECK_ERROR", "REFUSED_BY_POLICY"})
    @DisplayName("P18 a run that could not be made stays a failure")
    void aRunThatCouldNotBeMadeStaysAFailure(FailureKind failure) {
        port.gives(CheckResult.fail(failure, "not made"));
        start();
        bench.advanceTo(300);
        assertThat(bench.monitor().stateOf("port")).isEqualTo(HealthState.DOWN);
        assertThat(last()).isEqualTo(CheckResult.fail(failure, "not made"));
        assertThat(bench.told("port").get(0).summary()).isEqualTo("port is down: " + failure + ": not made");
    }

    @Test
    @DisplayName("P18 a check that throws is not up")
    void aCheckThatThrowsIsDown() {
        bench.start(bench.builder()
                .check(
                        "port",
                        context -> {
                            throw new IllegalStateException("bug");
                        },
                        c -> c.inverted()));
        bench.advanceTo(60);
        assertThat(bench.monitor().stateOf("port")).isEqualTo(HealthState.DOWN);
    }

    @Test
    @DisplayName("a run that passes fails, and the alert says that it works although it must not")
    void aRunThatPassesFails() {
        start();
        bench.advanceTo(5);
        Evidence evidence = new Evidence(null, Map.of(), Map.of("banner", "SSH-2.0"), null);
        port.gives(CheckResult.pass("connected").with(evidence));
        bench.advanceTo(60);
        Alert alert = bench.told("port").get(0);
        assertThat(alert.kind()).isEqualTo(AlertKind.DOWN);
        assertThat(alert.failure()).isEqualTo(FailureKind.ASSERTION);
        assertThat(alert.summary()).isEqualTo("port is down: ASSERTION: it works, although it must not: connected");
        assertThat(alert.evidence()).isEqualTo(evidence);

        port.fails("refused");
        bench.advance(300);
        assertThat(bench.alerts.kinds()).containsExactly(AlertKind.DOWN, AlertKind.RECOVERED);
        assertThat(bench.told("port").get(1).summary()).isEqualTo("port is up again");
    }

    @Test
    @DisplayName("a run that warns fails")
    void aRunThatWarnsFails() {
        start();
        bench.advanceTo(5);
        port.warns("slow");
        bench.advanceTo(60);
        assertThat(bench.monitor().stateOf("port")).isEqualTo(HealthState.DOWN);
        assertThat(bench.told("port").get(0).summary())
                .isEqualTo("port is down: ASSERTION: it works, although it must not: slow");
        assertThat(bench.of("port").figures().warned()).isZero();
    }

    @Test
    @DisplayName("a result without a message has a message")
    void aBarePassSaysWhatIsWrong() {
        port.passes();
        start();
        bench.advanceTo(60);
        assertThat(bench.told("port").get(0).summary())
                .isEqualTo("port is down: ASSERTION: it works, although it must not");
    }

    @Test
    @DisplayName("a run that tells nothing tells nothing")
    void anInconclusiveRunStaysInconclusive() {
        start();
        bench.advanceTo(5);
        port.gives(CheckResult.inconclusive("no licence"));
        bench.advanceTo(60);
        assertThat(last()).isEqualTo(CheckResult.inconclusive("no licence"));
        assertThat(bench.monitor().isUp("port")).as("not decided otherwise").isTrue();
        assertThat(bench.alerts.alerts()).isEmpty();
    }

    @Test
    @DisplayName(
            "§6.5 a run that is ended at its timeout has failed, so it passes, whether it minds its deadline or not")
    void aTimeoutPasses() {
        port.takes(ofMinutes(5));
        start();
        bench.advanceTo(60);
        assertThat(bench.monitor().isUp("port")).isTrue();
        assertThat(last().message()).isEqualTo("fails as it must: TIMEOUT: no answer within PT10S");
        port.hangsFor(ofMinutes(5));
        bench.advanceTo(120);
        assertThat(last().message()).startsWith("fails as it must: TIMEOUT: ");
        assertThat(bench.monitor().isUp("port")).isTrue();
    }

    @Test
    @DisplayName("it is inverted, or not, as its settings are now")
    void theSettingsOfNowCount() {
        start();
        bench.advanceTo(5);
        bench.monitor().replace("port", port, c -> c.inverted(false).every(ofSeconds(10)));
        bench.advanceTo(60);
        assertThat(bench.monitor().stateOf("port")).isEqualTo(HealthState.DOWN);
        bench.monitor().replace("port", port, c -> c.inverted());
        bench.advanceTo(600);
        assertThat(bench.monitor().isUp("port")).isTrue();
    }

    @Test
    @DisplayName("a result that is reported is turned around like that of a run")
    void aReportIsTurnedAround() {
        start();
        bench.advanceTo(5);
        for (int i = 0; i < 3; i++) {
            bench.monitor().report("port", CheckResult.pass("a call got through"), ofSeconds(1));
        }
        bench.advanceTo(6);
        assertThat(bench.told("port").get(0).summary())
                .isEqualTo("port is down: ASSERTION: it works, although it must not: a call got through");
    }

    @Test
    @DisplayName("who asked for a run is told what it counts as, like everybody")
    void runNowTellsWhatItCountsAs() {
        start();
        bench.advanceTo(5);
        var found = bench.monitor().runNow("port");
        bench.advanceTo(6);
        assertThat(found).isCompletedWithValue(CheckResult.pass("fails as it must: ASSERTION: refused"));
        assertThat(last()).isEqualTo(found.join());
    }

    private void start() {
        bench.start(bench.builder().check("port", port, c -> c.inverted()));
    }

    private CheckResult last() {
        var runs = bench.events(RunCompleted.class, "port");
        return runs.get(runs.size() - 1).result();
    }
}
