package io.sitemonitor;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.Verdict;
import io.sitemonitor.definition.CheckSettingsBuilder;
import io.sitemonitor.event.IncidentClosed;
import io.sitemonitor.event.RunCompleted;
import io.sitemonitor.event.StateChanged;
import io.sitemonitor.history.CheckFigures;
import io.sitemonitor.schedule.Platform;
import io.sitemonitor.schedule.Schedule;
import io.sitemonitor.state.ConditionKind;
import io.sitemonitor.state.HealthState;
import io.sitemonitor.testing.ManualTime;
import io.sitemonitor.testing.ScriptedCheck;
import io.sitemonitor.time.TimeSource;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What has not been looked at for two intervals is not known. P21, P18. */
@DisplayName("P21 a check not run for two intervals is STALE, never UP")
class MonitorStaleTest {

    private static final String REASON = "no conclusive run for two intervals";

    /** Two intervals of 30 seconds, and a timeout of 10 seconds with a second of grace for the last of the runs. */
    private static final long LATEST = 60 + 11;

    private final Bench bench = new Bench();
    private final ScriptedCheck shop = ScriptedCheck.passing();
    private final ScriptedCheck hog = ScriptedCheck.passing();

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    @DisplayName("P21, P18 no thread is free: UP becomes UNKNOWN after two intervals, without an alert")
    void aCheckThatGetsNoThreadIsNotUp() {
        startWithHog();
        bench.advanceTo(125);
        starve();
        bench.advanceTo(120 + 60);
        assertThat(bench.monitor().isUp("shop"))
                .as("two intervals have not passed")
                .isTrue();
        assertThat(bench.of("shop").conditions()).isEmpty();
        bench.advanceTo(120 + LATEST);
        assertThat(bench.monitor().isUp("shop")).isFalse();
        assertThat(bench.monitor().stateOf("shop")).isEqualTo(HealthState.UNKNOWN);
        assertThat(bench.of("shop").condition(ConditionKind.STALE).orElseThrow().reason())
                .isEqualTo(REASON);
        assertThat(bench.events(StateChanged.class, "shop")).last().satisfies(change -> {
            assertThat(change.from()).isEqualTo(HealthState.UP);
            assertThat(change.to()).isEqualTo(HealthState.UNKNOWN);
        });
        bench.advance(600);
        assertThat(bench.alerts.alerts()).isEmpty();
    }

    @Test
    @DisplayName("P21 the first conclusive run ends it, and the time that was not watched counts for neither")
    void theFirstConclusiveRunEndsIt() {
        startWithHog();
        bench.advanceTo(125);
        starve();
        bench.advanceTo(140);
        hog.passes().takes(Duration.ZERO);
        bench.advanceTo(700);
        assertThat(bench.of("shop").conditions()).hasSize(1);
        bench.advanceTo(1_000);
        assertThat(bench.monitor().isUp("shop")).isTrue();
        assertThat(bench.of("shop").conditions()).isEmpty();
        assertThat(bench.conditions("shop", ConditionKind.STALE))
                .containsExactly(120 + LATEST + " begins: " + REASON, "750 ends: " + REASON);
        assertThat(uptime()).isEqualTo(new CheckFigures.Uptime(ofSeconds(120 + 250), Duration.ZERO));
        assertThat(bench.alerts.alerts()).isEmpty();
    }

    @Test
    @DisplayName("P21 DOWN stays DOWN with its incident open, and is closed once by the recovery that is seen")
    void anOutageStaysOpen() {
        startWithHog();
        bench.advanceTo(5);
        shop.fails("HTTP 503");
        bench.advanceTo(45);
        starve();
        shop.passes();
        bench.advanceTo(300);
        bench.monitor().openMaintenance("deploy", ofMinutes(1), "shop");
        bench.advanceTo(650);
        assertThat(bench.of("shop").condition(ConditionKind.STALE)).isPresent();
        assertThat(bench.monitor().stateOf("shop")).isEqualTo(HealthState.DOWN);
        assertThat(bench.of("shop").incident()).isNotNull();
        assertThat(uptime())
                .as("what was not watched is no outage either")
                .isEqualTo(new CheckFigures.Uptime(ofSeconds(30), ofSeconds(10)));
        hog.passes().takes(Duration.ZERO);
        bench.advanceTo(3_000);
        assertThat(bench.alerts.kinds()).containsExactly(AlertKind.DOWN, AlertKind.RECOVERED);
        assertThat(bench.events(IncidentClosed.class, "shop")).hasSize(1);
        assertThat(bench.of("shop").conditions()).isEmpty();
    }

