package io.sitemonitor.event;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.state.HealthState;
import java.time.Duration;
import java.time.Instant;

/**
 * A run ended, or was ended at its timeout.
 *
 * @param monitor the name of the monitor
 * @param check the name of the check
 * @param kind the kind of the check
 * @param at when it started
 * @param duration how long it took
 * @param result what it found
 * @param state the state of the check with this run taken into account
 */
public record RunCompleted(
        String monitor, String check, String kind, Instant at, Duration duration, CheckResult result, HealthState state)
        implements CheckEvent {}
