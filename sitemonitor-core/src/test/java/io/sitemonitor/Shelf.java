package io.sitemonitor;

import io.sitemonitor.store.Store;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A store with which a test plays what happens to processes and places. */
interface Shelf extends Store {

    /** Lets each write fail; null to let them succeed again. */
    void failWith(@Nullable IOException thrown);

    /** The process that has it open ends at once. */
    void kill() throws Exception;

    /** Counts the records of a monitor that is running. */
    int size(String monitor) throws IOException;
}
