package io.sitemonitor.guard;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.event.CircuitBreakerOnErrorEvent;
import io.github.resilience4j.circuitbreaker.event.CircuitBreakerOnSuccessEvent;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.Evidence;
import io.sitemonitor.check.PassiveResults;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Turns calls that went through the breaker into results of the check. Called by the breaker on the threads of the calls;
 * whatever the taker of the results throws is caught and logged by the breaker's publisher of events.
 */
final class Feed {

    private final String check;
    private final CircuitBreaker breaker;
    private final Slots slots;
    private final Evidence evidence;
    private final CheckResult pass;
    private final AtomicBoolean subscribed = new AtomicBoolean();
    private volatile @Nullable PassiveResults results;

    Feed(String check, CircuitBreaker breaker, Slots slots) {
        this.check = check;
        this.breaker = breaker;
        this.slots = slots;
        this.evidence =
                new Evidence(null, Map.of(), Map.of("source", "calls through breaker " + breaker.getName()), null);
        this.pass = CheckResult.pass().with(evidence);
    }

    void into(PassiveResults results) {
        this.results = results;
        if (subscribed.compareAndSet(false, true)) {
            breaker.getEventPublisher().onSuccess(this::succeeded).onError(this::failed);
        }
    }

    /** Lets go of the taker. The publisher of the breaker has no way to unsubscribe, so this object stays there. */
    void stop() {
        results = null;
    }

    /** Whether the result comes from here. */
    boolean gave(CheckResult result) {
        return result.evidence().equals(evidence);
    }

    private void succeeded(CircuitBreakerOnSuccessEvent event) {
        PassiveResults taker = results;
        if (taker != null && slots.isDue() && slots.take()) {
            taker.report(check, pass, event.getElapsedDuration());
        }
    }

    private void failed(CircuitBreakerOnErrorEvent event) {
        PassiveResults taker = results;
        if (taker == null || !slots.isDue()) {
            return;
        }
        Throwable thrown = event.getThrowable();
        if (!Failures.sayNothing(thrown) && slots.take()) {
            taker.report(check, Failures.result(thrown).with(evidence), event.getElapsedDuration());
        }
    }
}
