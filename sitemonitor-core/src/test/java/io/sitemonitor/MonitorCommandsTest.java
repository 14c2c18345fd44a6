package io.sitemonitor;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.definition.CheckDefinition;
import io.sitemonitor.definition.CheckSettings;
import io.sitemonitor.event.CheckChanged;
import io.sitemonitor.event.CheckChanged.Change;
import io.sitemonitor.event.IncidentClosed;
import io.sitemonitor.event.IncidentOpened;
import io.sitemonitor.event.MonitorClosed;
import io.sitemonitor.event.MonitorEvent;
import io.sitemonitor.event.MonitorStarted;
import io.sitemonitor.event.StateChanged;
import io.sitemonitor.state.HealthState;
import io.sitemonitor.testing.ManualTime;
import io.sitemonitor.testing.RecordingAlerts;
import io.sitemonitor.testing.RecordingListener;
import io.sitemonitor.testing.ScriptedCheck;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What can be done to a running monitor, and that no alert is lost or repeated by it: design §7.2, P7, P12. */
class MonitorCommandsTest {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private final ManualTime time = ManualTime.startingAt(START);
    private final ScriptedCheck check = ScriptedCheck.passing();
    private final RecordingListener events = new RecordingListener();
    private final RecordingAlerts alerts = new RecordingAlerts();
    private final Monitor monitor = Monitor.named("shop")
            .runOn(time)
            .listener(events)
            .alert(alerts)
            .check("storefront", check, c -> c.every(ofSeconds(30)).contact("owner@shop.example"))
            .start();

    @Test
    void anOutageHasOneIncidentOneAlertAndOneRecovery() {
        goDown();
        check.passes();
        time.advance(ofMinutes(10));

        assertThat(alerts.kinds()).containsExactly(AlertKind.DOWN, AlertKind.RECOVERED);
        Alert down = alerts.alerts().get(0);
        Alert recovered = alerts.alerts().get(1);
        assertThat(recovered.incidentId()).isEqualTo(down.incidentId());
        assertThat(recovered.id()).isNotEqualTo(down.id());
        assertThat(down.summary()).isEqualTo("storefront is down: ASSERTION: HTTP 503");
        assertThat(recovered.summary()).isEqualTo("storefront is up again");
        assertThat(recovered.since()).isEqualTo(down.since());
        assertThat(recovered.duration())
                .isEqualTo(Duration.between(
                        down.since(), monitor.incidents().closed().get(0).endedAt()));
        assertThat(down.contacts()).containsExactly("owner@shop.example");
        assertThat(events.events(IncidentOpened.class)).hasSize(1);
        assertThat(events.events(IncidentClosed.class)).hasSize(1);
        assertThat(monitor.incidents().open()).isEmpty();
        assertThat(events.events(StateChanged.class))
                .extracting(StateChanged::to)
                .containsExactly(HealthState.UP, HealthState.DOWN, HealthState.UP);
    }

    @Test
    void uptimeCountsTheOutageFromItsFirstFailedRunToItsFirstGoodOne() {
        time.advance(ofSeconds(1));
        check.fails("HTTP 503");
        time.advance(ofMinutes(10));
        check.passes();
        time.advance(ofMinutes(10));
        Alert recovered = alerts.alerts().get(1);
        CheckSnapshot snapshot = snapshot();
        assertThat(snapshot.figures().uptime().down()).isEqualTo(recovered.duration());
        assertThat(snapshot.figures().uptime().up()).isEqualTo(ofSeconds(1201).minus(recovered.duration()));
    }

    @Test
    void startTellsTheChecksInOrder() {
        time.advance(ofMillis(1));
        List<MonitorEvent> first = events.events().subList(0, 2);
        assertThat(first)
                .containsExactly(
                        new MonitorStarted("shop", START, 1),
                        new CheckChanged("shop", "storefront", "scripted", START, Change.ADDED, false));
    }

    @Test
    void aPausedCheckDoesNotRunAndKeepsItsStateAndItsIncident() {
        goDown();
        monitor.pause("storefront");
        monitor.pause("storefront");
        long runs = check.runs();
        check.passes();
        time.advance(ofMinutes(30));
        assertThat(check.runs()).isEqualTo(runs);
        assertThat(snapshot().paused()).isTrue();
        assertThat(snapshot().nextRunAt()).isNull();
        assertThat(monitor.stateOf("storefront")).isEqualTo(HealthState.DOWN);

        monitor.resume("storefront");
        time.advance(ofSeconds(10));
        assertThat(alerts.kinds()).containsExactly(AlertKind.DOWN, AlertKind.RECOVERED);
        assertThat(events.events(CheckChanged.class))
                .extracting(CheckChanged::change)
                .containsExactly(Change.ADDED, Change.PAUSED, Change.RESUMED);
    }

