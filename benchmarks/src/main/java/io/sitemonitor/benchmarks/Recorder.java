package io.sitemonitor.benchmarks;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * What the threads of a load write down: how many runs there were and, while it is asked to, when each of them started.
 * Costs every engine the same, and allocates nothing.
 */
final class Recorder {

    private final LongAdder completed = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final AtomicLongArray ended;
    private final int[] checks;
    private final long[] starts;
    private final AtomicInteger written = new AtomicInteger();
    private volatile boolean recording;

    /**
     * Creates a recorder.
     *
     * @param size how many checks there are
     * @param capacity how many starts it can write down; zero to write down none
     */
    Recorder(int size, int capacity) {
        ended = new AtomicLongArray(size);
        checks = new int[capacity];
        starts = new long[capacity];
    }

    void record(boolean on) {
        recording = on;
    }

    void began(int check) {
        if (recording && starts.length > 0) {
            long now = System.nanoTime();
            int at = written.getAndIncrement();
            if (at < starts.length) {
                checks[at] = check;
                starts[at] = now;
            }
        }
    }

    void ended(int check, boolean passed) {
        completed.increment();
        if (!passed) {
            failed.increment();
        }
        ended.lazySet(check, System.nanoTime());
    }

    long completed() {
        return completed.sum();
    }

    long failed() {
        return failed.sum();
    }

    /** When the latest run of a check had its answer. */
    long lastEnd(int check) {
        return ended.get(check);
    }

    /** Tells whether all starts could be written down. */
    boolean isComplete() {
        return starts.length > 0 && written.get() <= starts.length;
    }

    /** Returns the starts of each check in their order. */
    long[][] startsByCheck() {
        int count = Math.min(written.get(), starts.length);
        int[] sizes = new int[ended.length()];
        for (int i = 0; i < count; i++) {
            sizes[checks[i]]++;
        }
        long[][] byCheck = new long[sizes.length][];
        for (int check = 0; check < sizes.length; check++) {
            byCheck[check] = new long[sizes[check]];
        }
        Arrays.fill(sizes, 0);
        for (int i = 0; i < count; i++) {
            int check = checks[i];
            byCheck[check][sizes[check]] = starts[i];
            sizes[check]++;
        }
        for (long[] each : byCheck) {
            Arrays.sort(each);
        }
        return byCheck;
    }
}
