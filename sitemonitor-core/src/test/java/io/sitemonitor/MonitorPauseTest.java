package io.sitemonitor;

import static io.sitemonitor.Stage.START;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.Verdict;
import io.sitemonitor.definition.CheckSettingsBuilder;
import io.sitemonitor.event.ClockStepped;
import io.sitemonitor.event.ProcessPaused;
import io.sitemonitor.event.TicksMissed;
import io.sitemonitor.state.HealthState;
import io.sitemonitor.testing.ScriptedCheck;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The process stands still: design §6.6, P19. */
class MonitorPauseTest {

    private final Stage stage = new Stage();
    private final ScriptedCheck check = ScriptedCheck.passing();

    @AfterEach
    void close() {
        stage.close();
    }

    private Monitor start(Consumer<CheckSettingsBuilder> options) {
        return stage.start(stage.builder().check("check", stage.noted(check), options));
    }

    @Test
    void aFailureOfARunDuringThePauseIsInconclusiveAndSaysWhy() {
        Monitor monitor = start(c -> c.downAfter(1).timeout(ofMinutes(1)));
        check.takes(ofSeconds(2)).fails("HTTP 503");
        stage.advance(ofSeconds(1));
        stage.time.freeze(ofSeconds(20));
        stage.advance(ofSeconds(2));
        assertThat(stage.last("check"))
                .isEqualTo(CheckResult.inconclusive("the process stood still during the run (ASSERTION: HTTP 503)"));
        assertThat(monitor.stateOf("check")).isEqualTo(HealthState.UNKNOWN);
        assertThat(stage.alerts.alerts()).isEmpty();
        assertThat(stage.check("check").figures().inconclusive()).isEqualTo(1);
        assertThat(stage.check("check").figures().failed()).isZero();
    }

