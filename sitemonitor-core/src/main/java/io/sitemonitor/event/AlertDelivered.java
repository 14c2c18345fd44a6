package io.sitemonitor.event;

import java.time.Duration;
import java.time.Instant;

/**
 * A listener took an alert.
 *
 * @param monitor the name of the monitor
 * @param listener the name of the alert listener
 * @param check the check that the alert is about
 * @param alertId the id of the alert
 * @param at when
 * @param attempts how many attempts it took, from 1
 * @param lag the time from the decision to the delivery
 */
public record AlertDelivered(
        String monitor, String listener, String check, String alertId, Instant at, int attempts, Duration lag)
        implements MonitorEvent {}
