package io.sitemonitor.event;

import java.time.Instant;

/**
 * Somebody has taken on what is open of a check.
 *
 * @param monitor the name of the monitor
 * @param check the name of the check; that of the monitor for what is about the monitor itself
 * @param incidentId what was taken on
 * @param at when
 * @param by who, in one line
 */
public record AlertAcknowledged(String monitor, String check, String incidentId, Instant at, String by)
        implements MonitorEvent {}
