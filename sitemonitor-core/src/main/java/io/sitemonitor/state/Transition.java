package io.sitemonitor.state;

import java.time.Instant;
import java.util.Objects;

/**
 * A change of the state of a check.
 *
 * @param from the state before
 * @param to the state from now on
 * @param since the start of the first of the runs that decided it
 * @param at when it was decided
 * @param runs how many runs in a row decided it
 */
public record Transition(HealthState from, HealthState to, Instant since, Instant at, int runs) {

    /** Creates a transition. */
    public Transition {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(at, "at");
    }
}
