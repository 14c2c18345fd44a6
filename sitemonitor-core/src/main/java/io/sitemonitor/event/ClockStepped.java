package io.sitemonitor.event;

import java.time.Duration;
import java.time.Instant;

/**
 * The wall clock jumped against the monotonic one: it was set, or the machine slept. No timeout moves and no interval
 * does; maintenance windows and calendar schedules follow the new time. Failures of runs that went on meanwhile are
 * inconclusive.
 *
 * @param monitor the name of the monitor
 * @param at when it was noticed, by the new time
 * @param step how far; negative if the clock went back
 */
public record ClockStepped(String monitor, Instant at, Duration step) implements MonitorEvent {}
