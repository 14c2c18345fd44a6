package io.sitemonitor.check.grpc;

import io.sitemonitor.check.SafeText;
import io.sitemonitor.check.Secret;
import io.sitemonitor.check.internal.HostNames;
import io.sitemonitor.check.internal.LineText;
import io.sitemonitor.check.internal.Wording;
import io.sitemonitor.check.internal.http.Wire;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/** What is asked of a gRPC server, and where. */
record HealthCall(
        String host,
        int port,
        boolean encrypted,
        String service,
        @Nullable String authority,
        Map<String, Secret> metadata) {

    private static final String PATH = "/grpc.health.v1.Health/Check";
    private static final MediaType GRPC = MediaType.get("application/grpc");
    private static final int SERVICE_FIELD = 1 << 3 | 2;
    private static final long MOST_TIMEOUT = 99_999_999;

    private static final int MAX_SERVICE = 500;
    private static final int MAX_AUTHORITY = 255;
    private static final int MAX_NAME = 100;
    private static final int MAX_VALUE = 8_000;
    private static final int MAX_METADATA = 64;
    private static final Set<String> RESERVED = Set.of(
            "accept-encoding",
            "connection",
            "content-encoding",
            "content-length",
            "content-type",
            "host",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    HealthCall {
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    static HealthCall of(String host, int port) {
        HealthCall call =
                new HealthCall(HostNames.require(host), HostNames.requirePort(port), true, "", null, Map.of());
        Objects.requireNonNull(call.url()); // a host that HTTP does not know is refused here
        return call;
    }

    HealthCall encrypted(boolean other) {
        return new HealthCall(host, port, other, service, authority, metadata);
    }

    HealthCall service(String name) {
        String given = Objects.requireNonNull(name, "service").isEmpty()
                ? ""
                : LineText.requireWord("service", name, MAX_SERVICE, "");
        return new HealthCall(host, port, encrypted, given, authority, metadata);
    }

    HealthCall authority(String name) {
        return new HealthCall(
                host,
                port,
                encrypted,
                service,
                LineText.requireWord("authority", name, MAX_AUTHORITY, "/?#@\\\"<>"),
                metadata);
    }

    HealthCall metadata(String name, Secret value) {
        requireName(name);
        Map<String, Secret> more = new LinkedHashMap<>(metadata);
        more.put(name, Objects.requireNonNull(value, "value"));
        if (more.size() > MAX_METADATA) {
            throw new IllegalArgumentException("a check can have at most " + MAX_METADATA + " values of metadata");
        }
        return new HealthCall(host, port, encrypted, service, authority, more);
    }

    private static void requireName(String name) {
        Objects.requireNonNull(name, "name");
        boolean plain = !name.isEmpty() && name.length() <= MAX_NAME;
        for (int i = 0; plain && i < name.length(); i++) {
            char c = name.charAt(i);
            plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
        }
        if (!plain) {
            throw new IllegalArgumentException("the name of metadata must be 1 to " + MAX_NAME
                    + " lower-case letters, digits, dashes, underscores and dots, but was '" + SafeText.line(name, 60)
                    + "'");
        }
        if (RESERVED.contains(name) || name.startsWith("grpc-") || name.endsWith("-bin")) {
            throw new IllegalArgumentException(
                    "the metadata " + name + " belongs to the protocol or is binary, and cannot be set");
        }
    }

    static String requireValue(String name, String value) {
        if (!isPlain(Objects.requireNonNull(value, "value"))) {
            throw new IllegalArgumentException("the value of the metadata " + SafeText.line(name, 60)
                    + " must have 1 to " + MAX_VALUE + " characters of ASCII and no control characters");
        }
        return value;
    }

    /** Whether a text can be the value of metadata. */
    static boolean isPlain(String value) {
        return !value.isEmpty() && value.length() <= MAX_VALUE && LineText.isPrintableAscii(value);
    }

    /**
     * The request of one run.
     *
     * @param revealed the metadata as it is now
     * @param left how long the server may take
     */
    Request request(Map<String, String> revealed, Duration left) {
        long millis = Math.max(1, Math.min(MOST_TIMEOUT, left.toMillis()));
        Request.Builder request = new Request.Builder()
                .url(url())
                .header("User-Agent", Wire.USER_AGENT)
                .header("TE", "trailers")
                .header("grpc-timeout", millis + "m")
                .header("grpc-accept-encoding", "identity")
                .header("Accept-Encoding", "identity") // otherwise the client would ask for more, and unpack it
                .post(RequestBody.create(message(), GRPC));
        if (authority != null) {
            request.header("Host", authority);
        }
        revealed.forEach(request::header);
        return request.build();
    }

    /** One frame of gRPC, not compressed, with a message of protobuf. */
    private byte[] message() {
        Buffer message = new Buffer();
        if (!service.isEmpty()) {
            byte[] name = service.getBytes(StandardCharsets.US_ASCII);
            message.writeByte(SERVICE_FIELD);
            if (name.length > 0x7F) {
                message.writeByte(name.length & 0x7F | 0x80).writeByte(name.length >> 7);
            } else {
                message.writeByte(name.length);
            }
            message.write(name);
        }
        Buffer frame = new Buffer();
        frame.writeByte(0).writeInt((int) message.size()).write(message, message.size());
        return frame.readByteArray();
    }

    private HttpUrl url() {
        return new HttpUrl.Builder()
                .scheme(encrypted ? "https" : "http")
                .host(host)
                .port(port)
                .encodedPath(PATH)
                .build();
    }

    String target() {
        return Wording.address(host, port) + (service.isEmpty() ? "" : "/" + service);
    }
}
