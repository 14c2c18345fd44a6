package io.sitemonitor;

import static io.sitemonitor.Stage.START;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.event.Heartbeat;
import io.sitemonitor.event.HeartbeatMissed;
import io.sitemonitor.testing.RecordingAlerts;
import io.sitemonitor.testing.ScriptedCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is called with each heartbeat: P21. */
class MonitorHeartbeatCallTest {

    private final Stage stage = new Stage();
    private final ScriptedCheck check = ScriptedCheck.passing();

    @AfterEach
    void close() {
        stage.close();
    }

    private List<Long> beats() {
        return stage.events(Heartbeat.class).stream()
                .map(beat -> Duration.between(START, beat.at()).toSeconds())
                .toList();
    }

    private List<HeartbeatMissed> missed() {
        return stage.events(HeartbeatMissed.class);
    }

    private final List<Long> called = new ArrayList<>();
    private CheckResult answer = CheckResult.pass();
    private Duration takes = ZERO;
    private int going;
    private int most;

    private final Check call = context -> {
        called.add(stage.millis() / 1_000);
        going++;
        most = Math.max(most, going);
        if (!takes.isZero()) {
            stage.time.take(takes);
            stage.time.at(stage.time.elapsed().plus(takes), () -> going--);
        } else {
            going--;
        }
        return answer;
    };

    @Test
    void itIsCalledOnceABeat() {
        stage.start(stage.builder().heartbeat(ofMinutes(1), call).check("a", check));
        stage.advance(ofMinutes(5));
        assertThat(called).containsExactly(60L, 120L, 180L, 240L, 300L);
    }

    @Test
    void itIsNotCalledWhenTheBeatStaysAway() {
        RecordingAlerts lame = new RecordingAlerts();
        lame.failWith(new IllegalStateException("away"));
        check.fails("HTTP 503");
        stage.start(stage.builder().heartbeat(ofMinutes(1), call).alert(lame).check("a", check, c -> c.downAfter(1)));
        stage.advance(ofMinutes(10));
        assertThat(called).containsExactly(60L, 120L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fails", "throws", "error", "null"})
    void itsFailureHarmsNothing(String how) {
        Check failing = context -> {
            called.add(stage.millis() / 1_000);
            return switch (how) {
                case "fails" -> CheckResult.fail("HTTP 500");
                case "throws" -> throw new IllegalStateException("bug");
                case "error" -> throw new StackOverflowError();
                default -> null;
            };
        };
        Monitor monitor =
                stage.start(stage.builder().heartbeat(ofMinutes(1), failing).check("a", check));
        stage.advance(ofMinutes(5));
        assertThat(called).hasSize(5);
        assertThat(beats()).hasSize(5);
        assertThat(missed()).isEmpty();
        assertThat(monitor.isUp("a")).isTrue();
        assertThat(stage.alerts.alerts()).isEmpty();
    }

    @Test
    void callsThatTakeLongNeverOverlapAndDelayNoBeat() {
        takes = ofSeconds(9);
        stage.start(stage.builder().heartbeat(ofSeconds(2), call).check("a", check));
        stage.advance(ofMinutes(2));
        assertThat(most).isEqualTo(1);
        assertThat(called).startsWith(2L, 12L, 22L);
        assertThat(beats()).hasSize(60);
    }

    @Test
    void aCallThatHangsIsEndedAfterTenSecondsAndTheNextOnesAreMade() {
        List<Duration> limits = new ArrayList<>();
        List<Long> ended = new ArrayList<>();
        Check hanging = context -> {
            called.add(stage.millis() / 1_000);
            limits.add(context.timeout());
            if (called.size() == 1) {
                context.onCancel(() -> ended.add(stage.millis() / 1_000));
                stage.time.take(ofSeconds(150));
            }
            return CheckResult.pass();
        };
        stage.start(stage.builder().heartbeat(ofMinutes(1), hanging).check("a", check));
        stage.advance(ofMinutes(6));
        assertThat(limits).containsOnly(ofSeconds(10));
        assertThat(ended).as("60 s and ten more").containsExactly(70L);
        assertThat(called).as("not while the first goes on").containsExactly(60L, 240L, 300L, 360L);
        assertThat(beats()).hasSize(6);
    }

    @Test
    void itIsToldWhoCalls() {
        List<String> names = new ArrayList<>();
        stage.start(stage.builder()
                .heartbeat(ofMinutes(1), context -> {
                    names.add(context.monitor() + " " + context.check());
                    context.retryAfter(ofHours(3));
                    return CheckResult.pass();
                })
                .check("a", check));
        stage.advance(ofMinutes(2));
        assertThat(names).containsExactly("test heartbeat", "test heartbeat");
    }
}
