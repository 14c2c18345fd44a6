package io.sitemonitor.benchmarks;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sitemonitor.CheckSnapshot;
import io.sitemonitor.Monitor;
import io.sitemonitor.MonitorBuilder;
import io.sitemonitor.MonitorSnapshot;
import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckContext;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.Verdict;
import io.sitemonitor.check.http.HttpCheck;
import io.sitemonitor.metrics.MonitorMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The monitor with everything on that the load asks for. */
final class MonitorSubject implements Subject {

    private final List<Target> targets;
    private final LongAdder events = new LongAdder();
    private final Monitor monitor;

    MonitorSubject(LoadOptions options, List<Target> targets, Recorder recorder, AlertTimes alerts) {
        this.targets = targets;
        MonitorBuilder builder = Monitor.named("load")
                .warmUp(options.spread())
                // a target that changes again and again on purpose is to be announced each time
                .defaults(c -> c.every(options.interval())
                        .timeout(options.timeout())
                        .downAfter(options.downAfter())
                        .flapAfter(0, Duration.ofMinutes(10)));
        if (options.inFlight() > 0) {
            builder.maxConcurrentRuns(options.inFlight());
        }
        if (options.meters()) {
            builder.listener(MonitorMetrics.bindTo(new SimpleMeterRegistry()));
        }
        if (!options.listener().equals("none")) {
            builder.alert(alerts);
        }
        if (options.listener().equals("events")) {
            builder.listener(event -> events.increment());
        }
        for (int i = 0; i < targets.size(); i++) {
            Target target = targets.get(i);
            Check check = options.empty() > 0 ? context -> CheckResult.pass() : HttpCheck.get(target.url());
            builder.check(target.name(), new Watched(check, i, recorder));
        }
        monitor = builder.build();
    }

    @Override
    public void start() {
        monitor.start();
    }

    @Override
    public long[] phases() {
        MonitorSnapshot snapshot = monitor.snapshot();
        Instant wall = Instant.now();
        long nanos = System.nanoTime();
        Map<String, Instant> next = new HashMap<>();
        for (CheckSnapshot check : snapshot.checks()) {
            next.put(check.name(), check.nextRunAt() == null ? wall : check.nextRunAt());
        }
        long[] phases = new long[targets.size()];
        for (int i = 0; i < phases.length; i++) {
            Instant due = next.getOrDefault(targets.get(i).name(), wall);
            phases[i] = nanos + Duration.between(wall, due).toNanos();
        }
        return phases;
    }

    @Override
    public void close() {
        monitor.close();
    }

    /** A check that tells when it starts and ends. */
    private record Watched(Check check, int index, Recorder recorder) implements Check {

        @Override
        public CheckResult run(CheckContext context) throws Exception {
            recorder.began(index);
            boolean passed = false;
            try {
                CheckResult result = check.run(context);
                passed = result.verdict() == Verdict.PASS;
                return result;
            } finally {
                recorder.ended(index, passed);
            }
        }

        @Override
        public String kind() {
            return check.kind();
        }

        @Override
        public @Nullable String target() {
            return check.target();
        }

        @Override
        public @Nullable String host() {
            return check.host();
        }
    }
}
