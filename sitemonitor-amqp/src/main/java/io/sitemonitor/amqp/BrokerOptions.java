package io.sitemonitor.amqp;

import io.sitemonitor.amqp.internal.BrokerEndpoint;
import io.sitemonitor.amqp.internal.TlsOptions;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link AmqpBroker} collects for connections of our own.
 *
 * @param address where the broker is; it shows a user only if that user logs in
 * @param others where its other nodes are, each a host, possibly with a port
 * @param credentials what the option said; null if it is for the address to say
 * @param externalLogin whether the client certificate logs in
 * @param tls how TLS is spoken
 * @param connectTimeout the longest time for a connection
 * @param heartbeat how often to ask for a sign of life
 */
record BrokerOptions(
        AmqpAddress address,
        List<String> others,
        @Nullable Supplier<AmqpCredentials> credentials,
        boolean externalLogin,
        TlsOptions tls,
        Duration connectTimeout,
        Duration heartbeat) {

    static BrokerOptions of(AmqpAddress address) {
        return new BrokerOptions(
                Objects.requireNonNull(address, "address"),
                List.of(),
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
        return new BrokerOptions(of, others, asked, false, tls, connectTimeout, heartbeat);
    }

    BrokerOptions external() {
        requireTls("externalLogin");
        if (credentials != null) {
            throw exclusive("externalLogin", "credentials");
        }
        return new BrokerOptions(address.withoutCredentials(), others, null, true, tls, connectTimeout, heartbeat);
    }

    BrokerOptions connectTimeout(Duration timeout) {
        return new BrokerOptions(address, others, credentials, externalLogin, tls, timeout, heartbeat);
    }

    BrokerOptions heartbeat(Duration interval) {
        return new BrokerOptions(address, others, credentials, externalLogin, tls, connectTimeout, interval);
    }

    BrokerOptions tls(TlsOptions other) {
        return new BrokerOptions(address, others, credentials, externalLogin, other, connectTimeout, heartbeat);
    }

    BrokerOptions others(List<String> places) {
        Set<String> known = new HashSet<>(Set.of(address.place()));
        for (String place : places) {
            if (!known.add(otherNode(place).place())) {
                throw new IllegalArgumentException("otherNodes must name each node once, but '" + place
                        + "' is there twice, or is the address itself");
            }
        }
        return new BrokerOptions(address, places, credentials, externalLogin, tls, connectTimeout, heartbeat);
    }

    private AmqpAddress otherNode(String place) {
        try {
            if (!place.matches("[^/@?#\\s]+")) {
                throw new IllegalArgumentException("it has more than a host and a port, or less");
            }
            return address.withPlace(place);
        } catch (IllegalArgumentException e) {
            // not shown: it may be an address with a password in it
            throw new IllegalArgumentException(
                    "otherNodes must be hosts as in rabbit-2 or rabbit-2:5672, but one is not: " + e.getMessage(), e);
        }
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
                toString(),
                Stream.concat(Stream.of(address), others.stream().map(this::otherNode))
                        .map(node -> new BrokerEndpoint.Node(node.toString(), node.host(), node.port()))
                        .toList(),
                address.virtualHost(),
                externalLogin ? null : Objects.requireNonNullElse(credentials, address::credentials),
                address.tls() ? tls : null,
                connectTimeout,
                heartbeat);
    }

    /** Returns where it is, all nodes of it, without the password. */
    @Override
    public String toString() {
        return address.shownAt(Stream.concat(
                        Stream.of(address.place()),
                        others.stream().map(place -> otherNode(place).place()))
                .collect(Collectors.joining(",")));
    }

    private static IllegalStateException exclusive(String option, String other) {
        return new IllegalStateException(option + " and " + other + " exclude each other; keep one of them");
    }
}
