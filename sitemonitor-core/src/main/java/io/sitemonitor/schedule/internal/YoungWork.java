package io.sitemonitor.schedule.internal;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * How much of the work under way has begun lately. What is young may be waiting for a processor; what is old waits for
 * somebody else, and costs nothing meanwhile. Work is young in the generation in which it began and in the next one; a
 * generation goes on for as long as its work gets done, or gets too little of the processors to tell.
 *
 * <p><b>Threads:</b> safe for use by any number of threads, but one at a time lets it age.
 */
final class YoungWork {

    /**
     * How long a generation lasts at least, in nanoseconds: no longer than anybody may be late because many targets began
     * to hang in one moment.
     */
    static final long GENERATION = 5_000_000;

    /** Whoever wakes later than this is waiting for a processor. */
    private static final long PUNCTUAL = GENERATION / 2;

    /** As many as end in a generation, of as many as may be young, if they take a fifth of a second each. */
    private static final int TURNOVER = 40;

    /** A second. */
    private static final int LONGEST_WITHOUT_A_PROCESSOR = 200;

    private final int most;
    private final AtomicIntegerArray counts = new AtomicIntegerArray(2);
    private final AtomicInteger ended = new AtomicInteger();
    private volatile int generation;
    private int unpunctual;

    YoungWork(int most) {
        this.most = most;
    }

    boolean isFull() {
        return counts.get(0) + counts.get(1) >= most;
    }

    /** Work begins; returns its generation. */
    int begin() {
        int now = generation;
        counts.incrementAndGet(now & 1);
        return now;
    }

    /** Work that began in this generation has ended. */
    void end(int began) {
        ended.incrementAndGet();
        if (generation - began <= 1) {
            counts.decrementAndGet(began & 1);
        }
    }

    /** Looks whether the next generation begins; {@code slept} is how long it took to sleep for one, in nanoseconds. */
    void look(long slept) {
        boolean getsDone = ended.getAndSet(0) >= Math.max(1, most / TURNOVER);
        boolean starved = slept - GENERATION > PUNCTUAL && ++unpunctual < LONGEST_WITHOUT_A_PROCESSOR;
        if (!getsDone && !starved) {
            age();
        }
    }

    private void age() {
        unpunctual = 0;
        int next = generation + 1;
        counts.set(next & 1, 0); // what began before the present generation is not young any more
        generation = next;
    }
}
