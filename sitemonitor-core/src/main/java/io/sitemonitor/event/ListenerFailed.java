package io.sitemonitor.event;

import java.time.Instant;

/**
 * A {@link MonitorListener} threw, or lost events because it was too slow.
 *
 * @param monitor the name of the monitor
 * @param listener the name of the listener
 * @param at when
 * @param lost how many events it has lost so far because its queue was full
 * @param reason what went wrong
 */
public record ListenerFailed(String monitor, String listener, Instant at, long lost, String reason)
        implements MonitorEvent {}
