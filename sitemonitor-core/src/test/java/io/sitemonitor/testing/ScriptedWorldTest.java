package io.sitemonitor.testing;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sitemonitor.Monitor;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.event.RunCompleted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Targets that fail alone, together, and because of one another. */
class ScriptedWorldTest {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private final ManualTime time = ManualTime.startingAt(START);
    private final ScriptedWorld world = ScriptedWorld.on(time);

    @Test
    void aTargetFailsUntilItIsRestored() {
        world.check("shop");
        assertThat(run("shop")).isEqualTo(CheckResult.pass());
        world.fail("shop", "refused");
        assertThat(run("shop")).isEqualTo(CheckResult.fail(FailureKind.CONNECT, "refused"));
        world.fail("shop", FailureKind.STATUS, "HTTP 503");
        assertThat(run("shop")).isEqualTo(CheckResult.fail(FailureKind.STATUS, "HTTP 503"));
        world.warn("shop", "certificate ends soon");
        assertThat(run("shop")).isEqualTo(CheckResult.warn("certificate ends soon"));
        assertThat(world.works("shop")).isTrue();
        world.restore("shop");
        assertThat(run("shop")).isEqualTo(CheckResult.pass());
    }

    @Test
    void thoseOfAGroupFailTogetherAndOthersDoNot() {
        world.group("rack", "shop", "search").check("pay");
        world.fail("rack", "no power");
        assertThat(run("shop")).isEqualTo(CheckResult.fail(FailureKind.CONNECT, "no power"));
        assertThat(run("search")).isEqualTo(CheckResult.fail(FailureKind.CONNECT, "no power"));
        assertThat(run("pay")).isEqualTo(CheckResult.pass());
    }

    @Test
    void aTargetWorksOnlyWhenNoCauseHolds() {
        world.group("rack", "shop").group("dc1", "rack").behind("gateway", "shop");
        world.fail("shop", "disk full");
        world.fail("dc1", "no power");
        world.fail("gateway", "no route");
        assertThat(run("shop").message()).as("the nearest cause").isEqualTo("disk full");
        world.restore("shop");
        assertThat(run("shop").message()).isEqualTo("no power");
        world.restore("dc1");
        assertThat(run("shop").message()).isEqualTo("behind gateway: no route");
        assertThat(world.works("shop")).isFalse();
        world.restore("gateway");
        assertThat(world.works("shop")).isTrue();
        assertThat(run("shop")).isEqualTo(CheckResult.pass());
    }

    @Test
    void whatIsBehindAGatewayCannotBeReachedWhateverTheGatewaySuffersFrom() {
        world.group("internet", "gateway").behind("gateway", "shop");
        world.fail("internet", FailureKind.DNS, "no such name");
        assertThat(run("gateway")).isEqualTo(CheckResult.fail(FailureKind.DNS, "no such name"));
        assertThat(run("shop")).isEqualTo(CheckResult.fail(FailureKind.CONNECT, "behind gateway: no such name"));
    }

    @Test
    void aFailureGoesBeforeAWarningAndAGatewayThatWarnsLetsThrough() {
        world.group("rack", "shop").behind("gateway", "shop");
        world.warn("gateway", "hot");
        assertThat(run("shop")).isEqualTo(CheckResult.pass());
        world.warn("shop", "slow disk");
        assertThat(run("shop")).isEqualTo(CheckResult.warn("slow disk"));
        world.fail("rack", "no power");
        assertThat(run("shop")).isEqualTo(CheckResult.fail(FailureKind.CONNECT, "no power"));
        world.restore("rack");
        world.fail("gateway", "no route");
        assertThat(run("shop").message()).isEqualTo("behind gateway: no route");
    }

    @Test
    void theSlowestOfAllReasonsCountsAndTheTimeoutIsMinded() {
        world.group("rack", "shop").behind("gateway", "shop");
        world.slow("shop", ofSeconds(1));
        world.slow("rack", ofSeconds(3));
        world.slow("gateway", ofSeconds(2));
        RecordingListener events = new RecordingListener();
        try (Monitor monitor = Monitor.named("test")
                .runOn(time)
                .listener(events)
                .check("shop", world.check("shop"), c -> c.timeout(ofSeconds(5)))
                .start()) {
            time.advance(ofSeconds(10));
            world.slow("gateway", ofSeconds(7));
            time.advance(ofSeconds(30));
            assertThat(monitor.snapshot().check("shop").orElseThrow().lastResult())
                    .isEqualTo(CheckResult.fail(FailureKind.TIMEOUT, "no answer within PT5S"));
        }
        assertThat(events.events(RunCompleted.class))
                .extracting(RunCompleted::duration)
                .containsExactly(ofSeconds(3), ofSeconds(5));
    }

