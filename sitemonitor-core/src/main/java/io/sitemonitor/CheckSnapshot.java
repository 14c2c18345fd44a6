package io.sitemonitor;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.definition.CheckSettings;
import io.sitemonitor.history.CheckFigures;
import io.sitemonitor.incident.Incident;
import io.sitemonitor.state.Condition;
import io.sitemonitor.state.ConditionKind;
import io.sitemonitor.state.HealthState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one check at one moment.
 *
 * @param name its name
 * @param kind its kind, such as {@code http}
 * @param target what is probed, fit to be shown to anybody; null if there is nothing to name
 * @param state its health state
 * @param since since when it has been in this state
 * @param conditions what holds of it beside its state, each with its reason and its end; empty for most
 * @param settings how it is run and decided
 * @param lastResult what the latest run found; null before the first
 * @param lastRunAt when the latest run started; null before the first
 * @param lastDuration how long the latest run took; null before the first
 * @param nextRunAt when the next run is due; null if none is planned
 * @param incident the open incident; null if there is none
 * @param missedTicks how many runs were due but could not start
 * @param stuck whether a run goes on beyond its timeout
 * @param figures uptime, runs and latency
 */
public record CheckSnapshot(
        String name,
        String kind,
        @Nullable String target,
        HealthState state,
        Instant since,
        List<Condition> conditions,
        CheckSettings settings,
        @Nullable CheckResult lastResult,
        @Nullable Instant lastRunAt,
        @Nullable Duration lastDuration,
        @Nullable Instant nextRunAt,
        @Nullable Incident incident,
        long missedTicks,
        boolean stuck,
        CheckFigures figures) {

    /** Creates a snapshot; the list is copied. */
    public CheckSnapshot {
        conditions = List.copyOf(conditions);
    }

    /**
     * Tells whether its runs are stopped.
     *
     * @return whether it is paused
     */
    public boolean paused() {
        return condition(ConditionKind.PAUSED).isPresent();
    }

    /**
     * Returns a condition.
     *
     * @param kind its kind
     * @return the condition, with its reason and end, or empty if it does not hold
     */
    public Optional<Condition> condition(ConditionKind kind) {
        return conditions.stream().filter(condition -> condition.kind() == kind).findFirst();
    }
}
