package io.sitemonitor.check.http;

import io.sitemonitor.check.internal.Mask;
import io.sitemonitor.check.internal.SecretNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import okhttp3.HttpUrl;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** Finds what a check was configured with and nobody may read. */
final class Secrets {

    private static final Set<String> OPEN_HEADERS = Set.of(
            "accept",
            "accept-charset",
            "accept-encoding",
            "accept-language",
            "cache-control",
            "connection",
            "content-type",
            "host",
            "origin",
            "pragma",
            "user-agent");

    private final List<String> texts = new ArrayList<>();

    private Secrets() {}

    /** Returns what hides the secrets of a check that are the same with each run. */
    static Mask of(Ask ask, Request request) {
        Secrets secrets = new Secrets();
        secrets.collect(ask, request);
        return Mask.of(secrets.texts);
    }

    private void collect(Ask ask, Request request) {
        HttpUrl url = ask.url();
        add(url.password());
        add(url.encodedPassword());
        for (int i = 0; i < url.querySize(); i++) {
            if (SecretNames.isOne(url.queryParameterName(i))) {
                add(url.queryParameterValue(i));
                addEncoded(url, i);
            }
        }
        String authorization = request.header("Authorization");
        if (authorization != null) {
            add(authorization.substring(authorization.indexOf(' ') + 1));
        }
        for (Map.Entry<String, String> header : ask.headers().entrySet()) {
            if (!OPEN_HEADERS.contains(header.getKey().toLowerCase(Locale.ROOT))) {
                add(header.getValue());
            }
        }
        if (ask.body() != null) {
            add(ask.body().text());
        }
    }

    private void addEncoded(HttpUrl url, int index) {
        String query = url.encodedQuery();
        int from = 0;
        for (int i = 0; query != null && i < index; i++) {
            from = query.indexOf('&', from) + 1;
        }
        if (query != null) {
            int end = query.indexOf('&', from);
            String part = query.substring(from, end < 0 ? query.length() : end);
            add(part.substring(part.indexOf('=') + 1));
        }
    }

    private void add(@Nullable String text) {
        if (text != null) {
            texts.add(text);
        }
    }
}
