package io.sitemonitor;

import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckContext;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.event.MonitorEvent;
import io.sitemonitor.event.RunCompleted;
import io.sitemonitor.testing.ManualTime;
import io.sitemonitor.testing.RecordingAlerts;
import io.sitemonitor.testing.RecordingListener;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Virtual time with a monitor on it, and what came of it: what the tests of the rules share. */
final class Stage implements AutoCloseable {

    static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    final ManualTime time;
    final RecordingListener events = new RecordingListener();
    final RecordingAlerts alerts = new RecordingAlerts();
    private final Map<String, List<Long>> begun = new TreeMap<>();
    private final List<String> order = new ArrayList<>();
    private final List<Monitor> monitors = new ArrayList<>();

    Stage() {
        this(START);
    }

    Stage(Instant start) {
        time = ManualTime.startingAt(start);
    }

    /** A monitor that tells everything to this stage, and whose first runs all come at once. */
    MonitorBuilder builder() {
        return Monitor.named("test")
                .runOn(time)
                .warmUp(Duration.ZERO)
                .listener(events)
                .alert(alerts);
    }

    Monitor start(MonitorBuilder builder) {
        Monitor monitor = builder.start();
        monitors.add(monitor);
        return monitor;
    }

    Monitor monitor() {
        return monitors.get(0);
    }

    CheckSnapshot check(String name) {
        return monitor().snapshot().check(name).orElseThrow();
    }

    CheckResult last(String name) {
        CheckResult last = check(name).lastResult();
        if (last == null) {
            throw new AssertionError("no run of " + name + " yet");
        }
        return last;
    }

    /** The check, with a note of when each run begins. */
    Check noted(Check check) {
        return new Noted(null, check);
    }

    /** The check as one that burdens a host, with a note of when each run begins. */
    Check at(String host, Check check) {
        return new Noted(host, check);
    }

    /** When the runs of a noted check began, in milliseconds of the monotonic clock. */
    List<Long> begun(String name) {
        return begun.getOrDefault(name, List.of());
    }

    /** The names of the noted checks in the order in which their runs began. */
    List<String> order() {
        return order;
    }

    void forgetRuns() {
        begun.clear();
        order.clear();
    }

    List<RunCompleted> runs(String name) {
        return events.events(RunCompleted.class).stream()
                .filter(run -> run.check().equals(name))
                .toList();
    }

    <E extends MonitorEvent> List<E> events(Class<E> type) {
        return events.events(type);
    }

    void advance(Duration duration) {
        time.advance(duration);
    }

    /** Lets time pass in small steps until something has happened; fails if it does not within an hour. */
    void advanceUntil(BooleanSupplier happened) {
        for (int i = 0; i < 36_000 && !happened.getAsBoolean(); i++) {
            time.advance(Duration.ofMillis(100));
        }
        if (!happened.getAsBoolean()) {
            throw new AssertionError("nothing happened within an hour");
        }
    }

    long millis() {
        return time.nanos() / 1_000_000;
    }

    @Override
    public void close() {
        monitors.forEach(Monitor::close);
    }

    private final class Noted implements Check {

        private final @Nullable String host;
        private final Check check;

        Noted(@Nullable String host, Check check) {
            this.host = host;
            this.check = check;
        }

        @Override
        public CheckResult run(CheckContext context) throws Exception {
            begun.computeIfAbsent(context.check(), name -> new ArrayList<>()).add(millis());
            order.add(context.check());
            return check.run(context);
        }

        @Override
        public String kind() {
            return check.kind();
        }

        @Override
        public @Nullable String host() {
            return host;
        }
    }
}
