package io.sitemonitor.schedule.internal;

import io.sitemonitor.schedule.Platform;
import io.sitemonitor.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** The machine's own clocks and threads. */
public final class SystemPlatform implements Platform {

    /** The one system platform. It holds no thread itself. */
    public static final SystemPlatform INSTANCE = new SystemPlatform();

    private static final long LOOK_AGAIN = 1_000_000;

    private SystemPlatform() {}

    @Override
    public TimeSource time() {
        return TimeSource.system();
    }

    @Override
    public Loop loop(String name, Tick tick) {
        return new ThreadLoop(name, tick, time());
    }

    @Override
    public Workers workers(String name, int limit) {
        return new ThreadWorkers(name, limit);
    }

    @Override
    public Workers promptWorkers(String name, int limit) {
        return ThreadWorkers.prompt(name, limit);
    }

    @Override
    public boolean await(BooleanSupplier condition, Duration limit) {
        long deadline = time().nanos() + limit.toNanos();
        boolean interrupted = false;
        boolean met = condition.getAsBoolean();
        while (!met && !interrupted && time().nanos() - deadline < 0) {
            LockSupport.parkNanos(this, LOOK_AGAIN);
            interrupted = Thread.currentThread().isInterrupted();
            met = condition.getAsBoolean();
        }
        return met;
    }

    @Override
    public boolean hasVirtualThreads() {
        return VirtualThreads.available();
    }

    @Override
    public String toString() {
        return VirtualThreads.available() ? "virtual threads" : "platform threads";
    }
}
