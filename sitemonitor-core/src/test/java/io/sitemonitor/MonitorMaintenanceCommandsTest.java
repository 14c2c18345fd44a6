package io.sitemonitor;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sitemonitor.event.ConditionChanged;
import io.sitemonitor.history.CheckFigures;
import io.sitemonitor.schedule.MaintenanceWindow;
import io.sitemonitor.schedule.Platform;
import io.sitemonitor.state.Condition;
import io.sitemonitor.state.ConditionKind;
import io.sitemonitor.testing.ScriptedCheck;
import io.sitemonitor.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Maintenance that is opened and closed by command, alone and beside planned windows. Design §6.8. */
@DisplayName("§6.8 maintenance by command")
class MonitorMaintenanceCommandsTest {

    private final Bench bench = new Bench();
    private final ScriptedCheck shop = ScriptedCheck.passing();

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    @DisplayName("§6.8 it holds from the command to its limit, with reason and end in snapshot and event")
    void itHoldsFromTheCommandToItsLimit() {
        start();
        bench.advanceTo(60);
        bench.monitor().openMaintenance("upgrade", ofMinutes(9), "shop");
        Condition condition = new Condition(ConditionKind.MAINTENANCE, "upgrade", Bench.at(60), Bench.at(600));
        assertThat(bench.of("shop").conditions()).containsExactly(condition);
        shop.fails("HTTP 503");
        bench.advanceTo(599);
        assertThat(bench.alerts.alerts()).isEmpty();
        assertThat(bench.runs("shop")).contains("90", "95", "100");
        bench.advanceTo(900);
        assertThat(bench.told()).containsExactly("600 DOWN shop");
        assertThat(bench.events(ConditionChanged.class, "shop"))
                .containsExactly(
                        new ConditionChanged("test", "shop", Bench.at(60), condition, true),
                        new ConditionChanged("test", "shop", Bench.at(600), condition, false));
        assertThat(uptime()).isEqualTo(new CheckFigures.Uptime(ofSeconds(60), ofSeconds(300)));
    }

    @Test
    @DisplayName("§6.8 closing it ends it at once and tells what it held")
    void closingItTellsWhatItHeld() {
        start();
        bench.advanceTo(60);
        bench.monitor().openMaintenance("upgrade", ofHours(9), "shop");
        shop.fails("HTTP 503");
        bench.advanceTo(200);
        bench.monitor().closeMaintenance("shop");
        bench.advanceTo(201);
        assertThat(bench.told()).containsExactly("200 DOWN shop");
        assertThat(bench.conditions("shop", ConditionKind.MAINTENANCE))
                .containsExactly("60 begins: upgrade", "200 ends: upgrade");
        bench.monitor().closeMaintenance();
        bench.advance(36_000);
        assertThat(bench.conditions("shop", ConditionKind.MAINTENANCE)).hasSize(2);
    }

    @Test
    @DisplayName("§6.8 an outage that was only suspected when it was opened counts against the uptime up to then")
    void whatWasSuspectedWhenItWasOpenedCountsOnceItIsConfirmed() {
        start();
        bench.advanceTo(59);
        shop.fails("HTTP 503");
        bench.advanceTo(62);
        bench.monitor().openMaintenance("upgrade", ofHours(1), "shop");
        bench.advanceTo(67);
        assertThat(uptime()).as("not decided yet").isEqualTo(new CheckFigures.Uptime(ofSeconds(62), Duration.ZERO));
        bench.advanceTo(600);
        assertThat(uptime()).isEqualTo(new CheckFigures.Uptime(ofSeconds(60), ofSeconds(2)));
    }

    @Test
    @DisplayName("§6.8 an outage whose first failed run had begun when it was opened counts from the start of that run")
    void whatARunHadBegunToFindWhenItWasOpenedCountsOnceItIsConfirmed() {
        start();
        bench.advanceTo(59);
        shop.fails("HTTP 503").takes(ofSeconds(4));
        bench.advanceTo(62);
        bench.monitor().openMaintenance("upgrade", ofHours(1), "shop");
        bench.advanceTo(600);
        assertThat(uptime()).isEqualTo(new CheckFigures.Uptime(ofSeconds(60), ofSeconds(2)));
    }

    @Test
    @DisplayName("§6.8 an outage that was only suspected when it was closed counts against the uptime from then on")
    void whatWasSuspectedWhenItWasClosedCountsOnceItIsConfirmed() {
        start();
        bench.advanceTo(30);
        bench.monitor().openMaintenance("upgrade", ofHours(1), "shop");
        bench.advanceTo(59);
        shop.fails("HTTP 503");
        bench.advanceTo(62);
        bench.monitor().closeMaintenance("shop");
        bench.advanceTo(162);
        assertThat(uptime()).isEqualTo(new CheckFigures.Uptime(ofSeconds(30), ofSeconds(100)));
    }

