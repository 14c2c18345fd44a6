package io.sitemonitor.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.sitemonitor.event.AlertDelivered;
import io.sitemonitor.event.AlertDeliveryFailed;
import io.sitemonitor.event.AlertHeld;
import io.sitemonitor.event.AlertSkipped;
import io.sitemonitor.event.AlertUndelivered;
import io.sitemonitor.event.CheckChanged;
import io.sitemonitor.event.ClockStepped;
import io.sitemonitor.event.ConditionChanged;
import io.sitemonitor.event.Heartbeat;
import io.sitemonitor.event.HeartbeatMissed;
import io.sitemonitor.event.IncidentClosed;
import io.sitemonitor.event.IncidentOpened;
import io.sitemonitor.event.IsolationChanged;
import io.sitemonitor.event.ListenerFailed;
import io.sitemonitor.event.MonitorClosed;
import io.sitemonitor.event.MonitorEvent;
import io.sitemonitor.event.MonitorListener;
import io.sitemonitor.event.MonitorStarted;
import io.sitemonitor.event.ProcessPaused;
import io.sitemonitor.event.RunCompleted;
import io.sitemonitor.event.RunStuck;
import io.sitemonitor.event.StateChanged;
import io.sitemonitor.event.StoreFailed;
import io.sitemonitor.event.TicksMissed;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Feeds the meters of a Micrometer registry; {@link MeterNames} lists them.
 *
 * <pre>{@code
 * Monitor.named("shop").listener(MonitorMetrics.bindTo(registry))
 * }</pre>
 *
 * <p>The meters of a monitor exist from its start and those of a check from the moment it is added; they are removed
 * with the check, and all of them when the monitor is closed. One object may serve several monitors of different names.
 *
 * <p><b>Threads:</b> called directly by the threads on which things happen; safe for use by any number of threads.
 */
public final class MonitorMetrics implements MonitorListener {

    /** So many checks have meters of their own: {@value}. */
    public static final int DEFAULT_MAX_CHECKS = 1_000;

    private static final Set<Class<? extends MonitorEvent>> WANTED = Set.of(
            MonitorStarted.class,
            MonitorClosed.class,
            CheckChanged.class,
            RunCompleted.class,
            StateChanged.class,
            ConditionChanged.class,
            IncidentOpened.class,
            IncidentClosed.class,
            RunStuck.class,
            TicksMissed.class,
            AlertDelivered.class,
            AlertDeliveryFailed.class,
            AlertSkipped.class,
            AlertUndelivered.class,
            AlertHeld.class,
            Heartbeat.class,
            HeartbeatMissed.class,
            IsolationChanged.class,
            ProcessPaused.class,
            StoreFailed.class,
            ClockStepped.class,
            ListenerFailed.class);

    private final MeterRegistry registry;
    private final CheckLimit limit;
    private final Map<String, MonitorMeters> monitors = new ConcurrentHashMap<>();

    private MonitorMetrics(MeterRegistry registry, CheckLimit limit) {
        this.registry = registry;
        this.limit = limit;
    }

    /**
     * Creates a listener that feeds a registry. Nothing is registered before a monitor starts.
     *
     * @param registry where the meters are registered; stays the caller's
     * @return the listener
     */
    public static MonitorMetrics bindTo(MeterRegistry registry) {
        return new MonitorMetrics(Objects.requireNonNull(registry, "registry"), new CheckLimit(DEFAULT_MAX_CHECKS));
    }

    /**
     * Bounds how many checks have meters of their own, over all monitors that are served. Those added beyond share
     * timers by kind, with {@code check="other"}, and have no state gauge; {@link MeterNames#CHECKS} still counts them.
     * That is said once in the log.
     *
     * <p>Default {@value #DEFAULT_MAX_CHECKS}. Each check has a gauge and up to 14 timers, so think of what reads them.
     *
     * @param checks how many, from 0, which means that all checks share
     * @return a copy with this bound, to be used instead of this one
     * @throws IllegalArgumentException if the number is negative
     */
    public MonitorMetrics maxChecks(int checks) {
        if (checks < 0) {
            throw new IllegalArgumentException("maxChecks must be at least 0, but was " + checks);
        }
        return new MonitorMetrics(registry, new CheckLimit(checks));
    }

    @Override
    public boolean wants(Class<? extends MonitorEvent> type) {
        return WANTED.contains(type);
    }

    @Override
    public boolean isDirect() {
        return true;
    }

    @Override
    public void onEvent(MonitorEvent event) {
        MonitorMeters meters = monitors.get(event.monitor());
        if (meters == null) {
            if (event instanceof MonitorStarted) {
                monitors.put(event.monitor(), new MonitorMeters(registry, limit, event.monitor()));
            }
        } else if (event instanceof RunCompleted run) {
            meters.run(run);
        } else if (event instanceof StateChanged change) {
            meters.state(change.check(), change.to());
        } else if (event instanceof ConditionChanged change) {
            meters.condition(change.check(), change.condition().kind(), change.holds());
        } else if (event instanceof CheckChanged change) {
            checkChanged(meters, change);
        } else if (event instanceof MonitorClosed) {
            monitors.remove(event.monitor(), meters);
            meters.close();
        } else {
            count(meters, event);
        }
    }

    private static void checkChanged(MonitorMeters meters, CheckChanged event) {
        switch (event.change()) {
            case ADDED -> {
                meters.added(event.check(), event.kind());
                meters.insecure(event.check(), event.insecure());
            }
            case REMOVED -> meters.removed(event.check());
            case REPLACED ->
                meters.insecure(event.check(), event.insecure()); // the next run tells a new kind and state
            case PAUSED, RESUMED -> {
                // an event of its own tells the condition
            }
        }
    }

    private static void count(MonitorMeters meters, MonitorEvent event) {
        if (event instanceof IncidentOpened) {
            meters.incidentOpened();
        } else if (event instanceof IncidentClosed) {
            meters.incidentClosed();
        } else if (event instanceof AlertDelivered alert) {
            meters.delivered(alert.listener(), alert.lag().toNanos());
        } else if (event instanceof AlertDeliveryFailed alert) {
            meters.deliveryFailed(alert.listener());
        } else if (event instanceof AlertSkipped alert) {
            meters.skipped(alert.listener());
        } else if (event instanceof AlertUndelivered alert) {
            meters.undelivered(alert.listener());
        } else if (event instanceof RunStuck) {
            meters.runStuck();
        } else if (event instanceof TicksMissed missed) {
            meters.ticksMissed(missed.count());
        } else if (event instanceof ListenerFailed failed) {
            meters.listenerFailed(failed);
        } else if (event instanceof AlertHeld alert) {
            meters.alertHeld(alert.condition().kind());
        } else {
            count(meters.self(), event);
        }
    }

    private static void count(SelfMeters meters, MonitorEvent event) {
        if (event instanceof Heartbeat) {
            meters.beat();
        } else if (event instanceof HeartbeatMissed) {
            meters.beatMissed();
        } else if (event instanceof IsolationChanged change) {
            meters.isolated(change.isolated());
        } else if (event instanceof StoreFailed) {
            meters.storeFailed();
        } else if (event instanceof ProcessPaused) {
            meters.paused();
        } else if (event instanceof ClockStepped) {
            meters.clockStepped();
        }
    }
}
