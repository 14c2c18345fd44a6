package io.sitemonitor.guard;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.event.RunCompleted;
import io.sitemonitor.event.StateChanged;
import io.sitemonitor.state.HealthState;
import io.sitemonitor.state.Transition;
import io.sitemonitor.testing.ManualTime;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** A breaker and a guard in virtual time, what is fed, and what a monitor would say. */
final class World {

    record Fed(String check, CheckResult result, Duration took) {}

    static final String CHECK = "payments-api";

    final ManualTime time = ManualTime.startingAt(Instant.parse("2026-11-22T10:00:00Z"));
    final CircuitBreaker breaker;
    final Guard guard;
    final List<Fed> fed = new ArrayList<>();

    World() {
        this(UnaryOperator.identity());
    }

    /** The breaker opens after four calls of which half failed, for a minute, and then permits two trials. */
    World(UnaryOperator<CircuitBreakerConfig.Builder> settings) {
        breaker = CircuitBreaker.of(
                "payments",
                settings.apply(CircuitBreakerConfig.custom()
                                .clock(clock(time))
                                .currentTimestampFunction(clock -> time.nanos(), TimeUnit.NANOSECONDS)
                                .slidingWindow(4, 4, CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                                .permittedNumberOfCallsInHalfOpenState(2)
                                .waitDurationInOpenState(Duration.ofMinutes(1)))
                        .build());
        guard = new Guard(CHECK, breaker, Guard.DEFAULT_SAMPLE_EVERY, time);
    }

    World feeding() {
        guard.feed((check, result, took) -> fed.add(new Fed(check, result, took)));
        return this;
    }

    List<CheckResult> results() {
        return fed.stream().map(Fed::result).toList();
    }

    CircuitBreaker.State state() {
        return breaker.getState();
    }

    /** Lets the waiting time of an open breaker pass and begins a trial of its own, which is left open. */
    void halfOpen() {
        time.advance(Duration.ofSeconds(61));
        breaker.acquirePermission();
    }

    void becomes(HealthState from, HealthState to) {
        Instant now = time.now();
        CheckResult last = to == HealthState.DOWN ? probeFailed() : CheckResult.pass();
        guard.onEvent(new StateChanged("shop", CHECK, new Transition(from, to, now, now, 1), last));
    }

    void ran(CheckResult result, HealthState state) {
        guard.onEvent(new RunCompleted("shop", CHECK, "http", time.now(), Duration.ofMillis(5), result, state));
    }

    static CheckResult probeFailed() {
        return CheckResult.fail(FailureKind.STATUS, "HTTP 503");
    }

    void succeed() {
        guard.run(() -> {});
    }

    void fail() {
        fail(new IOException("broken"));
    }

    void fail(Exception e) {
        try {
            guard.run(() -> {
                throw e;
            });
        } catch (Exception thrown) {
            if (thrown != e) {
                throw new AssertionError(thrown);
            }
        }
    }

    private static Clock clock(ManualTime time) {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return time.now();
            }
        };
    }
}
