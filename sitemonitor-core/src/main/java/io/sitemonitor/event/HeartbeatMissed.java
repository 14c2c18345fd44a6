package io.sitemonitor.event;

import java.time.Instant;

/**
 * A heartbeat was due, but the monitor does not do all of its work.
 *
 * @param monitor the name of the monitor
 * @param at when
 * @param reason what does not go on
 */
public record HeartbeatMissed(String monitor, Instant at, String reason) implements MonitorEvent {}
