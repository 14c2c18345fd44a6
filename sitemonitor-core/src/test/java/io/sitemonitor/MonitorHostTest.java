package io.sitemonitor;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckContext;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.event.RunCompleted;
import io.sitemonitor.event.TicksMissed;
import io.sitemonitor.state.HealthState;
import io.sitemonitor.testing.ScriptedCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** So many runs at once for one host, and so much time between them: {@code perHost}, What 3 of the issue. */
class MonitorHostTest {

    private static final String HOST = "shop.example";

    private final Stage stage = new Stage();
    private final ScriptedCheck check = ScriptedCheck.passing();

    @AfterEach
    void close() {
        stage.close();
    }

    private Monitor start(int checks, MonitorBuilder builder, Duration every) {
        for (int i = 0; i < checks; i++) {
            builder.check("c" + i, stage.at(HOST, check), c -> c.every(every).timeout(ofSeconds(10)));
        }
        return stage.start(builder);
    }

    @Test
    void noMoreRunsGoOnAtOnceThanAllowed() {
        check.takes(ofSeconds(2));
        start(10, stage.builder().perHost(3, ZERO), ofSeconds(30));
        stage.advance(ofSeconds(10));
        assertThat(starts()).containsExactly(0L, 0L, 0L, 2_000L, 2_000L, 2_000L, 4_000L, 4_000L, 4_000L, 6_000L);
    }

    @Test
    void startsAreNoCloserThanTheGap() {
        start(5, stage.builder().perHost(10, ofMillis(700)), ofSeconds(30));
        stage.advance(ofSeconds(29));
        assertThat(starts()).containsExactly(0L, 700L, 1_400L, 2_100L, 2_800L);
    }

    @Test
    void bothLimitsHoldTogether() {
        check.takes(ofSeconds(5));
        start(5, stage.builder().perHost(2, ofSeconds(1)), ofSeconds(60));
        stage.advance(ofSeconds(20));
        assertThat(starts()).containsExactly(0L, 1_000L, 5_000L, 6_000L, 10_000L);
    }

    @Test
    void otherHostsAndChecksWithoutAHostAreNotConcerned() {
        check.takes(ofSeconds(5));
        stage.start(stage.builder()
                .perHost(1, ofSeconds(2))
                .check("a", stage.at(HOST, check))
                .check("b", stage.at("other.example", check))
                .check("c", stage.noted(check))
                .check("d", stage.noted(check)));
        stage.advance(ofSeconds(1));
        assertThat(stage.order()).containsExactlyInAnyOrder("a", "b", "c", "d");
    }

    @Test
    void theOrderOfAskingIsKept() {
        check.takes(ofSeconds(1));
        MonitorBuilder builder = stage.builder().perHost(1, ZERO).warmUp(ofMillis(80));
        start(8, builder, ofSeconds(30));
        stage.advance(ofSeconds(28));
        assertThat(stage.order()).containsExactly("c0", "c1", "c2", "c3", "c4", "c5", "c6", "c7");
    }

    @Test
    void aRunThatHasToWaitIsLateButNotLostAndKeepsItsGrid() {
        ScriptedCheck slow = ScriptedCheck.passing().takes(ofSeconds(25));
        stage.start(stage.builder()
                .perHost(1, ZERO)
                .check("slow", stage.at(HOST, slow), c -> c.every(ofMinutes(10)).timeout(ofMinutes(1)))
                .check("quick", stage.at(HOST, check), c -> c.every(ofSeconds(10))));
        stage.advance(ofSeconds(45));
        assertThat(stage.begun("quick")).containsExactly(25_000L, 30_000L, 40_000L);
        assertThat(stage.check("quick").missedTicks())
                .as("those of 10 and 20 s")
                .isEqualTo(2);
        assertThat(stage.events(TicksMissed.class)).singleElement().satisfies(missed -> {
            assertThat(missed.check()).isEqualTo("quick");
            assertThat(missed.count()).isEqualTo(2);
        });
    }

    @Test
    void theTimeoutCountsFromTheStartOfTheRunAndNotFromWhenItWasDue() {
        check.takes(ofSeconds(4));
        stage.start(stage.builder()
                .perHost(1, ZERO)
                .check("a", stage.at(HOST, check), c -> c.timeout(ofSeconds(5)))
                .check("b", stage.at(HOST, check), c -> c.timeout(ofSeconds(5)))
                .check("c", stage.at(HOST, check), c -> c.timeout(ofSeconds(5))));
        stage.advance(ofSeconds(13));
        assertThat(stage.events(RunCompleted.class))
                .hasSize(3)
                .allSatisfy(run -> assertThat(run.result()).isEqualTo(CheckResult.pass()))
                .allSatisfy(run -> assertThat(run.duration()).isEqualTo(ofSeconds(4)));
    }

