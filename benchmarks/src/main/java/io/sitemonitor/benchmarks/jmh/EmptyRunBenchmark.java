package io.sitemonitor.benchmarks.jmh;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sitemonitor.Monitor;
import io.sitemonitor.MonitorBuilder;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.metrics.MonitorMetrics;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One run of a check that does nothing: due, run, decided, told; without the hand-overs between threads. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EmptyRunBenchmark {

    private static final int CHECKS = 1_000;
    private static final Duration EVERY = Duration.ofSeconds(1);

    /** Whether there are meters. */
    @Param({"off", "on"})
    public String meters = "off";

    /** Whether the runs pass. */
    @Param({"pass", "fail"})
    public String verdict = "pass";

    private final HandPlatform platform = new HandPlatform();
    private Monitor monitor = Monitor.named("none").build();

    /** Starts the monitor and lets each check decide. */
    @Setup
    public void start() {
        MonitorBuilder builder = Monitor.named("jmh")
                .runOn(platform)
                .warmUp(Duration.ZERO)
                .defaults(c -> c.every(EVERY).slowDownTo(Duration.ZERO))
                .alert(alert -> {});
        if (meters.equals("on")) {
            builder.listener(MonitorMetrics.bindTo(new SimpleMeterRegistry()));
        }
        CheckResult result = verdict.equals("pass") ? CheckResult.pass() : CheckResult.fail("no");
        for (int i = 0; i < CHECKS; i++) {
            builder.check("check-" + i, context -> result);
        }
        monitor = builder.start();
        for (int i = 0; i < 10; i++) {
            run();
        }
    }

    /** Runs all checks once. */
    @Benchmark
    @OperationsPerInvocation(CHECKS)
    public void run() {
        platform.step(EVERY.toNanos());
    }

    /** Ends the monitor. */
    @TearDown
    public void close() {
        monitor.close();
    }
}
