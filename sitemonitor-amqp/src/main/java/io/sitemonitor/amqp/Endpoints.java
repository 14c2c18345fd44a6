package io.sitemonitor.amqp;

import io.sitemonitor.amqp.internal.Endpoint;
import io.sitemonitor.check.SafeText;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** What publisher and consumer have in common: the rules for their options. */
final class Endpoints {

    private static final int MAX_SHORT = 255;

    private Endpoints() {}

    static Endpoint of(AmqpAddress address, @Nullable SSLContext sslContext, Duration connectTimeout) {
        return new Endpoint(
                address.toString(),
                address.tls(),
                address.host(),
                address.port(),
                address.user(),
                address.password(),
                address.virtualHost(),
                sslContext,
                connectTimeout);
    }

    static String requireShort(String what, String value) {
        Objects.requireNonNull(value, what);
        int length = value.getBytes(StandardCharsets.UTF_8).length;
        if (length == 0 || length > MAX_SHORT) {
            throw new IllegalArgumentException(
                    what + " must have from 1 to " + MAX_SHORT + " bytes, but has " + length);
        }
        if (!SafeText.isLine(value)) {
            throw new IllegalArgumentException(
                    what + " must not contain control characters, but was '" + SafeText.line(value, MAX_SHORT) + "'");
        }
        return value;
    }

    static Duration within(String what, Duration value, Duration most) {
        Objects.requireNonNull(value, what);
        if (value.compareTo(Duration.ofMillis(1)) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(what + " must be from PT0.001S to " + most + ", but was " + value);
        }
        return value;
    }
}
