package io.sitemonitor;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.PassiveResults;
import io.sitemonitor.event.RunCompleted;
import io.sitemonitor.state.ConditionKind;
import io.sitemonitor.state.HealthState;
import io.sitemonitor.testing.RecordingAlerts;
import io.sitemonitor.testing.ScriptedCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Results that the host found by itself: they count like runs, and spare the target the probes. Design §6.10. */
@DisplayName("§6.10 passive results")
class MonitorReportTest {

    private final Bench bench = new Bench();
    private final ScriptedCheck shop = ScriptedCheck.passing();

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    @DisplayName("a result counts like a run that has just ended")
    void aResultCountsLikeARun() {
        start();
        bench.advanceTo(10);
        bench.monitor().report("shop", CheckResult.warn("slow"), ofMillis(250));
        CheckSnapshot shown = bench.of("shop");
        assertThat(shown.lastResult()).isEqualTo(CheckResult.warn("slow"));
        assertThat(shown.lastRunAt()).isEqualTo(Bench.at(10).minusMillis(250));
        assertThat(shown.lastDuration()).isEqualTo(ofMillis(250));
        assertThat(shown.figures().runs()).isEqualTo(2);
        assertThat(shown.figures().warned()).isEqualTo(1);
        assertThat(shown.figures().latency().last()).isEqualTo(ofMillis(250));
        bench.advance(1);
        assertThat(bench.events(RunCompleted.class, "shop")).hasSize(2).last().satisfies(run -> {
            assertThat(run.result()).isEqualTo(CheckResult.warn("slow"));
            assertThat(run.duration()).isEqualTo(ofMillis(250));
        });
    }

    @Test
    @DisplayName("failures in a row make DOWN, with an alert, good results its end")
    void resultsDecideTheState() {
        start();
        bench.advanceTo(10);
        PassiveResults results = bench.monitor()::report;
        results.report("shop", CheckResult.fail("HTTP 503"), ofSeconds(1));
        results.report("shop", CheckResult.fail("HTTP 503"), ofSeconds(1));
        assertThat(bench.monitor().isUp("shop")).isTrue();
        results.report("shop", CheckResult.fail("HTTP 502"), ofSeconds(1));
        assertThat(bench.monitor().stateOf("shop")).isEqualTo(HealthState.DOWN);
        bench.advanceTo(11);
        Alert down = bench.told("shop").get(0);
        assertThat(down.summary()).isEqualTo("shop is down: ASSERTION: HTTP 502");
        assertThat(down.since()).isEqualTo(Bench.at(9));
        results.report("shop", CheckResult.pass(), ofSeconds(0));
        results.report("shop", CheckResult.pass(), ofSeconds(0));
        bench.advanceTo(12);
        assertThat(bench.alerts.kinds()).containsExactly(AlertKind.DOWN, AlertKind.RECOVERED);
    }

    @Test
    @DisplayName("§6.1 results and runs make one row")
    void resultsAndRunsAreOneRow() {
        start();
        bench.advanceTo(29);
        bench.monitor().report("shop", CheckResult.fail("1"), Duration.ZERO);
        bench.monitor().report("shop", CheckResult.fail("2"), Duration.ZERO);
        bench.monitor().report("shop", CheckResult.pass(), Duration.ZERO);
        bench.monitor().report("shop", CheckResult.fail("1"), Duration.ZERO);
        bench.monitor().report("shop", CheckResult.fail("2"), Duration.ZERO);
        shop.fails("3");
        assertThat(bench.monitor().isUp("shop")).isTrue();
        bench.advance(5);
        assertThat(bench.alerts.kinds()).containsExactly(AlertKind.DOWN);
    }

    @Test
    @DisplayName("a busy dependency is not probed at all")
    void aBusyTargetIsNotProbed() {
        start();
        for (int i = 0; i < 200; i++) {
            bench.advance(29);
            bench.monitor().report("shop", CheckResult.pass(), ofMillis(20));
        }
        assertThat(shop.runs())
                .as("the first run came before anything was reported")
                .isEqualTo(1);
        assertThat(bench.conditions("shop", ConditionKind.STALE)).isEmpty();
        assertThat(bench.of("shop").missedTicks()).isZero();
    }

