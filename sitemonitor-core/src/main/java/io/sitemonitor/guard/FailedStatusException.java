package io.sitemonitor.guard;

import java.io.IOException;

/**
 * What the breaker is told when a target answered with a status that counts as a failure. Never thrown: the caller gets
 * the response. Made for whoever reads the breaker's events or sets which exceptions it records.
 */
public final class FailedStatusException extends IOException {

    private static final long serialVersionUID = 1L;

    /** The status. */
    private final int status;

    FailedStatusException(int status) {
        super("HTTP " + status);
        this.status = status;
    }

    /**
     * Returns what the target answered.
     *
     * @return the HTTP status
     */
    public int status() {
        return status;
    }

    /** Does nothing: it is not thrown, and a busy target in trouble gives many of them. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
