package io.sitemonitor.event;

import java.time.Duration;
import java.time.Instant;

/**
 * A run was ended at its timeout and interrupted, but its code still goes on. No other check is affected; this one
 * counts as failed at each due time until the code ends.
 *
 * @param monitor the name of the monitor
 * @param check the name of the check
 * @param at when it was noticed
 * @param running how long the run has been going on
 */
public record RunStuck(String monitor, String check, Instant at, Duration running) implements CheckEvent {}