    @Test
    void thePauseCountsForNeitherUpNorDown() {
        time.advance(ofMinutes(1));
        monitor.pause("storefront");
        time.advance(ofMinutes(60));
        monitor.resume("storefront");
        time.advance(ofMinutes(1));
        assertThat(snapshot().figures().uptime().up()).isEqualTo(ofMinutes(2));
        assertThat(snapshot().figures().uptime().down()).isZero();
    }

    @Test
    void theResultOfARunThatWasGoingOnWhenThePauseBeganDoesNotCount() {
        check.takes(ofSeconds(5)).fails("HTTP 503");
        time.advance(ofSeconds(1));
        monitor.pause("storefront");
        time.advance(ofMinutes(1));
        assertThat(snapshot().lastResult()).isNull();
    }

    @Test
    void replacingWithEqualSettingsChangesNothing() {
        goDown();
        CheckDefinition same = CheckDefinition.of(
                "storefront", check, c -> {}, c -> c.every(ofSeconds(30)).contact("owner@shop.example"));
        assertThat(monitor.put(same)).isFalse();
        assertThat(monitor.stateOf("storefront")).isEqualTo(HealthState.DOWN);
    }

    @Test
    void otherSettingsKeepTheStateAndTheOutageIsClosedOnce() {
        goDown();
        assertThat(monitor.replace(
                        "storefront", check, c -> c.every(ofSeconds(10)).contact("other@shop.example")))
                .isTrue();
        assertThat(monitor.stateOf("storefront")).isEqualTo(HealthState.DOWN);
        time.advance(ofMinutes(5));
        check.passes();
        time.advance(ofMinutes(5));
        assertThat(alerts.kinds()).containsExactly(AlertKind.DOWN, AlertKind.RECOVERED);
        assertThat(alerts.alerts().get(1).contacts())
                .as("who was told of the outage is told of its end")
                .containsExactly("owner@shop.example");
    }

    @Test
    void anotherCheckBeginsUnknownAndKeepsTheOutageOpenUntilItIsUp() {
        goDown();
        ScriptedCheck moved = ScriptedCheck.failing("moved, but still down");
        monitor.replace("storefront", moved, c -> c.every(ofSeconds(30)));
        assertThat(monitor.stateOf("storefront")).isEqualTo(HealthState.UNKNOWN);
        time.advance(ofMinutes(5));
        assertThat(monitor.stateOf("storefront")).isEqualTo(HealthState.DOWN);
        assertThat(alerts.kinds()).as("the same outage is not told twice").containsExactly(AlertKind.DOWN);
        moved.passes();
        time.advance(ofMinutes(5));
        assertThat(alerts.kinds()).containsExactly(AlertKind.DOWN, AlertKind.RECOVERED);
    }

    @Test
    void removingACheckThatIsDownClosesItsOutageWithoutClaimingThatItIsUp() {
        goDown();
        assertThat(monitor.remove("storefront")).isTrue();
        assertThat(monitor.remove("storefront")).isFalse();
        time.advance(ofMinutes(5));
        assertThat(alerts.kinds()).containsExactly(AlertKind.DOWN, AlertKind.ENDED);
        assertThat(alerts.alerts().get(1).summary())
                .isEqualTo("storefront is no longer monitored; it was DOWN when it was removed");
        assertThat(alerts.alerts().get(1).to()).isNotEqualTo(HealthState.UP);
        assertThat(monitor.isUp("storefront")).isFalse();
        assertThat(monitor.incidents().open()).isEmpty();
        assertThat(monitor.snapshot().checks()).isEmpty();
    }

    @Test
    void addsWhileRunning() {
        ScriptedCheck added = ScriptedCheck.passing();
        monitor.add("gateway", added);
        time.advance(ofSeconds(30));
        assertThat(added.runs()).isPositive();
        assertThat(monitor.isUp("gateway")).isTrue();
        assertThat(monitor.checks()).containsExactly("gateway", "storefront");
    }

    @Test
    void runNowRunsAtOnceAndTellsTheResult() {
        time.advance(ofSeconds(10));
        check.fails("HTTP 503");
        CompletableFuture<CheckResult> result = monitor.runNow("storefront");
        time.advance(Duration.ZERO);
        assertThat(result).isCompletedWithValue(CheckResult.fail("HTTP 503"));
    }

