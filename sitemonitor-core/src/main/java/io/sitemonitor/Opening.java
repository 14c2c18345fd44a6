package io.sitemonitor;

import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.state.HealthState;
import java.time.Instant;

/**
 * Something that was confirmed and is to be told as soon as nothing holds it.
 *
 * @param kind what is to be said
 * @param incidentId what it and its closing have in common
 * @param from the state before
 * @param since when it began
 * @param startedNanos the monotonic time of the same moment
 * @param result the result that confirmed it
 */
record Opening(
        AlertKind kind, String incidentId, HealthState from, Instant since, long startedNanos, CheckResult result) {}