    @Test
    @DisplayName("§6.8 a suspicion that comes to nothing leaves the time of the maintenance out all the same")
    void aSuspicionThatComesToNothingLeavesTheMaintenanceOut() {
        start();
        bench.advanceTo(59);
        shop.fails("HTTP 503");
        bench.advanceTo(61);
        bench.monitor().openMaintenance("upgrade", ofHours(1), "shop");
        bench.advanceTo(63);
        bench.monitor().closeMaintenance("shop");
        shop.passes();
        bench.advanceTo(100);
        assertThat(uptime()).isEqualTo(new CheckFigures.Uptime(ofSeconds(98), Duration.ZERO));
    }

    @Test
    @DisplayName("§6.8 opening it again gives it another reason and end, later or sooner")
    void openingItAgainGivesItAnotherEnd() {
        start();
        bench.advanceTo(60);
        bench.monitor().openMaintenance("upgrade", ofHours(1), "shop");
        bench.advanceTo(100);
        bench.monitor().openMaintenance("upgrade, longer", ofHours(2), "shop");
        assertThat(maintenance())
                .isEqualTo(new Condition(ConditionKind.MAINTENANCE, "upgrade, longer", Bench.at(60), Bench.at(7_300)));
        bench.advanceTo(200);
        bench.monitor().openMaintenance("nearly done", ofMinutes(1), "shop");
        bench.advanceTo(300);
        assertThat(bench.conditions("shop", ConditionKind.MAINTENANCE))
                .containsExactly(
                        "60 begins: upgrade",
                        "100 begins: upgrade, longer",
                        "200 begins: nearly done",
                        "260 ends: nearly done");
    }

    @Test
    @DisplayName("§6.8 no name means all checks that there are, and none that comes later")
    void noNameMeansAllChecks() {
        bench.start(bench.builder().check("shop", shop).check("gateway", ScriptedCheck.passing()));
        bench.advanceTo(5);
        bench.monitor().openMaintenance("night", ofHours(1));
        bench.monitor().add("late", ScriptedCheck.passing());
        assertThat(bench.of("shop").conditions()).hasSize(1);
        assertThat(bench.of("gateway").conditions()).hasSize(1);
        assertThat(bench.of("late").conditions()).isEmpty();
        bench.monitor().closeMaintenance();
        assertThat(bench.of("shop").conditions()).isEmpty();
        assertThat(bench.of("gateway").conditions()).isEmpty();
    }

