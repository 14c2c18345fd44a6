package io.sitemonitor.alert;

import io.sitemonitor.check.Evidence;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.state.HealthState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a person or another system is told. It carries no secret and no control character.
 *
 * @param id the same on every attempt to deliver this alert, and after every restart, so that a receiver can drop
 *     doubles
 * @param incidentId the same for the alert that opens something and the one that closes it
 * @param monitor the name of the monitor
 * @param check the name of the check; the name of the monitor if the alert is about the monitor itself
 * @param kind what is said
 * @param from the state before
 * @param to the state from now on
 * @param since when the outage, or the degradation, began; for an alert that closes, too
 * @param at when this was decided
 * @param duration how long the outage, or the degradation, has lasted, or lasted in all
 * @param failure in which way the run that opened it failed; null if it did not fail
 * @param summary one line for people
 * @param target what is probed, fit to be shown to anybody; null if there is nothing to name
 * @param evidence what the deciding run saw
 * @param labels the labels of the check
 * @param contacts whom it concerns: e-mail addresses and telephone numbers
 */
public record Alert(
        String id,
        String incidentId,
        String monitor,
        String check,
        AlertKind kind,
        HealthState from,
        HealthState to,
        Instant since,
        Instant at,
        Duration duration,
        @Nullable FailureKind failure,
        String summary,
        @Nullable String target,
        Evidence evidence,
        Map<String, String> labels,
        List<String> contacts) {

    /** Creates an alert. */
    public Alert {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(incidentId, "incidentId");
        Objects.requireNonNull(monitor, "monitor");
        Objects.requireNonNull(check, "check");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(duration, "duration");
        Objects.requireNonNull(summary, "summary");
        Objects.requireNonNull(evidence, "evidence");
        Objects.requireNonNull(labels, "labels");
        contacts = List.copyOf(contacts);
    }

    /**
     * Returns how much it matters: what the label {@value Severity#LABEL} of the check says, or else what its kind does. What
     * closes matters as much as what it closes.
     *
     * @return the severity
     */
    public Severity severity() {
        return Severity.of(kind, to, labels);
    }
}
