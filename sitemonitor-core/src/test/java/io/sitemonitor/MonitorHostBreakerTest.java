package io.sitemonitor;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.event.HeartbeatMissed;
import io.sitemonitor.event.RunCompleted;
import io.sitemonitor.state.ConditionKind;
import io.sitemonitor.state.HealthState;
import io.sitemonitor.testing.ScriptedCheck;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/** What the breaker of a host knows is shared by its checks: design §6.10, What 8 of the issue. */
class MonitorHostBreakerTest {

    private static final String HOST = "shop.example";
    private static final CheckResult REFUSED = CheckResult.fail(FailureKind.CONNECT, "connection refused");

    private final Stage stage = new Stage();
    private final ScriptedCheck check = ScriptedCheck.passing();

    @AfterEach
    void close() {
        stage.close();
    }

    private final ScriptedCheck[] checks = {
        ScriptedCheck.passing(), ScriptedCheck.passing(), ScriptedCheck.passing(), ScriptedCheck.passing()
    };

    /** Checks named c0, c1 … of one host, one second apart, every ten seconds; at most 80 seconds while down. */
    private Monitor start(int number) {
        MonitorBuilder builder = stage.builder().warmUp(ofSeconds(number));
        for (int i = 0; i < number; i++) {
            builder.check(
                    "c" + i,
                    stage.at(HOST, checks[i]),
                    c -> c.every(ofSeconds(10)).downAfter(1).upAfter(1).slowDownTo(ofSeconds(80)));
        }
        return stage.start(builder);
    }

    private void all(CheckResult result) {
        for (ScriptedCheck each : checks) {
            each.gives(result);
        }
    }

    private int runs() {
        return stage.order().size();
    }

    @ParameterizedTest
    @EnumSource(
            value = FailureKind.class,
            names = {"DNS", "CONNECT", "TLS", "TIMEOUT"})
    void theySlowDownTogether(FailureKind unreachable) {
        start(4);
        stage.advance(ofSeconds(9));
        all(CheckResult.fail(unreachable, "away"));
        stage.advance(ofSeconds(10));
        assertThat(stage.monitor().snapshot().count(HealthState.DOWN)).isEqualTo(4);
        stage.forgetRuns();
        stage.advance(ofSeconds(150));
        // each alone would be probed 4 times, after 10, 30, 70 and 150 seconds
        assertThat(runs()).isBetween(4, 11);
        stage.advance(ofMinutes(16));
        assertThat(runs()).as("none is forgotten").isBetween(4 * 12, 4 * 16);
    }

    @Test
    void oneTrialAtATime() {
        for (ScriptedCheck each : checks) {
            each.takes(ofSeconds(7));
        }
        start(4);
        stage.advance(ofSeconds(9));
        all(REFUSED);
        stage.advance(ofSeconds(30));
        stage.events.clear();
        stage.advance(ofHours(1));
        List<RunCompleted> trials = stage.events(RunCompleted.class);
        assertThat(trials).hasSizeGreaterThan(20);
        for (int i = 1; i < trials.size(); i++) {
            RunCompleted before = trials.get(i - 1);
            assertThat(trials.get(i).at()).isAfterOrEqualTo(before.at().plus(before.duration()));
        }
    }

    @Test
    void oneSuccessBringsAllBackAtOnce() {
        Monitor monitor = start(4);
        stage.advance(ofSeconds(9));
        all(REFUSED);
        stage.advance(ofMinutes(20));
        all(CheckResult.pass());
        stage.forgetRuns();
        stage.advanceUntil(() -> runs() > 0);
        stage.advance(ofMillis(100));
        assertThat(monitor.snapshot().count(HealthState.UP)).isEqualTo(4);
        stage.forgetRuns();
        stage.advance(ofSeconds(20));
        assertThat(runs()).as("at the usual pace").isEqualTo(8);
    }

