package io.sitemonitor.breaker.internal;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.sitemonitor.breaker.BreakerSettings;
import io.sitemonitor.time.TimeSource;
import java.util.concurrent.TimeUnit;

/**
 * A breaker that opens after some failures in a row and then lets one trial through after ever longer pauses. One
 * success closes it.
 */
public final class Breaker {

    private static final RuntimeException FAILURE = new Failure();
    private static final long MILLI = 1_000_000L;
    private static final int MOST_DOUBLINGS = 40;

    private final BreakerSettings settings;
    private final TimeSource time;
    private final CircuitBreaker breaker;
    private volatile long trialAt;
    private volatile long elapsed;

    /**
     * Creates a closed breaker.
     *
     * @param name whose breaker it is
     * @param settings how trials are spaced
     * @param failures how many failures in a row open it, from 1 to 10
     * @param time the clocks; only monotonic time is used
     */
    public Breaker(String name, BreakerSettings settings, int failures, TimeSource time) {
        this.settings = settings;
        this.time = time;
        this.breaker = CircuitBreaker.of(
                name,
                CircuitBreakerConfig.custom()
                        .slidingWindow(failures, failures, SlidingWindowType.COUNT_BASED)
                        .failureRateThreshold(100)
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .waitIntervalFunctionInOpenState(this::pauseMillis)
                        .writableStackTraceEnabled(false)
                        .clock(new MonotonicClock(time))
                        .build());
    }

    /**
     * Asks to try. Whoever is allowed to must report the outcome, or {@link #release()}.
     *
     * @return whether the breaker is closed, or a trial is due and nobody else is making it
     */
    public boolean tryAcquire() {
        return breaker.tryAcquirePermission();
    }

    /**
     * Asks to try although no trial is due yet, as {@link #tryAcquire()} does otherwise.
     *
     * @return whether nobody else is trying
     */
    public synchronized boolean tryAcquireEarly() {
        if (breaker.getState() == CircuitBreaker.State.OPEN) {
            breaker.transitionToHalfOpenState();
        }
        return tryAcquire();
    }

    /** Gives back a permission of which nothing came. */
    public void release() {
        breaker.releasePermission();
    }

    /** Reports a success: the breaker closes. */
    public void succeeded() {
        breaker.onSuccess(0, TimeUnit.NANOSECONDS);
        if (breaker.getState() != CircuitBreaker.State.CLOSED) {
            breaker.transitionToClosedState(); // a success that nobody had asked permission for counts as well
        }
    }

    /**
     * Reports a failure.
     *
     * @param took how long the failed attempt took, in nanoseconds: pauses count from its start
     */
    public void failed(long took) {
        elapsed = took;
        breaker.onError(took, TimeUnit.NANOSECONDS, FAILURE);
    }

    /**
     * Tells whether attempts are held back.
     *
     * @return whether the breaker is not closed
     */
    public boolean isOpen() {
        return breaker.getState() != CircuitBreaker.State.CLOSED;
    }

    /**
     * Returns when the next trial is allowed.
     *
     * @return a monotonic time; has a meaning only while the breaker is open
     */
    public long trialAt() {
        return trialAt;
    }

    /** Called by the breaker each time it opens, with 1 for the first time in a row. */
    private long pauseMillis(int attempt) {
        long first = settings.first().toNanos();
        int doublings = Math.min(Math.max(0, attempt - 1), MOST_DOUBLINGS);
        long longest = settings.longest().toNanos();
        long pause = first > longest >> doublings ? longest : first << doublings;
        long left = Math.max(2 * MILLI, pause - elapsed);
        trialAt = time.nanos() + left;
        return left / MILLI - 1; // the library lets through what comes after the pause, we what comes at its end
    }

    /** Stands for any failure; without a stack trace, for nobody sees it. */
    private static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Failure() {
            super("failed", null, false, false);
        }
    }
}
