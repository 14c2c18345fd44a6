package io.sitemonitor.amqp.internal;

import java.util.concurrent.ThreadLocalRandom;

/** How long to wait before the next try: doubled each time up to a cap, varied by a fifth. For one thread. */
final class Backoff {

    private final long firstMillis;
    private int failures;

    Backoff(long firstMillis) {
        this.firstMillis = firstMillis;
    }

    /** Returns the pause after one more failure, in milliseconds; {@code cap} bounds it before it is varied. */
    long next(long cap) {
        long pause = pause(firstMillis, failures, cap);
        failures++;
        return Math.round(pause * ThreadLocalRandom.current().nextDouble(0.8, 1.2));
    }

    /** Begins with the first pause again. */
    void reset() {
        failures = 0;
    }

    /** Returns {@code first} doubled {@code times} times, at most {@code cap}. */
    static long pause(long first, int times, long cap) {
        return times > 30 || first > cap >> times ? cap : first << times;
    }
}
