package io.sitemonitor;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.event.CheckChanged;
import io.sitemonitor.event.MonitorEvent;
import io.sitemonitor.event.MonitorListener;
import io.sitemonitor.event.RunCompleted;
import io.sitemonitor.event.RunStuck;
import io.sitemonitor.event.StateChanged;
import io.sitemonitor.state.HealthState;
import io.sitemonitor.testing.RecordingAlerts;
import io.sitemonitor.testing.RecordingListener;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The engine on real clocks and threads. */
@Timeout(60)
class MonitorThreadsTest {

    private final Check passing = context -> CheckResult.pass();

    /** P23, P25: a zoo of foreign code, and next to it a check and listeners that notice nothing. */
    @Test
    void foreignCodeThatMisbehavesHarmsNothingElse() {
        CountDownLatch never = new CountDownLatch(1);
        RecordingListener healthyListener = new RecordingListener();
        RecordingAlerts healthyAlerts = new RecordingAlerts();
        AtomicBoolean up = new AtomicBoolean(true);
        try (Monitor monitor = Monitor.named("zoo")
                .closeWithin(ofMillis(500))
                .defaults(c -> c.every(ofMillis(100)).timeout(ofMillis(200)).downAfter(2))
                .check("healthy", context -> up.get() ? CheckResult.pass() : CheckResult.fail("switched off"))
                .check("throws", context -> {
                    throw new IllegalStateException("thrown on purpose");
                })
                .check("overflows", context -> overflow(1))
                .check("ignores interrupts", context -> blockUninterruptibly(never))
                .check("blocks when cancelled", context -> {
                    context.onCancel(() -> blockUninterruptibly(never));
                    return blockUninterruptibly(never);
                })
                .check("interrupts itself", context -> {
                    Thread.currentThread().interrupt();
                    return CheckResult.pass();
                })
                .listener(event -> blockUninterruptibly(never))
                .listener(event -> {
                    throw new AssertionError("thrown on purpose");
                })
                .listener(healthyListener)
                .alert(alert -> blockUninterruptibly(never))
                .alert(alert -> {
                    throw new OutOfMemoryError("thrown on purpose");
                })
                .alert(healthyAlerts)
                .start()) {
            await().until(() -> monitor.stateOf("overflows") == HealthState.DOWN
                    && monitor.stateOf("throws") == HealthState.DOWN
                    && monitor.stateOf("ignores interrupts") == HealthState.DOWN
                    && monitor.stateOf("blocks when cancelled") == HealthState.DOWN
                    && monitor.isUp("healthy")
                    && monitor.isUp("interrupts itself"));
            up.set(false);
            await().until(() -> healthyAlerts.alerts().stream()
                    .anyMatch(alert -> alert.check().equals("healthy") && alert.kind() == AlertKind.DOWN));
            up.set(true);
            await().until(() -> healthyAlerts.alerts().stream()
                    .anyMatch(alert -> alert.check().equals("healthy") && alert.kind() == AlertKind.RECOVERED));
            assertThat(healthyListener.events(RunStuck.class))
                    .extracting(RunStuck::check)
                    .containsOnly("ignores interrupts", "blocks when cancelled");
        } finally {
            never.countDown();
        }
    }

    /** P24: nothing is left behind, whatever ran. */
    @Test
    void nothingIsLeftAfterClose() {
        for (int round = 0; round < 20; round++) {
            AtomicInteger told = new AtomicInteger();
            Monitor monitor = Monitor.named("census")
                    .warmUp(Duration.ZERO)
                    .check(
                            "a",
                            context -> CheckResult.fail("down"),
                            c -> c.every(ofMillis(100)).downAfter(1))
                    .check("b", passing)
                    .onStateChange(change -> told.incrementAndGet())
                    .alert(alert -> told.incrementAndGet())
                    .start();
            await().until(() -> told.get() >= 3);
            monitor.close();
        }
        await().untilAsserted(() -> assertThat(threads("sitemonitor-census")).isEmpty());
    }

    @Test
    void aClosedMonitorCanBeCollected() {
        WeakReference<Monitor> monitor = new WeakReference<>(closedMonitor());
        await().until(() -> {
            System.gc();
            return monitor.refersTo(null);
        });
    }

    private Monitor closedMonitor() {
        Monitor monitor = Monitor.named("collected").check("a", passing).start();
        await().until(() -> monitor.isUp("a"));
        monitor.close();
        return monitor;
    }

    /** P26. */
    @Test
    void threadsAreNamedDaemonsAndDoNotGrowWithTheNumberOfChecks() {
        MonitorBuilder builder = Monitor.named("many").maxConcurrentRuns(8).warmUp(ofMillis(200));
        for (int i = 0; i < 2_000; i++) {
            builder.check("c" + i, passing, c -> c.every(ofMillis(500)));
        }
        RecordingListener listener = new RecordingListener();
        try (Monitor monitor = builder.listener(listener).start()) {
            await().until(() -> monitor.snapshot().count(HealthState.UP) == 2_000);
            List<Thread> threads = threads("sitemonitor-many");
            assertThat(threads).isNotEmpty().allMatch(Thread::isDaemon).hasSizeLessThan(8 + 2 * 16 + 4);
        }
    }

