package io.sitemonitor.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.sitemonitor.event.ListenerFailed;
import io.sitemonitor.event.RunCompleted;
import io.sitemonitor.state.ConditionKind;
import io.sitemonitor.state.HealthState;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;

/** The meters of one monitor, from its start to its end. */
final class MonitorMeters {

    private record AlertMeters(Counter delivered, Counter failed, Counter skipped, Counter undelivered, Timer lag) {}

    private record ListenerMeters(Counter failures, AtomicLong lost) {}

    private final CheckLimit limit;
    private final MeterScope scope;
    private final String name;
    private final Tags tags;
    private final Map<String, CheckMeters> checks = new ConcurrentHashMap<>();
    private final Map<String, RunTimers> groups = new ConcurrentHashMap<>();
    private final Map<String, AlertMeters> alerts = new ConcurrentHashMap<>();
    private final Map<String, ListenerMeters> listeners = new ConcurrentHashMap<>();
    private final AtomicIntegerArray states = new AtomicIntegerArray(HealthState.values().length);
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger insecure = new AtomicInteger();
    private final Counter opened;
    private final Counter stuck;
    private final Counter missed;
    private final AtomicIntegerArray conditions = new AtomicIntegerArray(ConditionKind.values().length);
    private final Map<ConditionKind, Counter> held = new EnumMap<>(ConditionKind.class);
    private final SelfMeters self;

    MonitorMeters(MeterRegistry registry, CheckLimit limit, String name) {
        this.limit = limit;
        this.scope = new MeterScope(registry);
        this.name = name;
        this.tags = Tags.of(MeterNames.MONITOR, name);
        for (HealthState state : HealthState.values()) {
            int index = state.ordinal();
            scope.keep(Gauge.builder(MeterNames.CHECKS, states, counts -> counts.get(index))
                    .description("How many checks are in a state")
                    .tags(tags)
                    .tag(MeterNames.STATE, RunTimers.lowerCase(state))
                    .strongReference(true)
                    .register(registry));
        }
        scope.keep(Gauge.builder(MeterNames.INCIDENTS, open, AtomicInteger::get)
                .description("How many incidents are open")
                .tags(tags)
                .strongReference(true)
                .register(registry));
        scope.keep(Gauge.builder(MeterNames.INSECURE, insecure, AtomicInteger::get)
                .description("How many checks do without a protection")
                .tags(tags)
                .strongReference(true)
                .register(registry));
        opened = scope.counter(MeterNames.INCIDENTS_OPENED, "How many incidents have been opened", tags);
        stuck = scope.counter(MeterNames.RUNS_STUCK, "How many runs went on after their timeout", tags);
        missed = scope.counter(MeterNames.TICKS_MISSED, "How many runs were due but could not start", tags);
        for (ConditionKind kind : ConditionKind.values()) {
            registerCondition(kind);
        }
        self = new SelfMeters(scope, tags);
    }

    private void registerCondition(ConditionKind kind) {
        if (kind == ConditionKind.ISOLATED) {
            return; // holds of the monitor, not of a check, and has a meter of its own
        }
        Tags both = tags.and(MeterNames.CONDITION, RunTimers.lowerCase(kind));
        int index = kind.ordinal();
        scope.keep(Gauge.builder(MeterNames.CHECK_CONDITIONS, conditions, counts -> counts.get(index))
                .description("How many checks are in a condition")
                .tags(both)
                .strongReference(true)
                .register(registry()));
        if (kind.holdsAlerts()) {
            held.put(kind, scope.counter(MeterNames.ALERTS_HELD, "How many outages were not told at once", both));
        }
    }

    /** Returns the meters of the monitor itself. */
    SelfMeters self() {
        return self;
    }

    MeterRegistry registry() {
        return scope.registry();
    }

    Tags tags() {
        return tags;
    }

    void added(String check, String kind) {
        boolean own = !check.equals(MeterNames.OTHER) && limit.acquire(name);
        CheckMeters meters = new CheckMeters(this, check, !own);
        CheckMeters before = checks.put(check, meters);
        states.incrementAndGet(HealthState.UNKNOWN.ordinal());
        if (before != null) {
            release(before);
        }
        meters.register(kind);
    }

    void removed(String check) {
        CheckMeters meters = checks.remove(check);
        if (meters != null) {
            release(meters);
        }
    }

