package io.sitemonitor.alert.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Judges the addresses that alerts are sent to. An address may be a secret itself, so nothing but its host is ever shown.
 * Stateless.
 */
public final class HttpAddress {

    /** Shorter pieces of an address are words, such as {@code services}; nobody makes a secret that short. */
    private static final int SHORTEST_SECRET = 16;

    private HttpAddress() {}

    /**
     * Reads the address of a service that others run: what is sent there must not be readable on the way.
     *
     * @param what what the address is, such as {@code the endpoint}
     * @param url the address: https, or http to this machine, without credentials
     * @param example one that would do
     * @param instead the option that takes credentials; null if there is none
     * @return the address
     * @throws IllegalArgumentException if it is none like that
     */
    public static HttpUrl service(String what, String url, String example, @Nullable String instead) {
        HttpUrl parsed = parse(what, url, instead);
        if (parsed == null || hasCredentials(parsed) || !(parsed.isHttps() || isLoopback(parsed.host()))) {
            throw refused(
                    what + " must be an https URL, or an http URL of this machine, without credentials",
                    example,
                    parsed);
        }
        return parsed;
    }

    /**
     * Reads the address of a server that the user runs, which may be within a network of its own: http will do.
     *
     * @param what what the address is, such as {@code the server}
     * @param url the address: https or http, without credentials
     * @param example one that would do
     * @param instead the option that takes credentials; null if there is none
     * @return the address
     * @throws IllegalArgumentException if it is none like that
     */
    public static HttpUrl own(String what, String url, String example, @Nullable String instead) {
        HttpUrl parsed = parse(what, url, instead);
        if (parsed == null || hasCredentials(parsed)) {
            throw refused(what + " must be an https or http URL without credentials", example, parsed);
        }
        return parsed;
    }

    /**
     * Reads an address to which people are led.
     *
     * @param text any text, or null
     * @return the address if it is one of https or http without credentials, otherwise null
     */
    public static @Nullable String link(@Nullable String text) {
        HttpUrl parsed = text == null ? null : HttpUrl.parse(text);
        return parsed == null || hasCredentials(parsed) ? null : parsed.toString();
    }

    /**
     * Takes an address apart of which everything but the host is a secret.
     *
     * @param url the address
     * @return what must be shown nowhere
     */
    public static List<String> secretsOf(HttpUrl url) {
        List<String> secrets = new ArrayList<>();
        if (url.encodedPath().length() >= SHORTEST_SECRET) {
            secrets.add(url.encodedPath());
        }
        for (String segment : url.pathSegments()) {
            addIfLong(secrets, segment);
        }
        for (int i = 0; i < url.querySize(); i++) {
            addIfLong(secrets, url.queryParameterValue(i));
        }
        return secrets;
    }

    private static void addIfLong(List<String> secrets, @Nullable String piece) {
        if (piece != null && piece.length() >= SHORTEST_SECRET) {
            secrets.add(piece);
        }
    }

    private static @Nullable HttpUrl parse(String what, String url, @Nullable String instead) {
        HttpUrl parsed = HttpUrl.parse(Objects.requireNonNull(url, "url"));
        if (parsed != null && instead != null && hasCredentials(parsed)) {
            throw new IllegalArgumentException(
                    what + " must not hold credentials; give them by " + instead + "; it was that of " + shown(parsed));
        }
        return parsed;
    }

    private static IllegalArgumentException refused(String rule, String example, @Nullable HttpUrl url) {
        return new IllegalArgumentException(
                rule + ", such as " + example + (url == null ? "" : ", but was that of " + shown(url)));
    }

    private static String shown(HttpUrl url) {
        return url.scheme() + "://" + url.host();
    }

    private static boolean hasCredentials(HttpUrl url) {
        return !url.username().isEmpty() || !url.password().isEmpty();
    }

    private static boolean isLoopback(String host) {
        boolean isV4 = host.startsWith("127.") && host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
        return isV4 || host.equals("localhost") || host.equals("::1");
    }
}
