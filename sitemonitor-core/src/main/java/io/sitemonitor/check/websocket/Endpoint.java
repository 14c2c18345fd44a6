package io.sitemonitor.check.websocket;

import io.sitemonitor.check.SafeText;
import io.sitemonitor.check.Secret;
import io.sitemonitor.check.internal.HostNames;
import io.sitemonitor.check.internal.LineText;
import io.sitemonitor.check.internal.SecretNames;
import io.sitemonitor.check.internal.Wording;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An address of WebSocket (RFC 6455, section 3).
 *
 * @param secure whether it is one of {@code wss}
 * @param host the host, an address of IPv6 without brackets
 * @param port the port
 * @param path the path, at least a slash
 * @param query the query without its question mark, or null
 */
record Endpoint(
        boolean secure,
        String host,
        int port,
        String path,
        @Nullable String query) {

    private static final int MAX = 2_000;
    private static final int MAX_SHOWN = 200;
    private static final int PLAIN_PORT = 80;
    private static final int SECURE_PORT = 443;
    private static final int MOST_DIGITS = 5;

    static Endpoint of(String url) {
        Objects.requireNonNull(url, "url");
        boolean secure = url.regionMatches(true, 0, "wss://", 0, 6);
        if (!secure && !url.regionMatches(true, 0, "ws://", 0, 5)) {
            throw refused("begin with ws:// or wss://", url);
        }
        if (url.length() > MAX) {
            throw new IllegalArgumentException("url must have at most " + MAX + " characters, but has " + url.length());
        }
        if (url.indexOf('#') >= 0) {
            throw refused("have no fragment", url);
        }
        int from = url.indexOf("//") + 2;
        int end = from;
        while (end < url.length() && url.charAt(end) != '/' && url.charAt(end) != '?') {
            end++;
        }
        String authority = url.substring(from, end);
        if (authority.indexOf('@') >= 0) {
            throw refused("have no user; send a header", url);
        }
        String rest = url.substring(end);
        if (!LineText.isPrintableAscii(rest) || rest.indexOf(' ') >= 0) {
            throw refused("have path and query in plain ASCII, with all else encoded", url);
        }
        int question = rest.indexOf('?');
        String path = question < 0 ? rest : rest.substring(0, question);
        int colon = portColon(authority);
        return new Endpoint(
                secure,
                host(colon < 0 ? authority : authority.substring(0, colon)),
                colon < 0 ? secure ? SECURE_PORT : PLAIN_PORT : port(authority.substring(colon + 1), url),
                path.isEmpty() ? "/" : path,
                question < 0 ? null : rest.substring(question + 1));
    }

    /** Where the port begins, or -1; the colons of an address of IPv6 stand within its brackets. */
    private static int portColon(String authority) {
        int colon = authority.lastIndexOf(':');
        return colon > authority.lastIndexOf(']') ? colon : -1;
    }

    private static String host(String text) {
        return HostNames.require(LineText.isPrintableAscii(text) ? text : HostNames.ascii(text));
    }

    private static int port(String text, String url) {
        boolean number =
                !text.isEmpty() && text.length() <= MOST_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!number) {
            throw refused("have a port from 1 to 65535, or none", url);
        }
        return HostNames.requirePort(Integer.parseInt(text));
    }

    private static IllegalArgumentException refused(String rule, String url) {
        int end = url.indexOf('?');
        String open = end < 0 ? url : url.substring(0, end) + "?…";
        String shown = open.substring(open.lastIndexOf('@') + 1);
        return new IllegalArgumentException("url must " + rule + ", but was '"
                + (shown.equals(open) ? "" : "***@")
                + SafeText.line(shown, MAX_SHOWN) + "'");
    }

    String scheme() {
        return secure ? "wss" : "ws";
    }

    /** Host and port as they stand in the address and in the head of the request. */
    String authority() {
        String full = Wording.address(host, port);
        boolean usual = port == (secure ? SECURE_PORT : PLAIN_PORT);
        return usual ? full.substring(0, full.lastIndexOf(':')) : full;
    }

    /** What is asked for. */
    String resource() {
        return query == null ? path : path + "?" + query;
    }

    /** The address as it may be shown: with the values of secret parameters masked. */
    String shown() {
        StringBuilder text = new StringBuilder(scheme()).append("://");
        text.append(authority()).append(path);
        char separator = '?';
        for (String parameter : parameters()) {
            int equals = parameter.indexOf('=');
            text.append(separator).append(isSecret(parameter) ? parameter.substring(0, equals) + "=***" : parameter);
            separator = '&';
        }
        return text.toString();
    }

    /** The values of secret parameters, as they are sent and as they are meant. */
    List<Secret> secrets() {
        List<Secret> secrets = new ArrayList<>();
        for (String parameter : parameters()) {
            String value = parameter.substring(parameter.indexOf('=') + 1);
            if (isSecret(parameter) && !value.isEmpty()) {
                secrets.add(Secret.of(value));
                secrets.add(Secret.of(decoded(value)));
            }
        }
        return secrets;
    }

    private List<String> parameters() {
        return query == null ? List.of() : List.of(query.split("&", -1));
    }

    private static boolean isSecret(String parameter) {
        int equals = parameter.indexOf('=');
        return equals >= 0 && SecretNames.isOne(decoded(parameter.substring(0, equals)));
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text; // it is sent as it is, whatever it may mean
        }
    }
}
