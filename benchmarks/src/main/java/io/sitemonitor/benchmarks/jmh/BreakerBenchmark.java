package io.sitemonitor.benchmarks.jmh;

import io.sitemonitor.breaker.BreakerSettings;
import io.sitemonitor.breaker.internal.Breaker;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What a run asks of its breaker and tells it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class BreakerBenchmark {

    private final HandPlatform platform = new HandPlatform();
    private final BreakerSettings settings = new BreakerSettings(Duration.ofSeconds(1), Duration.ofMinutes(5));
    private final Breaker closed = new Breaker("closed", settings, 3, platform);
    private final Breaker open = new Breaker("open", settings, 3, platform);

    /** Opens one of them. */
    @Setup
    public void fail() {
        for (int i = 0; i < 3; i++) {
            open.tryAcquire();
            open.failed(0);
        }
        if (!open.isOpen()) {
            throw new IllegalStateException("three failures do not open the breaker");
        }
    }

    /** A run that passes: may it, and it did. */
    @Benchmark
    public boolean pass() {
        boolean may = closed.tryAcquire();
        closed.succeeded();
        return may;
    }

    /** A run that is not wanted yet. */
    @Benchmark
    public boolean refuse() {
        return open.tryAcquire();
    }
}
