package io.sitemonitor.amqp.internal;

import io.sitemonitor.alert.AlertListener;
import java.time.Duration;
import java.util.Map;

/**
 * What an intake takes and how.
 *
 * @param name whose it is
 * @param endpoint where the broker is
 * @param topology what to declare and to read
 * @param deadLetterQueue where what cannot be handled goes
 * @param handlers who handles, by name, in the order in which they are called
 * @param prefetch how many messages may be in hand
 * @param handlerTimeout how long one call of a handler may take
 * @param attempts how often a handler is tried
 * @param firstRetry the pause after the first failure
 * @param longestRetry the longest pause
 * @param remembered how many ids are remembered
 */
public record IntakeSettings(
        String name,
        Endpoint endpoint,
        QueueTopology topology,
        String deadLetterQueue,
        Map<String, AlertListener> handlers,
        int prefetch,
        Duration handlerTimeout,
        int attempts,
        Duration firstRetry,
        Duration longestRetry,
        int remembered) {}
