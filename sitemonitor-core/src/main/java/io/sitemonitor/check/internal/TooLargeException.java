package io.sitemonitor.check.internal;

import java.io.IOException;

/** The other side has sent more than a run takes. */
public final class TooLargeException extends IOException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates one.
     *
     * @param most how many bytes a run takes
     */
    public TooLargeException(long most) {
        super("answer has more than " + most + " bytes");
    }
}