    @Test
    void runNowJoinsARunThatIsGoingOn() {
        check.takes(ofSeconds(3));
        time.advance(ofSeconds(1));
        CompletableFuture<CheckResult> result = monitor.runNow("storefront");
        time.advance(ofSeconds(2));
        assertThat(result).isCompletedWithValue(CheckResult.pass());
        assertThat(check.runs()).isEqualTo(1);
    }

    @Test
    void runNowRunsEvenAPausedCheckOnce() {
        time.advance(ofSeconds(10));
        monitor.pause("storefront");
        CompletableFuture<CheckResult> result = monitor.runNow("storefront");
        time.advance(ofMinutes(10));
        assertThat(result).isCompletedWithValue(CheckResult.pass());
        assertThat(check.runs()).isEqualTo(2);
    }

    @Test
    void runNowFindsTheRecoveryOfATargetThatIsProbedRarely() {
        goDown();
        time.advance(ofMinutes(60));
        check.passes();
        monitor.runNow("storefront");
        time.advance(ofSeconds(5));
        assertThat(monitor.stateOf("storefront")).isEqualTo(HealthState.UP);
    }

    @Test
    void runNowFailsWhenTheCheckIsRemoved() {
        check.takes(ofSeconds(3));
        time.advance(ofSeconds(1));
        CompletableFuture<CheckResult> result = monitor.runNow("storefront");
        monitor.remove("storefront");
        time.advance(Duration.ZERO);
        assertThat(result)
                .isCompletedExceptionally()
                .failsWithin(Duration.ZERO)
                .withThrowableOfType(java.util.concurrent.ExecutionException.class)
                .withMessageContaining("check 'storefront' was removed from monitor 'shop'");
    }

    @Test
    void aCommandUponAnUnknownCheckSaysSo() {
        assertThatThrownBy(() -> monitor.pause("storefrnt"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("monitor 'shop' has no check named 'storefrnt'");
        assertThatThrownBy(() -> monitor.replace("nope", check, c -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("monitor 'shop' has no check named 'nope'");
        assertThatThrownBy(() -> monitor.add("storefront", check))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("monitor 'shop' has a check named 'storefront' already; use put to replace it");
        assertThat(monitor.stateOf("nope")).isEqualTo(HealthState.UNKNOWN);
        assertThat(monitor.isUp("nope")).isFalse();
    }

    /** P11. */
    @Test
    void closeEndsEverythingAndMayBeCalledTwice() {
        goDown();
        long runs = check.runs();
        monitor.close();
        monitor.close();
        time.advance(ofMinutes(10));
        assertThat(check.runs()).isEqualTo(runs);
        assertThat(events.events())
                .last()
                .isEqualTo(new MonitorClosed("shop", time.now().minus(ofMinutes(10)), 0));
        assertThat(alerts.kinds()).containsExactly(AlertKind.DOWN);
        assertThatThrownBy(monitor::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("monitor 'shop' is closed; build a new one to monitor again");
        assertThatThrownBy(() -> monitor.add("x", check)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> monitor.runNow("storefront"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("monitor 'shop' is not running");
    }

    @Test
    void aListenerMayCallBackIn() {
        List<String> seen = new ArrayList<>();
        Monitor[] self = new Monitor[1];
        Monitor calling = Monitor.named("calling")
                .runOn(time)
                .check("a", check, c -> c.downAfter(1))
                .onStateChange(change -> {
                    seen.add(change.check() + " " + change.to());
                    self[0].pause("a");
                    self[0].resume("a");
                    self[0].runNow("a");
                    self[0].add("b" + seen.size(), check);
                    if (seen.size() == 3) {
                        self[0].close();
                    }
                })
                .build();
        self[0] = calling;
        calling.start();
        time.advance(ofMinutes(10));
        assertThat(seen).startsWith("a UP").hasSizeGreaterThanOrEqualTo(3);
    }

    private void goDown() {
        time.advance(ofSeconds(1));
        check.fails("HTTP 503");
        time.advance(ofMinutes(1));
        assertThat(monitor.stateOf("storefront")).isEqualTo(HealthState.DOWN);
        assertThat(alerts.kinds()).containsExactly(AlertKind.DOWN);
    }

    private CheckSnapshot snapshot() {
        return monitor.snapshot().check("storefront").orElseThrow();
    }

    @Test
    void settingsAreShownInTheSnapshot() {
        assertThat(snapshot().settings().schedule().interval()).isEqualTo(CheckSettings.DEFAULT_EVERY);
        assertThat(snapshot().kind()).isEqualTo("scripted");
    }
}
