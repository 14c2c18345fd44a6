package io.sitemonitor.check.rdap;

import io.sitemonitor.check.internal.http.Json;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the list of registries (RFC 9224) says of one domain, kept for a day. Safe for use by any number of threads; two
 * that find nothing kept both ask.
 */
final class Bootstrap {

    private static final long DAY = Duration.ofDays(1).toNanos();

    private record Kept(HttpUrl server, long since) {}

    private final AtomicReference<@Nullable Kept> kept = new AtomicReference<>();

    /** Returns the server that was found within the last day, or null. */
    @Nullable
    HttpUrl fresh(long now) {
        Kept found = kept.get();
        return found != null && now - found.since < DAY ? found.server : null;
    }

    /** Returns the server that was found at any time, or null. */
    @Nullable
    HttpUrl stale() {
        Kept found = kept.get();
        return found == null ? null : found.server;
    }

    void keep(HttpUrl server, long now) {
        kept.set(new Kept(server, now));
    }

    /** Tells whether a document is a list of registries. */
    static boolean isOne(JsonNode document) {
        return document.path("services").isArray();
    }

    /** Finds the server of the registry whose part of the name is the longest; null if there is none. */
    static @Nullable HttpUrl server(JsonNode document, String domain) {
        HttpUrl found = null;
        int longest = 0;
        for (JsonNode service : document.path("services")) {
            for (JsonNode entry : service.path(0)) {
                String suffix = DomainName.ascii(String.valueOf(Json.text(entry)));
                HttpUrl server = domain.endsWith("." + suffix) ? server(service.path(1)) : null;
                if (server != null && suffix.length() > longest) {
                    longest = suffix.length();
                    found = server;
                }
            }
        }
        return found;
    }

    /** Prefers what is encrypted. */
    private static @Nullable HttpUrl server(JsonNode addresses) {
        HttpUrl found = null;
        for (JsonNode address : addresses) {
            HttpUrl url = address.isString() ? HttpUrl.parse(address.stringValue()) : null;
            if (url != null && (found == null || (url.isHttps() && !found.isHttps()))) {
                found = Settings.folder(url);
            }
        }
        return found;
    }
}
