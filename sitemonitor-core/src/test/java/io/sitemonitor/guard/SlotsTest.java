package io.sitemonitor.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.sitemonitor.check.SteppingTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How many calls count, with threads on purpose. */
@Timeout(60)
class SlotsTest {

    private static final int THREADS = 8;
    private static final int CALLS = 20_000;

    /** The clock moves on by 10 µs with each look, so all the looks of all the threads take a known time. */
    @Test
    void threadsTogetherFeedNoMoreThanOneResultASlot() throws Exception {
        SteppingTime time = new SteppingTime(Duration.ofNanos(10_000));
        AtomicInteger fed = new AtomicInteger();
        Guard guard = new Guard("payments-api", CircuitBreaker.ofDefaults("payments"), Duration.ofMillis(1), time);
        guard.feed((check, result, took) -> fed.incrementAndGet());
        long begin = time.nanos();
        together(() -> {
            for (int call = 0; call < CALLS; call++) {
                guard.run(() -> {});
            }
        });
        long slots = (time.nanos() - begin) / Duration.ofMillis(1).toNanos();

        assertThat(slots).isGreaterThan(1_000);
        assertThat(fed.get()).isBetween((int) (slots / 2), (int) slots + 1);
    }

    @Test
    void ofAllWhoComeForASlotOneTakesIt() throws Exception {
        AtomicLong now = new AtomicLong();
        Slots slots = new Slots(new FixedTime(now), Duration.ofSeconds(1));
        for (int round = 0; round < 500; round++) {
            AtomicInteger taken = new AtomicInteger();
            together(() -> {
                if (slots.isDue() && slots.take()) {
                    taken.incrementAndGet();
                }
            });
            assertThat(taken).hasValue(1);
            now.addAndGet(Duration.ofSeconds(1).toNanos());
        }
    }

    /** Fed twice, it is still one: a second subscription would look as well. */
    @Test
    void aCallThatDoesNotCountCostsOneLookAtTheClock() {
        SteppingTime time = new SteppingTime(Duration.ofNanos(1));
        Guard guard = new Guard("payments-api", CircuitBreaker.ofDefaults("payments"), Duration.ofHours(1), time);
        guard.feed((check, result, took) -> {});
        guard.feed((check, result, took) -> {});
        guard.run(() -> {});
        long before = time.nanos();
        guard.run(() -> {});

        assertThat(time.nanos() - before - 1).isEqualTo(1);
    }

    /** Monotonic time may be negative and overflows once in 292 years. */
    @Test
    void outlivesTheOverflowOfMonotonicTime() {
        AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
        Slots slots = new Slots(new FixedTime(now), Duration.ofNanos(10));
        assertThat(slots.take()).isTrue();
        now.addAndGet(1);
        assertThat(slots.isDue()).as("the next slot begins beyond the overflow").isFalse();
        now.addAndGet(8);
        assertThat(slots.isDue()).isFalse();
        now.addAndGet(1);
        assertThat(slots.isDue()).isTrue();
        assertThat(slots.take()).isTrue();
        assertThat(slots.take()).isFalse();
    }

    private static void together(Runnable work) throws Exception {
        CyclicBarrier start = new CyclicBarrier(THREADS);
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> ends = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                ends.add(pool.submit(() -> {
                    start.await();
                    work.run();
                    return null;
                }));
            }
            for (Future<?> end : ends) {
                end.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
