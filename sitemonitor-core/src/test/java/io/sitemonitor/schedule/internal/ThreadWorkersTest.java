package io.sitemonitor.schedule.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sitemonitor.schedule.Platform;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ThreadWorkersTest {

    private final ThreadWorkers workers = new ThreadWorkers("test-workers", 3);
    private final CountDownLatch hold = new CountDownLatch(1);
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final AtomicInteger finished = new AtomicInteger();

    @AfterEach
    void close() {
        hold.countDown();
        workers.close();
    }

    @Test
    void doesNoMoreThanItsLimitAtOnceAndEverythingInTheEnd() {
        for (int i = 0; i < 5_000; i++) {
            workers.start(work(() -> Thread.yield(), true));
        }
        await().until(() -> finished.get() == 5_000);
        assertThat(most.get()).isLessThanOrEqualTo(3);
        await().until(() -> workers.busy() == 0);
        assertThat(workers.waiting()).isZero();
    }

    @Test
    void whatDoesNotFitWaits() {
        for (int i = 0; i < 5; i++) {
            workers.start(work(this::waitForHold, true));
        }
        await().until(() -> running.get() == 3);
        assertThat(workers.busy()).isEqualTo(3);
        assertThat(workers.waiting()).isEqualTo(2);
    }

    @Test
    void aPlaceThatIsGivenUpGoesToTheNext() {
        workers.start(work(this::waitForHold, false));
        workers.start(work(this::waitForHold, false));
        workers.start(work(this::waitForHold, false));
        await().until(() -> running.get() == 3);
        workers.start(work(() -> {}, true));
        assertThat(finished.get()).isZero();
        workers.giveUpOne();
        await().until(() -> finished.get() == 1);
        hold.countDown();
        await().until(() -> finished.get() == 4);
        workers.giveUpOne();
        workers.giveUpOne();
        await().until(() -> workers.busy() == 0);
    }

    @Test
    void workThatThrowsKeepsThePlacesCounted() {
        for (int i = 0; i < 6; i++) {
            workers.start(work(
                    () -> {
                        throw new IllegalStateException("thrown on purpose");
                    },
                    true));
        }
        await().until(() -> workers.busy() == 0 && workers.waiting() == 0);
        workers.start(work(() -> {}, true));
        await().until(() -> finished.get() == 1);
    }

    @Test
    void anInterruptEndsWithTheWorkItWasMeantFor() {
        Set<Boolean> flags = Collections.newSetFromMap(new ConcurrentHashMap<>());
        for (int i = 0; i < 100; i++) {
            workers.start(work(
                    () -> {
                        flags.add(Thread.currentThread().isInterrupted());
                        Thread.currentThread().interrupt();
                    },
                    true));
        }
        await().until(() -> finished.get() == 100);
        assertThat(flags).containsExactly(false);
    }

    @Test
    void takesNothingOnceItIsClosedAndFinishesWhatItHas() {
        workers.start(work(this::waitForHold, true));
        workers.close();
        assertThat(workers.start(work(() -> {}, true))).isFalse();
        hold.countDown();
        await().until(() -> finished.get() == 1);
    }

    @Test
    void whatWasStartedBeforeTheEndGetsAThreadEachAlsoAfterIt() {
        ThreadWorkers many = new ThreadWorkers("test-many", 50);
        for (int i = 0; i < 50; i++) {
            many.start(work(this::waitForHold, true));
        }
        many.close();
        await().until(() -> running.get() == 50);
    }

    @Test
    void workThatHasBeenWaitingForLongMakesRoomForOther() {
        ThreadWorkers few = new ThreadWorkers("test-few", 50, 3);
        for (int i = 0; i < 20; i++) {
            few.start(work(this::waitForHold, true));
        }
        await().until(() -> running.get() == 20);
        assertThat(few.waiting()).isZero();
        few.close();
    }

    @Test
    void noMoreThanTheYoungAreUnderWayWhileTheyGetDone() {
        ThreadWorkers few = new ThreadWorkers("test-few", 50, 3);
        for (int i = 0; i < 5_000; i++) {
            few.start(work(() -> Thread.yield(), true));
        }
        await().until(() -> finished.get() == 5_000);
        // a few more may be on their way while the others are counted
        assertThat(most.get()).isLessThanOrEqualTo(25);
        few.close();
    }

    @Test
    void noWorkIsLeftLyingWhoeverStartsIt() throws Exception {
        ThreadWorkers busy = new ThreadWorkers("test-busy", 3, 2);
        Thread[] producers = new Thread[4];
        for (int i = 0; i < producers.length; i++) {
            producers[i] = new Thread(() -> {
                for (int n = 1; n <= 25_000; n++) {
                    busy.start(work(() -> {}, true));
                    if (n % 50 == 0) {
                        Thread.yield(); // lets the workers come to rest, which is when something could be left
                    }
                }
            });
            producers[i].start();
        }
        for (Thread producer : producers) {
            producer.join();
        }
        await().until(() -> finished.get() == 100_000);
        await().until(() -> busy.busy() == 0);
        busy.close();
    }

    private void waitForHold() {
        try {
            hold.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Platform.Work work(Runnable action, boolean keepsPlace) {
        return new Platform.Work() {
            @Override
            public void call() {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                try {
                    action.run();
                    finished.incrementAndGet();
                } finally {
                    running.decrementAndGet();
                }
            }

            @Override
            public boolean done() {
                return keepsPlace;
            }
        };
    }
}
