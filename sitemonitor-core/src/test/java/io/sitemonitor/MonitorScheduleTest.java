package io.sitemonitor;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.Verdict;
import io.sitemonitor.definition.CheckSettingsBuilder;
import io.sitemonitor.event.RunCompleted;
import io.sitemonitor.event.RunStuck;
import io.sitemonitor.event.TicksMissed;
import io.sitemonitor.state.HealthState;
import io.sitemonitor.testing.ManualTime;
import io.sitemonitor.testing.RecordingAlerts;
import io.sitemonitor.testing.RecordingListener;
import io.sitemonitor.testing.ScriptedCheck;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When runs start and how they end: design §6.3 to §6.5 and §6.10, P13, P17 to P19. */
class MonitorScheduleTest {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private final ManualTime time = ManualTime.startingAt(START);
    private final ScriptedCheck check = ScriptedCheck.passing();
    private final RecordingListener events = new RecordingListener();
    private final RecordingAlerts alerts = new RecordingAlerts();
    private final List<Monitor> monitors = new ArrayList<>();

    @AfterEach
    void close() {
        monitors.forEach(Monitor::close);
    }

    @Test
    void runsKeepTheirGridHoweverLongTheyTake() {
        start(check, c -> c.every(ofSeconds(30)));
        check.takes(ofSeconds(7));
        time.advance(ofSeconds(127));
        assertThat(starts()).containsExactly(0L, 30_000L, 60_000L, 90_000L, 120_000L);
    }

    @Test
    void firstRunsAreSpreadOverTheWarmUpAndKeepTheirPlaces() {
        MonitorBuilder builder = builder();
        IntStream.range(0, 10).forEach(i -> builder.check("c" + i, check, c -> c.every(ofSeconds(30))));
        start(builder);
        time.advance(ofSeconds(35));
        List<Long> expected = new ArrayList<>();
        IntStream.range(0, 10).forEach(i -> expected.add(500L * i));
        IntStream.range(0, 10).forEach(i -> expected.add(30_000L + 500L * i));
        assertThat(starts()).containsExactlyElementsOf(expected);
    }

    @Test
    void theWarmUpIsNeverLongerThanTheInterval() {
        MonitorBuilder builder = builder();
        IntStream.range(0, 4).forEach(i -> builder.check("c" + i, check, c -> c.every(ofSeconds(1))));
        start(builder);
        time.advance(ofMillis(999));
        assertThat(starts()).containsExactly(0L, 250L, 500L, 750L);
    }

    @Test
    void aSuspicionIsFollowedUpAfterTheRetryPauseAndTheGridGoesOn() {
        start(check, c -> c.every(ofSeconds(30)).downAfter(3));
        time.advance(ofSeconds(1));
        check.first(CheckResult.fail("once"), CheckResult.fail("twice")).takes(ofSeconds(1));
        time.advance(ofSeconds(80));
        assertThat(starts()).containsExactly(0L, 30_000L, 36_000L, 42_000L, 60_000L);
        assertThat(monitor().stateOf("check")).isEqualTo(HealthState.UP);
    }

    @Test
    void theRetryPauseIsTheIntervalIfThatIsShorter() {
        check.fails("always");
        start(check, c -> c.every(ofSeconds(2)).downAfter(5));
        time.advance(ofSeconds(8));
        assertThat(starts()).containsExactly(0L, 2_000L, 4_000L, 6_000L, 8_000L);
    }

    /** P13, and an off-by-one in any threshold or pause would break it. */
    @Test
    void downIsToldWithinWhatTheSettingsAllow() {
        start(
                check,
                c -> c.every(ofSeconds(30))
                        .retryEvery(ofSeconds(5))
                        .timeout(ofSeconds(4))
                        .downAfter(3));
        time.advance(ofSeconds(1));
        check.takes(ofSeconds(60));
        time.advance(ofSeconds(29 + 4 + 5 + 4 + 5).plusMillis(3_999));
        assertThat(alerts.alerts()).isEmpty();
        time.advance(ofMillis(1));
        assertThat(alerts.alerts()).singleElement().satisfies(alert -> {
            assertThat(alert.since()).isEqualTo(START.plusSeconds(30));
            assertThat(alert.at()).isEqualTo(START.plusSeconds(30 + 4 + 5 + 4 + 5 + 4));
            assertThat(alert.failure()).isEqualTo(FailureKind.TIMEOUT);
            assertThat(alert.duration()).isEqualTo(ofSeconds(22));
        });
    }

