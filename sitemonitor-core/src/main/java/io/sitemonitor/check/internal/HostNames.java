package io.sitemonitor.check.internal;

import io.sitemonitor.check.SafeText;
import java.net.IDN;
import java.util.Objects;

/** What may stand where a host or a port is asked for. */
public final class HostNames {

    private static final int MOST_WRITTEN = 1_000;

    private static final int MAX_HOST = 255;
    private static final int MAX_PORT = 65_535;

    private HostNames() {}

    /**
     * Writes a name in ASCII, with A-labels for what is not (RFC 3490).
     *
     * @param name the name
     * @return the same in ASCII
     * @throws IllegalArgumentException if it cannot be written so
     */
    public static String ascii(String name) {
        if (name.length() > MOST_WRITTEN) { // newer Java runtimes throw something else then
            throw new IllegalArgumentException("name has more than " + MOST_WRITTEN + " characters");
        }
        return IDN.toASCII(name);
    }

    /**
     * Refuses what is no host.
     *
     * @param host a name, or an address of IPv4 or IPv6, the latter with or without brackets
     * @return the host without brackets
     * @throws IllegalArgumentException if the host is empty, longer than 255 characters or holds spaces or control
     *     characters, or a port
     */
    public static String require(String host) {
        Objects.requireNonNull(host, "host");
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        boolean plain = !bare.isEmpty() && bare.length() <= MAX_HOST && SafeText.isLine(bare);
        for (int i = 0; plain && i < bare.length(); i++) {
            char c = bare.charAt(i);
            plain = !Character.isWhitespace(c) && c != '/' && c != '@' && c != '[' && c != ']';
        }
        if (!plain) {
            throw new IllegalArgumentException("host must be a name or an address such as gw.internal or 192.0.2.7, "
                    + "but was '" + SafeText.line(host, 60) + "'");
        }
        if (bare.indexOf(':') >= 0 && NameLookup.literal(bare) == null) {
            throw new IllegalArgumentException(
                    "host must be a name or an address without a port, but was '" + bare + "'");
        }
        return bare;
    }

    /**
     * Refuses what is no port.
     *
     * @param port the port
     * @return the port
     * @throws IllegalArgumentException if it is outside 1 to 65535
     */
    public static int requirePort(int port) {
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("port must be from 1 to " + MAX_PORT + ", but was " + port);
        }
        return port;
    }
}
