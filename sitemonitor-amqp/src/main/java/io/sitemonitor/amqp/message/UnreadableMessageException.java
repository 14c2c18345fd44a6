package io.sitemonitor.amqp.message;

/** Says why a message cannot be read. Its text is one line, fit to be shown, and quotes nothing long. */
public class UnreadableMessageException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param reason what is wrong with the message
     */
    public UnreadableMessageException(String reason) {
        super(reason);
    }

    /**
     * Creates the exception.
     *
     * @param reason what is wrong with the message
     * @param cause what led to it
     */
    public UnreadableMessageException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
