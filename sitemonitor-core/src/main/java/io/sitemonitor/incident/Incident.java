package io.sitemonitor.incident;

import io.sitemonitor.check.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A confirmed outage of one check.
 *
 * @param id the same for the opening and the closing of an incident, and unique among all
 * @param monitor the name of the monitor
 * @param check the name of the check
 * @param startedAt when its first failed run started
 * @param confirmedAt when the outage was confirmed
 * @param endedAt when the first passing run of its confirmed recovery started, or when the check was removed; null
 *     while it lasts
 * @param failure in which way the run that confirmed it failed
 * @param cause what that run said
 */
public record Incident(
        String id,
        String monitor,
        String check,
        Instant startedAt,
        Instant confirmedAt,
        @Nullable Instant endedAt,
        FailureKind failure,
        String cause) {

    /** Creates an incident. */
    public Incident {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(monitor, "monitor");
        Objects.requireNonNull(check, "check");
        Objects.requireNonNull(startedAt, "startedAt");
        Objects.requireNonNull(confirmedAt, "confirmedAt");
        Objects.requireNonNull(failure, "failure");
        Objects.requireNonNull(cause, "cause");
    }

    /**
     * Opens an incident. Its id follows from monitor, check and start, so that the same outage has the same id wherever
     * and whenever it is computed.
     *
     * @param monitor the name of the monitor
     * @param check the name of the check
     * @param startedAt when its first failed run started
     * @param confirmedAt when the outage was confirmed
     * @param failure in which way it failed
     * @param cause what the confirming run said
     * @return the open incident
     */
    public static Incident open(
            String monitor, String check, Instant startedAt, Instant confirmedAt, FailureKind failure, String cause) {
        String id = StableId.of("incident", monitor, check, startedAt.toString());
        return new Incident(id, monitor, check, startedAt, confirmedAt, null, failure, cause);
    }

    /**
     * Ends it.
     *
     * @param at when it ended; taken as the start if it lies before that, which a step of the wall clock can cause
     * @return the closed incident
     */
    public Incident close(Instant at) {
        return new Incident(
                id, monitor, check, startedAt, confirmedAt, at.isBefore(startedAt) ? startedAt : at, failure, cause);
    }

    /**
     * Tells whether it still lasts.
     *
     * @return whether it has no end yet
     */
    public boolean isOpen() {
        return endedAt == null;
    }

    /**
     * Returns how long it lasted, or has lasted until now.
     *
     * @param now the present, used while the incident is open
     * @return the duration, never negative
     */
    public Duration duration(Instant now) {
        Duration duration = Duration.between(startedAt, endedAt == null ? now : endedAt);
        return duration.isNegative() ? Duration.ZERO : duration;
    }
}