    @Test
    void aRunThatIgnoresItsDeadlineIsEndedAllTheSame() {
        check.hangsFor(ofMinutes(10));
        Monitor monitor =
                start(check, c -> c.every(ofSeconds(30)).timeout(ofSeconds(4)).downAfter(1));
        time.advance(ofMillis(4_050));
        assertThat(monitor.stateOf("check")).isEqualTo(HealthState.DOWN);
        RunCompleted run = events.events(RunCompleted.class).get(0);
        assertThat(run.result()).isEqualTo(CheckResult.fail(FailureKind.TIMEOUT, "no result within PT4S"));
        assertThat(run.duration()).isEqualTo(ofMillis(4_050));
    }

    @Test
    void aRunThatDoesNotEndIsCountedAsStuckAndBlocksNoOtherCheck() {
        check.hangsFor(ofMinutes(10));
        ScriptedCheck other = ScriptedCheck.passing();
        Monitor monitor = start(builder()
                .maxConcurrentRuns(1)
                .warmUp(Duration.ZERO)
                .check("stuck", check, c -> c.timeout(ofSeconds(4)))
                .check("other", other, c -> c.timeout(ofSeconds(4))));
        time.advance(ofMinutes(2));
        assertThat(events.events(RunStuck.class)).singleElement().satisfies(stuck -> {
            assertThat(stuck.check()).isEqualTo("stuck");
            assertThat(stuck.running()).isLessThan(ofSeconds(5));
        });
        assertThat(monitor.stateOf("stuck")).isEqualTo(HealthState.DOWN);
        assertThat(monitor.stateOf("other")).isEqualTo(HealthState.UP);
        assertThat(other.runs()).as("all but the first, which got no thread").isEqualTo(4);
        assertThat(check.runs()).as("it never runs twice at once").isEqualTo(1);
        assertThat(monitor.snapshot().check("stuck").orElseThrow().stuck()).isTrue();
    }

    @Test
    void aCheckWhoseStuckRunHasEndedRunsAgain() {
        check.hangsFor(ofMinutes(1));
        Monitor monitor = start(check, c -> c.timeout(ofSeconds(4)));
        time.advance(ofSeconds(59));
        check.takes(Duration.ZERO);
        time.advance(ofMinutes(5));
        assertThat(monitor.stateOf("check")).isEqualTo(HealthState.UP);
        assertThat(monitor.snapshot().check("check").orElseThrow().stuck()).isFalse();
    }

