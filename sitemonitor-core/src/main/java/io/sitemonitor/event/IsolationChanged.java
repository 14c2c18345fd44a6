package io.sitemonitor.event;

import java.time.Instant;

/**
 * The monitor seems to be offline itself, or is online again. While it is isolated, failed runs are inconclusive.
 *
 * @param monitor the name of the monitor
 * @param at when
 * @param isolated whether it is isolated from now on
 * @param reason which checks say so
 */
public record IsolationChanged(String monitor, Instant at, boolean isolated, String reason) implements MonitorEvent {}