    @Test
    @DisplayName("P21 DEGRADED becomes UNKNOWN as well")
    void aDegradedCheckIsNotUpEither() {
        startWithHog();
        bench.advanceTo(5);
        shop.warns("slow");
        bench.advanceTo(45);
        assertThat(bench.monitor().stateOf("shop")).isEqualTo(HealthState.DEGRADED);
        starve();
        bench.advanceTo(40 + 2 * LATEST);
        assertThat(bench.monitor().stateOf("shop")).isEqualTo(HealthState.UNKNOWN);
    }

    @Test
    @DisplayName("P21 runs that tell nothing do not keep a check up")
    void inconclusiveRunsKeepNothingUp() {
        start(shop, c -> {});
        bench.advanceTo(5);
        shop.gives(CheckResult.inconclusive("no licence"));
        bench.advanceTo(60);
        assertThat(bench.monitor().isUp("shop")).isTrue();
        bench.advanceTo(LATEST);
        assertThat(bench.monitor().isUp("shop")).isFalse();
        assertThat(bench.of("shop").figures().inconclusive()).isPositive();
        bench.advanceTo(3_600);
        assertThat(uptime()).isEqualTo(new CheckFigures.Uptime(Duration.ZERO, Duration.ZERO));
    }

    @Test
    @DisplayName("P21, §6.6 while we are offline ourselves nothing stays up")
    void anIsolatedMonitorKnowsNothing() {
        ScriptedCheck proof = ScriptedCheck.passing();
        bench.start(bench.builder().onlineWhen(1, "proof").check("proof", proof).check("shop", shop));
        bench.advanceTo(5);
        proof.fails("no route");
        shop.fails("no route");
        bench.advanceTo(200);
        assertThat(bench.monitor().stateOf("shop")).isEqualTo(HealthState.UNKNOWN);
        assertThat(bench.of("shop").condition(ConditionKind.STALE)).isPresent();
        assertThat(bench.of("shop").condition(ConditionKind.ISOLATED)).isPresent();
        assertThat(bench.alerts.kinds()).containsOnly(AlertKind.ISOLATED);
        proof.passes();
        shop.passes();
        bench.advanceTo(300);
        assertThat(bench.of("shop").conditions()).isEmpty();
        assertThat(bench.monitor().isUp("shop")).isTrue();
    }

    @Test
    @DisplayName("P21 a paused check is not up for ever; when it goes on it is at once what its first run finds")
    void aPausedCheckIsNotUpForEver() {
        start(shop, c -> {});
        bench.advanceTo(65);
        bench.monitor().pause("shop");
        bench.advanceTo(60 + LATEST);
        assertThat(bench.monitor().isUp("shop")).isFalse();
        assertThat(bench.of("shop").conditions())
                .extracting(condition -> condition.kind())
                .containsExactlyInAnyOrder(ConditionKind.PAUSED, ConditionKind.STALE);
        bench.advanceTo(600);
        bench.monitor().resume("shop");
        bench.advanceTo(601);
        assertThat(bench.monitor().isUp("shop")).isTrue();
        assertThat(bench.of("shop").conditions()).isEmpty();
        assertThat(uptime()).isEqualTo(new CheckFigures.Uptime(ofSeconds(66), Duration.ZERO));
    }

    @Test
    @DisplayName("P21 a check that has never been run is STALE after two intervals, and unknown as ever")
    void aCheckThatHasNeverBeenRunIsStale() {
        hog.hangsFor(ofHours(3));
        startWithHog();
        bench.advanceTo(2 * LATEST);
        assertThat(shop.runs()).isZero();
        assertThat(bench.of("shop").condition(ConditionKind.STALE)).isPresent();
        assertThat(bench.monitor().stateOf("shop")).isEqualTo(HealthState.UNKNOWN);
        assertThat(bench.events(StateChanged.class, "shop")).isEmpty();
    }

    @Test
    @DisplayName("P21 isUp alone turns false when the loop of the monitor is dead, although nobody can tell of it")
    void isUpTurnsFalseThoughNobodyIsThereToSayIt() {
        ScriptedCheck down = ScriptedCheck.failing("HTTP 503");
        DyingPlatform platform = new DyingPlatform(bench.time);
        try (Monitor monitor = Monitor.named("test")
                .runOn(platform)
                .warmUp(Duration.ZERO)
                .listener(bench.events)
                .check("shop", shop)
                .check("down", down, c -> c.downAfter(1))
                .start()) {
            bench.advanceTo(65);
            platform.dead = true;
            int events = bench.events.events().size();
            bench.advanceTo(120);
            assertThat(monitor.isUp("shop")).as("two intervals have not passed").isTrue();
            bench.advanceTo(60 + LATEST);
            assertThat(monitor.isUp("shop")).isFalse();
            assertThat(monitor.stateOf("shop")).isEqualTo(HealthState.UNKNOWN);
            assertThat(monitor.snapshot().check("shop").orElseThrow().state()).isEqualTo(HealthState.UNKNOWN);
            assertThat(monitor.stateOf("down")).isEqualTo(HealthState.DOWN);
            assertThat(bench.events.events()).hasSize(events);
        }
    }