    void run(RunCompleted run) {
        CheckMeters meters = checks.get(run.check());
        if (meters != null) {
            meters.run(run);
        }
    }

    void state(String check, HealthState state) {
        CheckMeters meters = checks.get(check);
        if (meters != null) {
            meters.moveTo(state);
        }
    }

    void condition(String check, ConditionKind kind, boolean holds) {
        CheckMeters meters = checks.get(check);
        if (meters != null) {
            meters.condition(kind, holds);
        }
    }

    void insecure(String check, boolean is) {
        CheckMeters meters = checks.get(check);
        if (meters != null) {
            meters.insecure(is);
        }
    }

    void insecureCount(int more) {
        insecure.addAndGet(more);
    }

    void conditionCount(ConditionKind kind, int more) {
        conditions.addAndGet(kind.ordinal(), more);
    }

    void alertHeld(ConditionKind kind) {
        Counter counter = held.get(kind);
        if (counter != null) {
            counter.increment();
        }
    }

    void moved(HealthState from, HealthState to) {
        states.decrementAndGet(from.ordinal());
        states.incrementAndGet(to.ordinal());
    }

    /** Returns the timers that all checks of a kind beyond the limit share. */
    RunTimers group(String kind) {
        RunTimers group = groups.get(kind);
        if (group == null) {
            Tags both = tags.and(MeterNames.CHECK, MeterNames.OTHER, MeterNames.KIND, kind);
            group = new RunTimers(scope, both);
            groups.put(kind, group);
        }
        return group;
    }

    void incidentOpened() {
        opened.increment();
        open.incrementAndGet();
    }

    void incidentClosed() {
        open.updateAndGet(count -> Math.max(0, count - 1));
    }

    void runStuck() {
        stuck.increment();
    }

    void ticksMissed(long count) {
        missed.increment(count);
    }

    void delivered(String listener, long lagNanos) {
        AlertMeters meters = alerts(listener);
        meters.delivered().increment();
        meters.lag().record(lagNanos, TimeUnit.NANOSECONDS);
    }

    void deliveryFailed(String listener) {
        alerts(listener).failed().increment();
    }

    void skipped(String listener) {
        alerts(listener).skipped().increment();
    }

    void undelivered(String listener) {
        alerts(listener).undelivered().increment();
    }

    void listenerFailed(ListenerFailed event) {
        ListenerMeters meters = listeners.get(event.listener());
        if (meters == null) {
            meters = listenerMeters(event.listener());
        }
        meters.failures().increment();
        meters.lost().accumulateAndGet(event.lost(), Math::max);
    }

    void close() {
        checks.keySet().forEach(this::removed);
        scope.close();
    }

    private void release(CheckMeters meters) {
        HealthState last = meters.remove();
        if (last != null) {
            states.decrementAndGet(last.ordinal());
            if (!meters.isGrouped()) {
                limit.release();
            }
        }
    }

    private AlertMeters alerts(String listener) {
        AlertMeters known = alerts.get(listener);
        if (known != null) {
            return known;
        }
        Tags both = tags.and(MeterNames.LISTENER, listener);
        AlertMeters meters = new AlertMeters(
                alerts(both, "delivered"),
                alerts(both, "failed"),
                alerts(both, "skipped"),
                alerts(both, "undelivered"),
                scope.keep(Timer.builder(MeterNames.ALERT_LAG)
                        .description("The time from the decision to the delivery of an alert")
                        .tags(both)
                        .register(registry())));
        alerts.put(listener, meters);
        return meters;
    }

    private Counter alerts(Tags tags, String outcome) {
        return scope.counter(MeterNames.ALERTS, "What became of alerts", tags.and(MeterNames.OUTCOME, outcome));
    }

    private ListenerMeters listenerMeters(String listener) {
        Tags both = tags.and(MeterNames.LISTENER, listener);
        AtomicLong fresh = new AtomicLong();
        ListenerMeters meters = new ListenerMeters(
                scope.counter(MeterNames.LISTENER_FAILURES, "How often a monitor listener failed", both), fresh);
        ListenerMeters first = listeners.putIfAbsent(listener, meters);
        if (first != null) {
            return first;
        }
        scope.keep(Gauge.builder(MeterNames.LISTENER_LOST, fresh, AtomicLong::get)
                .description("How many events a monitor listener has lost")
                .tags(both)
                .strongReference(true)
                .register(registry()));
        return meters;
    }
}
