package io.sitemonitor.store;

import java.io.IOException;

/**
 * A place where a monitor keeps what must outlive the process: alerts that are not delivered yet, states, open incidents.
 *
 * <p><b>Threads:</b> implementations are safe for use by any number of threads.
 */
@FunctionalInterface
public interface Store {

    /**
     * Opens what is kept for one monitor. Called once, at the start of the monitor; may take its time.
     *
     * @param monitor the name of the monitor; monitors of different names share nothing
     * @return what is kept
     * @throws StoreTakenException if somebody else has it open
     * @throws IOException if it cannot be read or written
     */
    OpenStore open(String monitor) throws IOException;
}
