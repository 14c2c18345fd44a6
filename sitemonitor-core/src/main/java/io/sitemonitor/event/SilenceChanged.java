package io.sitemonitor.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An alert listener is muted or a check is snoozed from now on, or is not any more because somebody said so. That a silence has
 * ended by itself is not told.
 *
 * @param monitor the name of the monitor
 * @param listener the alert listener; null if it is about a check
 * @param check the check; null if it is about a listener
 * @param at when
 * @param until when it ends by itself; null if it was ended now
 * @param reason why; empty if it was ended now
 */
public record SilenceChanged(
        String monitor,
        @Nullable String listener,
        @Nullable String check,
        Instant at,
        @Nullable Instant until,
        String reason)
        implements MonitorEvent {}
