package io.sitemonitor.check.http;

import io.sitemonitor.check.Secret;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** What a request has that is not the same with each run: secrets, which may be rotated, and what keeps caches away. */
record Extras(
        Map<String, Secret> headers,
        Map<String, Secret> query,
        @Nullable HttpAuth auth,
        boolean bustsCaches) {

    static final Extras NONE = new Extras(Map.of(), Map.of(), null, false);

    /** The parameter that no cache has seen before. */
    private static final String BUSTER = "_";

    Extras {
        headers = headers.isEmpty() ? Map.of() : Collections.unmodifiableMap(headers);
        query = query.isEmpty() ? Map.of() : Collections.unmodifiableMap(query);
    }

    Extras header(String name, Secret value) {
        Map<String, Secret> more = new LinkedHashMap<>(headers);
        more.keySet().removeIf(name::equalsIgnoreCase);
        more.put(name, Objects.requireNonNull(value, "value"));
        return new Extras(more, query, auth, bustsCaches);
    }

    Extras withoutHeader(String name) {
        Map<String, Secret> fewer = new LinkedHashMap<>(headers);
        return fewer.keySet().removeIf(name::equalsIgnoreCase) ? new Extras(fewer, query, auth, bustsCaches) : this;
    }

    Extras query(String name, Secret value) {
        Map<String, Secret> more = new LinkedHashMap<>(query);
        more.put(name, Objects.requireNonNull(value, "value"));
        return new Extras(headers, more, auth, bustsCaches);
    }

    Extras auth(HttpAuth how) {
        return new Extras(headers, query, how, bustsCaches);
    }

    Extras bustCaches() {
        return new Extras(headers, query, auth, true);
    }

    /** Adds what belongs to the address of the check alone. */
    HttpUrl address(HttpUrl url) {
        if (query.isEmpty() && !bustsCaches) {
            return url;
        }
        HttpUrl.Builder full = url.newBuilder();
        query.forEach((name, value) -> full.addQueryParameter(name, value.reveal()));
        if (bustsCaches) {
            full.setQueryParameter(
                    BUSTER, Long.toString(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE), 36));
        }
        return full.build();
    }

    /** Adds what every request to the origin of the check has. */
    void sign(Request.Builder request) {
        headers.forEach((name, value) -> request.header(name, requirePlain(name, value.reveal())));
        if (auth instanceof HttpAuth.Basic basic) {
            request.header(
                    "Authorization",
                    Credentials.basic(basic.user(), basic.secret().reveal(), StandardCharsets.UTF_8));
        } else if (auth instanceof HttpAuth.Bearer bearer) {
            request.header(
                    "Authorization",
                    "Bearer " + requirePlain("Authorization", bearer.secret().reveal()));
        }
        if (bustsCaches) {
            request.header("Cache-Control", "no-cache");
        }
    }

    /** What may be shown nowhere, in each form in which it is sent. */
    List<String> secrets() {
        List<String> texts = new ArrayList<>();
        headers.values().forEach(each -> texts.add(each.reveal()));
        for (Secret each : query.values()) {
            String encoded = new HttpUrl.Builder()
                    .scheme("http")
                    .host("a")
                    .addQueryParameter("a", each.reveal())
                    .build()
                    .encodedQuery();
            texts.add(each.reveal());
            texts.add(Objects.requireNonNull(encoded).substring(2));
        }
        if (auth != null) {
            texts.add(auth.secret().reveal());
        }
        if (auth instanceof HttpAuth.Basic basic) {
            texts.add(Credentials.basic(basic.user(), basic.secret().reveal(), StandardCharsets.UTF_8)
                    .substring("Basic ".length()));
        }
        return texts;
    }

    private static String requirePlain(String name, String value) {
        if (!Ask.isPlain(value)) {
            throw new IllegalStateException("the secret for the header " + name
                    + " must be ASCII without control characters, such as ends of lines");
        }
        return value;
    }
}