    @Test
    void closeInterruptsARunThatGoesOnAndCallsItsCancelAction() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        Monitor monitor = Monitor.named("closing")
                .warmUp(Duration.ZERO)
                .check("a", context -> {
                    context.onCancel(cancelled::countDown);
                    running.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                        throw e;
                    }
                    return CheckResult.pass();
                })
                .start();
        running.await();
        monitor.close();
        interrupted.await();
        cancelled.await();
    }

    /** P12: what another thread decides meanwhile about the same check is told afterwards, and nobody waits for that. */
    @Test
    void factsOfOneCheckAreToldOneAfterTheOther() {
        List<String> told = Collections.synchronizedList(new ArrayList<>());
        AtomicReference<Monitor> monitor = new AtomicReference<>();
        MonitorListener direct = new MonitorListener() {
            @Override
            public void onEvent(MonitorEvent event) throws InterruptedException {
                String what =
                        event instanceof CheckChanged change ? change.change().name() : "run";
                told.add("begin " + what);
                if (what.equals("run") && told.indexOf("begin run") == told.size() - 1) {
                    Thread other = new Thread(() -> monitor.get().pause("a"));
                    other.start();
                    other.join();
                }
                told.add("end " + what);
            }

            @Override
            public boolean wants(Class<? extends MonitorEvent> type) {
                return type == CheckChanged.class || type == RunCompleted.class;
            }

            @Override
            public boolean isDirect() {
                return true;
            }
        };
        monitor.set(Monitor.named("order")
                .warmUp(Duration.ZERO)
                .check("a", passing)
                .listener(direct)
                .build());
        try (Monitor running = monitor.get().start()) {
            await().until(() -> told.contains("end PAUSED"));
            assertThat(told)
                    .containsExactly("begin ADDED", "end ADDED", "begin run", "end run", "begin PAUSED", "end PAUSED");
            assertThat(running.snapshot().check("a").orElseThrow().paused()).isTrue();
        }
    }

    /** P12: commands from several threads at once; each listener sees a legal history. */
    @RepeatedTest(5)
    void commandsFromManyThreadsKeepTheHistoryLegal() throws Exception {
        AtomicBoolean up = new AtomicBoolean(true);
        Check flipping = context -> up.get() ? CheckResult.pass() : CheckResult.fail("down");
        List<StateChanged> changes = new ArrayList<>();
        RecordingAlerts alerts = new RecordingAlerts();
        MonitorListener listener = new MonitorListener() {
            @Override
            public void onEvent(MonitorEvent event) {
                if (event instanceof StateChanged change) {
                    synchronized (changes) {
                        changes.add(change);
                    }
                }
            }
        };
        Monitor monitor = Monitor.named("races")
                .warmUp(Duration.ZERO)
                .closeWithin(ofSeconds(10))
                .check(
                        "a",
                        flipping,
                        c -> c.every(ofMillis(100))
                                .retryEvery(ofMillis(1))
                                .downAfter(1)
                                .upAfter(1)
                                .flapAfter(0, ofSeconds(1)))
                .listener(listener)
                .alert(alerts)
                .start();
        int threads = 6;
        CyclicBarrier together = new CyclicBarrier(threads);
        List<Thread> actors = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            Random random = new Random(t);
            Thread actor = new Thread(() -> act(monitor, flipping, up, together, random));
            actors.add(actor);
            actor.start();
        }
        for (Thread actor : actors) {
            actor.join();
        }
        up.set(true);
        monitor.resume("a");
        await().until(() -> {
            monitor.runNow("a");
            return monitor.isUp("a") && monitor.incidents().open().isEmpty();
        });
        monitor.close();

        HealthState state = HealthState.UNKNOWN;
        for (StateChanged change : changes) {
            assertThat(change.from())
                    .as("changes follow one another: %s", changes)
                    .isEqualTo(state);
            state = change.to();
        }
        List<AlertKind> kinds = alerts.kinds();
        for (int i = 0; i < kinds.size(); i++) {
            assertThat(kinds.get(i))
                    .as("outage and recovery alternate: %s", kinds)
                    .isEqualTo(i % 2 == 0 ? AlertKind.DOWN : AlertKind.RECOVERED);
        }
        assertThat(kinds.size() % 2).isZero();
        assertThat(alerts.alerts()).extracting(alert -> alert.id()).doesNotHaveDuplicates();
    }

    private static void act(Monitor monitor, Check check, AtomicBoolean up, CyclicBarrier together, Random random) {
        try {
            together.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        for (int i = 0; i < 300; i++) {
            switch (random.nextInt(6)) {
                case 0 -> monitor.pause("a");
                case 1 -> monitor.resume("a");
                case 2 ->
                    monitor.replace(
                            "a",
                            check,
                            c -> c.every(ofMillis(100 + random.nextInt(3)))
                                    .retryEvery(ofMillis(1))
                                    .downAfter(1)
                                    .upAfter(1)
                                    .flapAfter(0, ofSeconds(1)));
                case 3 -> up.set(!up.get());
                case 4 -> monitor.snapshot();
                default -> monitor.runNow("a");
            }
        }
    }

    private static List<Thread> threads(String prefix) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(prefix))
                .toList();
    }

    private static CheckResult overflow(int depth) {
        return depth == 0 ? CheckResult.pass() : overflow(depth + 1);
    }

    private static CheckResult blockUninterruptibly(CountDownLatch latch) {
        while (true) {
            try {
                latch.await();
                return CheckResult.pass();
            } catch (InterruptedException e) {
                continue;
            }
        }
    }
}