    @Test
    void whoIsStillDownAfterASuccessElsewhereSharesAgain() {
        Monitor monitor = start(4);
        stage.advance(ofSeconds(9));
        all(REFUSED);
        stage.advance(ofMinutes(20));
        checks[0].passes();
        stage.advance(ofMinutes(6));
        assertThat(monitor.stateOf("c0")).isEqualTo(HealthState.UP);
        checks[0].gives(REFUSED);
        stage.advance(ofMinutes(6));
        assertThat(monitor.snapshot().count(HealthState.DOWN)).isEqualTo(4);
        all(CheckResult.pass());
        stage.forgetRuns();
        stage.advanceUntil(() -> runs() > 0);
        stage.advance(ofMillis(100));
        assertThat(monitor.snapshot().count(HealthState.UP)).isEqualTo(4);
    }

    @Test
    void whatCanBeReachedAgainIsFoundWithinItsSlowestPaceWhateverTheOthersDo() {
        Monitor monitor = start(4);
        stage.advance(ofSeconds(9));
        all(REFUSED);
        stage.advance(ofMinutes(20));
        for (int back = 3; back >= 0; back--) {
            checks[back].passes();
            stage.advance(ofSeconds(91));
            assertThat(monitor.stateOf("c" + back)).as("c%s", back).isEqualTo(HealthState.UP);
            checks[back].gives(REFUSED);
            stage.advance(ofMinutes(20));
        }
    }

