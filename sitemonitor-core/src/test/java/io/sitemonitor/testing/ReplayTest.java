package io.sitemonitor.testing;

import static io.sitemonitor.state.HealthState.DEGRADED;
import static io.sitemonitor.state.HealthState.DOWN;
import static io.sitemonitor.state.HealthState.UP;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sitemonitor.Monitor;
import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.PassiveResults;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recorded results through other thresholds. */
class ReplayTest {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    private Path folder;

    @Test
    void theSameThresholdsSendTheSameAlertsAtTheSameTimes() throws IOException {
        Recording recording = record(3);
        Path file = folder.resolve("recorded.results");
        recording.log.writeTo(file);
        Timeline replayed = replay(ResultLog.readFrom(file), 3);
        recording.timeline.whole().alertsExactly("DOWN shop", "RECOVERED shop", "DOWN shop", "RECOVERED shop");
        assertThat(replayed).hasToString(recording.timeline.toString());
        assertThat(replayed.whole().alerts())
                .usingRecursiveComparison()
                .ignoringFields("monitor", "id", "incidentId")
                .isEqualTo(recording.timeline.whole().alerts());
    }

    @Test
    void otherThresholdsShowWhatWouldHaveBeenSent() {
        ResultLog log = record(3).log;
        replay(log, 5)
                .whole()
                .alertsExactly("DOWN shop", "RECOVERED shop")
                .statesOf("shop", UP, DEGRADED, DOWN, UP, DEGRADED, UP);
        replay(log, 50).whole().noAlerts().statesOf("shop", UP, DEGRADED, UP, DEGRADED, UP);
        assertThat(replay(log, 1).whole().alerts())
                .as("the single failure, too")
                .extracting(Alert::kind)
                .containsExactly(
                        AlertKind.DOWN,
                        AlertKind.RECOVERED,
                        AlertKind.DOWN,
                        AlertKind.RECOVERED,
                        AlertKind.DOWN,
                        AlertKind.RECOVERED);
    }

    @Test
    void eachResultIsReportedWhenItsRunEnded() {
        ResultLog log = ResultLog.unbounded();
        log.add(result("a", 10, 2, CheckResult.pass()));
        log.add(result("b", 0, 30, CheckResult.warn("slow")));
        log.add(result("a", 20, 1, CheckResult.pass("by a clock that went back")));
        List<String> reported = new ArrayList<>();
        boolean[] closed = new boolean[1];
        ManualTime[] used = new ManualTime[1];
        Timeline timeline = Replay.of(log)
                .run(
                        ofHours(1),
                        (time, told) -> {
                            used[0] = time;
                            time.at(ofSeconds(31), () -> told.note("after the last"));
                            return () -> closed[0] = true;
                        },
                        (AutoCloseable monitor) -> (PassiveResults) (check, result, took) ->
                                reported.add(used[0].elapsed() + " " + check + " " + result.summary() + " " + took));
        assertThat(reported)
                .containsExactly(
                        "PT12S a PASS PT2S",
                        "PT30S b WARN: slow PT30S",
                        "PT30S a PASS: by a clock that went back PT1S");
        assertThat(closed).containsExactly(true);
        assertThat(used[0].now()).isEqualTo(START.plus(ofHours(1)).plusSeconds(30));
        assertThat(timeline.toString()).contains("+00:00:31  note  after the last");
    }

    @Test
    void theOwnRunsOfAReplayedCheckDecideNothing() {
        ResultLog log = ResultLog.unbounded();
        log.add(result("shop", 0, 0, CheckResult.pass()));
        log.add(result("shop", ofDays(1).toSeconds(), 0, CheckResult.fail("once")));
        replay(log, 1).whole().alertsExactly("DOWN shop").statesOf("shop", UP, DOWN);
        assertThat(Replay.passive().kind()).isEqualTo("replayed");
    }

    @Test
    void knowsItsChecksAndItsStart() {
        ResultLog log = ResultLog.unbounded();
        log.add(result("b", 10, 0, CheckResult.pass()));
        log.add(result("a", 5, 7, CheckResult.pass()));
        Replay replay = Replay.of(log);
        assertThat(replay.checks()).containsExactly("a", "b");
        assertThat(replay.start()).isEqualTo(START.plusSeconds(5));
    }

    @Test
    void refusesAnEmptyLogAndShowsWhatGoesWrong() {
        ResultLog log = ResultLog.unbounded();
        assertThatThrownBy(() -> Replay.of(log))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is nothing to replay: the log has no results");
        log.add(result("shop", 0, 0, CheckResult.pass()));
        AutoCloseable broken = () -> {
            throw new IOException("stuck");
        };
        assertThatThrownBy(() -> Replay.of(log).run((time, told) -> broken, monitor -> (check, result, took) -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the monitor of a replay could not be closed")
                .hasRootCauseMessage("stuck");
    }

    private record Recording(ResultLog log, Timeline timeline) {}

    /** An hour with an outage of some minutes, one of three runs, and a single failure. */
    private static Recording record(int downAfter) {
        ManualTime time = ManualTime.startingAt(START);
        ScriptedCheck shop = ScriptedCheck.passing().takes(ofSeconds(1));
        Recording recording = new Recording(ResultLog.unbounded(), Timeline.on(time));
        try (Monitor monitor = Monitor.named("recorded")
                .runOn(time)
                .check("shop", shop, c -> c.every(ofSeconds(30)).downAfter(downAfter))
                .alert(recording.timeline)
                .listener(recording.timeline)
                .listener(recording.log)
                .start()) {
            CheckResult failed = CheckResult.fail("HTTP 503");
            time.at(ofMinutes(5), () -> shop.fails("HTTP 503"));
            time.at(ofMinutes(15), shop::passes);
            time.at(ofMinutes(30), () -> shop.first(failed, failed, failed));
            time.at(ofMinutes(45), () -> shop.first(failed));
            time.advance(ofHours(1));
            assertThat(monitor.isUp("shop")).isTrue();
        }
        return recording;
    }

    private static Timeline replay(ResultLog log, int downAfter) {
        return Replay.of(log)
                .run(
                        (time, timeline) -> Monitor.named("what-if")
                                .runOn(time)
                                .check(
                                        "shop",
                                        Replay.passive(),
                                        c -> c.every(ofDays(30)).downAfter(downAfter))
                                .alert(timeline)
                                .listener(timeline)
                                .start(),
                        monitor -> monitor::report);
    }

    private static RecordedResult result(String check, long at, long took, CheckResult result) {
        return new RecordedResult(check, START.plusSeconds(at), Duration.ofSeconds(took), result);
    }
}
