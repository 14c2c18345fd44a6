package io.sitemonitor;

import static io.sitemonitor.Stage.START;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckContext;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.Verdict;
import io.sitemonitor.definition.CheckSettings;
import io.sitemonitor.event.RunCompleted;
import io.sitemonitor.event.StateChanged;
import io.sitemonitor.state.HealthState;
import io.sitemonitor.testing.ScriptedCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Promises about detection that hold whatever the settings are: P13, P17 in virtual time, P18. */
class MonitorPromisesTest {

    private final Stage stage = new Stage();

    @AfterEach
    void close() {
        stage.close();
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 150);
    }

    @Nested
    @DisplayName("P13: when DOWN is told")
    class InTime {

        /** Random settings, and a target that falls at a random moment and fails fast, slowly, or not at all in time. */
        @ParameterizedTest(name = "seed {0}")
        @MethodSource("io.sitemonitor.MonitorPromisesTest#seeds")
        void downIsToldNoLaterThanTheSettingsAllow(long seed) {
            Random random = new Random(seed);
            Duration every = ofMillis(100 + random.nextInt(60_000));
            Duration timeout = ofMillis(1 + random.nextInt(20_000));
            Duration retry = ofMillis(1 + random.nextInt(40_000));
            int downAfter = 1 + random.nextInt(8);
            ScriptedCheck check = ScriptedCheck.passing();
            stage.start(stage.builder()
                    .warmUp(ofMillis(random.nextInt(10_000)))
                    .check("other", ScriptedCheck.passing())
                    .check(
                            "check",
                            check,
                            c -> c.every(every)
                                    .timeout(timeout)
                                    .retryEvery(retry)
                                    .downAfter(downAfter)
                                    .upAfter(1 + random.nextInt(4))
                                    .degradedAfter(1 + random.nextInt(8))));
            stage.advance(every.plusMillis(random.nextInt(120_000)));
            assertThat(stage.monitor().stateOf("check")).isEqualTo(HealthState.UP);
            Duration fell = stage.time.elapsed();
            check.fails("gone");
            switch (random.nextInt(4)) {
                case 0 -> check.takes(ofMillis(random.nextInt(1 + (int) timeout.toMillis())));
                case 1 -> check.takes(ofHours(1));
                case 2 -> check.hangsFor(timeout.multipliedBy(2).plusMillis(random.nextInt(20_000)));
                default -> {}
            }
            Duration allowed = every.plus(retry.multipliedBy(downAfter - 1L))
                    .plus(timeout.multipliedBy(downAfter))
                    .plusSeconds(1);
            stage.advance(allowed);
            String settings =
                    "every " + every + ", timeout " + timeout + ", retry " + retry + ", downAfter " + downAfter;
            assertThat(stage.alerts.kinds()).as(settings).containsExactly(AlertKind.DOWN);
            Alert down = stage.alerts.alerts().get(0);
            assertThat(Duration.between(START.plus(fell), down.at()))
                    .as(settings)
                    .isLessThanOrEqualTo(allowed);
            requireStreaks(downAfter);
        }

        /** Random results and random settings: each outage has its failures in a row, and no such row is overlooked. */
        @ParameterizedTest(name = "seed {0}")
        @MethodSource("io.sitemonitor.MonitorPromisesTest#seeds")
        void downIsToldAfterSoManyFailuresInARowAndNeverBefore(long seed) {
            Random random = new Random(seed);
            int downAfter = 1 + random.nextInt(6);
            double bad = 0.3 + random.nextDouble() * 0.6;
            stage.start(stage.builder()
                    .check(
                            "check",
                            context -> {
                                double roll = random.nextDouble();
                                stage.time.take(ofMillis(random.nextInt(3_000)));
                                return roll < 0.08
                                        ? CheckResult.inconclusive("cannot tell")
                                        : roll < 0.16
                                                ? CheckResult.warn("slow")
                                                : random.nextDouble() < bad
                                                        ? CheckResult.fail("bad")
                                                        : CheckResult.pass();
                            },
                            c -> c.every(ofMillis(500 + random.nextInt(20_000)))
                                    .timeout(ofSeconds(5))
                                    .retryEvery(ofMillis(1 + random.nextInt(10_000)))
                                    .downAfter(downAfter)
                                    .upAfter(1 + random.nextInt(3))
                                    .flapAfter(0, ofMinutes(10))));
            stage.advance(ofMinutes(30));
            requireStreaks(downAfter);
        }

        private void requireStreaks(int downAfter) {
            int streak = 0;
            boolean down = false;
            List<Verdict> seen = new ArrayList<>();
            for (Object event : stage.events.events()) {
                if (event instanceof RunCompleted run && run.check().equals("check")) {
                    Verdict verdict = run.result().verdict();
                    seen.add(verdict);
                    if (verdict != Verdict.INCONCLUSIVE) {
                        streak = verdict == Verdict.FAIL ? streak + 1 : 0;
                    }
                    down |= streak >= downAfter;
                } else if (event instanceof StateChanged change
                        && change.check().equals("check")) {
                    if (change.to() == HealthState.DOWN) {
                        assertThat(streak).as("failures in a row in %s", seen).isGreaterThanOrEqualTo(downAfter);
                    }
                    down = change.to() == HealthState.DOWN;
                }
                if (streak >= downAfter) {
                    assertThat(down).as("down after %s", seen).isTrue();
                }
            }
            long downs = stage.events.events(StateChanged.class).stream()
                    .filter(change -> change.to() == HealthState.DOWN)
                    .count();
            assertThat(stage.alerts.kinds().stream().filter(kind -> kind == AlertKind.DOWN))
                    .hasSize((int) downs);
        }

        @Test
        void itHoldsForATargetThatIsDownFromTheStart() {
            ScriptedCheck check = ScriptedCheck.failing("gone");
            MonitorBuilder builder = stage.builder().warmUp(ofSeconds(5));
            for (int i = 0; i < 40; i++) {
                builder.check("c" + i, check);
            }
            stage.start(builder);
            CheckSettings settings = CheckSettings.DEFAULT;
            stage.advance(settings.schedule()
                    .interval()
                    .plus(settings.retryEvery().multipliedBy(2))
                    .plus(settings.timeout().multipliedBy(3))
                    .plusSeconds(1));
            assertThat(stage.alerts.alerts()).hasSize(40);
        }
    }

    @Test
    @DisplayName("P17, in virtual time: targets that hang delay no other")
    void targetsThatHangDelayNoOther() {
        ScriptedCheck good = ScriptedCheck.passing().takes(ofMillis(20));
        ScriptedCheck hanging = ScriptedCheck.passing().hangsFor(ofMinutes(20));
        MonitorBuilder builder = stage.builder().warmUp(ofSeconds(5)).maxConcurrentRuns(160);
        for (int i = 0; i < 1_000; i++) {
            Check each = i % 10 == 3 ? hanging : good;
            builder.check("c" + i, stage.noted(each));
        }
        stage.start(builder);
        stage.advance(ofSeconds(179));
        for (int i = 0; i < 1_000; i++) {
            if (i % 10 != 3) {
                List<Long> begun = stage.begun("c" + i);
                assertThat(begun).as("c%s", i).hasSize(6);
                for (int n = 0; n < 6; n++) {
                    long due = 5L * i + 30_000 * n;
                    assertThat(begun.get(n)).as("c%s", i).isBetween(due - 1, due + 250);
                }
            }
        }
        assertThat(stage.monitor().snapshot().count(HealthState.UP)).isEqualTo(900);
        assertThat(stage.monitor().snapshot().count(HealthState.DOWN)).isEqualTo(100);
    }

    @Nested
    @DisplayName("P18: a run that could not happen is never read as up")
    class CouldNotHappen {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "exception",
                    "runtime",
                    "memory",
                    "stack",
                    "linkage",
                    "assertion",
                    "interrupt",
                    "null",
                    "message"
                })
        void whateverTheCheckThrowsIsACheckError(String how) {
            ScriptedCheck other = ScriptedCheck.passing();
            Monitor monitor = stage.start(stage.builder()
                    .check("check", context -> broken(how), c -> c.downAfter(3))
                    .check(
                            "inverted",
                            context -> broken(how),
                            c -> c.downAfter(3).inverted())
                    .check("other", other));
            stage.advance(ofMinutes(5));
            for (String name : List.of("check", "inverted")) {
                assertThat(stage.last(name).verdict()).as(name).isEqualTo(Verdict.FAIL);
                assertThat(stage.last(name).failure()).as(name).isEqualTo(FailureKind.CHECK_ERROR);
                assertThat(stage.last(name).message()).as(name).isNotEmpty();
                assertThat(monitor.stateOf(name)).as(name).isEqualTo(HealthState.DOWN);
                assertThat(stage.check(name).figures().failed()).isGreaterThanOrEqualTo(3);
                assertThat(stage.check(name).figures().passed()).isZero();
            }
            assertThat(stage.alerts.alerts())
                    .hasSize(2)
                    .allSatisfy(alert -> assertThat(alert.failure()).isEqualTo(FailureKind.CHECK_ERROR));
            assertThat(monitor.isUp("other")).isTrue();
            assertThat(other.runs()).isEqualTo(11);
            Thread.interrupted(); // nothing else may see what a check left behind
        }

        private CheckResult broken(String how) throws Exception {
            return switch (how) {
                case "exception" -> throw new java.io.IOException("disk full");
                case "runtime" -> throw new IllegalStateException();
                case "memory" -> throw new OutOfMemoryError("Java heap space");
                case "stack" -> throw new StackOverflowError();
                case "linkage" -> throw new NoClassDefFoundError("com/example/Driver");
                case "assertion" -> throw new AssertionError("impossible");
                case "interrupt" -> throw new InterruptedException();
                case "message" -> throw new IllegalStateException("a\nb\u0000c".repeat(1_000));
                default -> null;
            };
        }

        @ParameterizedTest
        @ValueSource(booleans = {false, true})
        void aRunThatGotNoThreadIsInconclusiveWithTheReasonAndCounted(boolean inverted) {
            ScriptedCheck hog = ScriptedCheck.passing().takes(ofMinutes(50));
            ScriptedCheck starved = ScriptedCheck.passing();
            Monitor monitor = stage.start(stage.builder()
                    .maxConcurrentRuns(1)
                    .warmUp(ofSeconds(5))
                    .check("hog", hog, c -> c.every(ofHours(1)).timeout(ofHours(1)))
                    .check(
                            "starved",
                            starved,
                            c -> c.timeout(ofSeconds(4)).downAfter(1).inverted(inverted)));
            stage.advance(ofMinutes(5));
            assertThat(starved.runs()).isZero();
            assertThat(stage.runs("starved").get(0).result())
                    .isEqualTo(CheckResult.inconclusive("no thread was free for this run within PT4S"));
            assertThat(stage.last("starved"))
                    .isEqualTo(CheckResult.inconclusive("no thread has been free since 2026-03-01T12:00:02.500Z"));
            assertThat(monitor.stateOf("starved")).isEqualTo(HealthState.UNKNOWN);
            assertThat(monitor.isUp("starved")).isFalse();
            assertThat(stage.check("starved").figures().inconclusive()).isGreaterThanOrEqualTo(9);
            assertThat(stage.check("starved").figures().passed()).isZero();
            assertThat(stage.alerts.alerts()).isEmpty();
            stage.advance(ofMinutes(50));
            assertThat(monitor.stateOf("starved")).isEqualTo(inverted ? HealthState.DOWN : HealthState.UP);
        }

        @ParameterizedTest
        @EnumSource(HealthState.class)
        void whatWasKnownIsForgottenWhenNoRunTellsAnything(HealthState before) {
            boolean[] broken = {false};
            Check check = context -> broken[0]
                    ? CheckResult.inconclusive("cannot tell")
                    : switch (before) {
                        case UP -> CheckResult.pass();
                        case DEGRADED -> CheckResult.warn("slow");
                        case DOWN -> CheckResult.fail("bad");
                        case UNKNOWN -> CheckResult.inconclusive("never could");
                    };
            Monitor monitor = stage.start(stage.builder().check("check", check));
            stage.advance(ofSeconds(100));
            assertThat(monitor.stateOf("check")).isEqualTo(before);
            broken[0] = true;
            stage.advance(ofMinutes(10));
            assertThat(monitor.isUp("check")).isFalse();
            assertThat(monitor.stateOf("check"))
                    .isEqualTo(before == HealthState.DOWN ? HealthState.DOWN : HealthState.UNKNOWN);
        }

        @ParameterizedTest
        @ValueSource(strings = {"kind", "target", "host"})
        void aCheckThatCannotDescribeItselfHarmsNothing(String what) {
            Check check = new Check() {
                @Override
                public CheckResult run(CheckContext context) {
                    return CheckResult.pass();
                }

                @Override
                public String kind() {
                    return throwIf("kind", "odd");
                }

                @Override
                public String target() {
                    return throwIf("target", "somewhere");
                }

                @Override
                public String host() {
                    return throwIf("host", "somewhere.example");
                }

                private String throwIf(String name, String otherwise) {
                    if (name.equals(what)) {
                        throw new IllegalStateException("bug");
                    }
                    return otherwise;
                }
            };
            Monitor monitor = stage.start(stage.builder()
                    .perHost(1, ofMillis(10))
                    .check("check", check)
                    .check("other", ScriptedCheck.passing()));
            stage.advance(ofMinutes(1));
            assertThat(monitor.isUp("other")).isTrue();
            assertThat(monitor.isUp("check")).isTrue();
        }
    }
}
