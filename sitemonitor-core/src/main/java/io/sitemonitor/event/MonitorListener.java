package io.sitemonitor.event;

/**
 * Is told what happens in a monitor.
 *
 * <p><b>Threads:</b> called by one thread at a time, which belongs to this listener alone. Events of one check come in
 * their order.
 *
 * <p><b>Time:</b> a slow listener delays nobody else. At most 10,000 events wait for it; beyond that the newest are
 * dropped and counted for this listener.
 *
 * <p><b>Failure:</b> whatever it throws is logged and counted, and nothing else is affected.
 */
@FunctionalInterface
public interface MonitorListener {

    /**
     * Is called with each event. A new kind of event may be added in any version, so have a default branch.
     *
     * @param event what happened
     * @throws Exception for anything that went wrong; it is logged and counted
     */
    void onEvent(MonitorEvent event) throws Exception;

    /**
     * Tells whether events of this type are wanted. Asked once for each type. A listener that does not want
     * {@link RunCompleted} costs nothing per run.
     *
     * @param type a record that implements {@link MonitorEvent}
     * @return whether {@link #onEvent} is to be called with such events; true unless overridden
     */
    default boolean wants(Class<? extends MonitorEvent> type) {
        return true;
    }

    /**
     * Tells whether to call this listener on the thread on which things happen instead of on a thread of its own. Such a
     * listener must return at once and must allow calls from several threads: it is for counters and the like.
     *
     * @return whether it is called directly; false unless overridden
     */
    default boolean isDirect() {
        return false;
    }
}
