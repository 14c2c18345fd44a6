package io.sitemonitor.event;

import io.sitemonitor.state.Condition;
import java.time.Instant;

/**
 * An outage was confirmed but is not told yet, because of a condition. It will be told if it outlives that.
 *
 * @param monitor the name of the monitor
 * @param check the name of the check
 * @param at when
 * @param incidentId the incident that is not told yet
 * @param condition what holds the alert; its reason names the cause
 */
public record AlertHeld(String monitor, String check, Instant at, String incidentId, Condition condition)
        implements CheckEvent {}
