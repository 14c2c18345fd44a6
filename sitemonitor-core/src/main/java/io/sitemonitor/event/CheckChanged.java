package io.sitemonitor.event;

import java.time.Instant;

/**
 * The set of checks, or whether one of them runs, was changed.
 *
 * @param monitor the name of the monitor
 * @param check the name of the check
 * @param kind the kind of the check, such as {@code http}
 * @param at when
 * @param change what was done
 * @param insecure whether the check does without a protection, see {@link io.sitemonitor.check.Check#isInsecure}
 */
public record CheckChanged(String monitor, String check, String kind, Instant at, Change change, boolean insecure)
        implements CheckEvent {

    /** What was done to a check. */
    public enum Change {
        /** It was added. */
        ADDED,
        /** It has another definition now. */
        REPLACED,
        /** It was removed. */
        REMOVED,
        /** Its runs were stopped. */
        PAUSED,
        /** Its runs go on. */
        RESUMED
    }
}