    @Test
    void aRunThatDoesNotEndGivesItsPlaceBackAtItsTimeout() {
        ScriptedCheck hanging = ScriptedCheck.passing().hangsFor(ofHours(2));
        Monitor monitor = stage.start(stage.builder()
                .perHost(1, ZERO)
                .check("hanging", stage.at(HOST, hanging), c -> c.timeout(ofSeconds(7)))
                .check("other", stage.at(HOST, check), c -> c.every(ofSeconds(10))));
        stage.advance(ofMillis(7_100));
        assertThat(stage.begun("other")).containsExactly(7_050L);
        stage.advance(ofMinutes(10));
        assertThat(stage.begun("other")).hasSize(61);
        assertThat(monitor.stateOf("other")).isEqualTo(HealthState.UP);
        assertThat(monitor.stateOf("hanging")).isEqualTo(HealthState.DOWN);
    }

    @Test
    void anUnburdenedHostIsNotHeldUp() {
        start(1, stage.builder().perHost(1, ofSeconds(5)), ofSeconds(10));
        stage.advance(ofSeconds(35));
        assertThat(stage.begun("c0")).containsExactly(0L, 10_000L, 20_000L, 30_000L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pause", "remove", "replace", "move"})
    void whoDoesNotWantToRunAnyMoreGivesTheTurnOn(String command) {
        ScriptedCheck slow = ScriptedCheck.passing().takes(ofSeconds(5));
        Monitor monitor = stage.start(stage.builder()
                .perHost(1, ZERO)
                .check("a", stage.at(HOST, slow), c -> c.every(ofMinutes(1)))
                .check("b", stage.at(HOST, check), c -> c.every(ofMinutes(1)))
                .check("c", stage.at(HOST, check), c -> c.every(ofMinutes(1))));
        stage.advance(ofSeconds(2));
        command(monitor, command);
        stage.advance(ofSeconds(10));
        assertThat(stage.begun("c")).containsExactly(5_000L);
        stage.advance(ofMinutes(5));
        assertThat(stage.begun("c")).hasSize(6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pause", "remove", "replace", "move"})
    void aTimeKeptFreeForTheGapIsNotLostWithItsCheck(String command) {
        Monitor monitor = stage.start(stage.builder()
                .perHost(1, ofSeconds(3))
                .check("a", stage.at(HOST, check), c -> c.every(ofMinutes(1)))
                .check("b", stage.at(HOST, check), c -> c.every(ofMinutes(1)))
                .check("c", stage.at(HOST, check), c -> c.every(ofMinutes(1))));
        stage.advance(ofSeconds(2));
        command(monitor, command);
        stage.advance(ofSeconds(8));
        assertThat(stage.begun("c")).hasSize(1);
        assertThat(stage.begun("c").get(0)).isLessThanOrEqualTo(9_000L);
        requireLimits(1, 3_000);
    }

    private void command(Monitor monitor, String command) {
        Check elsewhere = new Check() {
            @Override
            public CheckResult run(CheckContext context) {
                return check.run(context);
            }

            @Override
            public String host() {
                return "elsewhere.example";
            }
        };
        switch (command) {
            case "pause" -> monitor.pause("b");
            case "remove" -> monitor.remove("b");
            case "replace" -> monitor.replace("b", stage.at(HOST, check), c -> c.every(ofMinutes(2)));
            default -> monitor.replace("b", elsewhere, c -> c.every(ofMinutes(2)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pause", "remove", "move"})
    void theRunThatGoesOnGivesItsPlaceBackWhateverHappensToItsCheck(String command) {
        ScriptedCheck slow = ScriptedCheck.passing().takes(ofSeconds(5));
        Monitor monitor = stage.start(stage.builder()
                .perHost(1, ZERO)
                .check("b", stage.at(HOST, slow), c -> c.every(ofMinutes(1)))
                .check("c", stage.at(HOST, check), c -> c.every(ofSeconds(20))));
        stage.advance(ofSeconds(2));
        command(monitor, command);
        stage.advance(ofSeconds(50));
        assertThat(stage.begun("c")).hasSize(3);
    }

    @Test
    void aPassiveResultWhileTheCheckWaitsDoesNotBlockTheHost() {
        ScriptedCheck slow = ScriptedCheck.passing().takes(ofSeconds(5));
        Monitor monitor = stage.start(stage.builder()
                .perHost(1, ZERO)
                .check("a", stage.at(HOST, slow), c -> c.every(ofMinutes(10)))
                .check("b", stage.at(HOST, check), c -> c.every(ofMinutes(10)))
                .check("c", stage.at(HOST, check), c -> c.every(ofMinutes(10))));
        stage.advance(ofSeconds(2));
        monitor.report("b", CheckResult.pass(), ofMillis(10));
        stage.advance(ofSeconds(10));
        assertThat(stage.begun("c")).hasSize(1);
    }

    /** Checks of random lengths, pauses, replacements and passive results: the limits hold, and everybody runs. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void theLimitsHoldWhateverIsDone(long seed) {
        Random random = new Random(seed);
        int limit = 1 + random.nextInt(3);
        long gap = random.nextBoolean() ? 0 : random.nextInt(900);
        MonitorBuilder builder = stage.builder().warmUp(ofSeconds(2)).perHost(limit, ofMillis(gap));
        for (int i = 0; i < 6; i++) {
            Duration takes = ofMillis(random.nextInt(3_000));
            ScriptedCheck each = ScriptedCheck.passing().takes(takes);
            builder.check(
                    "c" + i, stage.at(HOST, each), c -> c.every(ofSeconds(20)).timeout(ofSeconds(5)));
        }
        Monitor monitor = stage.start(builder);
        for (int step = 0; step < 400; step++) {
            stage.advance(ofMillis(random.nextInt(2_000)));
            String name = "c" + random.nextInt(6);
            switch (random.nextInt(8)) {
                case 0 -> monitor.pause(name);
                case 1, 2, 3 -> monitor.resume(name);
                case 4 -> monitor.report(name, CheckResult.pass(), ofMillis(1));
                case 5 ->
                    monitor.replace(
                            name,
                            stage.at(HOST, ScriptedCheck.passing().takes(ofMillis(random.nextInt(3_000)))),
                            c -> c.every(ofSeconds(20)).timeout(ofSeconds(5)));
                default -> {}
            }
        }
        requireLimits(limit, gap);
        for (int i = 0; i < 6; i++) {
            monitor.resume("c" + i);
        }
        stage.forgetRuns();
        stage.advance(ofSeconds(60));
        for (int i = 0; i < 6; i++) {
            assertThat(stage.begun("c" + i)).as("c%s runs", i).hasSizeBetween(2, 4);
        }
    }

    /** Looks at what was published; runs that were dropped are not seen, so this may only be too kind. */
    private void requireLimits(int limit, long gap) {
        List<RunCompleted> runs = new ArrayList<>(stage.events(RunCompleted.class));
        runs.removeIf(run ->
                run.at().plus(run.duration()).equals(run.at()) && run.duration().equals(ofMillis(1)));
        runs.sort(Comparator.comparing(RunCompleted::at));
        for (RunCompleted run : runs) {
            long inFlight = runs.stream()
                    .filter(other -> !other.at().isAfter(run.at())
                            && other.at().plus(other.duration()).isAfter(run.at()))
                    .filter(other -> !other.duration().equals(ofMillis(1)))
                    .count();
            assertThat(inFlight).as("in flight at %s", run.at()).isLessThanOrEqualTo(limit);
        }
        List<Long> starts = starts();
        for (int i = 1; i < starts.size(); i++) {
            assertThat(starts.get(i) - starts.get(i - 1))
                    .as("gap at %s ms", starts.get(i))
                    .isGreaterThanOrEqualTo(gap);
        }
    }

    /** When the runs began, of all checks. */
    private List<Long> starts() {
        List<Long> starts = new ArrayList<>();
        stage.order().stream().distinct().forEach(name -> starts.addAll(stage.begun(name)));
        starts.sort(Comparator.naturalOrder());
        return starts;
    }

    @Test
    void valuesOutsideTheRangeAreRefused() {
        MonitorBuilder builder = Monitor.named("shop");
        assertThatThrownBy(() -> builder.perHost(0, ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("perHost must allow 1 to 10000 runs at once, but was 0");
        assertThatThrownBy(() -> builder.perHost(10_001, ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("perHost must allow 1 to 10000 runs at once, but was 10001");
        assertThatThrownBy(() -> builder.perHost(1, ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the gap of perHost must be from PT0S to PT1H, but was PT-0.001S");
        assertThatThrownBy(() -> builder.perHost(1, ofHours(1).plusNanos(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the gap of perHost must be from PT0S to PT1H, but was PT1H0.000000001S");
        assertThatThrownBy(() -> builder.perHost(1, null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("gap");
    }
}
