package io.sitemonitor.amqp;

/**
 * Is told what happens between us and the broker.
 *
 * <p><b>Threads:</b> called by one thread at a time, which belongs to this listener alone.
 *
 * <p><b>Time:</b> a slow listener delays nobody. At most 1,000 events wait for it; beyond that the newest are dropped, which is
 * said in the log at most once a minute.
 *
 * <p><b>Failure:</b> whatever it throws is logged, at most once a minute, and nothing else is affected.
 */
@FunctionalInterface
public interface AmqpListener {

    /**
     * Is called with each event.
     *
     * @param event what happened
     * @throws Exception for anything that went wrong; it is logged
     */
    void onEvent(AmqpEvent event) throws Exception;
}
