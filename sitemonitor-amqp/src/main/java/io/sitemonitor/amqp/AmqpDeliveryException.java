package io.sitemonitor.amqp;

/**
 * Says why an alert could not be handed to the broker now. The alert is not lost: it waits where it was and is offered
 * again. The text holds no secret.
 */
public class AmqpDeliveryException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param reason why it could not be handed over
     */
    public AmqpDeliveryException(String reason) {
        super(reason);
    }
}
