package io.sitemonitor.benchmarks;

import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;

/**
 * The bare loop at a pace: one thread sleeps until the next check is due and starts it. A check that is still under way is
 * left out. Where runs are gathered, the thread sleeps on to the next multiple of the time to gather, and starts all that
 * are due by then.
 */
final class PacedLoop implements Subject {

    private final int size;
    private final long interval;
    private final long spread;
    private final long gather;
    private final AtomicIntegerArray underWay;
    private final BareClient client;
    private final Thread thread = new Thread(this::loop, "bare-loop");
    private volatile boolean open = true;
    private long base;

    PacedLoop(LoadOptions options, List<Target> targets, Recorder recorder) {
        size = targets.size();
        interval = options.interval().toNanos();
        spread = Math.min(options.spread().toNanos(), interval);
        gather = options.engine().equals(LoadOptions.BATCH) ? options.batch().toNanos() : 1;
        underWay = new AtomicIntegerArray(size);
        client = new BareClient(options, targets, recorder, target -> underWay.set(target, 0));
    }

    @Override
    public void start() {
        base = System.nanoTime();
        thread.setDaemon(true);
        thread.start();
    }

    private void loop() {
        for (long round = base; open; round += interval) {
            for (int i = 0; i < size && open; i++) {
                sleepUntil(round + place(i));
                if (underWay.compareAndSet(i, 0, 1)) {
                    client.start(i);
                }
            }
        }
    }

    private void sleepUntil(long due) {
        if (System.nanoTime() - due >= 0) {
            return;
        }
        long wake = base + (due - base + gather - 1) / gather * gather;
        for (long left = wake - System.nanoTime(); left > 0 && open; left = wake - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private long place(int check) {
        return (long) (spread * ((double) check / size));
    }

    @Override
    public long[] phases() {
        long[] phases = new long[size];
        for (int i = 0; i < size; i++) {
            phases[i] = base + place(i);
        }
        return phases;
    }

    @Override
    public void close() {
        open = false;
        LockSupport.unpark(thread);
        client.close();
    }
}
