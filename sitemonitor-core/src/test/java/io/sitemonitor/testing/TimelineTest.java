package io.sitemonitor.testing;

import static io.sitemonitor.state.HealthState.DOWN;
import static io.sitemonitor.state.HealthState.UP;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofNanos;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sitemonitor.Monitor;
import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.event.AlertHeld;
import io.sitemonitor.event.ClockStepped;
import io.sitemonitor.event.ConditionChanged;
import io.sitemonitor.event.Heartbeat;
import io.sitemonitor.event.IsolationChanged;
import io.sitemonitor.event.ProcessPaused;
import io.sitemonitor.event.RunCompleted;
import io.sitemonitor.state.Condition;
import io.sitemonitor.state.ConditionKind;
import io.sitemonitor.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What was told and when, and how an expectation that does not hold reads. */
class TimelineTest {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private final ManualTime time = ManualTime.startingAt(START);
    private final Timeline timeline = Timeline.on(time);

    @Test
    void holdsWhatIsExpectedAgainstWhatCame() {
        twoOutages();
        timeline.whole()
                .alertsExactly("DOWN shop", "DOWN search", "RECOVERED search", "RECOVERED shop")
                .alertsInAnyOrder("RECOVERED shop", "RECOVERED search", "DOWN shop", "DOWN search")
                .alertsOf("shop", AlertKind.DOWN, AlertKind.RECOVERED)
                .statesOf("shop", UP, DOWN, UP)
                .alertsOf("pay")
                .statesOf("pay");
        timeline.between(ofMinutes(1), ofMinutes(2)).alertsExactly("DOWN shop").statesOf("shop", DOWN);
        timeline.until(ofMinutes(1)).noAlerts();
        timeline.since(ofMinutes(6)).noAlerts();
        assertThat(timeline.since(ofMinutes(3)).alerts())
                .extracting(Alert::summary)
                .containsExactly("search is up again", "shop is up again");
    }

    @Test
    void aSpanIncludesItsBeginningAndNotItsEnd() {
        time.advance(ofSeconds(10));
        timeline.note("at ten");
        assertThat(timeline.between(ofSeconds(10), ofSeconds(11)).toString()).contains("at ten");
        assertThat(timeline.since(ofSeconds(10)).toString()).contains("at ten");
        assertThat(timeline.between(ofSeconds(9), ofSeconds(10)).toString()).doesNotContain("at ten");
        assertThat(timeline.until(ofSeconds(10)).toString()).doesNotContain("at ten");
    }

    @Test
    void aFailureShowsExpectedAndActualAndEverythingInTheSpan() {
        twoOutages();
        assertThatThrownBy(
                        () -> timeline.between(ofMinutes(1), ofMinutes(3)).alertsExactly("DOWN shop", "RECOVERED shop"))
                .isInstanceOf(AssertionError.class)
                .hasMessage("""
                        alerts from +00:01:00 to +00:03:00
                          expected: DOWN shop, RECOVERED shop
                          actual:   DOWN shop, DOWN search
                        told from +00:01:00 to +00:03:00:
                          +00:01:00  note  the line is cut
                          +00:01:10  state shop UP -> DOWN (ASSERTION: no route)
                          +00:01:10  alert DOWN shop (shop is down: ASSERTION: no route)
                          +00:02:10  state search UP -> DOWN (ASSERTION: no route)
                          +00:02:10  alert DOWN search (search is down: ASSERTION: no route)""");
        assertThatThrownBy(() -> timeline.since(ofHours(1)).alertsOf("shop", AlertKind.DOWN))
                .isInstanceOf(AssertionError.class)
                .hasMessage("""
                        alerts of shop since +01:00:00
                          expected: DOWN
                          actual:   none
                        told since +01:00:00:
                          nothing""");
    }

    @Test
    void everyExpectationFailsWhenItDoesNotHold() {
        twoOutages();
        TimelineSpan whole = timeline.whole();
        assertThatThrownBy(whole::noAlerts).hasMessageStartingWith("""
                        alerts in the whole time
                          expected: none
                          actual:   DOWN shop, DOWN search, RECOVERED search, RECOVERED shop
                        told in the whole time:
                        """);
        assertThatThrownBy(() -> whole.statesOf("shop", DOWN, UP)).hasMessageStartingWith("""
                        states of shop in the whole time
                          expected: DOWN, UP
                          actual:   UP, DOWN, UP
                        """);
        assertThatThrownBy(() -> whole.alertsInAnyOrder("DOWN shop", "DOWN shop"))
                .hasMessageStartingWith("alerts in any order in the whole time\n");
        assertThatThrownBy(() -> whole.conditionsOf("shop", ConditionKind.FLAPPING))
                .hasMessageStartingWith("""
                        conditions of shop in the whole time
                          expected: FLAPPING
                          actual:   none
                        """);
    }

