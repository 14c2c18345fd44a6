package io.sitemonitor.guard;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import org.jspecify.annotations.Nullable;

/** A call that the breaker has permitted. Ends with exactly one of the other methods. */
final class Attempt {

    private final CircuitBreaker breaker;
    private final long start;

    private Attempt(CircuitBreaker breaker) {
        this.breaker = breaker;
        this.start = breaker.getCurrentTimestamp();
    }

    /**
     * Asks the breaker.
     *
     * @throws CallNotPermittedException if it refuses
     */
    static Attempt begin(CircuitBreaker breaker) {
        breaker.acquirePermission();
        return new Attempt(breaker);
    }

    /** The breaker's own settings may still count the result as a failure. */
    void returned(@Nullable Object result) {
        breaker.onResult(took(), breaker.getTimestampUnit(), result);
    }

    void succeeded() {
        breaker.onSuccess(took(), breaker.getTimestampUnit());
    }

    /** The breaker's own settings may still ignore it. */
    void failed(Throwable failure) {
        breaker.onError(took(), breaker.getTimestampUnit(), failure);
    }

    /** Something was thrown, which may or may not say something about the target. */
    void threw(Throwable thrown) {
        if (thrown instanceof Error || Failures.sayNothing(thrown)) {
            abandoned();
        } else {
            failed(thrown);
        }
    }

    /** Nothing was learned about the target: somebody else may have the permission. */
    void abandoned() {
        breaker.releasePermission();
    }

    private long took() {
        return breaker.getCurrentTimestamp() - start;
    }
}
