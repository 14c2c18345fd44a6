package io.sitemonitor.schedule.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sitemonitor.schedule.Platform.Tick;
import io.sitemonitor.time.TimeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ThreadLoopTest {

    private final TimeSource time = TimeSource.system();

    /** Every request must be seen, at whatever moment of the loop's falling asleep it comes. */
    @Test
    void noWakeUpIsLost() throws Exception {
        Timers timers = new Timers(time, e -> {});
        ThreadLoop loop = new ThreadLoop("test-loop", timers, time);
        timers.attach(loop);
        int threads = 3;
        int rounds = 20_000;
        AtomicInteger fired = new AtomicInteger();
        List<Thread> actors = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            Thread actor = new Thread(() -> {
                for (int i = 0; i < rounds; i++) {
                    int before = fired.get();
                    timers.wake(counting(fired), time.nanos() + (i % 7) * 1_000L);
                    while (i % 50 == 0 && fired.get() == before) {
                        Thread.onSpinWait();
                    }
                }
            });
            actors.add(actor);
            actor.start();
        }
        for (Thread actor : actors) {
            actor.join();
        }
        await().until(() -> fired.get() == threads * rounds);
        loop.close();
    }

    @Test
    void outlivesATickThatThrows() {
        AtomicInteger calls = new AtomicInteger();
        ThreadLoop loop = new ThreadLoop(
                "test-loop",
                () -> {
                    if (calls.incrementAndGet() == 1) {
                        throw new IllegalStateException("thrown on purpose");
                    }
                    return Tick.NEVER;
                },
                time);
        loop.wakeAt(time.nanos());
        await().until(() -> calls.get() > 2);
        loop.close();
    }

    @Test
    void isADaemonAndEndsWhenItIsClosed() {
        ThreadLoop loop = new ThreadLoop("test-loop-to-close", () -> Tick.NEVER, time);
        assertThat(threads())
                .singleElement()
                .satisfies(thread -> assertThat(thread.isDaemon()).isTrue());
        loop.close();
        assertThat(threads()).isEmpty();
    }

    private static List<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("test-loop-to-close"))
                .toList();
    }

    private static Timer counting(AtomicInteger fired) {
        return new Timer() {
            @Override
            protected long fire(long now) {
                fired.incrementAndGet();
                return Tick.NEVER;
            }
        };
    }
}
