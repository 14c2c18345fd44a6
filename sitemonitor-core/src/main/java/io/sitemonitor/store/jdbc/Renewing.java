package io.sitemonitor.store.jdbc;

import io.sitemonitor.schedule.Platform;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Does something again and again, on a thread of its own, until it is closed; with growing pauses while it fails, so that a
 * database that is away is not hammered.
 */
final class Renewing implements Platform.Work {

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final BooleanSupplier work;
    private final Duration every;
    private final CountDownLatch closed = new CountDownLatch(1);
    private Platform.@Nullable Workers workers;

    Renewing(BooleanSupplier work, Duration every) {
        this.work = work;
        this.every = every;
    }

    void start(Platform.Workers on) {
        workers = on;
        on.start(this);
    }

    @Override
    public void call() {
        Duration pause = every;
        while (!isClosedWithin(pause)) {
            pause = work.getAsBoolean() ? every : longer(pause);
        }
    }

    private Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) <= 0 ? twice : pause.compareTo(LONGEST_PAUSE) > 0 ? pause : LONGEST_PAUSE;
    }

    private boolean isClosedWithin(Duration pause) {
        try {
            return closed.await(pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            return false; // nobody has a reason to interrupt this thread
        }
    }

    @Override
    public boolean done() {
        return true;
    }

    void close() {
        closed.countDown();
        if (workers != null) {
            workers.close();
        }
    }
}
