package io.sitemonitor;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.event.CheckEvent;
import io.sitemonitor.event.ConditionChanged;
import io.sitemonitor.event.RunCompleted;
import io.sitemonitor.state.ConditionKind;
import io.sitemonitor.testing.ManualTime;
import io.sitemonitor.testing.RecordingAlerts;
import io.sitemonitor.testing.RecordingListener;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A monitor in virtual time, and everything that it tells as lines with the seconds since the start. */
final class Bench implements AutoCloseable {

    /** A Sunday. */
    static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    final ManualTime time = ManualTime.startingAt(START);
    final RecordingListener events = new RecordingListener();
    final RecordingAlerts alerts = new RecordingAlerts();
    private final List<Monitor> monitors = new ArrayList<>();

    /** All checks run for the first time at once. */
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

    void advance(long seconds) {
        time.advance(Duration.ofSeconds(seconds));
    }

    /** Lets time pass up to so many seconds after the start, on the monotonic clock. */
    void advanceTo(long seconds) {
        time.advance(Duration.ofNanos(Duration.ofSeconds(seconds).toNanos() - time.nanos()));
    }

    static Instant at(long seconds) {
        return START.plusSeconds(seconds);
    }

    CheckSnapshot of(String check) {
        return monitor().snapshot().check(check).orElseThrow();
    }

    /** Lines such as {@code 40 DOWN gateway}. */
    List<String> told() {
        return alerts.alerts().stream()
                .map(alert -> when(alert.at()) + " " + alert.kind() + " " + alert.check())
                .toList();
    }

    List<Alert> told(String check) {
        return alerts.alerts().stream()
                .filter(alert -> alert.check().equals(check))
                .toList();
    }

    /** Lines such as {@code 40 begins: gateway is down} and {@code 55 ends: gateway is down}. */
    List<String> conditions(String check, ConditionKind kind) {
        return events(ConditionChanged.class, check).stream()
                .filter(change -> change.condition().kind() == kind)
                .map(change -> when(change.at())
                        + (change.holds() ? " begins: " : " ends: ")
                        + change.condition().reason())
                .toList();
    }

    <E extends CheckEvent> List<E> events(Class<E> type, String check) {
        return events.events(type).stream()
                .filter(event -> event.check().equals(check))
                .toList();
    }

    /** When the runs of a check started that have ended, in seconds. */
    List<String> runs(String check) {
        return events(RunCompleted.class, check).stream()
                .map(run -> when(run.at()))
                .toList();
    }

    static String when(Instant at) {
        long millis = Duration.between(START, at).toMillis();
        return millis % 1000 == 0 ? Long.toString(millis / 1000) : Double.toString(millis / 1000.0);
    }

    @Override
    public void close() {
        monitors.forEach(Monitor::close);
    }
}
