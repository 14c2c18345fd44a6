package io.sitemonitor;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.event.IncidentClosed;
import io.sitemonitor.event.IncidentOpened;
import io.sitemonitor.event.StateChanged;
import io.sitemonitor.history.CheckFigures;
import io.sitemonitor.history.internal.CheckRecorder;
import io.sitemonitor.incident.Incident;
import io.sitemonitor.incident.StableId;
import io.sitemonitor.incident.internal.RecentIncidents;
import io.sitemonitor.state.HealthState;
import io.sitemonitor.state.Transition;
import io.sitemonitor.state.internal.Standing;
import io.sitemonitor.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one check: its standing, its figures, and what was announced and has not been closed yet. Decides
 * what a run means and hands the facts that follow from it to the one who publishes them. Guarded by the lock of its
 * cell.
 */
final class CheckLedger {

    /** Something that was announced and is to be closed. */
    private record Announced(Alert opening, long startedNanos) {}

    private final String monitor;
    private final String name;
    private final TimeSource time;
    private final RecentIncidents incidents;
    private final CheckRecorder recorder;
    private Standing standing;
    private @Nullable Incident incident;
    private @Nullable Announced outage;
    private @Nullable Announced degradation;

    CheckLedger(String monitor, String name, TimeSource time, RecentIncidents incidents) {
        this.monitor = monitor;
        this.name = name;
        this.time = time;
        this.incidents = incidents;
        Instant now = time.now();
        this.recorder = new CheckRecorder(now, time.nanos());
        this.standing = Standing.unknown(now);
    }

    HealthState state() {
        return standing.state();
    }

    Instant since() {
        return standing.since();
    }

    boolean isUndecided() {
        return standing.isUndecided();
    }

    @Nullable
    Incident incident() {
        return incident;
    }

    CheckFigures figures(boolean paused) {
        return recorder.figures(time.nanos(), paused ? HealthState.UNKNOWN : standing.state());
    }

    /** Applies what a run found. */
    void decide(
            Defined definition,
            CheckResult result,
            Instant startedAt,
            long startedNanos,
            long now,
            Consumer<Object> facts) {
        Standing before = standing;
        Instant at = time.now();
        Standing after = before.after(
                result.verdict(),
                startedAt,
                startedNanos,
                at,
                definition.settings().thresholds());
        standing = after;
        recorder.run(result.verdict(), now - startedNanos);
        Transition transition = after.transitionFrom(before);
        if (transition == null) {
            if (!after.isUndecided()) {
                recorder.settle(now, after.state());
            }
            return;
        }
        long turn =
                transition.runs() == 0 ? now : after.reasonFor(before.state()).startedNanos();
        recorder.settle(turn, before.state());
        recorder.settle(now, after.state());
        facts.accept(new StateChanged(monitor, name, transition, result));
        announce(definition, result, transition, turn, now, facts);
    }

    private void announce(
            Defined definition,
            CheckResult result,
            Transition transition,
            long turn,
            long now,
            Consumer<Object> facts) {
        if (transition.to() == HealthState.DOWN) {
            if (outage == null) {
                openOutage(definition, result, transition, turn, now, facts);
            }
            return;
        }
        if (outage != null) {
            closeOutage(AlertKind.RECOVERED, transition.from(), result, transition.since(), turn, facts);
        }
        if (transition.to() == HealthState.DEGRADED && degradation == null) {
            String id =
                    StableId.of("degradation", monitor, name, transition.since().toString());
            Alert alert = opening(AlertKind.DEGRADED, id, definition, result, transition, now - turn);
            degradation = new Announced(alert, turn);
            facts.accept(alert);
        }
        if (transition.to() == HealthState.UP) {
            closeDegradation(AlertKind.DEGRADATION_ENDED, transition.from(), result, turn, facts);
        }
    }

