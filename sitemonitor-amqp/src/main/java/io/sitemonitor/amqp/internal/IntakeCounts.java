package io.sitemonitor.amqp.internal;

import java.util.concurrent.atomic.AtomicLong;

/** What an intake has counted since the start. Safe for use by any number of threads. */
public final class IntakeCounts {

    final AtomicLong handled = new AtomicLong();
    final AtomicLong doubles = new AtomicLong();
    final AtomicLong retries = new AtomicLong();
    final AtomicLong deadLetters = new AtomicLong();
    final AtomicLong parked = new AtomicLong();
    final AtomicLong ignored = new AtomicLong();

    IntakeCounts() {}

    /**
     * Returns how many messages all handlers have taken.
     *
     * @return the number
     */
    public long handled() {
        return handled.get();
    }

    /**
     * Returns how many messages were dropped because they had been dealt with before.
     *
     * @return the number
     */
    public long doubles() {
        return doubles.get();
    }

    /**
     * Returns how many attempts failed and were to be repeated.
     *
     * @return the number
     */
    public long retries() {
        return retries.get();
    }

    /**
     * Returns how many messages went to the dead letters.
     *
     * @return the number
     */
    public long deadLetters() {
        return deadLetters.get();
    }

    /**
     * Returns how many messages went to the retry queue.
     *
     * @return the number
     */
    public long parked() {
        return parked.get();
    }

    /**
     * Returns how many messages were dropped because they are events, not alerts.
     *
     * @return the number
     */
    public long ignored() {
        return ignored.get();
    }
}
