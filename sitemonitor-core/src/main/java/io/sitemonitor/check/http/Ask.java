package io.sitemonitor.check.http;

import io.sitemonitor.check.Secret;
import io.sitemonitor.check.internal.LineText;
import io.sitemonitor.check.internal.http.Wire;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import okhttp3.Credentials;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/** What is asked: method, address, headers by name, of which no two differ in case alone, and body. */
record Ask(
        String method,
        HttpUrl url,
        Map<String, String> headers,
        @Nullable Body body,
        Extras extras) {

    private static final int MAX_HEADERS = 64;
    private static final int MAX_HEADER = 8_000;
    private static final int MAX_BODY = 1024 * 1024;
    private static final int MAX_METHOD = 32;

    /** A body and its type. */
    record Body(String type, String text) {
        @Override
        public String toString() {
            return type;
        }
    }

    Ask {
        headers = headers.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    static Ask of(String method, String url) {
        return new Ask(requireMethod(method), Urls.require(url), Map.of(), null, Extras.NONE);
    }

    Ask header(String name, String value) {
        requireHeader(name, value);
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.keySet().removeIf(name::equalsIgnoreCase);
        more.put(name, value);
        requireRoom(more.size() + extras.headers().size());
        return new Ask(method, url, more, body, extras.withoutHeader(name));
    }

    Ask header(String name, Secret value) {
        requireHeader(name, "");
        Map<String, String> fewer = new LinkedHashMap<>(headers);
        fewer.keySet().removeIf(name::equalsIgnoreCase);
        Extras more = extras.header(name, value);
        requireRoom(fewer.size() + more.headers().size());
        return new Ask(method, url, fewer, body, more);
    }

    Ask query(String name, String value) {
        Objects.requireNonNull(value, "value");
        HttpUrl longer = url.newBuilder()
                .addQueryParameter(Objects.requireNonNull(name, "name"), value)
                .build();
        return new Ask(method, Urls.require(longer.toString()), headers, body, extras);
    }

    Ask query(String name, Secret value) {
        return with(extras.query(Objects.requireNonNull(name, "name"), value));
    }

    Ask auth(HttpAuth auth) {
        if (!(url.encodedUsername() + url.encodedPassword()).isEmpty()) {
            throw new IllegalStateException(
                    "the address of the check signs in already; leave out its user and password");
        }
        return with(extras.auth(auth));
    }

    Ask bustCaches() {
        return with(extras.bustCaches());
    }

    static String form(Map<String, String> fields) {
        FormBody.Builder form = new FormBody.Builder();
        fields.forEach(form::add);
        return text(form.build());
    }

    static String text(RequestBody body) {
        try {
            Buffer text = new Buffer();
            body.writeTo(text);
            return text.readUtf8();
        } catch (IOException e) {
            throw new IllegalStateException(e); // a buffer takes everything
        }
    }

    private Ask with(Extras other) {
        return new Ask(method, url, headers, body, other);
    }

    private static void requireRoom(int headers) {
        if (headers > MAX_HEADERS) {
            throw new IllegalArgumentException("an HTTP check can have at most " + MAX_HEADERS + " headers");
        }
    }

    Ask body(String type, String text) {
        Objects.requireNonNull(type, "contentType");
        Objects.requireNonNull(text, "text");
        if (MediaType.parse(type) == null) {
            throw new IllegalArgumentException(
                    "contentType must be a media type such as application/json, but was '" + type + "'");
        }
        if (text.length() > MAX_BODY) {
            throw new IllegalArgumentException(
                    "body must have at most " + MAX_BODY + " characters, but has " + text.length());
        }
        if (method.equals("GET") || method.equals("HEAD")) {
            throw new IllegalStateException("a " + method + " request has no body; use post or method");
        }
        return new Ask(method, url, headers, new Body(type, text), extras);
    }

    Request request() {
        Request.Builder request = bare(url).method(method, requestBody());
        String user = url.encodedUsername() + url.encodedPassword();
        if (!user.isEmpty()) {
            request.header("Authorization", Credentials.basic(url.username(), url.password(), StandardCharsets.UTF_8));
        }
        headers.forEach(request::header);
        return request.build();
    }

    /** The request of one run, with what is not the same with each. */
    Request signed(Request prepared) {
        if (extras == Extras.NONE) {
            return prepared;
        }
        Request.Builder request = prepared.newBuilder().url(extras.address(prepared.url()));
        extras.sign(request);
        return request.build();
    }

    /** Where a redirect leads: with everything that was configured within the origin, with nothing of it elsewhere. */
    Request redirected(HttpUrl to, Request from, int status) {
        boolean get = status == 303 || (status <= 302 && from.method().equals("POST"));
        boolean head = from.method().equals("HEAD");
        Request.Builder request = bare(to);
        if (Urls.sameOrigin(url, to)) {
            request = request().newBuilder();
            extras.sign(request);
        }
        request.url(plain(to));
        if (get && !head) {
            return request.removeHeader("Content-Type").get().build();
        }
        return request.method(from.method(), from.body()).build();
    }

    @Override
    public String toString() {
        return method + " " + Urls.shown(url);
    }

    boolean hasContent() {
        return body != null && !body.text().isEmpty();
    }

    private static Request.Builder bare(HttpUrl url) {
        return new Request.Builder()
                .url(plain(url))
                .header("User-Agent", Wire.USER_AGENT)
                // each run makes its own connection, so let the server know that it need not keep it
                .header("Connection", "close");
    }

    private static HttpUrl plain(HttpUrl url) {
        boolean isPlain =
                url.encodedUsername().isEmpty() && url.encodedPassword().isEmpty() && url.fragment() == null;
        if (isPlain) {
            return url; // kept once rather than twice, for there may be many checks
        }
        return url.newBuilder().username("").password("").fragment(null).build();
    }

    private @Nullable RequestBody requestBody() {
        if (body != null) {
            MediaType type = Objects.requireNonNull(MediaType.parse(body.type()));
            Charset charset = Objects.requireNonNullElse(type.charset(), StandardCharsets.UTF_8);
            return RequestBody.create(body.text().getBytes(charset), type); // from a text, it would add a charset
        }
        return switch (method) {
            case "POST", "PUT", "PATCH", "PROPPATCH", "REPORT", "QUERY" -> RequestBody.create(new byte[0]);
            default -> null;
        };
    }

    private static String requireMethod(String method) {
        Objects.requireNonNull(method, "method");
        if (method.length() > MAX_METHOD || !LineText.isToken(method) || method.equals("CONNECT")) {
            throw new IllegalArgumentException(
                    "method must be an HTTP method such as GET or OPTIONS, but was '" + method + "'");
        }
        return method;
    }

    private static void requireHeader(String name, String value) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(value, "value");
        if (!LineText.isToken(name)) {
            throw new IllegalArgumentException(
                    "the name of a header must be letters, digits and dashes, but was '" + name + "'");
        }
        switch (name.toLowerCase(Locale.ROOT)) {
            case "connection", "content-length", "expect", "te", "trailer", "transfer-encoding", "upgrade" ->
                throw new IllegalArgumentException("the header " + name + " is set by the check itself");
            default -> {}
        }
        if (!isPlain(value)) {
            throw new IllegalArgumentException("the value of the header " + name + " must have at most " + MAX_HEADER
                    + " characters of ASCII and no control characters");
        }
    }

    /** Whether a text can be the value of a header. */
    static boolean isPlain(String value) {
        boolean plain = value.length() <= MAX_HEADER;
        for (int i = 0; plain && i < value.length(); i++) {
            plain = value.charAt(i) >= ' ' && value.charAt(i) < 0x7F;
        }
        return plain;
    }
}
