package io.sitemonitor.alert.internal;

import io.sitemonitor.event.MonitorEvent;
import io.sitemonitor.schedule.internal.Timers;
import io.sitemonitor.time.TimeSource;
import java.util.function.Consumer;

/**
 * What the lanes of one monitor share.
 *
 * @param monitor the name of the monitor
 * @param time the clocks
 * @param timers the timers of the engine
 * @param events where to tell what happened
 * @param deadLetters where to put what is given up
 */
public record LaneContext(
        String monitor, TimeSource time, Timers timers, Consumer<MonitorEvent> events, DeadLetters deadLetters) {}
