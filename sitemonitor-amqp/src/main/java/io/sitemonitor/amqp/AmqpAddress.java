package io.sitemonitor.amqp;

import io.sitemonitor.amqp.internal.UriText;
import io.sitemonitor.check.SafeText;
import java.util.Objects;

/**
 * Where a broker is and who asks: {@code amqp://guest:guest@host:5672/}.
 *
 * <ul>
 *   <li>{@code amqps} means TLS: chain and host name are verified.
 *   <li>Without user and password it is {@code guest} and {@code guest}; without a port 5672, with TLS 5671; without a
 *       host {@code localhost}. An IPv6 address is written in brackets.
 *   <li>No path and the path {@code /} both mean the virtual host {@code /}, and so does {@code /%2f}. Any other path is
 *       the name of the virtual host.
 *   <li>Whatever has a meaning in a URI is written percent-encoded in a user, a password or a virtual host.
 * </ul>
 *
 * <p>An address has no query. {@link AmqpBroker#at(String)} understands one, for what connects by it.
 *
 * <p>Immutable. The password appears in no text that this class makes.
 */
public final class AmqpAddress {

    private static final String GUEST = "guest";
    private static final int PLAIN_PORT = 5672;
    private static final int TLS_PORT = 5671;

    private final boolean tls;
    private final String host;
    private final int port;
    private final AmqpCredentials credentials;
    private final boolean showsUser;
    private final String virtualHost;

    private AmqpAddress(
            boolean tls, String host, int port, AmqpCredentials credentials, boolean showsUser, String virtualHost) {
        this.tls = tls;
        this.host = host;
        this.port = port;
        this.credentials = credentials;
        this.showsUser = showsUser;
        this.virtualHost = virtualHost;
    }

    /**
     * Reads an address.
     *
     * @param uri the address as a URI
     * @return the address
     * @throws IllegalArgumentException if it is not one; the message says what is wrong and holds no part of the
     *     credentials
     */
    public static AmqpAddress parse(String uri) {
        requirePlain(uri);
        boolean tls = uri.regionMatches(true, 0, "amqps://", 0, 8);
        if (!tls && !uri.regionMatches(true, 0, "amqp://", 0, 7)) {
            throw new IllegalArgumentException(
                    "an AMQP URI must begin with amqp:// or amqps://, as in amqp://user:password@host:5672/");
        }
        String rest = uri.substring(tls ? 8 : 7);
        int end = endOfAuthority(rest);
        String authority = rest.substring(0, end);
        String virtualHost = virtualHost(rest.substring(end));
        int at = authority.lastIndexOf('@');
        String login = at < 0 ? GUEST + ':' + GUEST : authority.substring(0, at);
        int colon = login.indexOf(':');
        String user = UriText.decode("user", colon < 0 ? login : login.substring(0, colon));
        String password = colon < 0 ? GUEST : UriText.decode("password", login.substring(colon + 1));
        String place = authority.substring(at + 1);
        int portAt = portAt(place);
        String host = host(place.substring(0, portAt));
        int port = port(place.substring(portAt), tls);
        return new AmqpAddress(tls, host, port, new AmqpCredentials(user, password), true, virtualHost);
    }

    /** Returns this address at another host and port, which are written as in an address: {@code host:5672}. */
    AmqpAddress withPlace(String place) {
        int portAt = portAt(place);
        if (portAt == 0) {
            throw new IllegalArgumentException("the host must not be empty");
        }
        return new AmqpAddress(
                tls,
                host(place.substring(0, portAt)),
                port(place.substring(portAt), tls),
                credentials,
                showsUser,
                virtualHost);
    }

    /** Returns host and port as they are written. */
    String place() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    /**
     * Returns this address with other credentials, which are taken as they are.
     *
     * @param user the user
     * @param password the password
     * @return the new address
     * @throws IllegalArgumentException if one of them holds the character NUL
     */
    public AmqpAddress withCredentials(String user, String password) {
        return new AmqpAddress(tls, host, port, new AmqpCredentials(user, password), true, virtualHost);
    }

    /** Returns this address for somebody whom it does not name. */
    AmqpAddress withoutCredentials() {
        return new AmqpAddress(tls, host, port, new AmqpCredentials("", ""), false, virtualHost);
    }

    /**
     * Returns this address with another virtual host, which is taken as it is.
     *
     * @param virtualHost the name of the virtual host
     * @return the new address
     * @throws IllegalArgumentException if the name is empty
     */
    public AmqpAddress withVirtualHost(String virtualHost) {
        if (Objects.requireNonNull(virtualHost, "virtualHost").isEmpty()) {
            throw new IllegalArgumentException("the virtual host must not be empty; the usual one is called /");
        }
        return new AmqpAddress(tls, host, port, credentials, showsUser, virtualHost);
    }

