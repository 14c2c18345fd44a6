package io.sitemonitor;

import static io.sitemonitor.Stage.START;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.event.Heartbeat;
import io.sitemonitor.event.HeartbeatMissed;
import io.sitemonitor.schedule.Platform;
import io.sitemonitor.schedule.Schedule;
import io.sitemonitor.testing.RecordingAlerts;
import io.sitemonitor.testing.ScriptedCheck;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The monitor can itself be watched: P21. */
class MonitorHeartbeatTest {

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

    @Nested
    @DisplayName("P21: it beats")
    class Beats {

        @Test
        void onceAMinuteUnlessToldOtherwise() {
            Monitor monitor = stage.start(stage.builder().check("a", check).check("b", check));
            assertThat(monitor.snapshot().heartbeat()).isNull();
            stage.advance(ofSeconds(59));
            assertThat(monitor.snapshot().heartbeat()).isNull();
            stage.advance(ofSeconds(250));
            assertThat(beats()).containsExactly(60L, 120L, 180L, 240L, 300L);
            assertThat(stage.events(Heartbeat.class).get(4))
                    .isEqualTo(new Heartbeat("test", START.plusSeconds(300), 2));
            assertThat(monitor.snapshot().heartbeat()).isEqualTo(START.plusSeconds(300));
            assertThat(missed()).isEmpty();
        }

        @Test
        void asOftenAsTold() {
            stage.start(stage.builder().heartbeat(ofSeconds(7)).check("a", check));
            stage.advance(ofSeconds(30));
            assertThat(beats()).containsExactly(7L, 14L, 21L, 28L);
        }

        @Test
        void withoutAnyCheck() {
            stage.start(stage.builder());
            stage.advance(ofMinutes(3));
            assertThat(beats()).containsExactly(60L, 120L, 180L);
            assertThat(stage.events(Heartbeat.class).get(0).checks()).isZero();
        }

        @Test
        void whateverTheTargetsDo() {
            ScriptedCheck down = ScriptedCheck.failing("HTTP 503");
            ScriptedCheck hanging = ScriptedCheck.passing().hangsFor(ofHours(10));
            stage.start(stage.builder()
                    .check("down", down)
                    .check("hanging", hanging)
                    .check("inconclusive", context -> CheckResult.inconclusive("cannot tell"))
                    .check("broken", context -> {
                        throw new IllegalStateException("bug");
                    }));
            stage.advance(ofHours(2));
            assertThat(stage.events(Heartbeat.class)).hasSize(120);
            assertThat(missed()).isEmpty();
        }

        @Test
        void whateverIsCommanded() {
            Monitor monitor = stage.start(stage.builder()
                    .check("paused", check)
                    .check("maintained", check)
                    .check("removed", check)
                    .check("replaced", check)
                    .check("reported", check)
                    .check("rare", check, c -> c.schedule(Schedule.daily(LocalTime.of(6, 0), ZoneOffset.UTC))));
            stage.advance(ofSeconds(10));
            monitor.pause("paused");
            monitor.openMaintenance("release", ofHours(1), "maintained");
            monitor.remove("removed");
            monitor.replace("replaced", check, c -> c.every(ofHours(5)));
            for (int i = 0; i < 120; i++) {
                monitor.report("reported", CheckResult.pass(), ofMillis(1));
                stage.advance(ofMinutes(1));
            }
            monitor.resume("paused");
            stage.advance(ofHours(24 * 3));
            assertThat(missed()).isEmpty();
            assertThat(stage.events(Heartbeat.class)).hasSizeBetween(74 * 60 - 1, 74 * 60 + 1);
        }

        @Test
        void notAfterTheMonitorIsClosed() {
            Monitor monitor = stage.start(stage.builder().check("a", check));
            stage.advance(ofSeconds(61));
            monitor.close();
            stage.advance(ofMinutes(5));
            assertThat(beats()).containsExactly(60L);
        }

