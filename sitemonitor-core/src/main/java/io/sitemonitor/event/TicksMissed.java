package io.sitemonitor.event;

import java.time.Instant;

/**
 * Runs were due but could not start: the run before had not ended, or the process was not running. They are not made up
 * for.
 *
 * @param monitor the name of the monitor
 * @param check the name of the check
 * @param at when it was noticed
 * @param count how many runs were missed
 */
public record TicksMissed(String monitor, String check, Instant at, long count) implements CheckEvent {}
