package io.sitemonitor.store;

import java.io.IOException;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * The records of one monitor, open.
 *
 * <p><b>Threads:</b> for one caller at a time.
 */
public interface OpenStore extends AutoCloseable {

    /**
     * Tells all records, in the order in which their keys were first written.
     *
     * @param reader gets the key and the bytes of each, which it must not change
     * @throws IOException if they cannot be read
     */
    void read(BiConsumer<String, byte[]> reader) throws IOException;

    /**
     * Says what could not be read when this was opened, because it was damaged.
     *
     * @return one line for each piece that is lost; empty if nothing is. What was cut off in the middle of a write is no loss: it
     *     had never been acknowledged
     */
    List<String> losses();

    /**
     * Makes changes, all of them or none, in this order. When this returns, they outlive the process.
     *
     * @param changes what to change
     * @throws IOException if that cannot be done now; nothing has been changed then, and it can be tried again, unless the
     *     process ends: whether the changes are found afterwards is open
     */
    void write(List<Change> changes) throws IOException;

    /** Lets others open it. Does nothing if it is closed already. */
    @Override
    void close();
}
