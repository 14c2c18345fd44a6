package io.sitemonitor.event;

import java.time.Instant;

/**
 * An alert was given up: it is in the dead letters now.
 *
 * @param monitor the name of the monitor
 * @param listener the name of the alert listener
 * @param check the check that the alert is about
 * @param alertId the id of the alert
 * @param at when
 * @param attempts how many attempts were made, from 0
 * @param reason why it was given up
 */
public record AlertUndelivered(
        String monitor, String listener, String check, String alertId, Instant at, int attempts, String reason)
        implements MonitorEvent {}
