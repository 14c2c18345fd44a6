package io.sitemonitor.event;

import java.time.Duration;
import java.time.Instant;

/**
 * The process did not run for a while: a long collection, a suspended machine, no processor to be had. Failures of runs
 * that went on meanwhile are inconclusive.
 *
 * @param monitor the name of the monitor
 * @param at when it was noticed
 * @param duration how long the pause was, as far as it was seen
 */
public record ProcessPaused(String monitor, Instant at, Duration duration) implements MonitorEvent {}
