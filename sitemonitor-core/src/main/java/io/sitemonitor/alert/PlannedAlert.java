package io.sitemonitor.alert;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a listener would be told, if something happened now.
 *
 * @param listener the name of the alert listener
 * @param decision whether it would be told
 * @param at when it would be told at the earliest; null if it would not be
 * @param reason why so, in one line for people
 */
public record PlannedAlert(
        String listener, Decision decision, @Nullable Instant at, String reason) {

    /** Whether a listener would be told. */
    public enum Decision {
        /** At once. */
        NOW,
        /** Later, if it still lasts then. */
        LATER,
        /** Not at all. */
        NOT
    }

    /** Creates a plan. */
    public PlannedAlert {
        Objects.requireNonNull(listener, "listener");
        Objects.requireNonNull(decision, "decision");
        Objects.requireNonNull(reason, "reason");
    }
}