    private void openOutage(
            Defined definition,
            CheckResult result,
            Transition transition,
            long turn,
            long now,
            Consumer<Object> facts) {
        FailureKind failure = result.failure() == null ? FailureKind.CHECK_ERROR : result.failure();
        Incident opened = Incident.open(monitor, name, transition.since(), transition.at(), failure, result.summary());
        incident = opened;
        incidents.opened(opened);
        Alert alert = opening(AlertKind.DOWN, opened.id(), definition, result, transition, now - turn);
        outage = new Announced(alert, turn);
        facts.accept(new IncidentOpened(opened));
        facts.accept(alert);
    }

    private void closeOutage(
            AlertKind kind, HealthState from, CheckResult result, Instant end, long turn, Consumer<Object> facts) {
        Announced announced = outage;
        Incident open = incident;
        if (announced == null || open == null) {
            return;
        }
        Incident closed = open.close(end);
        incident = null;
        outage = null;
        incidents.closed(closed);
        facts.accept(new IncidentClosed(closed, time.now()));
        facts.accept(closing(kind, announced, from, result, turn));
    }

    private void closeDegradation(
            AlertKind kind, HealthState from, CheckResult result, long turn, Consumer<Object> facts) {
        Announced announced = degradation;
        if (announced != null) {
            degradation = null;
            facts.accept(closing(kind, announced, from, result, turn));
        }
    }

    /** Closes whatever is open, because nobody will look any more. */
    void end(Consumer<Object> facts) {
        long now = time.nanos();
        CheckResult last = CheckResult.inconclusive("the check was removed");
        closeOutage(AlertKind.ENDED, standing.state(), last, time.now(), now, facts);
        closeDegradation(AlertKind.ENDED, standing.state(), last, now, facts);
    }

    /** Something else is probed from now on: what was known of the old target says nothing about it. */
    void forgetState(Consumer<Object> facts) {
        Standing before = standing;
        settle();
        standing = Standing.unknown(time.now());
        Transition transition = standing.transitionFrom(before);
        if (transition != null) {
            facts.accept(new StateChanged(
                    monitor, name, transition, CheckResult.inconclusive("something else is checked from now on")));
        }
    }

    /** Drops suspicions, such as when runs are stopped or thresholds change. */
    void forgetStreaks() {
        settle();
        standing = standing.withoutStreaks();
    }

    /** The time until now counts for neither up nor down. */
    void skipPause() {
        recorder.settle(time.nanos(), HealthState.UNKNOWN);
    }

    private void settle() {
        recorder.settle(time.nanos(), standing.state());
    }

    private Alert opening(
            AlertKind kind,
            String incidentId,
            Defined definition,
            CheckResult result,
            Transition transition,
            long lasted) {
        String what = kind == AlertKind.DOWN ? " is down: " : " is degraded: ";
        return new Alert(
                StableId.of("alert", incidentId, kind.name()),
                incidentId,
                monitor,
                name,
                kind,
                transition.from(),
                transition.to(),
                transition.since(),
                transition.at(),
                Duration.ofNanos(lasted),
                result.failure(),
                name + what + result.summary(),
                definition.target(),
                result.evidence(),
                definition.settings().labels(),
                definition.settings().contacts());
    }

    /** Goes to whom the opening went, so it names the same contacts whatever the settings are now. */
    private Alert closing(AlertKind kind, Announced announced, HealthState from, CheckResult result, long turn) {
        Alert opening = announced.opening();
        Duration lasted = Duration.ofNanos(Math.max(0, turn - announced.startedNanos()));
        String summary = switch (kind) {
            case ENDED -> name + " is no longer monitored; it was " + from.name() + " when it was removed";
            case RECOVERED ->
                standing.state() == HealthState.DEGRADED
                        ? name + " works again, but not well: " + result.summary()
                        : name + " is up again";
            default -> name + " works well again";
        };
        return new Alert(
                StableId.of("alert", opening.incidentId(), kind.name()),
                opening.incidentId(),
                monitor,
                name,
                kind,
                from,
                standing.state(),
                opening.since(),
                time.now(),
                lasted,
                opening.failure(),
                summary,
                opening.target(),
                result.evidence(),
                opening.labels(),
                opening.contacts());
    }
}
