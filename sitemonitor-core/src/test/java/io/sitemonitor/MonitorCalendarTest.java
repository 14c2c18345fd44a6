package io.sitemonitor;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.definition.CheckDefinition;
import io.sitemonitor.definition.CheckSettingsBuilder;
import io.sitemonitor.event.HeartbeatMissed;
import io.sitemonitor.event.TicksMissed;
import io.sitemonitor.schedule.MaintenanceWindow;
import io.sitemonitor.schedule.Schedule;
import io.sitemonitor.state.ConditionKind;
import io.sitemonitor.state.HealthState;
import io.sitemonitor.testing.ScriptedCheck;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that run at the times of a calendar: What 3 of the issue, P19, P21. */
class MonitorCalendarTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Schedule AT_SIX = Schedule.daily(LocalTime.of(6, 0), BERLIN);
    private static final Schedule AT_SIX_UTC = Schedule.daily(LocalTime.of(6, 0), ZoneOffset.UTC);

    private final ScriptedCheck check = ScriptedCheck.passing();
    private final List<Instant> ran = new ArrayList<>();
    private final Check noting = context -> {
        ran.add(stage().time.now());
        return check.run(context);
    };
    private Stage stage = new Stage();

    @AfterEach
    void close() {
        stage.close();
    }

    private Stage stage() {
        return stage;
    }

    private Monitor start(String at, Consumer<CheckSettingsBuilder> options) {
        stage = new Stage(Instant.parse(at));
        return stage.start(stage.builder().check("check", noting, options));
    }

    private void advanceTo(String at) {
        stage.time.advanceTo(Instant.parse(at));
    }

    private List<String> ran() {
        return ran.stream().map(Instant::toString).toList();
    }

    @Test
    void theFirstRunComesAtTheFirstTimeAndNotAtTheStart() {
        Monitor monitor = start("2026-05-04T05:00:00Z", c -> c.schedule(AT_SIX_UTC));
        assertThat(stage.check("check").nextRunAt()).isEqualTo(Instant.parse("2026-05-04T06:00:00Z"));
        advanceTo("2026-05-04T05:59:59.999Z");
        assertThat(ran()).isEmpty();
        assertThat(monitor.stateOf("check")).isEqualTo(HealthState.UNKNOWN);
        stage.advance(ofMillis(1));
        assertThat(ran()).containsExactly("2026-05-04T06:00:00Z");
        assertThat(monitor.isUp("check")).isTrue();
        assertThat(stage.check("check").nextRunAt()).isEqualTo(Instant.parse("2026-05-05T06:00:00Z"));
    }

    @Test
    void runsKeepTheirWallTimeAcrossBothChangesOfDaylightSaving() {
        start("2026-03-27T12:00:00Z", c -> c.schedule(AT_SIX));
        advanceTo("2026-03-30T12:00:00Z");
        assertThat(ran()).containsExactly("2026-03-28T05:00:00Z", "2026-03-29T04:00:00Z", "2026-03-30T04:00:00Z");
        ran.clear();
        start("2026-10-23T12:00:00Z", c -> c.schedule(AT_SIX));
        advanceTo("2026-10-26T12:00:00Z");
        assertThat(ran()).containsExactly("2026-10-24T04:00:00Z", "2026-10-25T05:00:00Z", "2026-10-26T05:00:00Z");
        assertThat(stage.check("check").missedTicks()).isZero();
    }

    @Test
    void aTimeThatDoesNotExistComesAfterTheGapAndOneThatExistsTwiceComesOnce() {
        start("2026-03-28T00:00:00Z", c -> c.schedule(Schedule.daily(LocalTime.of(2, 30), BERLIN)));
        advanceTo("2026-03-30T12:00:00Z");
        assertThat(ran()).containsExactly("2026-03-28T01:30:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z");
        ran.clear();
        start("2026-10-24T12:00:00Z", c -> c.schedule(Schedule.daily(LocalTime.of(2, 30), BERLIN)));
        advanceTo("2026-10-26T12:00:00Z");
        assertThat(ran()).containsExactly("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
    }

    @Test
    void aCronExpressionRunsAtItsTimes() {
        start("2026-05-01T12:00:00Z", c -> c.schedule(Schedule.cron("30 6,18 * * MON-FRI", ZoneOffset.UTC)));
        advanceTo("2026-05-05T12:00:00Z");
        assertThat(ran())
                .containsExactly(
                        "2026-05-01T18:30:00Z", "2026-05-04T06:30:00Z", "2026-05-04T18:30:00Z", "2026-05-05T06:30:00Z");
    }

    @Test
    void aSuspicionIsFollowedUpAfterTheRetryPause() {
        Monitor monitor =
                start("2026-05-04T05:00:00Z", c -> c.schedule(AT_SIX_UTC).retryEvery(ofMinutes(2)));
        check.fails("HTTP 503");
        advanceTo("2026-05-04T06:03:59Z");
        assertThat(monitor.stateOf("check")).isEqualTo(HealthState.UNKNOWN);
        advanceTo("2026-05-04T07:00:00Z");
        assertThat(ran()).containsExactly("2026-05-04T06:00:00Z", "2026-05-04T06:02:00Z", "2026-05-04T06:04:00Z");
        assertThat(monitor.stateOf("check")).isEqualTo(HealthState.DOWN);
        advanceTo("2026-05-06T12:00:00Z");
        assertThat(ran()).hasSize(5).endsWith("2026-05-05T06:00:00Z", "2026-05-06T06:00:00Z");
        check.passes();
        advanceTo("2026-05-07T12:00:00Z");
        assertThat(ran()).hasSize(7).endsWith("2026-05-07T06:00:00Z", "2026-05-07T06:02:00Z");
        assertThat(stage.alerts.kinds()).containsExactly(AlertKind.DOWN, AlertKind.RECOVERED);
    }

    @Test
    void theDefaultRetryPauseIsFiveSeconds() {
        start("2026-05-04T05:00:00Z", c -> c.schedule(AT_SIX_UTC));
        check.fails("HTTP 503");
        advanceTo("2026-05-04T07:00:00Z");
        assertThat(ran()).containsExactly("2026-05-04T06:00:00Z", "2026-05-04T06:00:05Z", "2026-05-04T06:00:10Z");
    }

    @Test
    @DisplayName("§6.10 has no say: rare checks do not slow down")
    void whatIsDownIsProbedAtEachTime() {
        start(
                "2026-05-04T05:30:00Z",
                c -> c.schedule(Schedule.cron("0 * * * *", ZoneOffset.UTC))
                        .downAfter(1)
                        .slowDownTo(ofDays(1)));
        check.fails("HTTP 503");
        advanceTo("2026-05-05T05:30:00Z");
        assertThat(ran()).hasSize(24);
    }

    @Test
    void timesThatPassedDuringALongRunAreCountedAndNotMadeUp() {
        check.takes(ofMinutes(25));
        start(
                "2026-05-04T05:55:00Z",
                c -> c.schedule(Schedule.cron("*/10 * * * *", ZoneOffset.UTC)).timeout(ofHours(1)));
        advanceTo("2026-05-04T06:55:00Z");
        assertThat(ran()).containsExactly("2026-05-04T06:00:00Z", "2026-05-04T06:30:00Z");
        assertThat(stage.check("check").missedTicks()).isEqualTo(4);
    }

    @Test
    void timesThatPassedWhileTheProcessStoodStillAreCountedAndNotMadeUp() {
        start("2026-05-04T05:55:00Z", c -> c.schedule(Schedule.cron("*/10 * * * *", ZoneOffset.UTC)));
        advanceTo("2026-05-04T06:05:00Z");
        stage.time.freeze(ofHours(2));
        advanceTo("2026-05-04T08:15:00Z");
        assertThat(ran()).containsExactly("2026-05-04T06:00:00Z", "2026-05-04T08:05:00Z", "2026-05-04T08:10:00Z");
        assertThat(stage.check("check").missedTicks())
                .as("06:10 to 08:00, of which one was made late")
                .isEqualTo(11);
        assertThat(stage.events(TicksMissed.class)).hasSize(1);
    }

    @Test
    @DisplayName("P19: a clock that is set forward makes no burst, and the next time holds by the new clock")
    void theClockIsSetForward() {
        start("2026-05-04T05:00:00Z", c -> c.schedule(AT_SIX_UTC));
        stage.time.stepWallClock(ofMinutes(45));
        stage.advance(ofSeconds(2));
        assertThat(stage.check("check").nextRunAt()).isEqualTo(Instant.parse("2026-05-04T06:00:00Z"));
        stage.advance(ofMinutes(20));
        assertThat(ran()).containsExactly("2026-05-04T06:00:00Z");
        stage.time.stepWallClock(ofDays(10));
        stage.advance(ofHours(1));
        assertThat(ran()).as("ten times were jumped over").hasSize(1);
        advanceTo("2026-05-15T12:00:00Z");
        assertThat(ran()).containsExactly("2026-05-04T06:00:00Z", "2026-05-15T06:00:00Z");
    }

    @Test
    @DisplayName("P19: a clock that is set back")
    void theClockIsSetBack() {
        start("2026-05-04T05:00:00Z", c -> c.schedule(AT_SIX_UTC));
        advanceTo("2026-05-04T05:30:00Z");
        stage.time.stepWallClock(ofHours(-3));
        advanceTo("2026-05-04T05:59:59Z");
        assertThat(ran()).isEmpty();
        stage.advance(ofMinutes(10));
        assertThat(ran()).containsExactly("2026-05-04T06:00:00Z");
        stage.time.stepWallClock(ofDays(-30));
        advanceTo("2026-04-05T12:00:00Z");
        assertThat(ran()).containsExactly("2026-05-04T06:00:00Z", "2026-04-05T06:00:00Z");
    }

    @Test
    @DisplayName("P19: a machine that sleeps over a time")
    void theMachineSleeps() {
        start("2026-05-04T05:00:00Z", c -> c.schedule(AT_SIX_UTC));
        stage.time.suspend(ofHours(5));
        stage.advance(ofMinutes(30));
        assertThat(ran()).isEmpty();
        advanceTo("2026-05-05T07:00:00Z");
        assertThat(ran()).containsExactly("2026-05-05T06:00:00Z");
    }

    /** Time servers do not set a clock that is a little wrong: they let it run faster or slower. */
    @ParameterizedTest
    @ValueSource(strings = {"PT0.4S", "PT-0.4S"})
    @DisplayName("P19: a clock that is slewed")
    void theClockIsSlewed(Duration each) {
        start("2026-05-04T05:00:00Z", c -> c.schedule(AT_SIX_UTC));
        for (int i = 0; i < 300; i++) {
            stage.advance(ofSeconds(10));
            stage.time.stepWallClock(each);
        }
        advanceTo("2026-05-04T05:59:58Z");
        assertThat(ran()).isEmpty();
        advanceTo("2026-05-04T06:00:02Z");
        assertThat(ran)
                .singleElement()
                .satisfies(at -> assertThat(at)
                        .isBetween(Instant.parse("2026-05-04T05:59:59Z"), Instant.parse("2026-05-04T06:00:01.500Z")));
        stage.advance(ofHours(1));
        assertThat(ran()).hasSize(1);
    }

    @Test
    @DisplayName("P19: windows of a rare check follow a clock that is slewed")
    void windowsFollowASlewedClock() {
        start(
                "2026-05-04T05:00:00Z",
                c -> c.schedule(Schedule.daily(LocalTime.of(4, 0), ZoneOffset.UTC))
                        .maintenance(MaintenanceWindow.once(
                                Instant.parse("2026-05-04T06:00:00Z"), Instant.parse("2026-05-04T07:00:00Z"))));
        for (int i = 0; i < 300; i++) {
            stage.advance(ofSeconds(10));
            stage.time.stepWallClock(ofMillis(400));
        }
        advanceTo("2026-05-04T06:00:02Z");
        assertThat(stage.check("check").condition(ConditionKind.MAINTENANCE)).isPresent();
    }

    @Test
    @DisplayName("P21: what cannot tell for two times is stale, and not before")
    void inconclusiveRunsMakeItStale() {
        Monitor monitor = start("2026-05-04T05:00:00Z", c -> c.schedule(AT_SIX_UTC));
        advanceTo("2026-05-04T12:00:00Z");
        assertThat(monitor.isUp("check")).isTrue();
        check.gives(CheckResult.inconclusive("cannot tell"));
        advanceTo("2026-05-06T06:00:00Z");
        assertThat(monitor.isUp("check")).isTrue();
        assertThat(stage.check("check").conditions()).isEmpty();
        advanceTo("2026-05-06T06:00:12Z");
        assertThat(monitor.stateOf("check")).isEqualTo(HealthState.UNKNOWN);
        assertThat(stage.check("check").condition(ConditionKind.STALE)).isPresent();
        check.passes();
        advanceTo("2026-05-07T06:00:00Z");
        assertThat(monitor.isUp("check")).isTrue();
        assertThat(stage.check("check").conditions()).isEmpty();
    }

    @Test
    @DisplayName("P21: a weekend is no reason to be stale")
    void aWeekendIsNoReasonToBeStale() {
        Monitor monitor =
                start("2026-05-01T05:00:00Z", c -> c.schedule(Schedule.cron("0 6 * * MON-FRI", ZoneOffset.UTC)));
        advanceTo("2026-05-12T05:00:00Z");
        assertThat(monitor.isUp("check")).isTrue();
        assertThat(stage.check("check").conditions()).isEmpty();
        assertThat(stage.events(HeartbeatMissed.class)).isEmpty();
    }

    @Test
    @DisplayName("P21: the two times that are missed may have a weekend between them")
    void theTwoTimesThatAreMissedMayHaveAWeekendBetweenThem() {
        Monitor monitor =
                start("2026-04-30T05:00:00Z", c -> c.schedule(Schedule.cron("0 6 * * MON-FRI", ZoneOffset.UTC)));
        advanceTo("2026-04-30T07:00:00Z");
        check.gives(CheckResult.inconclusive("cannot tell"));
        advanceTo("2026-05-04T06:00:00Z");
        assertThat(monitor.isUp("check")).as("only that of Friday is missed").isTrue();
        advanceTo("2026-05-04T06:00:12Z");
        assertThat(monitor.isUp("check")).isFalse();
    }

    @Test
    @DisplayName("P21: nor after other settings were given on a Friday")
    void otherSettingsBeforeAWeekendAreNoReasonToBeStale() {
        Schedule weekdays = Schedule.cron("0 6 * * MON-FRI", ZoneOffset.UTC);
        Monitor monitor = start("2026-05-01T05:00:00Z", c -> c.schedule(weekdays));
        advanceTo("2026-05-01T07:00:00Z");
        monitor.put(definition(weekdays));
        advanceTo("2026-05-04T05:00:00Z");
        assertThat(monitor.isUp("check")).isTrue();
        assertThat(stage.check("check").conditions()).isEmpty();
        advanceTo("2026-05-04T07:00:00Z");
        assertThat(ran()).containsExactly("2026-05-01T06:00:00Z", "2026-05-04T06:00:00Z");
    }

    private CheckDefinition definition(Schedule schedule) {
        return CheckDefinition.of(
                "check", noting, c -> {}, c -> c.schedule(schedule).downAfter(7));
    }

    @Test
    void aMonthlyCheckRunsOnItsDays() {
        start("2026-01-30T00:00:00Z", c -> c.schedule(Schedule.monthly(31, LocalTime.NOON, ZoneOffset.UTC)));
        advanceTo("2026-03-01T00:00:00Z");
        assertThat(ran()).containsExactly("2026-01-31T12:00:00Z", "2026-02-28T12:00:00Z");
        assertThat(stage.check("check").nextRunAt()).isEqualTo(Instant.parse("2026-03-31T12:00:00Z"));
        assertThat(stage.check("check").conditions()).isEmpty();
    }

    @Test
    void aWeeklyCheckMayBecomeAnIntervalAndBack() {
        Monitor monitor = start(
                "2026-05-04T05:00:00Z",
                c -> c.schedule(Schedule.weekly(LocalTime.of(6, 0), ZoneOffset.UTC, DayOfWeek.MONDAY)));
        advanceTo("2026-05-04T07:00:00Z");
        assertThat(ran()).hasSize(1);
        ran.clear();
        monitor.put(definition(Schedule.every(ofMinutes(10))));
        stage.advance(ofHours(1));
        assertThat(ran()).hasSizeBetween(6, 7);
        monitor.put(definition(Schedule.weekly(LocalTime.of(6, 0), ZoneOffset.UTC, DayOfWeek.MONDAY)));
        ran.clear();
        advanceTo("2026-05-18T07:00:00Z");
        assertThat(ran()).endsWith("2026-05-11T06:00:00Z", "2026-05-18T06:00:00Z");
        assertThat(ran).hasSizeLessThanOrEqualTo(3);
        assertThat(monitor.isUp("check")).isTrue();
    }

    @Test
    void aRunOnDemandMovesNoTime() {
        Monitor monitor = start("2026-05-04T05:00:00Z", c -> c.schedule(AT_SIX_UTC));
        monitor.runNow("check");
        stage.advance(ofSeconds(1));
        assertThat(monitor.isUp("check")).isTrue();
        advanceTo("2026-05-05T07:00:00Z");
        assertThat(ran()).containsExactly("2026-05-04T05:00:00Z", "2026-05-04T06:00:00Z", "2026-05-05T06:00:00Z");
    }
}