    @Test
    @DisplayName("the next run comes a whole interval later, on its grid")
    void theNextRunComesAWholeIntervalLater() {
        start();
        bench.advanceTo(40);
        bench.monitor().report("shop", CheckResult.pass(), ofMillis(20));
        assertThat(bench.of("shop").nextRunAt()).isBetween(Bench.at(70), Bench.at(100));
        bench.advanceTo(69);
        assertThat(shop.runs()).isEqualTo(2);
        bench.advanceTo(100);
        assertThat(shop.runs()).isEqualTo(3);
        assertThat(bench.conditions("shop", ConditionKind.STALE)).isEmpty();
        bench.advanceTo(200);
        assertThat(bench.runs("shop")).contains("0", "30", "90", "120", "150", "180");
    }

    @Test
    @DisplayName("§6.3 a failure that is reported is followed up by a run")
    void aReportedFailureIsFollowedUp() {
        start();
        bench.advanceTo(10);
        bench.monitor().report("shop", CheckResult.fail("HTTP 503"), ofSeconds(1));
        bench.advanceTo(20);
        assertThat(bench.runs("shop")).containsExactly("0", "9", "15");
        assertThat(bench.monitor().isUp("shop")).isTrue();
    }

    @Test
    @DisplayName("reports keep a check that cannot be probed from being STALE, and their end makes it STALE")
    void reportsAreRunsForStaleness() {
        shop.gives(CheckResult.inconclusive("no licence"));
        start();
        for (int i = 0; i < 20; i++) {
            bench.advance(25);
            bench.monitor().report("shop", CheckResult.pass(), ofMillis(20));
        }
        assertThat(bench.monitor().isUp("shop")).isTrue();
        assertThat(bench.of("shop").conditions()).isEmpty();
        bench.advance(2 * 30 + 30 + 11);
        assertThat(bench.monitor().isUp("shop")).isFalse();
        bench.monitor().report("shop", CheckResult.pass(), ofMillis(20));
        assertThat(bench.monitor().isUp("shop")).isTrue();
        assertThat(bench.of("shop").conditions()).isEmpty();
    }

    @Test
    @DisplayName("§6.8 a report during maintenance is held like a run")
    void aReportDuringMaintenanceIsHeld() {
        start();
        bench.advanceTo(10);
        bench.monitor().openMaintenance("deploy", ofMinutes(1));
        shop.fails("HTTP 503");
        for (int i = 0; i < 3; i++) {
            bench.monitor().report("shop", CheckResult.fail("HTTP 503"), ofSeconds(1));
        }
        assertThat(bench.monitor().stateOf("shop")).isEqualTo(HealthState.DOWN);
        bench.advanceTo(69);
        assertThat(bench.alerts.alerts()).isEmpty();
        bench.advanceTo(70);
        assertThat(bench.alerts.kinds()).containsExactly(AlertKind.DOWN);
    }

    @Test
    @DisplayName("§6.7 a reported failure runs the parent at once")
    void aReportedFailureAsksTheParent() {
        ScriptedCheck gateway = ScriptedCheck.passing();
        bench.start(bench.builder()
                .check("gateway", gateway, c -> c.every(ofHours(1)).downAfter(1))
                .check("shop", shop, c -> c.downAfter(1).dependsOn("gateway")));
        bench.advanceTo(10);
        gateway.fails("away");
        bench.monitor().report("shop", CheckResult.fail("no route"), Duration.ZERO);
        bench.advanceTo(12);
        assertThat(bench.told()).containsExactly("10 DOWN gateway");
    }

