package io.sitemonitor.check.http;

import io.sitemonitor.check.SafeText;
import io.sitemonitor.check.internal.SecretNames;
import io.sitemonitor.check.internal.Wording;
import java.util.Objects;
import okhttp3.HttpUrl;

/** Reads addresses, and writes them without what is secret in them. */
final class Urls {

    private static final int MAX = 8_000;
    private static final int MAX_SHOWN = 200;

    private Urls() {}

    static HttpUrl require(String url) {
        Objects.requireNonNull(url, "url");
        String shown = "'" + SafeText.line(shorten(url), MAX_SHOWN) + "'";
        if (url.length() > MAX) {
            throw new IllegalArgumentException("url must have at most " + MAX + " characters, but has " + url.length());
        }
        if (!SafeText.isLine(url)) {
            throw new IllegalArgumentException("url must not contain control characters, but was " + shown);
        }
        if (!url.regionMatches(true, 0, "http://", 0, 7) && !url.regionMatches(true, 0, "https://", 0, 8)) {
            throw new IllegalArgumentException("url must begin with http:// or https://, but was " + shown);
        }
        HttpUrl parsed = HttpUrl.parse(url);
        // lenient parsers take http:///path for a host named path
        if (parsed == null || url.charAt(url.indexOf("//") + 2) == '/') {
            throw new IllegalArgumentException(
                    "url must name a host and, if any, a port from 1 to 65535, but was " + shown);
        }
        return parsed;
    }

    /** The address as it may be shown: without user, password and fragment, and with secret parameters masked. */
    static String shown(HttpUrl url) {
        StringBuilder text = new StringBuilder(url.scheme()).append("://");
        if (url.port() == HttpUrl.defaultPort(url.scheme())) {
            text.append(url.host().indexOf(':') >= 0 ? "[" + url.host() + "]" : url.host());
        } else {
            text.append(Wording.address(url.host(), url.port()));
        }
        text.append(url.encodedPath());
        String query = url.encodedQuery();
        if (query == null) {
            return text.toString();
        }
        char separator = '?';
        int from = 0;
        for (int i = 0; i < url.querySize(); i++) {
            int end = query.indexOf('&', from);
            String part = query.substring(from, end < 0 ? query.length() : end);
            int equals = part.indexOf('=');
            text.append(separator);
            if (equals >= 0 && SecretNames.isOne(url.queryParameterName(i))) {
                text.append(part, 0, equals).append("=***");
            } else {
                text.append(part);
            }
            separator = '&';
            from = end + 1;
        }
        return text.toString();
    }

    static boolean sameOrigin(HttpUrl a, HttpUrl b) {
        return a.scheme().equals(b.scheme()) && a.host().equals(b.host()) && a.port() == b.port();
    }

    /** What is left of a text that is no address when everything that could be secret is cut off. */
    private static String shorten(String url) {
        int end = url.length();
        for (int i = 0; i < url.length(); i++) {
            char c = url.charAt(i);
            if (c == '?' || c == '#') {
                end = i;
                break;
            }
        }
        int at = url.lastIndexOf('@', end - 1);
        String rest = at < 0 ? url.substring(0, end) : "***" + url.substring(at, end);
        int scheme = url.indexOf("://");
        if (at >= 0 && scheme >= 0 && scheme < at) {
            rest = url.substring(0, scheme + 3) + rest;
        }
        return end < url.length() ? rest + "…" : rest;
    }
}
