package io.sitemonitor.amqp;

import io.sitemonitor.amqp.internal.Endpoint;
import java.time.Duration;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** What publisher and consumer have in common: the rules for their options. */
final class Endpoints {

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

    static Duration within(String what, Duration value, Duration most) {
        Objects.requireNonNull(value, what);
        if (value.compareTo(Duration.ofMillis(1)) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(what + " must be from PT0.001S to " + most + ", but was " + value);
        }
        return value;
    }
}
