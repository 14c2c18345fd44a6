package io.sitemonitor;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.Evidence;
import io.sitemonitor.incident.StableId;
import io.sitemonitor.state.HealthState;
import io.sitemonitor.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** How what was decided becomes an alert. */
final class AlertForms {

    private final String monitor;
    private final String check;
    private final TimeSource time;

    AlertForms(String monitor, String check, TimeSource time) {
        this.monitor = monitor;
        this.check = check;
        this.time = time;
    }

    /** Writes what opens something; {@code last} is the latest result, which may be younger than the one that confirmed. */
    Told opening(Opening opening, Defined definition, HealthState to, CheckResult last, String summary) {
        CheckResult shown = last.failure() == null ? opening.result() : last;
        Alert alert = new Alert(
                StableId.of("alert", opening.incidentId(), opening.kind().name()),
                opening.incidentId(),
                monitor,
                check,
                opening.kind(),
                opening.from(),
                to,
                opening.since(),
                time.now(),
                Duration.ofNanos(Math.max(0, time.nanos() - opening.startedNanos())),
                opening.kind() == AlertKind.FLAPPING ? null : shown.failure(),
                check + summary,
                definition.target(),
                shown.evidence(),
                definition.settings().labels(),
                definition.settings().contacts());
        return new Told(alert, opening.startedNanos());
    }

    /** What would be told if this began now. */
    Alert sample(AlertKind kind, Defined definition) {
        HealthState to = kind == AlertKind.DEGRADED ? HealthState.DEGRADED : HealthState.DOWN;
        CheckResult result = CheckResult.fail("not real: only planned");
        Opening opening = new Opening(kind, "planned", HealthState.UP, time.now(), time.nanos(), result);
        return opening(opening, definition, to, result, " would be " + kind).alert();
    }

    /** Goes to whom the opening went, so it names the same contacts whatever the settings are now. */
    Alert closing(
            AlertKind kind, Told told, HealthState from, HealthState to, long end, Evidence evidence, String summary) {
        Alert opening = told.alert();
        return new Alert(
                StableId.of("alert", opening.incidentId(), kind.name()),
                opening.incidentId(),
                monitor,
                check,
                kind,
                from,
                to,
                opening.since(),
                time.now(),
                Duration.ofNanos(Math.max(0, end - told.startedNanos())),
                opening.failure(),
                check + summary,
                opening.target(),
                evidence,
                opening.labels(),
                opening.contacts());
    }

    /** Writes that the monitor itself is offline, which is about no check. */
    static Alert isolated(String monitor, Instant since, Instant at, Duration lasted, String summary) {
        String incidentId = StableId.of("isolation", monitor, since.toString());
        return new Alert(
                StableId.of("alert", incidentId, AlertKind.ISOLATED.name()),
                incidentId,
                monitor,
                monitor,
                AlertKind.ISOLATED,
                HealthState.UP,
                HealthState.UNKNOWN,
                since,
                at,
                lasted,
                null,
                summary,
                null,
                Evidence.none(),
                Map.of(),
                List.of());
    }
}