    @Test
    void aTimeoutThatThePauseBroughtAboutIsInconclusive() {
        Monitor monitor = start(c -> c.downAfter(1).timeout(ofSeconds(5)));
        stage.advance(ofSeconds(29));
        check.takes(ofSeconds(3));
        stage.time.at(ofSeconds(31), () -> stage.time.freeze(ofMinutes(10)));
        stage.advance(ofSeconds(5));
        CheckResult last = stage.runs("check").get(1).result();
        assertThat(last.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(last.message()).isEqualTo("the process stood still during the run (TIMEOUT: no result within PT5S)");
        assertThat(monitor.stateOf("check")).isNotEqualTo(HealthState.DOWN);
        assertThat(stage.alerts.alerts()).isEmpty();
    }

    @Test
    void aPauseWithinTheCheckItselfIsNoFaultOfTheTarget() {
        stage.start(stage.builder()
                .check(
                        "check",
                        context -> {
                            stage.time.freeze(ofSeconds(8));
                            return CheckResult.fail(FailureKind.CONNECT, "reset");
                        },
                        c -> c.downAfter(1).timeout(ofSeconds(30))));
        stage.advance(ofSeconds(1));
        assertThat(stage.last("check").verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(stage.alerts.alerts()).isEmpty();
    }

    @Test
    void aPassStaysAPass() {
        Monitor monitor = start(c -> c.timeout(ofMinutes(1)));
        check.takes(ofSeconds(2));
        stage.advance(ofSeconds(1));
        stage.time.freeze(ofSeconds(20));
        stage.advance(ofSeconds(2));
        assertThat(stage.last("check")).isEqualTo(CheckResult.pass());
        assertThat(monitor.stateOf("check")).isEqualTo(HealthState.UP);
    }

    @Test
    void aWarningStaysAWarning() {
        start(c -> c.timeout(ofMinutes(1)));
        check.takes(ofSeconds(2)).warns("slow");
        stage.advance(ofSeconds(1));
        stage.time.freeze(ofSeconds(20));
        stage.advance(ofSeconds(2));
        assertThat(stage.last("check")).isEqualTo(CheckResult.warn("slow"));
    }

    @Test
    void runsBeforeAndAfterThePauseAreBelieved() {
        Monitor monitor = start(c -> c.downAfter(2).timeout(ofSeconds(5)).retryEvery(ofSeconds(30)));
        stage.advance(ofSeconds(29));
        check.fails("HTTP 503");
        stage.advance(ofSeconds(6));
        assertThat(stage.last("check").verdict()).isEqualTo(Verdict.FAIL);
        stage.time.freeze(ofSeconds(45));
        stage.advance(ofSeconds(1));
        assertThat(stage.runs("check"))
                .extracting(run -> run.result().verdict())
                .containsExactly(Verdict.PASS, Verdict.FAIL, Verdict.FAIL);
        assertThat(monitor.stateOf("check")).isEqualTo(HealthState.DOWN);
    }

    @Test
    void anInconclusiveRunLeavesTheStreakAsItWas() {
        Monitor monitor = start(c -> c.downAfter(2).timeout(ofMinutes(1)));
        stage.advance(ofSeconds(29));
        check.first(CheckResult.fail("one"), CheckResult.fail("not to blame"), CheckResult.fail("two"));
        stage.advance(ofSeconds(2));
        check.takes(ofSeconds(2));
        stage.time.at(ofSeconds(36), () -> stage.time.freeze(ofSeconds(8)));
        stage.advance(ofSeconds(15));
        assertThat(stage.runs("check"))
                .extracting(run -> run.result().verdict())
                .containsExactly(Verdict.PASS, Verdict.FAIL, Verdict.INCONCLUSIVE);
        assertThat(monitor.stateOf("check")).isEqualTo(HealthState.UP);
        stage.advance(ofSeconds(10));
        assertThat(monitor.stateOf("check")).isEqualTo(HealthState.DOWN);
    }

    @Test
    void thePauseIsToldOnceWithItsLength() {
        start(c -> {});
        stage.advance(ofMillis(35_300));
        stage.time.freeze(ofSeconds(90));
        stage.advance(ofMinutes(5));
        assertThat(stage.events(ProcessPaused.class)).singleElement().satisfies(pause -> {
            assertThat(pause.duration()).isBetween(ofSeconds(89), ofSeconds(90));
            assertThat(pause.at()).isEqualTo(START.plusMillis(35_300 + 90_000));
            assertThat(pause.monitor()).isEqualTo("test");
        });
        assertThat(stage.events(ClockStepped.class)).isEmpty();
    }

    @Test
    void eachPauseIsTold() {
        start(c -> {});
        for (int i = 0; i < 3; i++) {
            stage.advance(ofSeconds(10));
            stage.time.freeze(ofSeconds(5));
        }
        stage.advance(ofSeconds(10));
        assertThat(stage.events(ProcessPaused.class)).hasSize(3);
    }

    @Test
    void nothingIsToldWhileNothingHappens() {
        start(c -> c.every(ofMillis(100)).timeout(ofMillis(50)));
        stage.advance(ofHours(1));
        assertThat(stage.events(ProcessPaused.class)).isEmpty();
        assertThat(stage.events(ClockStepped.class)).isEmpty();
    }

    @Test
    void afterAPauseEachCheckRunsOnceAndWhatWasMissedIsCounted() {
        MonitorBuilder builder = stage.builder().warmUp(ofSeconds(5));
        for (int i = 0; i < 20; i++) {
            builder.check("c" + i, stage.noted(check), c -> c.every(ofSeconds(10)));
        }
        stage.start(builder);
        stage.advance(ofSeconds(37));
        stage.forgetRuns();
        stage.time.freeze(ofMinutes(10).plusMillis(100));
        stage.advance(ofMillis(50));
        for (int i = 0; i < 20; i++) {
            assertThat(stage.begun("c" + i)).as("c%s", i).containsExactly(637_100L);
            // 60 lines have passed, and one run was made for all of them
            assertThat(stage.check("c" + i).missedTicks()).isEqualTo(59);
        }
        assertThat(stage.events(TicksMissed.class)).hasSize(20);
        stage.advance(ofSeconds(10));
        assertThat(stage.begun("c0")).containsExactly(637_100L, 640_000L);
        assertThat(stage.begun("c19")).containsExactly(637_100L, 644_750L);
    }

    @Test
    void eachRunThatWasGoingOnEndsOnceAndItsCheckGoesOn() {
        start(c -> c.every(ofSeconds(10)).timeout(ofSeconds(4)));
        check.takes(ofSeconds(2));
        stage.advance(ofSeconds(11));
        stage.time.freeze(ofMinutes(5));
        check.takes(Duration.ZERO);
        stage.advance(ofSeconds(30));
        assertThat(stage.begun("check")).startsWith(0L, 10_000L).endsWith(320_000L, 330_000L, 340_000L);
        assertThat(stage.begun("check").size() + stage.check("check").missedTicks())
                .as("each of the lines from 0 to 340 s was run or missed")
                .isEqualTo(35);
        assertThat(stage.monitor().stateOf("check")).isEqualTo(HealthState.UP);
    }
}
