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
        this(most, "bytes");
    }

    /**
     * Creates one.
     *
     * @param most how many a run takes
     * @param what of what, such as {@code records}
     */
    public TooLargeException(long most, String what) {
        super("answer has more than " + most + " " + what);
    }
}
