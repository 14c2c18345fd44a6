package io.sitemonitor.benchmarks.jmh;

import io.sitemonitor.CheckHandle;
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

/** The question that a host asks with every request of its own, to a monitor on the clocks and threads of the machine. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class IsUpBenchmark {

    private static final int CHECKS = 1_000;

    private final String name = "check-500";
    private Monitor monitor = Monitor.named("none").build();
    private CheckHandle handle = monitor.handle(name);

    /** Starts a monitor and lets the check be run once; no other run comes in between. */
    @Setup
    public void start() {
        MonitorBuilder builder = Monitor.named("jmh").defaults(c -> c.every(Duration.ofDays(1)));
        for (int i = 0; i < CHECKS; i++) {
            builder.check("check-" + i, context -> CheckResult.pass());
        }
        monitor = builder.start();
        handle = monitor.handle(name);
        monitor.runNow(name).join();
        if (!monitor.isUp(name) || !handle.isUp()) {
            throw new IllegalStateException(name + " is not up");
        }
    }

    /** Asks by name: a look-up and a look at the clock. */
    @Benchmark
    public boolean isUp() {
        return monitor.isUp(name);
    }

    /** Asks a handle. */
    @Benchmark
    public boolean handle() {
        return handle.isUp();
    }

    /** What the clock alone takes. */
    @Benchmark
    public long clock() {
        return System.nanoTime();
    }

    /** Ends the monitor. */
    @TearDown
    public void close() {
        monitor.close();
    }
}
