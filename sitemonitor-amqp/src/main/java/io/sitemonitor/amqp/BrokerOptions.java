package io.sitemonitor.amqp;

import io.sitemonitor.amqp.internal.BrokerEndpoint;
import io.sitemonitor.amqp.internal.TlsOptions;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link AmqpBroker} collects for connections of our own.
 *
 * @param address where the broker is; it shows a user only if that user logs in
 * @param credentials what the option said; null if it is for the address to say
 * @param externalLogin whether the client certificate logs in
 * @param tls how TLS is spoken
 * @param connectTimeout the longest time for a connection
 * @param heartbeat how often to ask for a sign of life
 */
record BrokerOptions(
        AmqpAddress address,
        @Nullable Supplier<AmqpCredentials> credentials,
        boolean externalLogin,
        TlsOptions tls,
        Duration connectTimeout,
        Duration heartbeat) {

    static BrokerOptions of(AmqpAddress address) {
        return new BrokerOptions(
                Objects.requireNonNull(address, "address"),
                null,
                false,
                TlsOptions.SYSTEM,
                AmqpDefaults.CONNECT_TIMEOUT,
                AmqpDefaults.HEARTBEAT);
    }

    BrokerOptions credentials(AmqpAddress of, Supplier<AmqpCredentials> asked) {
        if (externalLogin) {
            throw exclusive("credentials", "externalLogin");
        }
        return new BrokerOptions(of, asked, false, tls, connectTimeout, heartbeat);
    }

    BrokerOptions external() {
        requireTls("externalLogin");
        if (credentials != null) {
            throw exclusive("externalLogin", "credentials");
        }
        return new BrokerOptions(address.withoutCredentials(), null, true, tls, connectTimeout, heartbeat);
    }

    BrokerOptions connectTimeout(Duration timeout) {
        return new BrokerOptions(address, credentials, externalLogin, tls, timeout, heartbeat);
    }

    BrokerOptions heartbeat(Duration interval) {
        return new BrokerOptions(address, credentials, externalLogin, tls, connectTimeout, interval);
    }

    BrokerOptions tls(TlsOptions other) {
        return new BrokerOptions(address, credentials, externalLogin, other, connectTimeout, heartbeat);
    }

    BrokerOptions requireTls(String option) {
        if (!address.tls()) {
            throw new IllegalStateException(
                    option + " needs TLS, so an address that begins with amqps://, but it is " + address);
        }
        return this;
    }

    BrokerOptions requireFiles(String option) {
        requireTls(option);
        if (tls.context() != null) {
            throw exclusive(option, "sslContext");
        }
        return this;
    }

    BrokerOptions requireNoFiles(String option) {
        requireTls(option);
        if (tls.hasFiles()) {
            throw exclusive(option, tls.trust() == null ? "clientCertificate" : "trust");
        }
        return this;
    }

    BrokerEndpoint endpoint() {
        if (externalLogin && tls.showsNoCertificate()) {
            throw new IllegalStateException("externalLogin needs a client certificate; set clientCertificate");
        }
        return new BrokerEndpoint(
                address.toString(),
                address.host(),
                address.port(),
                address.virtualHost(),
                externalLogin ? null : Objects.requireNonNullElse(credentials, address::credentials),
                address.tls() ? tls : null,
                connectTimeout,
                heartbeat);
    }

    private static IllegalStateException exclusive(String option, String other) {
        return new IllegalStateException(option + " and " + other + " exclude each other; keep one of them");
    }
}
