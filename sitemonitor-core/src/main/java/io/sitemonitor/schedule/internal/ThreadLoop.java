package io.sitemonitor.schedule.internal;

import io.sitemonitor.schedule.Platform;
import io.sitemonitor.time.TimeSource;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A daemon thread that calls its tick whenever something is due, and sleeps otherwise. It outlives whatever it calls. It
 * sleeps on to the next multiple of {@value #GATHER} nanoseconds, so that whatever is due by then shares one wake-up.
 */
final class ThreadLoop implements Platform.Loop {

    private static final Logger LOG = LoggerFactory.getLogger(ThreadLoop.class);
    private static final long AFTER_ERROR = 1_000_000_000L;
    private static final long CLOSE_LIMIT = 1_000;

    /** Long enough for several checks to share a wake-up, and shorter than anybody sees. */
    private static final long GATHER = 8_000_000;

    private final Platform.Tick tick;
    private final TimeSource time;
    private final Thread thread;

    /** Until when the thread means to sleep; while it is awake it is in the past, so that nobody wakes it for nothing. */
    private volatile long sleepsUntil;

    private volatile boolean awake = true;
    private volatile boolean open = true;

    ThreadLoop(String name, Platform.Tick tick, TimeSource time) {
        this.tick = tick;
        this.time = time;
        this.sleepsUntil = time.nanos();
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void wakeAt(long nanos) {
        if (!awake && (sleepsUntil == Platform.Tick.NEVER || gathered(nanos) - sleepsUntil < 0)) {
            LockSupport.unpark(thread);
        }
    }

    @Override
    public void close() {
        open = false;
        LockSupport.unpark(thread);
        if (Thread.currentThread() != thread) {
            boolean interrupted = Thread.interrupted();
            try {
                thread.join(CLOSE_LIMIT);
            } catch (InterruptedException e) {
                interrupted = true;
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void run() {
        while (open) {
            long next = call();
            // Say until when we mean to sleep, then look once more. Whoever asks for an earlier time after that look
            // sees how long we sleep and wakes us; whoever asked before it was seen by it.
            long wake = next == Platform.Tick.NEVER ? next : gathered(next);
            sleepsUntil = wake;
            awake = false;
            if (call() == next && open) {
                sleepUntil(wake);
            }
            awake = true;
        }
    }

    /** Returns the first moment to wake at that is not before then. */
    private static long gathered(long at) {
        return at + Math.floorMod(-at, GATHER);
    }

    private void sleepUntil(long next) {
        if (next == Platform.Tick.NEVER) {
            LockSupport.park(this);
        } else {
            LockSupport.parkNanos(this, next - time.nanos());
        }
        Thread.interrupted(); // nobody has a reason to interrupt this thread, and a set flag would make it spin
    }

    private long call() {
        try {
            return tick.run();
        } catch (Throwable e) { // the loop outlives its work
            report(e);
            return time.nanos() + AFTER_ERROR;
        }
    }

    private void report(Throwable e) {
        try {
            LOG.error("{}: an unexpected error; going on", thread.getName(), e);
        } catch (Throwable ignored) { // logging itself can fail when memory is short; the loop still goes on
            awake = true;
        }
    }
}