    /**
     * Tells whether the connection is encrypted.
     *
     * @return true for {@code amqps}
     */
    public boolean tls() {
        return tls;
    }

    /**
     * Returns the host.
     *
     * @return a name or an address, without brackets
     */
    public String host() {
        return host;
    }

    /**
     * Returns the port.
     *
     * @return a number from 1 to 65535
     */
    public int port() {
        return port;
    }

    /**
     * Returns the user.
     *
     * @return the user, decoded
     */
    public String user() {
        return credentials.user();
    }

    /**
     * Returns the password, which must not be shown to anybody.
     *
     * @return the password, decoded
     */
    public String password() {
        return credentials.password();
    }

    AmqpCredentials credentials() {
        return credentials;
    }

    /**
     * Returns the virtual host.
     *
     * @return its name, decoded; {@code /} for the usual one
     */
    public String virtualHost() {
        return virtualHost;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AmqpAddress that
                && tls == that.tls
                && port == that.port
                && host.equals(that.host)
                && credentials.equals(that.credentials)
                && showsUser == that.showsUser
                && virtualHost.equals(that.virtualHost);
    }

    @Override
    public int hashCode() {
        return Objects.hash(tls, host, port, credentials.user(), virtualHost);
    }

    /** Returns the address without the password, fit for a log. */
    @Override
    public String toString() {
        return shownAt(place());
    }

    /** Returns the address without the password at other places, as they are written. */
    String shownAt(String places) {
        String login = showsUser ? UriText.encode(credentials.user()) + ":***@" : "";
        String shownVirtualHost = virtualHost.equals("/") ? "/" : "/" + UriText.encode(virtualHost);
        return SafeText.line((tls ? "amqps://" : "amqp://") + login + places + shownVirtualHost, 500);
    }

    /** Refuses what must not stand anywhere in a URI. */
    static void requirePlain(String uri) {
        Objects.requireNonNull(uri, "uri");
        for (int i = 0; i < uri.length(); i++) {
            if (uri.charAt(i) <= ' ' || uri.charAt(i) == 0x7F) {
                throw new IllegalArgumentException("an AMQP URI must not contain spaces or control characters,"
                        + " but has one at position " + i + "; write it percent-encoded");
            }
        }
    }

    private static int endOfAuthority(String rest) {
        for (int i = 0; i < rest.length(); i++) {
            char c = rest.charAt(i);
            if (c == '/' || c == '?' || c == '#') {
                return i;
            }
        }
        return rest.length();
    }

    private static int portAt(String place) {
        int portAt = place.startsWith("[") ? place.indexOf(']') + 1 : lastOr(place, place.indexOf(':'));
        if (place.startsWith("[") && portAt == 0) {
            throw new IllegalArgumentException("the host of an AMQP URI begins with [ and must end with ]");
        }
        return portAt;
    }

    private static int lastOr(String place, int index) {
        return index < 0 ? place.length() : index;
    }

    private static String virtualHost(String path) {
        if (path.indexOf('?') >= 0) {
            throw new IllegalArgumentException(
                    "an AMQP URI must not have a query; set what it says with the options beside it");
        }
        if (path.indexOf('#') >= 0) {
            throw new IllegalArgumentException("an AMQP URI must not have a fragment; write # as %23");
        }
        if (path.isEmpty() || path.equals("/")) {
            return "/";
        }
        if (path.indexOf('/', 1) >= 0) {
            throw new IllegalArgumentException("the virtual host of an AMQP URI must be one segment of the path;"
                    + " write a / in its name as %2f");
        }
        return UriText.decode("virtual host", path.substring(1));
    }

    private static String host(String text) {
        if (text.isEmpty()) {
            return "localhost";
        }
        String host = UriText.decode("host", text.startsWith("[") ? text.substring(1, text.length() - 1) : text);
        if (host.isBlank() || !SafeText.isLine(host)) {
            throw new IllegalArgumentException("the host of an AMQP URI must not be empty or hold control characters");
        }
        return host;
    }

    private static int port(String text, boolean tls) {
        if (text.isEmpty() || text.equals(":")) {
            return tls ? TLS_PORT : PLAIN_PORT;
        }
        int port = text.startsWith(":") && text.length() <= 6 ? UriText.number(text.substring(1)) : -1;
        if (port < 1 || port > 65_535) {
            // what stands there may be a part of a password with a / or a second : in it, so it is not shown
            throw new IllegalArgumentException("the port of an AMQP URI must be a number from 1 to 65535;"
                    + " write :, / and @ in a password percent-encoded");
        }
        return port;
    }
}
