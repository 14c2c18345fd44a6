package io.sitemonitor.event;

import java.time.Instant;

/**
 * The monitor was started.
 *
 * @param monitor the name of the monitor
 * @param at when
 * @param checks how many checks it has
 */
public record MonitorStarted(String monitor, Instant at, int checks) implements MonitorEvent {}
