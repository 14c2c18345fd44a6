package io.sitemonitor.metrics;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import java.util.concurrent.TimeUnit;

/** What is measured of a monitor itself: its heartbeat, whether it is online, and what its process went through. */
final class SelfMeters {

    private static final double NANOS_A_SECOND = TimeUnit.SECONDS.toNanos(1);

    /** The registry's own clock, so that the age is right whoever reads it, and moves with the clock of a test. */
    private final Clock clock;

    private final Counter beats;
    private final Counter missedBeats;
    private final Counter pauses;
    private final Counter storeFailures;
    private final Counter steps;
    private volatile long lastBeat;
    private volatile boolean isolated;

    SelfMeters(MeterScope scope, Tags tags) {
        clock = scope.registry().config().clock();
        lastBeat = clock.monotonicTime();
        beats = scope.counter(MeterNames.HEARTBEATS, "How often the monitor said that it does its work", tags);
        missedBeats = scope.counter(
                MeterNames.HEARTBEATS_MISSED, "How often it did not, because it does not do all of its work", tags);
        pauses = scope.counter(MeterNames.PROCESS_PAUSES, "How often the process did not run for a while", tags);
        storeFailures = scope.counter(MeterNames.STORE_FAILURES, "How often nothing could be kept", tags);
        steps = scope.counter(MeterNames.CLOCK_STEPS, "How often the wall clock jumped", tags);
        scope.keep(Gauge.builder(MeterNames.HEARTBEAT_AGE, this, SelfMeters::age)
                .description("The time since the last heartbeat, or since the start if there was none")
                .baseUnit("seconds")
                .tags(tags)
                .strongReference(true)
                .register(scope.registry()));
        scope.keep(Gauge.builder(MeterNames.ISOLATED, this, self -> self.isolated ? 1 : 0)
                .description("Whether the monitor seems to be offline itself: 0 no, 1 yes")
                .tags(tags)
                .strongReference(true)
                .register(scope.registry()));
    }

    void beat() {
        lastBeat = clock.monotonicTime();
        beats.increment();
    }

    void beatMissed() {
        missedBeats.increment();
    }

    void storeFailed() {
        storeFailures.increment();
    }

    void paused() {
        pauses.increment();
    }

    void clockStepped() {
        steps.increment();
    }

    void isolated(boolean isolated) {
        this.isolated = isolated;
    }

    private double age() {
        return Math.max(0, clock.monotonicTime() - lastBeat) / NANOS_A_SECOND;
    }
}
