package io.sitemonitor.event;

import java.time.Instant;

/**
 * A target source could not be read. The checks that it gave before go on.
 *
 * @param monitor the name of the monitor
 * @param source the name of the source
 * @param at when
 * @param reason what went wrong
 */
public record TargetsFailed(String monitor, String source, Instant at, String reason) implements MonitorEvent {}