    @Test
    void checksOfOneTargetAreEqual() {
        assertThat(world.check("shop")).isEqualTo(world.check("shop")).isNotEqualTo(world.check("search"));
        assertThat(world.check("shop").kind()).isEqualTo("scripted");
    }

    @Test
    void tellsWhatHappens() {
        Timeline timeline = Timeline.on(time);
        world.noting(timeline::note).check("shop");
        time.at(ofMinutes(1), () -> world.fail("shop", "refused"));
        time.at(ofMinutes(2), () -> world.restore("shop"));
        time.advance(ofMinutes(2));
        assertThat(timeline).hasToString("""
                        told in the whole time:
                          +00:01:00  note  shop fails: refused
                          +00:02:00  note  shop is restored""");
    }

    @Test
    void randomFaultsAreTheSameForASeedAndDoNotDependOnOtherNames() {
        List<String> both = faults(7, "shop", "search");
        List<String> alone = faults(7, "shop");
        assertThat(both).isEqualTo(faults(7, "shop", "search"));
        assertThat(both.stream().filter(line -> line.contains("shop"))).containsExactlyElementsOf(alone);
        assertThat(faults(8, "shop")).isNotEqualTo(alone);
        assertThat(alone)
                .as("the same on every machine")
                .startsWith(
                        "PT19H54M5.611S shop fails: random fault 1 of seed 7",
                        "PT21H38M50.921S shop is restored from random fault 1");
    }

    @Test
    void randomFaultsLastAsLongOnAverageAsToldAndCanBeCalmed() {
        world.check("shop");
        world.randomFaults(1, ofHours(9), ofHours(1));
        int failing = 0;
        int hours = 24 * 365 * 5;
        for (int hour = 0; hour < hours; hour++) {
            time.advance(ofHours(1));
            failing += world.works("shop") ? 0 : 1;
        }
        assertThat((double) failing / hours).isCloseTo(0.1, within(0.01));
        while (world.works("shop")) {
            time.advance(ofHours(1));
        }
        world.calm();
        world.noting(this::failOn);
        for (int hour = 0; hour < 1_000; hour++) {
            assertThat(world.works("shop")).isTrue();
            time.advance(ofHours(1));
        }
    }

    @Test
    void randomFaultsToldAnewReplaceTheFormer() {
        world.check("shop");
        world.randomFaults(1, ofHours(1), ofDays(10));
        time.advance(ofDays(10));
        assertThat(world.works("shop")).isFalse();
        world.randomFaults(1, ofDays(3_650), ofHours(1), "shop");
        world.noting(this::failOn);
        assertThat(world.works("shop")).isTrue();
        time.advance(ofDays(100));
        assertThat(world.works("shop")).isTrue();
    }

    @Test
    void refusesWhatCannotBe() {
        world.group("rack", "shop").behind("gateway", "rack");
        assertThatThrownBy(() -> world.fail("shpo", "refused"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("this world has nothing named 'shpo'; it has [shop, rack, gateway]");
        assertThatThrownBy(() -> world.behind("shop", "gateway"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'shop' cannot bear on 'gateway', which bears on it");
        assertThatThrownBy(() -> world.group("shop", "shop"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'shop' cannot bear on 'shop', which bears on it");
        assertThatThrownBy(() -> world.check(" "))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the name of a target or a group must not be empty");
        assertThatThrownBy(() -> world.slow("shop", ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the time that 'shop' takes must not be negative, but was PT-1S");
        assertThatThrownBy(() -> world.randomFaults(1, ZERO, ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("meanTimeBetween must be from 1 ms to 3660 days, but was PT0S");
        assertThatThrownBy(() -> world.randomFaults(1, ofMillis(1), Duration.ofNanos(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("meanDuration must be from 1 ms to 3660 days, but was PT0.000000001S");
        assertThatThrownBy(() -> world.randomFaults(1, ofMillis(1), ofDays(3_661)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("meanDuration must be from 1 ms to 3660 days, but was PT87864H");
    }

    private void failOn(String note) {
        throw new AssertionError(note);
    }

    private static List<String> faults(long seed, String... names) {
        ManualTime time = ManualTime.startingAt(START);
        List<String> lines = new ArrayList<>();
        ScriptedWorld world = ScriptedWorld.on(time).noting(text -> lines.add(time.elapsed() + " " + text));
        for (String name : names) {
            world.check(name);
        }
        world.randomFaults(seed, ofHours(12), ofMinutes(20));
        time.advance(ofDays(30));
        return lines;
    }

    private CheckResult run(String target) {
        try {
            return world.check(target).run(TestContext.within(ofSeconds(10), time));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
