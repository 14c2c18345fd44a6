package io.sitemonitor.check.internal;

import io.sitemonitor.check.FailureKind;
import java.io.IOException;

/** What is wrong, thrown from where it is seen: the run fails in this way and with this message. */
public final class FailedException extends IOException {

    private static final long serialVersionUID = 1L;

    private final FailureKind kind;

    /**
     * Creates one.
     *
     * @param kind in which way the run fails
     * @param message one line for people; secrets in it are hidden by the run
     */
    public FailedException(FailureKind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /**
     * Returns in which way the run fails.
     *
     * @return the kind
     */
    public FailureKind kind() {
        return kind;
    }
}
