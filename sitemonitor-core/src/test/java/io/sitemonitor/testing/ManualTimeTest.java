package io.sitemonitor.testing;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sitemonitor.Monitor;
import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.event.RunCompleted;
import io.sitemonitor.state.HealthState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Virtual time, with a monitor on it. */
class ManualTimeTest {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private final ManualTime time = ManualTime.startingAt(START);
    private final RecordingListener events = new RecordingListener();
    private final List<String> log = new ArrayList<>();
    private final List<Monitor> monitors = new ArrayList<>();

    @AfterEach
    void close() {
        monitors.forEach(Monitor::close);
    }

    @Test
    void actionsHappenAtTheirMomentsWhateverTheOrderInWhichTheyWereWritten() {
        time.at(ofSeconds(20), () -> log("b"));
        time.at(START.plusSeconds(10), () -> log("a"));
        time.at(ofSeconds(20), () -> log("c"));
        time.at(ofSeconds(31), () -> log("never"));
        time.advance(ofSeconds(30));
        assertThat(log).containsExactly("a 10", "b 20", "c 20");
    }

    @Test
    void anActionComesBeforeTheRunsOfItsMoment() {
        ScriptedCheck check = ScriptedCheck.passing();
        Monitor monitor = start("check", check);
        time.at(ofSeconds(30), () -> check.fails("from now on"));
        time.at(ofSeconds(60), () -> monitor.pause("check"));
        time.advance(ofMinutes(2));
        assertThat(runs("check")).containsExactly("PASS 0", "FAIL 30", "FAIL 35", "FAIL 40");
    }

    @Test
    void anActionMayWriteTheNextOne() {
        time.at(ofSeconds(10), () -> {
            log("a");
            time.at(ofSeconds(10), () -> log("b"));
            time.at(ofSeconds(15), () -> log("c"));
        });
        time.advance(ofSeconds(15));
        assertThat(log).containsExactly("a 10", "b 10", "c 15");
    }

    @Test
    void whatAnActionThrowsComesOutAndTimeCanGoOn() {
        time.at(ofSeconds(10), () -> {
            throw new AssertionError("not as expected");
        });
        time.at(ofSeconds(10), () -> log("next"));
        assertThatThrownBy(() -> time.advance(ofSeconds(20)))
                .isInstanceOf(AssertionError.class)
                .hasMessage("not as expected");
        assertThat(time.elapsed()).isEqualTo(ofSeconds(10));
        time.advance(ZERO);
        assertThat(log).containsExactly("next 10");
    }

    @Test
    void aFreezeMovesBothClocksAndNothingHappensMeanwhile() {
        start("check", ScriptedCheck.passing());
        time.advance(ofSeconds(10));
        time.freeze(ofMinutes(10));
        assertThat(time.now()).isEqualTo(START.plusSeconds(610));
        assertThat(time.nanos()).isEqualTo(ofSeconds(610).toNanos());
        assertThat(time.elapsed()).isEqualTo(ofSeconds(610));
        assertThat(runs("check")).containsExactly("PASS 0");
    }

    /** P19: after the host stood still, each check runs once and keeps its grid. */
    @Test
    void afterAFreezeEachCheckRunsOnceAndKeepsItsGrid() {
        start("a", ScriptedCheck.passing());
        start("b", ScriptedCheck.passing());
        time.advance(ofSeconds(10));
        time.freeze(ofMinutes(10));
        time.advance(ofSeconds(50));
        assertThat(runs("a")).containsExactly("PASS 0", "PASS 610", "PASS 630", "PASS 660");
        assertThat(runs("b")).containsExactly("PASS 0", "PASS 610", "PASS 630", "PASS 660");
    }

    @Test
    void aRunThatGoesOnDuringAFreezeEndsAfterIt() {
        ScriptedCheck check = ScriptedCheck.passing().takes(ofSeconds(2));
        start("check", check);
        time.advance(ofSeconds(1));
        time.freeze(ofMinutes(10));
        assertThat(events.events(RunCompleted.class)).isEmpty();
        time.advance(ZERO);
        assertThat(events.events(RunCompleted.class))
                .singleElement()
                .satisfies(run -> assertThat(run.duration()).isEqualTo(ofSeconds(601)));
    }

    @Test
    void aFreezeInTheMiddleOfARunMakesThatRunLongAndEverythingElseLate() {
        boolean[] frozen = new boolean[1];
        Check freezing = context -> {
            if (!frozen[0]) {
                frozen[0] = true;
                time.freeze(ofSeconds(65));
                assertThat(context.remaining()).isEqualTo(ZERO);
            }
            return CheckResult.pass();
        };
        start("before", ScriptedCheck.passing());
        start("freezing", freezing);
        start("after", ScriptedCheck.passing());
        time.advance(ofSeconds(1));
        RunCompleted first = events.events(RunCompleted.class).get(1);
        assertThat(first.check()).isEqualTo("freezing");
        assertThat(first.at()).isEqualTo(START);
        assertThat(first.duration()).isEqualTo(ofSeconds(65));
        assertThat(runs("before")).containsExactly("PASS 0", "PASS 65");
        assertThat(runs("after")).containsExactly("PASS 65");
        assertThat(time.elapsed())
                .as("the freeze outlasted what was to be advanced")
                .isEqualTo(ofSeconds(65));
    }