    @Test
    @DisplayName("P21, §6.10 a check that is probed rarely because it is down is watched")
    void theSlowerPaceIsNotStale() {
        shop.fails("HTTP 503");
        start(shop, c -> c.slowDownTo(ofMinutes(30)));
        bench.advanceTo(6 * 3_600);
        assertThat(bench.conditions("shop", ConditionKind.STALE)).isEmpty();
        assertThat(uptime().down()).isEqualTo(ofHours(6));
    }

    @Test
    @DisplayName("P21 a check that runs at times of a calendar is STALE once it has missed two of them")
    void aCalendarIsStaleAfterTwoOfItsTimes() {
        start(shop, c -> c.schedule(Schedule.cron("0 6 * * *", ZoneOffset.UTC)));
        bench.advance(ofDays(3).toSeconds());
        assertThat(shop.runs()).isEqualTo(3);
        assertThat(bench.conditions("shop", ConditionKind.STALE)).isEmpty();
        assertThat(bench.monitor().isUp("shop")).isTrue();
        bench.monitor().pause("shop");
        bench.advance(ofHours(18 + 23).toSeconds());
        assertThat(bench.monitor().isUp("shop"))
                .as("an hour before the second time")
                .isTrue();
        bench.advance(ofHours(1).toSeconds() + 12);
        assertThat(bench.monitor().isUp("shop")).isFalse();
    }

    @Test
    @DisplayName("P21 a longer interval makes it STALE later, a shorter one sooner")
    void theIntervalOfNowCounts() {
        start(shop, c -> {});
        bench.advanceTo(65);
        bench.monitor().replace("shop", shop, c -> c.every(ofMinutes(10)));
        shop.gives(CheckResult.inconclusive("no licence"));
        bench.advanceTo(600);
        assertThat(bench.monitor().isUp("shop")).isTrue();
        bench.monitor().replace("shop", shop, c -> c.every(ofSeconds(1)).timeout(ofSeconds(1)));
        bench.advanceTo(600 + 2 + 2);
        assertThat(bench.monitor().isUp("shop")).isFalse();
    }

    @Test
    @DisplayName("P18 a check that throws, or returns nothing, fails with CHECK_ERROR and is never read as up")
    void whatBreaksIsNotUp() {
        Check throwing = context -> {
            throw new StackOverflowError("deep");
        };
        bench.start(bench.builder().check("throws", throwing).check("null", context -> null));
        bench.advanceTo(60);
        for (String check : new String[] {"throws", "null"}) {
            assertThat(bench.events(RunCompleted.class, check)).isNotEmpty().allSatisfy(run -> {
                assertThat(run.result().verdict()).isEqualTo(Verdict.FAIL);
                assertThat(run.result().failure()).isEqualTo(FailureKind.CHECK_ERROR);
            });
            assertThat(bench.monitor().stateOf(check)).isEqualTo(HealthState.DOWN);
        }
    }

    /** One thread, which the other check can keep. */
    private void startWithHog() {
        bench.start(bench.builder()
                .maxConcurrentRuns(1)
                .check("hog", hog, c -> c.timeout(ofHours(1)))
                .check("shop", shop));
        bench.time.advance(ofMillis(1));
    }

    /** Takes the thread for ten minutes, from now on. */
    private void starve() {
        hog.hangsFor(ofMinutes(10));
        bench.monitor().runNow("hog");
    }

    private void start(Check check, Consumer<CheckSettingsBuilder> options) {
        bench.start(bench.builder().check("shop", check, options));
        bench.time.advance(ofMillis(1));
    }

    private CheckFigures.Uptime uptime() {
        return bench.of("shop").figures().uptime();
    }

    /** Virtual time whose loops stop. */
    private static final class DyingPlatform implements Platform {

        private final ManualTime inner;
        private boolean dead;

        DyingPlatform(ManualTime inner) {
            this.inner = inner;
        }

        @Override
        public TimeSource time() {
            return inner;
        }

        @Override
        public Loop loop(String name, Tick tick) {
            return inner.loop(name, () -> dead ? Tick.NEVER : tick.run());
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
