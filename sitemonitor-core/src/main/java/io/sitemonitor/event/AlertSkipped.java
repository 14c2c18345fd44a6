package io.sitemonitor.event;

import java.time.Instant;

/**
 * An alert listener is not told of something after all, as its policy says: it was over, or somebody had taken it on, before the
 * listener was to be told.
 *
 * @param monitor the name of the monitor
 * @param listener the name of the alert listener
 * @param check the check that the alert is about
 * @param alertId the id of the alert
 * @param at when
 * @param reason why it is not told
 */
public record AlertSkipped(String monitor, String listener, String check, String alertId, Instant at, String reason)
        implements MonitorEvent {}
