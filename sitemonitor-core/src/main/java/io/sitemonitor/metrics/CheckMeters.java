package io.sitemonitor.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.sitemonitor.event.RunCompleted;
import io.sitemonitor.state.ConditionKind;
import io.sitemonitor.state.HealthState;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What is measured of one check: its state and conditions always, and meters of its own unless it belongs to the group of those beyond
 * the limit.
 *
 * <p><b>Threads:</b> events of one check come one after the other; the state may be read at any time.
 */
final class CheckMeters {

    private record Own(String kind, MeterScope scope, RunTimers timers) {}

    private static final ConditionKind[] KINDS = ConditionKind.values();
    private static final int REMOVED = -1;
    private static final int INSECURE = 1 << 30;

    private final MonitorMeters monitor;
    private final String check;
    private final boolean grouped;
    // null once the check was removed
    private final AtomicReference<@Nullable HealthState> state = new AtomicReference<>(HealthState.UNKNOWN);
    // a bit for each condition that holds, and one for an insecure check
    private final AtomicInteger conditions = new AtomicInteger();
    private volatile @Nullable Own own;

    CheckMeters(MonitorMeters monitor, String check, boolean grouped) {
        this.monitor = monitor;
        this.check = check;
        this.grouped = grouped;
    }

    boolean isGrouped() {
        return grouped;
    }

    /** Registers the meters that exist before the first run. */
    void register(String kind) {
        if (!grouped) {
            own = own(kind);
        }
    }

    void run(RunCompleted run) {
        moveTo(run.state());
        timers(run.kind()).record(run.result(), run.duration());
    }

    void moveTo(HealthState to) {
        HealthState from = state.get();
        if (from != null && from != to && state.compareAndSet(from, to)) {
            monitor.moved(from, to);
        }
    }

    /** A condition may be told again with another reason or end, which counts once. */
    void condition(ConditionKind kind, boolean holds) {
        if (isNew(1 << kind.ordinal(), holds)) {
            monitor.conditionCount(kind, holds ? 1 : -1);
        }
    }

    void insecure(boolean is) {
        if (isNew(INSECURE, is)) {
            monitor.insecureCount(is ? 1 : -1);
        }
    }

    private boolean isNew(int bit, boolean holds) {
        int before = conditions.getAndUpdate(bits -> bits == REMOVED ? REMOVED : holds ? bits | bit : bits & ~bit);
        return before != REMOVED && ((before & bit) != 0) != holds;
    }

    /** Removes the meters and returns the last state; null if that was done before. */
    @Nullable
    HealthState remove() {
        HealthState last = state.getAndSet(null);
        int held = conditions.getAndSet(REMOVED);
        for (ConditionKind kind : KINDS) {
            if (held != REMOVED && (held & 1 << kind.ordinal()) != 0) {
                monitor.conditionCount(kind, -1);
            }
        }
        if (held != REMOVED && (held & INSECURE) != 0) {
            monitor.insecureCount(-1);
        }
        Own current = own;
        if (current != null) {
            current.scope().close();
        }
        return last;
    }

    private RunTimers timers(String kind) {
        if (grouped) {
            return monitor.group(kind);
        }
        Own current = own;
        if (current == null || !current.kind().equals(kind)) {
            if (current != null) {
                current.scope().close();
            }
            current = own(kind);
            own = current;
            if (state.get() == null) {
                current.scope().close();
            }
        }
        return current.timers();
    }

    private Own own(String kind) {
        MeterRegistry registry = monitor.registry();
        MeterScope scope = new MeterScope(registry);
        Tags tags = monitor.tags().and(MeterNames.CHECK, check, MeterNames.KIND, kind);
        scope.keep(Gauge.builder(MeterNames.CHECK_STATE, this, CheckMeters::number)
                .description("The state of a check: 0 unknown, 1 up, 2 degraded, 3 down")
                .tags(tags)
                .strongReference(true)
                .register(registry));
        return new Own(kind, scope, new RunTimers(scope, tags));
    }

    private double number() {
        HealthState now = state.get();
        if (now == null) {
            return 0;
        }
        return switch (now) {
            case UNKNOWN -> 0;
            case UP -> 1;
            case DEGRADED -> 2;
            case DOWN -> 3;
        };
    }
}
