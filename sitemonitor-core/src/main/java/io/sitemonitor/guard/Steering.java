package io.sitemonitor.guard;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.sitemonitor.check.Verdict;
import io.sitemonitor.event.RunCompleted;
import io.sitemonitor.event.StateChanged;
import io.sitemonitor.state.HealthState;

/**
 * Moves the breaker as the check says. It remembers nothing: when events cease, because the check is paused or removed or
 * the monitor is closed, the breaker is left as it is, to its own waiting time and trials.
 */
final class Steering {

    private final CircuitBreaker breaker;
    private final Feed feed;

    Steering(CircuitBreaker breaker, Feed feed) {
        this.breaker = breaker;
        this.feed = feed;
    }

    void changed(StateChanged change) {
        switch (change.to()) {
            case DOWN -> open();
            case UP -> close();
            case DEGRADED -> {
                // from UP it is news of trouble, and a breaker that the calls have opened is right
                if (change.from() == HealthState.DOWN) {
                    close();
                }
            }
            case UNKNOWN -> {
                // nothing is known that would justify either
            }
        }
    }

    void ran(RunCompleted run) {
        if (run.state() != HealthState.DOWN || run.result().verdict() != Verdict.FAIL) {
            return;
        }
        boolean trial = breaker.getState() == CircuitBreaker.State.HALF_OPEN;
        if (!trial || !feed.gave(run.result())) { // how many of its trials may fail is the breaker's to judge
            open();
        }
    }

    private void open() {
        switch (breaker.getState()) {
            case CLOSED, HALF_OPEN -> breaker.transitionToOpenState();
            case OPEN, FORCED_OPEN, DISABLED, METRICS_ONLY -> {
                // open already, and its waiting time goes on; or set by the host, which knows why
            }
        }
    }

    private void close() {
        switch (breaker.getState()) {
            case OPEN, HALF_OPEN -> breaker.transitionToClosedState();
            case CLOSED, FORCED_OPEN, DISABLED, METRICS_ONLY -> {
                // closed already; or set by the host, which knows why
            }
        }
    }
}