    @Test
    void aHostThatIsAwayDoesNotMakeTheMonitorLookDead() {
        start(4);
        stage.advance(ofSeconds(9));
        all(REFUSED);
        stage.advance(ofHours(1));
        assertThat(stage.events(HeartbeatMissed.class)).isEmpty();
        for (int i = 0; i < 4; i++) {
            assertThat(stage.check("c" + i).condition(ConditionKind.STALE))
                    .as("c%s", i)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = FailureKind.class,
            mode = Mode.EXCLUDE,
            names = {"DNS", "CONNECT", "TLS", "TIMEOUT"})
    void whatTheHostAnswersIsAMatterOfEach(FailureKind answered) {
        start(3);
        stage.advance(ofSeconds(9));
        all(CheckResult.fail(answered, "wrong"));
        stage.advance(ofSeconds(200));
        for (int i = 0; i < 3; i++) {
            long down = 10_000 + 1_000L * i;
            assertThat(stage.begun("c" + i))
                    .as("c%s", i)
                    .startsWith(down - 10_000, down, down + 10_000, down + 30_000, down + 70_000, down + 150_000);
        }
        checks[0].passes();
        stage.forgetRuns();
        stage.advance(ofSeconds(40));
        assertThat(stage.begun("c1").size() + stage.begun("c2").size())
                .as("not brought back by the success of another")
                .isLessThanOrEqualTo(2);
    }

    @Test
    void checksThatCanBeReachedAreNotConcerned() {
        Monitor monitor = start(4);
        stage.advance(ofSeconds(9));
        checks[0].gives(REFUSED);
        checks[1].gives(REFUSED);
        stage.advance(ofMinutes(10));
        stage.forgetRuns();
        stage.advance(ofSeconds(100));
        assertThat(stage.begun("c2")).hasSize(10);
        assertThat(stage.begun("c3")).hasSize(10);
        assertThat(monitor.isUp("c2")).isTrue();
    }

    @Test
    void checksOfOtherHostsAreNotConcerned() {
        check.gives(REFUSED);
        stage.start(stage.builder()
                .check("a", stage.at(HOST, check), c -> c.every(ofSeconds(10)).downAfter(1))
                .check(
                        "b",
                        stage.at("other.example", check),
                        c -> c.every(ofSeconds(10)).downAfter(1))
                .check("c", stage.noted(check), c -> c.every(ofSeconds(10)).downAfter(1)));
        stage.advance(ofSeconds(125));
        for (String name : List.of("a", "b", "c")) {
            assertThat(stage.begun(name)).as(name).containsExactly(0L, 10_000L, 30_000L, 70_000L, 120_000L);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pause", "remove", "replace", "move"})
    void aTrialOfWhichNothingComesDoesNotBlockTheOthers(String command) {
        Monitor monitor = start(3);
        stage.advance(ofSeconds(9));
        all(REFUSED);
        stage.advance(ofMinutes(20));
        for (ScriptedCheck each : checks) {
            each.takes(ofSeconds(6));
        }
        stage.forgetRuns();
        stage.advanceUntil(() -> runs() > 0);
        String onTrial = stage.order().get(0);
        stage.advance(ofSeconds(1));
        switch (command) {
            case "pause" -> monitor.pause(onTrial);
            case "remove" -> monitor.remove(onTrial);
            case "replace" -> monitor.replace(onTrial, stage.at(HOST, check), c -> c.every(ofHours(1)));
            default -> monitor.replace(onTrial, stage.at("other.example", check), c -> c.every(ofHours(1)));
        }
        all(CheckResult.pass());
        for (ScriptedCheck each : checks) {
            each.takes(ZERO);
        }
        stage.advance(ofSeconds(91));
        for (int i = 0; i < 3; i++) {
            String name = "c" + i;
            if (!name.equals(onTrial)) {
                assertThat(monitor.stateOf(name)).as(name).isEqualTo(HealthState.UP);
            }
        }
    }

    @Test
    void aTrialThatTellsNothingIsMadeAgain() {
        Monitor monitor = start(3);
        stage.advance(ofSeconds(9));
        all(REFUSED);
        stage.advance(ofMinutes(20));
        all(CheckResult.inconclusive("cannot tell"));
        stage.advance(ofMinutes(10));
        all(CheckResult.pass());
        stage.advance(ofSeconds(91));
        assertThat(monitor.snapshot().count(HealthState.UP)).isEqualTo(3);
    }

    @Test
    void aPassiveSuccessBringsAllBackToo() {
        Monitor monitor = start(4);
        stage.advance(ofSeconds(9));
        all(REFUSED);
        stage.advance(ofMinutes(20));
        all(CheckResult.pass());
        monitor.report("c2", CheckResult.pass(), ofMillis(3));
        stage.advance(ofMillis(100));
        assertThat(monitor.snapshot().count(HealthState.UP)).isEqualTo(4);
    }

    @Test
    void whoIsPausedIsNotWokenByASuccess() {
        Monitor monitor = start(4);
        stage.advance(ofSeconds(9));
        all(REFUSED);
        stage.advance(ofMinutes(20));
        monitor.pause("c3");
        stage.forgetRuns();
        all(CheckResult.pass());
        stage.advance(ofMinutes(5));
        assertThat(stage.begun("c3")).isEmpty();
        monitor.resume("c3");
        stage.advance(ofMillis(100));
        assertThat(monitor.stateOf("c3")).isEqualTo(HealthState.UP);
    }

    @Test
    void eachOutageIsToldOnceAllTheSame() {
        start(4);
        stage.advance(ofSeconds(9));
        all(REFUSED);
        stage.advance(ofMinutes(20));
        all(CheckResult.pass());
        stage.advance(ofMinutes(5));
        assertThat(stage.alerts.kinds()).hasSize(8);
        assertThat(stage.alerts.kinds().stream().filter(kind -> kind == AlertKind.DOWN))
                .hasSize(4);
        assertThat(stage.alerts.kinds().stream().filter(kind -> kind == AlertKind.RECOVERED))
                .hasSize(4);
    }

    @Test
    void afterOneHasBeenLeftAloneItKeepsItsOwnPace() {
        Monitor monitor = start(2);
        stage.advance(ofSeconds(9));
        all(REFUSED);
        stage.advance(ofMinutes(10));
        monitor.remove("c1");
        stage.forgetRuns();
        stage.advance(ofMinutes(16));
        assertThat(stage.begun("c0")).hasSizeBetween(11, 16);
    }
}
