package io.sitemonitor.event;

import java.time.Instant;

/**
 * The monitor was closed. This is the last event.
 *
 * @param monitor the name of the monitor
 * @param at when
 * @param undelivered how many alerts could not be handed over in time; with a store they are kept for the next start, without one
 *     they are dead letters
 */
public record MonitorClosed(String monitor, Instant at, int undelivered) implements MonitorEvent {}
