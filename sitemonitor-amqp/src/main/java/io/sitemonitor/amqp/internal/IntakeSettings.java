package io.sitemonitor.amqp.internal;

import io.sitemonitor.alert.AlertListener;
import io.sitemonitor.amqp.AmqpListener;
import io.sitemonitor.store.Store;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an intake takes and how.
 *
 * @param name whose it is
 * @param endpoint where the broker is
 * @param queue what to read
 * @param needs what has to be there for that
 * @param deadLetterQueue where what cannot be handled goes
 * @param deadLetterNeeds what has to be there for that
 * @param retry how messages wait in a queue to be tried again; null if they do not
 * @param handlers who handles, by name, in the order in which they are called
 * @param listeners who is told what happens on connections
 * @param exclusive whether nobody else may read it meanwhile
 * @param prefetch how many messages may be in hand
 * @param concurrency how many messages are handled at once
 * @param handlerTimeout how long one call of a handler may take
 * @param attempts how often a handler is tried
 * @param firstRetry the pause after the first failure
 * @param longestRetry the longest pause
 * @param remembered how many ids are remembered
 * @param store where they are kept; null if only in memory
 */
public record IntakeSettings(
        String name,
        Endpoint endpoint,
        String queue,
        Declarations needs,
        String deadLetterQueue,
        Declarations deadLetterNeeds,
        @Nullable Retry retry,
        Map<String, AlertListener> handlers,
        List<AmqpListener> listeners,
        boolean exclusive,
        int prefetch,
        int concurrency,
        Duration handlerTimeout,
        int attempts,
        Duration firstRetry,
        Duration longestRetry,
        int remembered,
        @Nullable Store store) {

    /**
     * How messages wait in a queue to be tried again.
     *
     * @param queue the queue
     * @param needs what has to be there for that
     * @param delay how long they wait
     * @param rounds how often
     */
    public record Retry(String queue, Declarations needs, Duration delay, int rounds) {}
}