        @Test
        void valuesOutsideTheRangeAreRefused() {
            MonitorBuilder builder = Monitor.named("shop");
            assertThatThrownBy(() -> builder.heartbeat(ofMillis(999)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("heartbeat must be from PT1S to PT24H, but was PT0.999S");
            assertThatThrownBy(() -> builder.heartbeat(ofDays(1).plusNanos(1), check))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("heartbeat must be from PT1S to PT24H, but was PT24H0.000000001S");
            assertThatThrownBy(() -> builder.heartbeat(null))
                    .isInstanceOf(NullPointerException.class)
                    .hasMessage("every");
            assertThatThrownBy(() -> builder.heartbeat(ofMinutes(1), null))
                    .isInstanceOf(NullPointerException.class)
                    .hasMessage("call");
            assertThatCode(() -> builder.heartbeat(ofSeconds(1)).heartbeat(ofDays(1)))
                    .doesNotThrowAnyException();
        }
    }

    @Nested
    @DisplayName("P21: it stops when scheduling stops")
    class Scheduling {

        @Test
        void whenNoThreadIsFreeForTwoIntervals() {
            ScriptedCheck hog = ScriptedCheck.passing().takes(ofMinutes(30));
            Monitor monitor = stage.start(stage.builder()
                    .maxConcurrentRuns(1)
                    .warmUp(ofSeconds(5))
                    .check("starved", check, c -> c.every(ofSeconds(30)).timeout(ofSeconds(5)))
                    .check("hog", hog, c -> c.every(ofHours(2)).timeout(ofHours(1))));
            stage.advance(ofMinutes(10));
            assertThat(beats())
                    .as("two intervals and a timeout after its only run at 0 s")
                    .containsExactly(60L);
            assertThat(missed())
                    .hasSize(9)
                    .allSatisfy(beat ->
                            assertThat(beat.reason()).isEqualTo("check 'starved' has not been run for two intervals"));
            assertThat(monitor.snapshot().heartbeat()).isEqualTo(START.plusSeconds(60));
            stage.advance(ofMinutes(30));
            long backAt = beats().get(1);
            assertThat(backAt).as("the first beat once there is a thread").isBetween(1_800L, 1_861L);
            stage.advance(ofMinutes(20));
            assertThat(beats()).last().isEqualTo(3_600L);
        }

        @Test
        void aDeadLoopGivesNoBeatAtAll() {
            AtomicBoolean dead = new AtomicBoolean();
            Platform platform = new PlatformAround(stage.time) {
                @Override
                public Loop loop(String name, Tick tick) {
                    return super.loop(name, () -> dead.get() ? Tick.NEVER : tick.run());
                }
            };
            Monitor monitor = stage.start(stage.builder().runOn(platform).check("a", check));
            stage.advance(ofMinutes(3));
            assertThat(beats()).containsExactly(60L, 120L, 180L);
            dead.set(true);
            stage.advance(ofMinutes(10));
            assertThat(beats()).containsExactly(60L, 120L, 180L);
            assertThat(missed()).isEmpty();
            assertThat(monitor.snapshot().heartbeat()).isEqualTo(START.plusSeconds(180));
            assertThat(monitor.isUp("a"))
                    .as("not run for two intervals, so never UP")
                    .isFalse();
        }

        @Test
        void aFrozenHostIsHeardAgainAfterwards() {
            stage.start(stage.builder().check("a", check));
            stage.advance(ofSeconds(61));
            stage.time.freeze(ofMinutes(10));
            stage.advance(ofMinutes(5));
            assertThat(beats()).hasSizeBetween(5, 7);
            assertThat(beats().stream().filter(at -> at > 61 && at < 661)).isEmpty();
        }
    }

    @Nested
    @DisplayName("P21: it stops when delivery stops")
    class Delivery {

        @Test
        void whenAListenerHasBeenFailingForLongerThanTwoHeartbeats() {
            RecordingAlerts lame = new RecordingAlerts();
            lame.failWith(new IllegalStateException("away"));
            check.fails("HTTP 503");
            stage.start(stage.builder().alert(lame).check("a", check, c -> c.downAfter(1)));
            stage.advance(ofMinutes(30));
            assertThat(beats()).as("the alert has been waiting since the start").containsExactly(60L, 120L);
            assertThat(missed()).hasSize(28);
            assertThat(missed().get(0).reason()).isEqualTo("an alert has been waiting for 3 min");
            assertThat(stage.alerts.kinds()).containsExactly(AlertKind.DOWN);
            lame.failWith(null);
            stage.advance(ofMinutes(5));
            assertThat(beats()).containsExactly(60L, 120L, 1_860L, 1_920L, 1_980L, 2_040L, 2_100L);
        }

        @Test
        void whenAListenerBlocks() {
            check.fails("HTTP 503");
            boolean[] blocks = {true};
            stage.start(stage.builder()
                    .heartbeat(ofSeconds(30))
                    .alert(
                            alert -> {
                                if (blocks[0]) {
                                    stage.time.take(ofHours(1));
                                }
                            },
                            p -> p.timeout(ofSeconds(10)))
                    .check("a", check, c -> c.downAfter(1)));
            stage.advance(ofMinutes(10));
            assertThat(beats()).containsExactly(30L, 60L);
            assertThat(missed()).hasSize(18);
            blocks[0] = false;
            stage.advance(ofMinutes(70));
            assertThat(beats()).last().isEqualTo(4_800L);
        }

        @Test
        void notForAnAlertThatIsHeldOnPurpose() {
            check.fails("HTTP 503");
            Monitor monitor = stage.start(stage.builder().check("a", check, c -> c.downAfter(1)));
            monitor.openMaintenance("release", ofHours(1), "a");
            stage.advance(ofMinutes(50));
            assertThat(missed()).isEmpty();
            assertThat(beats()).hasSize(50);
        }

        @Test
        void itComesBackWhenTheAlertIsGivenUp() {
            RecordingAlerts lame = new RecordingAlerts();
            lame.failWith(new IllegalStateException("away"));
            check.fails("HTTP 503");
            Monitor monitor = stage.start(stage.builder()
                    .alert(lame, p -> p.expireAfter(ofMinutes(10)))
                    .check("a", check, c -> c.downAfter(1)));
            stage.advance(ofMinutes(30));
            assertThat(monitor.alerts().deadLetters()).hasSize(1);
            assertThat(beats()).startsWith(60L, 120L).last().isEqualTo(1_800L);
            assertThat(missed()).hasSizeBetween(7, 8);
        }
    }
}
