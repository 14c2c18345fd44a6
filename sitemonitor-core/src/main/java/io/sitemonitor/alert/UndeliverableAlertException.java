package io.sitemonitor.alert;

/** Says that an alert can never be delivered, so that it is not tried again: it goes to the dead letters at once. */
public class UndeliverableAlertException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param reason why it can never be delivered, without secrets
     */
    public UndeliverableAlertException(String reason) {
        super(reason);
    }

    /**
     * Creates the exception.
     *
     * @param reason why it can never be delivered, without secrets
     * @param cause what led to it
     */
    public UndeliverableAlertException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
