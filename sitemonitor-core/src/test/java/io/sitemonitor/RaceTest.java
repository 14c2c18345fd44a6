package io.sitemonitor;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckContext;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.definition.CheckSettingsBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Results and commands upon the same few checks at the same time, on real clocks and threads. */
@Timeout(180)
class RaceTest {

    private static final int PLACES = 3;
    private static final int ACTORS = 4;
    private static final int DOWN_AFTER = 2;

    private final LegalHistory history = new LegalHistory(DOWN_AFTER);
    private final LegalHistory.Alerts outages = history.alerts();
    private final LegalHistory.Alerts everything = history.alerts();
    private final Queue<CompletableFuture<CheckResult>> asked = new ConcurrentLinkedQueue<>();
    private final Queue<Throwable> unexpected = new ConcurrentLinkedQueue<>();
    private Flickers flickers = new Flickers(false);

    @AfterEach
    void nothingIsLeft() {
        await().atMost(ofSeconds(30))
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .extracting(Thread::getName)
                        .noneMatch(name -> name.startsWith("sitemonitor-race")));
    }

    @Test
    @DisplayName(
            "P12, P23, P24: result x pause x resume x replace x remove x add x run now, from several threads at once")
    void commandsAndResultsAtOnceKeepEachHistoryLegal() throws Exception {
        race();
        assertThat(flickers.overlaps).hasValue(0);
        assertThat(flickers.names()).hasSizeGreaterThan(PLACES);
    }

    @Test
    @DisplayName("P12: the same with names that are used again at once, so that old and new checks have one history")
    void namesUsedAgainAtOnceKeepOneLegalHistory() throws Exception {
        flickers = new Flickers(true);
        race();
        assertThat(flickers.names()).hasSize(PLACES);
    }

    private void race() throws Exception {
        Monitor monitor = monitor();
        together(actor -> {
            for (int round = 0; round < 20_000; round++) {
                command(monitor, actor, round);
            }
        });
        assertThat(unexpected).isEmpty();
        List<String> names = List.copyOf(monitor.checks());
        settle(monitor, names);
        await().atMost(ofSeconds(30))
                .untilAsserted(() -> assertThat(asked).isNotEmpty().allMatch(CompletableFuture::isDone));
        monitor.close();
        assertThat(history.violations()).isEmpty();
        assertThat(flickers.names()).as("what was told is closed").noneMatch(outages::isTold);
    }

    @Test
    @DisplayName("P11, P12, P24: close comes at any moment of all the others")
    void closeMayComeAtAnyMoment() throws Exception {
        for (int round = 0; round < 100; round++) {
            Monitor monitor = monitor();
            int first = round * 100;
            together(actor -> {
                for (int i = 0; i < 60; i++) {
                    if (actor == 0 && i == first / 100 % 60) {
                        monitor.close();
                    }
                    command(monitor, actor, first + i);
                }
            });
            assertThat(unexpected).isEmpty();
            assertThat(history.violations()).isEmpty();
        }
    }

    private Monitor monitor() {
        MonitorBuilder builder = Monitor.named("race")
                .warmUp(ofMillis(0))
                .closeWithin(ofSeconds(20))
                .listener(history.events())
                .alert(outages)
                .alert(everything, p -> p.kinds(AlertKind.DOWN, AlertKind.DEGRADED, AlertKind.FLAPPING));
        for (int place = 0; place < PLACES; place++) {
            builder.check(flickers.next(place), flickers, c -> settings(c, 0));
        }
        return builder.start();
    }

    private static void settings(CheckSettingsBuilder settings, int variant) {
        settings.every(ofMillis(100 + variant))
                .retryEvery(ofMillis(1))
                .downAfter(DOWN_AFTER)
                .upAfter(1);
    }

    private void command(Monitor monitor, int actor, int round) {
        SplitMix random = new SplitMix(actor * 1_000_003L + round);
        int place = (int) random.below(PLACES);
        String name = flickers.current(place);
        try {
            switch ((int) random.below(16)) {
                case 0 -> monitor.pause(name);
                case 1, 2 -> monitor.resume(name);
                case 3 -> monitor.replace(name, flickers, c -> settings(c, (int) random.below(3)));
                case 4 -> monitor.replace(name, context -> flickers.run(context), c -> settings(c, 0));
                case 5 -> {
                    if (monitor.remove(name)) { // somebody may put it back before we do
                        monitor.add(flickers.next(place), flickers, c -> settings(c, 0));
                    }
                }
                case 6 -> monitor.snapshot();
                default -> asked.add(monitor.runNow(name));
            }
        } catch (IllegalArgumentException | IllegalStateException e) {
            expect(e);
        }
    }

    /** Somebody else was faster: the check is not there any more, or the monitor is closed. */
    private void expect(RuntimeException refused) {
        String message = String.valueOf(refused.getMessage());
        if (!message.contains("has no check named")
                && !message.contains("has a check named")
                && !message.contains("is not running")
                && !message.contains("is closed;")) {
            unexpected.add(refused);
        }
    }

    private void together(IntConsumer act) throws InterruptedException {
        CyclicBarrier start = new CyclicBarrier(ACTORS);
        List<Thread> actors = new ArrayList<>();
        for (int i = 0; i < ACTORS; i++) {
            int actor = i;
            Thread thread = new Thread(() -> {
                try {
                    start.await();
                    act.accept(actor);
                } catch (Throwable e) {
                    unexpected.add(e);
                }
            });
            actors.add(thread);
            thread.start();
        }
        for (Thread thread : actors) {
            thread.join();
        }
    }

    /** Lets every check run until it is up and nothing is open. */
    private static void settle(Monitor monitor, List<String> names) {
        Check passing = context -> CheckResult.pass();
        for (String name : names) {
            monitor.replace(name, passing, c -> settings(c, 0));
            monitor.resume(name);
        }
        await().atMost(ofSeconds(30))
                .until(() -> names.stream().allMatch(monitor::isUp)
                        && monitor.incidents().open().isEmpty());
    }

    /** Fails and passes in turns, some runs each, under names none of which is used twice, or always the same. */
    private static final class Flickers implements Check {

        private final AtomicReferenceArray<String> current = new AtomicReferenceArray<>(PLACES);
        private final Set<String> names = ConcurrentHashMap.newKeySet();
        private final boolean again;
        private final AtomicInteger number = new AtomicInteger();
        private final AtomicInteger runs = new AtomicInteger();
        private final AtomicInteger overlaps = new AtomicInteger();
        private final Set<String> going = ConcurrentHashMap.newKeySet();

        Flickers(boolean again) {
            this.again = again;
        }

        String current(int place) {
            return current.get(place);
        }

        String next(int place) {
            String name = "check-" + (again ? place : number.incrementAndGet());
            names.add(name);
            current.set(place, name);
            return name;
        }

        List<String> names() {
            return List.copyOf(names);
        }

        @Override
        public CheckResult run(CheckContext context) {
            if (!going.add(context.check())) {
                overlaps.incrementAndGet();
            }
            int run = runs.incrementAndGet();
            going.remove(context.check());
            return switch (run % 7) {
                case 0, 1, 2 -> CheckResult.fail("flickers");
                case 3 -> CheckResult.warn("flickers");
                default -> CheckResult.pass();
            };
        }
    }
}