    /** P18. */
    @Test
    void aRunThatGetsNoThreadIsInconclusiveAndNeverReadAsUp() {
        check.hangsFor(ofHours(10));
        ScriptedCheck second = ScriptedCheck.passing().hangsFor(ofHours(10));
        ScriptedCheck starved = ScriptedCheck.passing();
        Monitor monitor = start(builder()
                .maxConcurrentRuns(1)
                .warmUp(Duration.ZERO)
                .check("a", check, c -> c.timeout(ofMinutes(10)))
                .check("b", second, c -> c.timeout(ofMinutes(10)))
                .check("c", starved, c -> c.timeout(ofSeconds(4))));
        time.advance(ofMinutes(5));
        assertThat(starved.runs()).isZero();
        assertThat(monitor.stateOf("c")).isEqualTo(HealthState.UNKNOWN);
        assertThat(monitor.isUp("c")).isFalse();
        CheckSnapshot snapshot = monitor.snapshot().check("c").orElseThrow();
        assertThat(snapshot.lastResult()).isNotNull();
        assertThat(snapshot.lastResult().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(snapshot.figures().inconclusive()).isPositive();
        assertThat(alerts.alerts()).isEmpty();
    }

    @Test
    void aTimeoutMayBeLongerThanTheIntervalAndMissedTicksAreCountedNotReplayed() {
        check.takes(ofSeconds(25));
        Monitor monitor = start(check, c -> c.every(ofSeconds(10)).timeout(ofSeconds(60)));
        time.advance(ofSeconds(65));
        assertThat(starts()).containsExactly(0L, 30_000L);
        assertThat(check.runs()).isEqualTo(3);
        assertThat(monitor.snapshot().check("check").orElseThrow().missedTicks())
                .isEqualTo(4);
        assertThat(events.events(TicksMissed.class)).hasSize(4);
    }

    /** P19: after the process stood still, each check runs once and keeps its grid. */
    @Test
    void afterASuspendEachCheckRunsOnce() {
        Monitor monitor = start(builder()
                .check("a", check, c -> c.every(ofSeconds(10)))
                .check("freezer", freezingAt(ofSeconds(35), ofMinutes(10)), c -> c.every(ofSeconds(10))));
        time.advance(ofSeconds(35));
        long before = check.runs();
        time.advance(ofMinutes(10).plusMillis(1));
        assertThat(monitor.stateOf("a")).isEqualTo(HealthState.UP);
        assertThat(check.runs() - before).isGreaterThan(0);
        time.advance(ofSeconds(20));
        List<Long> gaps = new ArrayList<>();
        List<Long> starts = starts("a");
        for (int i = 1; i < starts.size(); i++) {
            gaps.add(starts.get(i) - starts.get(i - 1));
        }
        assertThat(gaps).as("no burst").allMatch(gap -> gap == 10_000L);
    }

    /** P19. */
    @Test
    void stepsOfTheWallClockMoveNoRunAndNoTimeout() {
        check.takes(ofSeconds(1));
        start(check, c -> c.every(ofSeconds(30)));
        time.advance(ofSeconds(45));
        time.stepWallClock(ofDays(3));
        time.advance(ofSeconds(30));
        time.stepWallClock(ofDays(-30));
        time.advance(ofSeconds(30));
        assertThat(check.runs()).isEqualTo(4);
        assertThat(events.events(RunCompleted.class))
                .allMatch(run -> run.duration().equals(ofSeconds(1)));
        assertThat(events.events(TicksMissed.class)).isEmpty();
    }

    @Test
    void aTargetThatStaysDownIsProbedEverMoreRarelyAndOneSuccessRestoresThePace() {
        check.fails("down");
        start(check, c -> c.every(ofSeconds(10)).downAfter(1));
        time.advance(ofSeconds(200));
        assertThat(starts()).containsExactly(0L, 10_000L, 30_000L, 70_000L, 120_000L, 170_000L);
        assertThat(monitor().snapshot().check("check").orElseThrow().nextRunAt())
                .isEqualTo(START.plusSeconds(220));
        check.passes();
        events.clear();
        time.advance(ofSeconds(40));
        assertThat(starts()).containsExactly(220_000L, 225_000L, 230_000L, 240_000L);
        assertThat(monitor().stateOf("check")).isEqualTo(HealthState.UP);
    }

    @Test
    void theSlowerPaceNeverDelaysTheDecision() {
        check.fails("down");
        start(check, c -> c.every(ofSeconds(10)).downAfter(6).retryEvery(ofSeconds(2)));
        time.advance(ofSeconds(10));
        assertThat(starts()).containsExactly(0L, 2_000L, 4_000L, 6_000L, 8_000L, 10_000L);
        assertThat(alerts.alerts()).hasSize(1);
    }

    @Test
    void aSlowDownOfZeroKeepsThePace() {
        check.fails("down");
        start(check, c -> c.every(ofSeconds(10)).downAfter(1).slowDownTo(Duration.ZERO));
        time.advance(ofSeconds(60));
        assertThat(starts()).hasSize(7);
    }

    private Check freezingAt(Duration at, Duration freeze) {
        boolean[] frozen = {false};
        return context -> {
            if (!frozen[0] && !time.now().isBefore(START.plus(at).minusSeconds(10))) {
                frozen[0] = true;
                time.take(freeze);
            }
            return CheckResult.pass();
        };
    }

    private Monitor start(Check first, Consumer<CheckSettingsBuilder> options) {
        return start(builder().check("check", first, options));
    }

    private Monitor start(MonitorBuilder builder) {
        Monitor monitor = builder.start();
        monitors.add(monitor);
        return monitor;
    }

    private Monitor monitor() {
        return monitors.get(0);
    }

    private MonitorBuilder builder() {
        return Monitor.named("test").runOn(time).listener(events).alert(alerts);
    }

    /** When runs started, in milliseconds. */
    private List<Long> starts() {
        return events.events(RunCompleted.class).stream()
                .map(run -> millis(run.at()))
                .toList();
    }

    private List<Long> starts(String name) {
        return events.events(RunCompleted.class).stream()
                .filter(run -> run.check().equals(name))
                .map(run -> millis(run.at()))
                .toList();
    }

    private static long millis(Instant at) {
        return Duration.between(START, at).toMillis();
    }
}