    @Test
    @DisplayName("a result for a check that is paused, unknown, removed or not running is dropped")
    void whatCannotBeCountedIsDropped() {
        Monitor built = bench.builder().check("shop", shop).build();
        built.report("shop", CheckResult.fail("too early"), ofSeconds(1));
        Monitor monitor = start();
        bench.advanceTo(10);
        monitor.pause("shop");
        for (int i = 0; i < 5; i++) {
            monitor.report("shop", CheckResult.fail("paused"), ofSeconds(1));
            monitor.report("shpo", CheckResult.fail("unknown"), ofSeconds(1));
        }
        assertThat(bench.of("shop").figures().runs()).isEqualTo(1);
        assertThat(bench.monitor().isUp("shop")).isTrue();
        monitor.resume("shop");
        monitor.remove("shop");
        monitor.report("shop", CheckResult.fail("removed"), ofSeconds(1));
        monitor.close();
        monitor.report("shop", CheckResult.fail("closed"), ofSeconds(1));
        bench.advance(100);
        assertThat(bench.alerts.alerts()).isEmpty();
        assertThat(bench.events(RunCompleted.class, "shop")).hasSize(1);
    }

    @Test
    @DisplayName("it never throws for any duration; what is negative counts as nothing")
    void anyDurationIsTaken() {
        Monitor monitor = start();
        bench.advanceTo(10);
        monitor.report("shop", CheckResult.pass(), ofSeconds(Long.MAX_VALUE));
        monitor.report("shop", CheckResult.pass(), ofSeconds(Long.MIN_VALUE));
        monitor.report("shop", CheckResult.pass(), ofMillis(-5));
        assertThat(bench.of("shop").lastDuration()).isEqualTo(Duration.ZERO);
        assertThat(bench.of("shop").figures().passed()).isEqualTo(4);
        bench.advance(600);
        assertThat(monitor.isUp("shop")).isTrue();
    }

    @Test
    @DisplayName("null is refused by its name")
    void nullIsRefused() {
        Monitor monitor = start();
        assertThatNullPointerException()
                .isThrownBy(() -> monitor.report("shop", null, ofSeconds(1)))
                .withMessage("result");
        assertThatNullPointerException()
                .isThrownBy(() -> monitor.report("shop", CheckResult.pass(), null))
                .withMessage("took");
    }

    @Test
    @DisplayName("P12 from many threads: every result counts once, and the history of alerts stays legal")
    void fromManyThreadsEachResultCountsOnce() throws Exception {
        int threads = 8;
        int each = 2_000;
        RecordingAlerts alerts = new RecordingAlerts();
        try (Monitor monitor = Monitor.named("threads")
                .alert(alerts)
                .check(
                        "shop",
                        context -> CheckResult.pass(),
                        c -> c.every(ofHours(1))
                                .retryEvery(ofHours(1))
                                .downAfter(2)
                                .upAfter(2)
                                .flapAfter(0, ofSeconds(1)))
                .start()) {
            monitor.runNow("shop").get();
            long before =
                    monitor.snapshot().check("shop").orElseThrow().figures().runs();
            CountDownLatch go = new CountDownLatch(1);
            List<Thread> reporters = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                int offset = t;
                Thread reporter = new Thread(() -> {
                    await(go);
                    for (int i = 0; i < each; i++) {
                        boolean fails = (i + offset) / 3 % 2 == 0;
                        monitor.report("shop", fails ? CheckResult.fail("no") : CheckResult.pass(), ofMillis(1));
                    }
                });
                reporter.start();
                reporters.add(reporter);
            }
            go.countDown();
            for (Thread reporter : reporters) {
                reporter.join();
            }
            assertThat(monitor.snapshot().check("shop").orElseThrow().figures().runs() - before)
                    .isEqualTo((long) threads * each);
        }
        List<AlertKind> kinds = alerts.kinds();
        assertThat(kinds).isNotEmpty();
        for (int i = 0; i < kinds.size(); i++) {
            assertThat(kinds.get(i)).isEqualTo(i % 2 == 0 ? AlertKind.DOWN : AlertKind.RECOVERED);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Monitor start() {
        Monitor monitor = bench.start(bench.builder().check("shop", shop));
        bench.time.advance(ofMillis(1));
        return monitor;
    }
}
