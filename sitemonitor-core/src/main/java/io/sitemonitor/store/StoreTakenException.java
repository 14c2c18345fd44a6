package io.sitemonitor.store;

import java.io.IOException;

/** Two monitors of one name want the same records: one of them would undo what the other does. */
public final class StoreTakenException extends IOException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates one.
     *
     * @param message which records, and who has them as far as that is known
     */
    public StoreTakenException(String message) {
        super(message);
    }
}
