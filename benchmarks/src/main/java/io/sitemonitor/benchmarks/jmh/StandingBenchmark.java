package io.sitemonitor.benchmarks.jmh;

import io.sitemonitor.check.Verdict;
import io.sitemonitor.state.Thresholds;
import io.sitemonitor.state.internal.Standing;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What a run means for the state. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class StandingBenchmark {

    private final Instant at = Instant.parse("2026-01-01T00:00:00Z");
    private final Standing atRest = after(after(after(Standing.unknown(at), Verdict.PASS), Verdict.PASS), Verdict.PASS);
    private Standing changing = atRest;
    private int runs;

    /** A check at rest passes again. */
    @Benchmark
    public Standing rest() {
        return after(atRest, Verdict.PASS);
    }

    /** A check goes down and comes back, again and again. */
    @Benchmark
    public Standing change() {
        runs++;
        changing = after(changing, (runs & 4) == 0 ? Verdict.FAIL : Verdict.PASS);
        return changing;
    }

    private Standing after(Standing before, Verdict verdict) {
        return before.after(verdict, at, 0, at, Thresholds.DEFAULT);
    }
}
