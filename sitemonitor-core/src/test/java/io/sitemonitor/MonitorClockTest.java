package io.sitemonitor;

import static io.sitemonitor.Stage.START;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.Verdict;
import io.sitemonitor.definition.CheckSettingsBuilder;
import io.sitemonitor.event.ClockStepped;
import io.sitemonitor.event.ConditionChanged;
import io.sitemonitor.event.Heartbeat;
import io.sitemonitor.event.ProcessPaused;
import io.sitemonitor.event.RunCompleted;
import io.sitemonitor.event.StateChanged;
import io.sitemonitor.event.TicksMissed;
import io.sitemonitor.schedule.MaintenanceWindow;
import io.sitemonitor.state.ConditionKind;
import io.sitemonitor.state.HealthState;
import io.sitemonitor.testing.ScriptedCheck;
import io.sitemonitor.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The wall clock is set or slewed, or the machine sleeps: P19. */
class MonitorClockTest {

    private final Stage stage = new Stage();
    private final ScriptedCheck check = ScriptedCheck.passing();

    @AfterEach
    void close() {
        stage.close();
    }

    private Monitor start(Consumer<CheckSettingsBuilder> options) {
        return stage.start(stage.builder().check("check", stage.noted(check), options));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1H", "PT-1H", "PT2H", "P1D", "P-1D", "P400D", "P-400D", "PT1.5S", "PT-1.5S"})
    void aStepMovesNoRunNoTimeoutAndMakesNoBurst(Duration step) {
        ScriptedCheck hanging = ScriptedCheck.passing().hangsFor(ofSeconds(20));
        stage.start(stage.builder()
                .check("steady", stage.noted(check), c -> c.every(ofSeconds(10)))
                .check(
                        "slow",
                        stage.noted(hanging),
                        c -> c.every(ofSeconds(30)).timeout(ofSeconds(4)).retryEvery(ofSeconds(30))));
        stage.time.at(ofSeconds(32), () -> stage.time.stepWallClock(step));
        stage.time.at(ofSeconds(55), () -> stage.time.stepWallClock(step));
        stage.advance(ofSeconds(99));
        assertThat(stage.begun("steady"))
                .containsExactly(0L, 10_000L, 20_000L, 30_000L, 40_000L, 50_000L, 60_000L, 70_000L, 80_000L, 90_000L);
        assertThat(stage.begun("slow")).containsExactly(0L, 30_000L, 60_000L, 90_000L);
        assertThat(stage.runs("slow")).extracting(RunCompleted::duration).containsOnly(ofMillis(4_050));
        assertThat(stage.events(TicksMissed.class)).isEmpty();
        assertThat(stage.check("steady").nextRunAt()).isEqualTo(stage.time.now().plusSeconds(1));
        assertThat(stage.monitor().stateOf("steady")).isEqualTo(HealthState.UP);
        assertThat(stage.events(ConditionChanged.class)).as("nothing is stale").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT2H", "PT-2H", "P1D", "P-1D", "PT5S", "PT-5S"})
    void aStepIsToldOnceByTheNewTime(Duration step) {
        start(c -> {});
        stage.advance(ofMillis(35_300));
        stage.time.stepWallClock(step);
        stage.advance(ofMinutes(5));
        assertThat(stage.events(ClockStepped.class)).singleElement().satisfies(told -> {
            assertThat(told.step()).isEqualTo(step);
            assertThat(told.at())
                    .isBetween(
                            START.plusMillis(35_300).plus(step),
                            START.plusMillis(36_300).plus(step));
        });
        assertThat(stage.events(ProcessPaused.class)).isEmpty();
    }

    @Test
    void aPauseBetweenTheReadingsOfTheTwoClocksIsNoStep() {
        boolean[] stumbles = {false};
        TimeSource stumbling = new TimeSource() {
            @Override
            public Instant now() {
                if (stumbles[0]) {
                    stumbles[0] = false;
                    stage.time.freeze(ofSeconds(5));
                }
                return stage.time.now();
            }

            @Override
            public long nanos() {
                return stage.time.nanos();
            }
        };
        stage.start(stage.builder()
                .runOn(new PlatformAround(stage.time) {
                    @Override
                    public TimeSource time() {
                        return stumbling;
                    }
                })
                .heartbeat(ofHours(1))
                .check("check", check, c -> c.every(ofMinutes(5))));
        stage.advance(ofMillis(9_500));
        stumbles[0] = true;
        stage.advance(ofMinutes(1));
        assertThat(stumbles[0]).isFalse();
        assertThat(stage.events(ClockStepped.class)).isEmpty();
        assertThat(stage.events(ProcessPaused.class)).hasSize(1);
    }

    @Test
    void aFailureOfARunDuringTheStepIsInconclusiveAndSaysWhy() {
        Monitor monitor = start(c -> c.downAfter(1));
        check.takes(ofSeconds(3)).fails("HTTP 503");
        stage.advance(ofMillis(1_500));
        stage.time.stepWallClock(ofHours(-2));
        stage.advance(ofSeconds(2));
        assertThat(stage.last("check").verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(stage.last("check").message())
                .isEqualTo("the clock jumped by -2 h during the run (ASSERTION: HTTP 503)");
        assertThat(monitor.stateOf("check")).isEqualTo(HealthState.UNKNOWN);
        stage.advance(ofSeconds(30));
        assertThat(monitor.stateOf("check")).as("the next run is believed").isEqualTo(HealthState.DOWN);
    }

    @Test
    void aPassDuringTheStepStaysAPass() {
        Monitor monitor = start(c -> c.downAfter(1));
        check.takes(ofSeconds(3));
        stage.advance(ofSeconds(1));
        stage.time.stepWallClock(ofDays(1));
        stage.advance(ofSeconds(3));
        assertThat(monitor.stateOf("check")).isEqualTo(HealthState.UP);
        assertThat(stage.last("check")).isEqualTo(CheckResult.pass());
    }

    @Test
    void aSleepingMachineRunsEachCheckOnceAndBlamesNoTarget() {
        check.takes(ofSeconds(2));
        MonitorBuilder builder = stage.builder().warmUp(ofSeconds(5));
        for (int i = 0; i < 10; i++) {
            builder.check(
                    "c" + i, stage.noted(check), c -> c.every(ofSeconds(10)).downAfter(1));
        }
        Monitor monitor = stage.start(builder);
        stage.advance(ofMillis(30_400));
        check.fails("connection reset");
        stage.advance(ofMillis(600));
        check.passes();
        stage.forgetRuns();
        stage.time.suspend(ofHours(8));
        stage.advance(ofSeconds(10));
        for (int i = 0; i < 10; i++) {
            long line = 30_000 + 500L * i;
            assertThat(stage.begun("c" + i)).as("c%s", i).containsExactly(line > 31_000 ? line : line + 10_000);
            assertThat(stage.check("c" + i).missedTicks()).isZero();
        }
        assertThat(stage.alerts.alerts()).isEmpty();
        assertThat(stage.check("c2").figures().inconclusive()).isEqualTo(1);
        assertThat(monitor.snapshot().count(HealthState.UP)).isEqualTo(10);
        assertThat(stage.events(ClockStepped.class))
                .singleElement()
                .extracting(ClockStepped::step)
                .isEqualTo(ofHours(8));
    }

    @Test
    void aMaintenanceWindowFollowsTheNewTime() {
        start(c -> c.maintenance(MaintenanceWindow.once(START.plus(ofHours(2)), START.plus(ofHours(3)))
                .reason("release")));
        stage.advance(ofMinutes(1));
        assertThat(stage.check("check").conditions()).isEmpty();
        stage.time.stepWallClock(ofMinutes(150));
        stage.advance(ofSeconds(2));
        assertThat(stage.check("check").condition(ConditionKind.MAINTENANCE)).hasValueSatisfying(condition -> {
            assertThat(condition.reason()).isEqualTo("release");
            assertThat(condition.until()).isEqualTo(START.plus(ofHours(3)));
        });
        stage.time.stepWallClock(ofMinutes(-90));
        stage.advance(ofSeconds(2));
        assertThat(stage.check("check").conditions()).isEmpty();
        stage.time.advanceTo(START.plus(ofHours(2)).plusSeconds(1));
        assertThat(stage.check("check").condition(ConditionKind.MAINTENANCE)).isPresent();
        stage.time.stepWallClock(ofDays(1));
        stage.advance(ofSeconds(2));
        assertThat(stage.check("check").conditions()).isEmpty();
    }

    @Test
    void aMaintenanceWindowFollowsAClockThatIsSlewed() {
        start(c -> c.maintenance(MaintenanceWindow.once(START.plus(ofHours(2)), START.plus(ofHours(3)))
                .reason("release")));
        slew(ofMillis(-500), 200);
        stage.time.advanceTo(START.plus(ofHours(2)).minusSeconds(2));
        assertThat(stage.check("check").conditions()).isEmpty();
        stage.time.advanceTo(START.plus(ofHours(2)).plusSeconds(2));
        assertThat(stage.check("check").condition(ConditionKind.MAINTENANCE)).isPresent();
        assertThat(stage.events(ClockStepped.class)).isEmpty();
    }

    private void slew(Duration step, int times) {
        for (int i = 0; i < times; i++) {
            stage.advance(ofSeconds(10));
            stage.time.stepWallClock(step);
        }
    }

    @Test
    void aLimitGivenByACommandIsATimeAndNoMoment() {
        Monitor monitor = start(c -> {});
        stage.advance(ofMinutes(1));
        monitor.pause("check", "tea", ofMinutes(10));
        stage.time.stepWallClock(ofDays(1));
        stage.advance(ofSeconds(2));
        assertThat(stage.check("check").condition(ConditionKind.PAUSED))
                .hasValueSatisfying(paused -> assertThat(paused.until())
                        .as("the end by the new time")
                        .isEqualTo(START.plus(ofDays(1)).plus(ofMinutes(11))));
        stage.advance(ofMinutes(9));
        assertThat(stage.check("check").paused()).isTrue();
        stage.advance(ofMinutes(1));
        assertThat(stage.check("check").paused()).isFalse();

        monitor.openMaintenance("release", ofMinutes(10));
        stage.time.stepWallClock(ofDays(-2));
        stage.advance(ofMinutes(9));
        assertThat(stage.check("check").condition(ConditionKind.MAINTENANCE))
                .hasValueSatisfying(window ->
                        assertThat(window.until()).isEqualTo(stage.time.now().plusSeconds(60)));
        stage.advance(ofMinutes(2));
        assertThat(stage.check("check").conditions()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"P1D", "P-1D", "PT-1H"})
    void anOutageAcrossAStepHasOneAlertOneRecoveryAndItsTrueLength(Duration step) {
        Monitor monitor = start(c -> {});
        stage.advance(ofSeconds(29));
        check.fails("HTTP 503");
        stage.advance(ofSeconds(60));
        assertThat(monitor.stateOf("check")).isEqualTo(HealthState.DOWN);
        stage.time.stepWallClock(step);
        stage.advance(ofMinutes(10));
        check.passes();
        stage.advance(ofMinutes(10));
        assertThat(stage.alerts.kinds()).containsExactly(AlertKind.DOWN, AlertKind.RECOVERED);
        Duration lasted = stage.alerts.alerts().get(1).duration();
        assertThat(lasted).isBetween(ofMinutes(10), ofMinutes(14));
        assertThat(monitor.incidents().closed())
                .singleElement()
                .satisfies(incident ->
                        assertThat(incident.duration(stage.time.now())).isGreaterThanOrEqualTo(Duration.ZERO));
        assertThat(stage.events(StateChanged.class))
                .extracting(StateChanged::to)
                .containsExactly(HealthState.UP, HealthState.DOWN, HealthState.UP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"P2D", "P-2D"})
    void anAlertThatWaitsIsTriedAtTheSamePaceAndNotGivenUp(Duration step) {
        check.fails("HTTP 503");
        start(c -> c.downAfter(1));
        stage.alerts.failWith(new IllegalStateException("away"));
        stage.advance(ofSeconds(40));
        int before = stage.alerts.attempts().size();
        stage.time.stepWallClock(step);
        stage.advance(ofSeconds(1));
        assertThat(stage.alerts.attempts()).hasSizeLessThanOrEqualTo(before + 1);
        stage.alerts.failWith(null);
        stage.advance(ofSeconds(40));
        assertThat(stage.alerts.kinds()).containsExactly(AlertKind.DOWN);
        assertThat(stage.monitor().alerts().deadLetters()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"P2D", "P-2D"})
    void theHeartbeatKeepsItsPace(Duration step) {
        start(c -> {});
        stage.advance(ofSeconds(150));
        stage.time.stepWallClock(step);
        stage.advance(ofSeconds(155));
        assertThat(stage.events(Heartbeat.class)).hasSize(5);
    }

    @Test
    void theUptimeKnowsOnlyTimeThatHasPassed() {
        start(c -> c.every(ofSeconds(10)));
        stage.advance(ofMinutes(30));
        check.fails("HTTP 503");
        stage.advance(ofMinutes(10));
        stage.time.stepWallClock(ofDays(300));
        stage.advance(ofMinutes(20));
        assertThat(stage.check("check").figures().uptime().ratio().orElseThrow())
                .isBetween(0.49, 0.52);
    }
}
