package io.sitemonitor.alert;

import java.time.Instant;
import java.util.Objects;

/**
 * Says that somebody has taken something on, until it is over.
 *
 * @param incidentId what it is about
 * @param check the name of the check
 * @param by who, in one line
 * @param at when
 */
public record Acknowledgement(String incidentId, String check, String by, Instant at) {

    /** Creates an acknowledgement. */
    public Acknowledgement {
        Objects.requireNonNull(incidentId, "incidentId");
        Objects.requireNonNull(check, "check");
        Objects.requireNonNull(by, "by");
        Objects.requireNonNull(at, "at");
    }
}