    @Test
    void showsConditionsAndWhatTheHostSuffered() {
        Condition suppressed = new Condition(ConditionKind.SUPPRESSED, "gateway is down", START, null);
        timeline.onEvent(new ConditionChanged("test", "shop", START, suppressed, true));
        timeline.onEvent(new AlertHeld("test", "shop", START, "id", suppressed));
        timeline.onEvent(new ConditionChanged("test", "shop", START, suppressed, false));
        timeline.onEvent(new IsolationChanged("test", START, true, "2 of 3 anchors fail"));
        timeline.onEvent(new IsolationChanged("test", START, false, "2 of 3 anchors work"));
        time.advance(ofMillis(250));
        timeline.onEvent(new ProcessPaused("test", START, ofMinutes(10)));
        time.advance(ofDays(1).plusNanos(1));
        timeline.onEvent(new ClockStepped("test", START, ofHours(-1)));
        timeline.onEvent(new Heartbeat("test", START, 1));
        timeline.whole().conditionsOf("shop", ConditionKind.SUPPRESSED).noAlerts();
        assertThat(timeline).hasToString("""
                        told in the whole time:
                          +00:00:00  state shop is SUPPRESSED (gateway is down)
                          +00:00:00  held  DOWN shop, which is SUPPRESSED (gateway is down)
                          +00:00:00  state shop is no longer SUPPRESSED (gateway is down)
                          +00:00:00  host  is isolated (2 of 3 anchors fail)
                          +00:00:00  host  is no longer isolated (2 of 3 anchors work)
                          +00:00:00.250  host  stood still for PT10M
                          +1d 00:00:00.250000001  host  clock stepped by PT-1H""");
    }

    @Test
    void wallTimeSpansFollowTheWallClockAndOthersDoNot() {
        time.advance(ofMinutes(1));
        timeline.note("before");
        time.stepWallClock(ofDays(-1));
        time.advance(ofMinutes(1));
        timeline.note("after");
        Instant yesterday = START.minus(ofDays(1));
        assertThat(timeline.between(yesterday, yesterday.plusSeconds(121))).hasToString("""
                        told from 2026-02-28T12:00:00Z to 2026-02-28T12:02:01Z:
                          +00:02:00  note  after""");
        assertThat(timeline.between(ZERO, ofSeconds(61))).hasToString("""
                        told from +00:00:00 to +00:01:01:
                          +00:01:00  note  before""");
    }

    @Test
    void timeInSleepCountsAndTheChecksOfAStartAreNotTold() {
        ScriptedCheck shop = ScriptedCheck.passing();
        try (Monitor monitor = Monitor.named("test")
                .runOn(time)
                .check("shop", shop)
                .listener(timeline)
                .start()) {
            time.advance(ofSeconds(1));
            time.suspend(ofHours(1));
            monitor.remove("shop");
            time.advance(ZERO);
        }
        timeline.since(ofHours(1)).noAlerts();
        assertThat(timeline).asString().startsWith("""
                        told in the whole time:
                          +00:00:00  state shop UNKNOWN -> UP (PASS)
                        """).endsWith("  +01:00:01  check shop REMOVED");
    }

    @Test
    void withOtherClocksTimeBeginsWithTheTimeline() {
        ManualTime inner = ManualTime.startingAt(START);
        TimeSource other = new TimeSource() {
            @Override
            public Instant now() {
                return inner.now();
            }

            @Override
            public long nanos() {
                return inner.nanos() - 5;
            }
        };
        inner.advance(ofHours(1));
        Timeline late = Timeline.on(other);
        inner.advance(ofSeconds(3));
        late.note("three\nseconds");
        assertThat(late).hasToString("""
                        told in the whole time:
                          +00:00:03  note  three seconds""");
    }

    @Test
    void wantsNoRunsSoThatItCostsNothingPerRun() {
        assertThat(timeline.wants(RunCompleted.class)).isFalse();
        assertThat(List.of(
                        io.sitemonitor.event.StateChanged.class,
                        ConditionChanged.class,
                        AlertHeld.class,
                        ProcessPaused.class))
                .allMatch(timeline::wants);
    }

    @Test
    void refusesWhatCannotBeExpected() {
        assertThatThrownBy(() -> timeline.whole().alertsExactly("DWON shop"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("an expected alert must be a kind, a space and the name of a check, but was"
                        + " 'DWON shop'; the kinds are [DOWN, RECOVERED, ENDED, ");
        assertThatThrownBy(() -> timeline.between(ofSeconds(2), ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a span must not end before it begins, but was from PT2S to PT1S");
        assertThatThrownBy(() -> timeline.between(START, START.minusNanos(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a span must not end before it begins, but was from 2026-03-01T12:00:00Z to"
                        + " 2026-03-01T11:59:59.999999999Z");
    }

    @Test
    void showsTimesBeforeTheStart() {
        assertThat(TimelineText.time(ofSeconds(-61))).isEqualTo("-00:01:01");
        assertThat(TimelineText.time(Duration.ofDays(400).plus(ofNanos(5)))).isEqualTo("+400d 00:00:00.000000005");
    }

    private void twoOutages() {
        ScriptedCheck shop = ScriptedCheck.passing();
        ScriptedCheck search = ScriptedCheck.passing();
        try (Monitor monitor = Monitor.named("test")
                .runOn(time)
                .warmUp(ZERO)
                .defaults(c -> c.every(ofMinutes(1)))
                .check("shop", shop)
                .check("search", search)
                .alert(timeline)
                .listener(timeline)
                .start()) {
            time.at(ofMinutes(1), () -> timeline.note("the line is cut"));
            time.at(ofMinutes(1), () -> shop.fails("no route"));
            time.at(ofMinutes(2), () -> search.fails("no route"));
            time.at(ofMinutes(3), search::passes);
            time.at(ofMinutes(4), shop::passes);
            time.advance(ofMinutes(10));
            assertThat(monitor.isUp("shop")).isTrue();
        }
    }
}
