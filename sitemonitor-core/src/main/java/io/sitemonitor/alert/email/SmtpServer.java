package io.sitemonitor.alert.email;

import io.sitemonitor.check.SafeText;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where mail is handed over: what an SMTP URL says. Shows no credentials, not even when the URL cannot be read.
 */
record SmtpServer(
        boolean tlsFromStart,
        String host,
        int port,
        @Nullable StartTls asked,
        @Nullable String user,
        @Nullable String password) {

    private static final String EXAMPLE = "; write it like smtp://user:password@mail.example:587?starttls=required";

    /** What to do with a server that offers to encrypt. */
    enum StartTls {
        /** No mail without it. */
        REQUIRED,
        /** Taken if offered. */
        OPTIONAL,
        /** Not asked for. */
        OFF
    }

    static SmtpServer parse(String url) {
        Objects.requireNonNull(url, "url");
        boolean tlsFromStart = startsWith(url, "smtps://");
        if (!tlsFromStart && !startsWith(url, "smtp://")) {
            throw new IllegalArgumentException("an SMTP URL must begin with smtp:// or smtps://" + EXAMPLE);
        }
        String rest = url.substring(url.indexOf("//") + 2);
        int userEnd = rest.lastIndexOf('@');
        String place = rest.substring(userEnd + 1);
        int query = place.indexOf('?');
        StartTls asked = query < 0 ? null : startTls(place.substring(query + 1));
        if (asked != null && tlsFromStart) {
            throw new IllegalArgumentException(
                    "starttls belongs to smtp://; a connection of smtps:// is encrypted from the start");
        }
        String hostAndPort = query < 0 ? place : place.substring(0, query);
        if (hostAndPort.endsWith("/")) {
            hostAndPort = hostAndPort.substring(0, hostAndPort.length() - 1);
        }
        int colon = hostAndPort.lastIndexOf(':');
        boolean hasPort = colon > hostAndPort.lastIndexOf(']');
        String host = hasPort ? hostAndPort.substring(0, colon) : hostAndPort;
        int port = hasPort ? port(hostAndPort.substring(colon + 1)) : tlsFromStart ? 465 : 25;
        SmtpServer server = new SmtpServer(tlsFromStart, host(host), port, asked, null, null);
        return userEnd < 0 ? server : server.withUserInfo(rest.substring(0, userEnd));
    }

    SmtpServer with(String user, String password) {
        if (user.isEmpty() || password.isEmpty()) {
            throw new IllegalArgumentException("the credentials of a mail server need a user and a password");
        }
        return new SmtpServer(tlsFromStart, host, port, asked, user, password);
    }

    /**
     * What to do about encryption: as asked; otherwise nothing on this machine, insisting where a password would cross
     * the network, and taking what is offered elsewhere.
     */
    StartTls startTls() {
        if (tlsFromStart) {
            return StartTls.OFF;
        }
        if (asked != null) {
            return asked;
        }
        return isLoopback() ? StartTls.OFF : user == null ? StartTls.OPTIONAL : StartTls.REQUIRED;
    }

    /** The address without the credentials. */
    String shown() {
        return (tlsFromStart ? "smtps://" : "smtp://") + (host.indexOf(':') < 0 ? host : '[' + host + ']') + ':' + port;
    }

    @Override
    public String toString() {
        return shown();
    }

    private boolean isLoopback() {
        boolean isV4 = host.startsWith("127.") && host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
        return isV4 || host.equalsIgnoreCase("localhost") || host.equals("::1");
    }

    private SmtpServer withUserInfo(String userInfo) {
        int colon = userInfo.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("the credentials in an SMTP URL need a user and a password" + EXAMPLE);
        }
        return with(decoded(userInfo.substring(0, colon)), decoded(userInfo.substring(colon + 1)));
    }

    private static String decoded(String part) {
        try {
            return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // Its message quotes the credentials, so it is not passed on.
            throw new IllegalArgumentException(
                    "the credentials in an SMTP URL are not percent-encoded rightly: '%' must be written '%25'");
        }
    }

    private static StartTls startTls(String query) {
        return switch (query) {
            case "starttls=required" -> StartTls.REQUIRED;
            case "starttls=optional" -> StartTls.OPTIONAL;
            case "starttls=off" -> StartTls.OFF;
            default ->
                // Only what cannot hold a password is quoted.
                throw new IllegalArgumentException("an SMTP URL takes ?starttls=required, optional or off, but has '"
                        + SafeText.line(query.startsWith("starttls=") ? until(query, '&') : until(query, '='), 40)
                        + "'");
        };
    }

    private static String until(String text, char end) {
        int at = text.indexOf(end);
        return at < 0 ? text : text.substring(0, at);
    }

    private static String host(String written) {
        boolean bracketed = written.startsWith("[") && written.endsWith("]");
        String host = bracketed ? written.substring(1, written.length() - 1) : written;
        String signs = bracketed ? ".:%" : ".-_";
        boolean valid = !host.isEmpty()
                && host.length() <= 253
                && host.chars().allMatch(c -> (c < 0x80 && Character.isLetterOrDigit(c)) || signs.indexOf(c) >= 0);
        if (!valid) {
            throw new IllegalArgumentException("an SMTP URL needs the name or address of a host, but has '"
                    + SafeText.line(host, 60) + "'" + EXAMPLE);
        }
        return host;
    }

    private static int port(String written) {
        boolean digits =
                !written.isEmpty() && written.length() <= 5 && written.chars().allMatch(c -> c >= '0' && c <= '9');
        int port = digits ? Integer.parseInt(written) : 0;
        if (port < 1 || port > 65_535) {
            // Where the host was forgotten, what stands in the place of the port is a password.
            String was = digits ? ", but was " + written : ", but is not a number";
            throw new IllegalArgumentException("the port of an SMTP URL must be from 1 to 65535" + was + EXAMPLE);
        }
        return port;
    }

    private static boolean startsWith(String url, String scheme) {
        return url.regionMatches(true, 0, scheme, 0, scheme.length());
    }
}
