package io.sitemonitor.event;

import java.time.Instant;

/**
 * The monitor does its work: all checks are run and alerts are delivered. Comes once an interval; that it stays away is
 * the sign of trouble.
 *
 * @param monitor the name of the monitor
 * @param at when
 * @param checks how many checks it has
 */
public record Heartbeat(String monitor, Instant at, int checks) implements MonitorEvent {}
