package io.sitemonitor.alert;

import java.time.Instant;
import java.util.Objects;

/**
 * An alert that was given up.
 *
 * @param listener the name of the listener that should have got it
 * @param alert the alert
 * @param at when it was given up
 * @param attempts how many attempts were made, from 0
 * @param reason why it was given up
 */
public record DeadLetter(String listener, Alert alert, Instant at, int attempts, String reason) {

    /** Creates a dead letter. */
    public DeadLetter {
        Objects.requireNonNull(listener, "listener");
        Objects.requireNonNull(alert, "alert");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(reason, "reason");
    }
}
