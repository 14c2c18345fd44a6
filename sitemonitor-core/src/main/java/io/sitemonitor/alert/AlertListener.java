package io.sitemonitor.alert;

/**
 * Delivers alerts to one destination. Any lambda will do.
 *
 * <p><b>Threads:</b> called by one thread at a time, which belongs to this listener alone. Alerts of one check come in
 * their order.
 *
 * <p><b>Time:</b> may block; it is interrupted after the policy's {@link AlertPolicy#timeout() timeout}, 10 seconds
 * unless changed. Nobody else is delayed by it.
 *
 * <p><b>Failure:</b> may throw. The alert is then offered again, with the same id, after a growing pause, until the
 * policy's {@link AlertPolicy#expireAfter() expiry}; what is still not delivered then goes to the dead letters.
 * {@link UndeliverableAlertException} gives up at once, and {@link RetryAlertException} says when to offer it again. Returning normally means that the alert is delivered.
 */
@FunctionalInterface
public interface AlertListener {

    /**
     * Delivers one alert; returns once it is delivered.
     *
     * @param alert what to tell
     * @throws UndeliverableAlertException if this alert can never be delivered
     * @throws RetryAlertException if it could not be delivered now, with the time after which to offer it again
     * @throws Exception if it could not be delivered now
     */
    void onAlert(Alert alert) throws Exception;
}
