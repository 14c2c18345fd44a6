package io.sitemonitor.benchmarks.jmh;

import io.sitemonitor.schedule.Platform;
import io.sitemonitor.schedule.internal.Timer;
import io.sitemonitor.schedule.internal.Timers;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A timer that is set, and one that fires and is due again, among many others. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TimersBenchmark {

    private static final long GAP = 1_000;

    /** How many timers there are. */
    @Param({"1000", "100000"})
    public int size = 1_000;

    private final HandPlatform platform = new HandPlatform();
    private final Timers timers = new Timers(platform, e -> {
        throw new IllegalStateException(e);
    });
    private final Once once = new Once();

    /** Sets the timers, each {@value #GAP} nanoseconds after the one before. */
    @Setup
    public void set() {
        timers.attach(platform.loop("jmh", timers));
        long round = size * GAP;
        for (int i = 0; i < size; i++) {
            timers.wake(new Periodic(round), GAP * i);
        }
        platform.step(0);
    }

    /** Lets one timer fire, which is due again once all others have fired. */
    @Benchmark
    public void fire() {
        platform.step(GAP);
    }

    /** Sets a timer before all others from outside, and lets it fire. */
    @Benchmark
    public void insert() {
        timers.wake(once, platform.nanos());
        platform.step(0);
    }

    private static final class Periodic extends Timer {
        private final long every;

        Periodic(long every) {
            this.every = every;
        }

        @Override
        protected long fire(long now) {
            return now + every;
        }
    }

    private static final class Once extends Timer {
        @Override
        protected long fire(long now) {
            return Platform.Tick.NEVER;
        }
    }
}
