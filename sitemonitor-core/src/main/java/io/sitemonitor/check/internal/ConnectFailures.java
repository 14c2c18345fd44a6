package io.sitemonitor.check.internal;

import java.net.ConnectException;
import java.net.PortUnreachableException;
import java.util.Locale;

/** Says why nobody could be reached. */
public final class ConnectFailures {

    private ConnectFailures() {}

    /**
     * Describes an attempt that failed.
     *
     * @param peer who was to be reached
     * @param thrown what it threw
     * @return one line for people
     */
    public static String describe(String peer, Exception thrown) {
        String reason = String.valueOf(TlsFailures.root(thrown).getMessage());
        boolean isRefused = thrown instanceof PortUnreachableException
                || thrown instanceof ConnectException
                        && reason.toLowerCase(Locale.ROOT).startsWith("connection refused");
        return isRefused ? "connection refused by " + peer : "no connection to " + peer + ": " + reason;
    }
}
