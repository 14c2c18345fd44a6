package io.sitemonitor.event;

import java.time.Instant;

/**
 * An attempt to deliver an alert failed. It will be tried again.
 *
 * @param monitor the name of the monitor
 * @param listener the name of the alert listener
 * @param check the check that the alert is about
 * @param alertId the id of the alert
 * @param at when
 * @param attempts how many attempts have been made, from 1
 * @param reason what went wrong
 */
public record AlertDeliveryFailed(
        String monitor, String listener, String check, String alertId, Instant at, int attempts, String reason)
        implements MonitorEvent {}
