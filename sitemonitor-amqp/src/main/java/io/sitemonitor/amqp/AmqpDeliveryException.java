package io.sitemonitor.amqp;

import io.sitemonitor.alert.RetryAlertException;
import java.time.Duration;

/**
 * Says why an alert could not be handed to the broker now. The alert is not lost: it waits where it was and is to be
 * offered again soon, because the publisher paces its attempts itself. The text holds no secret.
 */
public class AmqpDeliveryException extends RetryAlertException {

    private static final long serialVersionUID = 1L;

    private static final Duration SOON = Duration.ofMillis(100);

    /**
     * Creates the exception.
     *
     * @param reason why it could not be handed over
     */
    public AmqpDeliveryException(String reason) {
        super(reason, SOON);
    }
}