    @Test
    void theWorldGoesOnWhileTheHostIsFrozen() {
        time.at(ofSeconds(20), () -> log("in the freeze"));
        time.at(ofSeconds(40), () -> log("after"));
        time.at(ofSeconds(10), () -> time.freeze(ofSeconds(20)));
        time.advance(ofMinutes(1));
        assertThat(log).containsExactly("in the freeze 20", "after 40");
    }

    @Test
    void aFreezeWithinAFreezeEndsWithTheLonger() {
        time.at(ofSeconds(20), () -> time.freeze(ofSeconds(5)));
        time.freeze(ofSeconds(60));
        assertThat(time.elapsed()).isEqualTo(ofSeconds(60));
        time.at(ofSeconds(70), () -> time.freeze(ofSeconds(90)));
        time.freeze(ofSeconds(20));
        assertThat(time.elapsed()).isEqualTo(ofSeconds(160));
    }

    @Test
    void asleepOnlyTheWallClockGoesOnAndNothingIsLate() {
        ScriptedCheck check = ScriptedCheck.passing().takes(ofSeconds(2));
        start("check", check);
        time.at(ofMinutes(20), () -> log("while asleep"));
        time.at(ofHours(1).plusSeconds(20), () -> log("after"));
        time.advance(ofSeconds(1));
        time.suspend(ofHours(1));
        assertThat(time.now()).isEqualTo(START.plusSeconds(3601));
        assertThat(time.nanos()).isEqualTo(ofSeconds(1).toNanos());
        assertThat(time.elapsed()).isEqualTo(ofSeconds(3601));
        time.advance(ofSeconds(40));
        assertThat(log).containsExactly("while asleep 1200", "after 3620");
        assertThat(events.events(RunCompleted.class))
                .extracting(RunCompleted::duration)
                .containsOnly(ofSeconds(2));
        assertThat(runs("check")).containsExactly("PASS 0", "PASS 3630");
    }

    @Test
    void aStepOfTheWallClockMovesNoAction() {
        time.at(START.plusSeconds(60), () -> log("a"));
        time.at(ofSeconds(10), () -> time.stepWallClock(ofDays(-1)));
        time.advance(ofMinutes(2));
        assertThat(log).containsExactly("a 60");
        assertThat(time.now()).isEqualTo(START.plusSeconds(120).minus(ofDays(1)));
    }

    @Test
    void advancesToAMoment() {
        Monitor monitor = start("check", ScriptedCheck.passing());
        time.advanceTo(START.plusSeconds(60));
        assertThat(time.now()).isEqualTo(START.plusSeconds(60));
        assertThat(runs("check")).containsExactly("PASS 0", "PASS 30", "PASS 60");
        assertThat(monitor.stateOf("check")).isEqualTo(HealthState.UP);
    }

    @Test
    void refusesToGoBack() {
        time.advance(ofSeconds(10));
        assertThatThrownBy(() -> time.advance(ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the time to advance must not be negative, but was PT-1S");
        assertThatThrownBy(() -> time.advanceTo(START))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("time does not go back from 2026-03-01T12:00:10Z to 2026-03-01T12:00:00Z");
        assertThatThrownBy(() -> time.freeze(ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the time to freeze must not be negative, but was PT-1S");
        assertThatThrownBy(() -> time.suspend(ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the time to be suspended must not be negative, but was PT-1S");
        assertThatThrownBy(() -> time.take(ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the time to take must not be negative, but was PT-1S");
        assertThatThrownBy(() -> time.at(ofSeconds(9), () -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an action cannot happen PT9S after the start, for PT10S have passed already");
        assertThatThrownBy(() -> time.at(START, () -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an action cannot happen at 2026-03-01T12:00:00Z, for it is 2026-03-01T12:00:10Z");
    }

    private void log(String what) {
        log.add(what + " " + time.elapsed().toSeconds());
    }

    private Monitor start(String name, Check check) {
        Monitor monitor = Monitor.named(name)
                .runOn(time)
                .listener(events)
                .check(name, check, c -> c.every(ofSeconds(30)))
                .start();
        monitors.add(monitor);
        return monitor;
    }

    /** Verdict of each run and when it started, in seconds. */
    private List<String> runs(String check) {
        return events.events(RunCompleted.class).stream()
                .filter(run -> run.check().equals(check))
                .map(run -> run.result().verdict() + " "
                        + Duration.between(START, run.at()).toSeconds())
                .toList();
    }
}
