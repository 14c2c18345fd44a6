package io.sitemonitor.benchmarks.jmh;

import io.sitemonitor.Monitor;
import io.sitemonitor.MonitorBuilder;
import io.sitemonitor.check.CheckResult;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The question that a host asks with every request of its own. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class IsUpBenchmark {

    private static final int CHECKS = 1_000;

    private final HandPlatform platform = new HandPlatform();
    private final String name = "check-500";
    private Monitor monitor = Monitor.named("none").build();

    /** Starts a monitor and runs its checks. */
    @Setup
    public void start() {
        MonitorBuilder builder = Monitor.named("jmh").runOn(platform).warmUp(Duration.ZERO);
        for (int i = 0; i < CHECKS; i++) {
            builder.check("check-" + i, context -> CheckResult.pass());
        }
        monitor = builder.start();
        platform.step(1);
        if (!monitor.isUp(name)) {
            throw new IllegalStateException(name + " has not run");
        }
    }

    /** Asks by name. */
    @Benchmark
    public boolean isUp() {
        return monitor.isUp(name);
    }

    /** Ends the monitor. */
    @TearDown
    public void close() {
        monitor.close();
    }
}
