package io.sitemonitor.check;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Turns the name of a host into addresses, for a check that is not to ask the system. One that is to make equal checks
 * equal should implement {@code equals}.
 *
 * <p><b>Threads:</b> called by threads of the name lookup, which it may block; for one name once at a time, for several
 * names at once. Whoever waits for an answer gives up at the deadline of its run, whatever this does.
 */
@FunctionalInterface
public interface Resolver {

    /**
     * Looks up a name.
     *
     * @param host the name as the check has it
     * @return its addresses, the one to be tried first in front; none counts as an unknown name
     * @throws UnknownHostException if there is no such name; its message is shown
     */
    List<InetAddress> resolve(String host) throws UnknownHostException;
}
