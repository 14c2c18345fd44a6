package io.sitemonitor.benchmarks.jmh;

import io.sitemonitor.schedule.Platform;
import io.sitemonitor.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.BooleanSupplier;

/**
 * A platform that is turned by hand: time moves when it is told to, and all work is done by the caller. What is left is the
 * engine, without the hand-overs between threads. For one thread.
 */
final class HandPlatform implements Platform, TimeSource {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Queue<Work> queue = new ArrayDeque<>();
    private long nanos;
    private Tick tick = () -> Tick.NEVER;
    private long wake = Tick.NEVER;

    /** Lets time pass, and does all that is due then. */
    void step(long by) {
        nanos += by;
        do {
            wake = Tick.NEVER;
            long next = tick.run();
            drain();
            wake = Math.min(wake, next);
        } while (wake - nanos <= 0);
    }

    void drain() {
        for (Work work = queue.poll(); work != null; work = queue.poll()) {
            work.call();
            work.done();
        }
    }

    @Override
    public Instant now() {
        return START.plusNanos(nanos);
    }

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public TimeSource time() {
        return this;
    }

    @Override
    public Loop loop(String name, Tick ticking) {
        tick = ticking;
        return new Loop() {
            @Override
            public void wakeAt(long at) {
                wake = Math.min(wake, at);
            }

            @Override
            public void close() {
                tick = () -> Tick.NEVER;
            }
        };
    }

    @Override
    public Workers workers(String name, int limit) {
        return new Workers() {
            @Override
            public boolean start(Work work) {
                return queue.add(work);
            }

            @Override
            public void giveUpOne() {
                throw new UnsupportedOperationException("nothing gets stuck here");
            }

            @Override
            public int busy() {
                return 0;
            }

            @Override
            public int waiting() {
                return queue.size();
            }

            @Override
            public void close() {
                drain();
            }
        };
    }

    @Override
    public boolean await(BooleanSupplier condition, Duration limit) {
        drain();
        return condition.getAsBoolean();
    }

    @Override
    public boolean hasVirtualThreads() {
        return false;
    }
}
