package io.sitemonitor.event;

import java.time.Instant;

/**
 * What is open could not be kept for the next process. It is tried again; monitoring and alerts go on meanwhile.
 *
 * @param monitor the name of the monitor
 * @param at when that was noticed
 * @param reason what the store said
 */
public record StoreFailed(String monitor, Instant at, String reason) implements MonitorEvent {}
