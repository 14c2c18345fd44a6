package io.sitemonitor.benchmarks.jmh;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.event.MonitorEvent;
import io.sitemonitor.event.MonitorListener;
import io.sitemonitor.event.RunCompleted;
import io.sitemonitor.event.internal.Dispatcher;
import io.sitemonitor.state.HealthState;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** One event given to all listeners. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DispatchBenchmark {

    /** How many listeners there are. */
    @Param({"1", "8"})
    public int listeners = 1;

    /** Whether they are called directly or each from a lane of its own. */
    @Param({"true", "false"})
    public boolean direct = true;

    private final HandPlatform platform = new HandPlatform();
    private final RunCompleted event = new RunCompleted(
            "jmh", "check", "custom", Instant.EPOCH, Duration.ofMillis(1), CheckResult.pass(), HealthState.UP);
    private Dispatcher dispatcher = new Dispatcher("none", platform, Map.of());

    /** Makes the listeners. */
    @Setup
    public void make(Blackhole seen) {
        Map<String, MonitorListener> made = new LinkedHashMap<>();
        for (int i = 0; i < listeners; i++) {
            made.put("listener-" + i, new Taker(seen, direct));
        }
        dispatcher = new Dispatcher("jmh", platform, made);
    }

    /** Publishes one event and lets the lanes hand it over. */
    @Benchmark
    public void publish() {
        dispatcher.publish(event);
        platform.drain();
    }

    private record Taker(Blackhole seen, boolean isDirect) implements MonitorListener {

        @Override
        public void onEvent(MonitorEvent event) {
            seen.consume(event);
        }
    }
}