    @Test
    void aLimitThatNoCalendarCouldShowIsRefused() {
        start();
        assertThatThrownBy(() -> bench.monitor().openMaintenance("upgrade", Duration.ofDays(36_501), "shop"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the limit of a maintenance must be at most 36500 days, but was PT876024H");
        bench.monitor().openMaintenance("upgrade", Duration.ofDays(36_500), "shop");
        bench.monitor().pause("shop", "moved", Duration.ofDays(36_500));
        bench.advance(10);
        assertThat(bench.of("shop").conditions()).hasSize(2);
    }

    @Test
    @DisplayName("§6.8 what cannot be opened says so and opens nothing")
    void whatCannotBeOpenedOpensNothing() {
        start();
        bench.advanceTo(5);
        assertThatThrownBy(() -> bench.monitor().openMaintenance("x", ofHours(1), "shop", "shpo"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("monitor 'test' has no check named 'shpo'");
        assertThatThrownBy(() -> bench.monitor().openMaintenance("x", Duration.ZERO, "shop"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the limit of a maintenance must be more than zero, but was PT0S");
        assertThatThrownBy(() -> bench.monitor().closeMaintenance("shop", "shpo"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("monitor 'test' has no check named 'shpo'");
        assertThat(bench.of("shop").conditions()).isEmpty();
        Monitor built = bench.builder().check("shop", shop).build();
        assertThatThrownBy(() -> built.openMaintenance("x", ofHours(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("monitor 'test' is not running");
    }

    @Test
    @DisplayName("§6.8 the reason is one line without control characters")
    void theReasonIsCleaned() {
        start();
        bench.advanceTo(5);
        bench.monitor().openMaintenance("upgrade\r\nX-Injected: yes", ofHours(1), "shop");
        assertThat(maintenance().reason()).doesNotContain("\r", "\n").contains("upgrade", "X-Injected");
    }

    @Test
    @DisplayName("§6.8 a command inside a planned window does not shorten it, and closing leaves the window open")
    void aPlannedWindowIsNotTouchedByACommand() {
        bench.start(bench.builder()
                .check(
                        "shop",
                        shop,
                        c -> c.maintenance(MaintenanceWindow.once(Bench.at(60), Bench.at(600))
                                .reason("planned"))));
        bench.advanceTo(95);
        shop.fails("HTTP 503");
        bench.advanceTo(200);
        bench.monitor().openMaintenance("by hand", ofMinutes(1), "shop");
        assertThat(maintenance().until()).as("the later end").isEqualTo(Bench.at(600));
        bench.advanceTo(300);
        bench.monitor().closeMaintenance("shop");
        assertThat(maintenance().reason()).isEqualTo("planned");
        bench.advanceTo(500);
        bench.monitor().openMaintenance("by hand", ofMinutes(10), "shop");
        assertThat(maintenance().until()).isEqualTo(Bench.at(1_100));
        bench.advanceTo(1_099);
        assertThat(bench.alerts.alerts()).isEmpty();
        bench.advanceTo(1_100);
        assertThat(bench.told()).containsExactly("1100 DOWN shop");
    }

    @Test
    @DisplayName("§6.8 it goes on when the check gets other settings or another check")
    void itOutlivesAReplacement() {
        start();
        bench.advanceTo(60);
        bench.monitor().openMaintenance("upgrade", ofMinutes(9), "shop");
        bench.advanceTo(100);
        bench.monitor().replace("shop", ScriptedCheck.failing("HTTP 502"), c -> {});
        bench.advanceTo(599);
        assertThat(maintenance().until()).isEqualTo(Bench.at(600));
        assertThat(bench.alerts.alerts()).isEmpty();
        bench.advanceTo(600);
        assertThat(bench.told()).containsExactly("600 DOWN shop");
    }

    @Test
    @DisplayName("P19, §6.8 a step of the wall clock does not move its end, which is shown by the new time")
    void aStepOfTheClockDoesNotMoveItsEnd() {
        start();
        bench.advanceTo(60);
        bench.monitor().openMaintenance("upgrade", ofMinutes(9), "shop");
        bench.advanceTo(100);
        bench.time.stepWallClock(ofHours(5));
        bench.advanceTo(102);
        assertThat(maintenance().until()).isEqualTo(Bench.at(600).plus(ofHours(5)));
        bench.advanceTo(599);
        assertThat(bench.of("shop").conditions()).isNotEmpty();
        bench.advanceTo(600);
        assertThat(bench.of("shop").conditions()).isEmpty();
    }

    @Test
    @DisplayName("§6.8 a pause during it and after it leaves its time uncounted")
    void aPauseAndItAreUncountedTogether() {
        start();
        bench.advanceTo(60);
        bench.monitor().openMaintenance("upgrade", ofMinutes(5), "shop");
        bench.advanceTo(200);
        bench.monitor().pause("shop");
        bench.advanceTo(400);
        assertThat(bench.of("shop").conditions())
                .extracting(Condition::kind)
                .contains(ConditionKind.PAUSED)
                .doesNotContain(ConditionKind.MAINTENANCE);
        bench.advanceTo(500);
        bench.monitor().resume("shop");
        bench.advanceTo(600);
        assertThat(uptime()).isEqualTo(new CheckFigures.Uptime(ofSeconds(160), Duration.ZERO));
    }

    /** On a real clock no two looks at it give the same time. */
    @Test
    @DisplayName("§6.8 it begins and ends once, also on a clock that moves while one looks")
    void itIsToldOnceOnAClockThatMoves() {
        ScriptedCheck gateway = ScriptedCheck.passing();
        Monitor monitor = Monitor.named("test")
                .runOn(new MovingClock(bench.time))
                .listener(bench.events)
                .check("gateway", gateway, c -> c.downAfter(1).upAfter(1).flapAfter(0, ofSeconds(1)))
                .check("shop", shop, c -> c.dependsOn("gateway"))
                .start();
        try (monitor) {
            bench.advanceTo(10);
            monitor.openMaintenance("upgrade", ofMinutes(10), "shop");
            for (int i = 0; i < 4; i++) {
                gateway.fails("away");
                bench.advance(40);
                gateway.passes();
                bench.advance(40);
            }
            bench.advance(600);
        }
        assertThat(bench.events(ConditionChanged.class, "shop").stream()
                        .filter(change -> change.condition().kind() == ConditionKind.MAINTENANCE))
                .extracting(ConditionChanged::holds)
                .containsExactly(true, false);
    }

    private void start() {
        bench.start(bench.builder().check("shop", shop));
    }

    private Condition maintenance() {
        return bench.of("shop").condition(ConditionKind.MAINTENANCE).orElseThrow();
    }

    private CheckFigures.Uptime uptime() {
        return bench.of("shop").figures().uptime();
    }

    /** Virtual time on which each look at either clock is a bit later than the one before. */
    private record MovingClock(Platform inner, long[] looks) implements Platform, TimeSource {

        MovingClock(Platform inner) {
            this(inner, new long[1]);
        }

        @Override
        public Instant now() {
            return inner.time().now().plusNanos(1_000 * looks[0]++);
        }

        @Override
        public long nanos() {
            return inner.time().nanos();
        }

        @Override
        public TimeSource time() {
            return this;
        }

        @Override
        public Loop loop(String name, Tick tick) {
            return inner.loop(name, tick);
        }

        @Override
        public Workers workers(String name, int limit) {
            return inner.workers(name, limit);
        }

        @Override
        public boolean await(BooleanSupplier condition, Duration limit) {
            return inner.await(condition, limit);
        }

        @Override
        public boolean hasVirtualThreads() {
            return true;
        }
    }
}
