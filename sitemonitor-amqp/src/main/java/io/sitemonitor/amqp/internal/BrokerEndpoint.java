package io.sitemonitor.amqp.internal;

import io.sitemonitor.amqp.AmqpCredentials;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Connections of our own: where to connect and as whom.
 *
 * @param shown the address without the password
 * @param nodes the nodes of the broker, at least one
 * @param virtualHost the virtual host
 * @param login asked before each attempt who logs in; null for the client certificate
 * @param tls how to encrypt; null not to
 * @param connectTimeout the longest time for a connection, and again for its handshake
 * @param heartbeat how often to ask for a sign of life
 */
public record BrokerEndpoint(
        String shown,
        List<Node> nodes,
        String virtualHost,
        @Nullable Supplier<AmqpCredentials> login,
        @Nullable TlsOptions tls,
        Duration connectTimeout,
        Duration heartbeat)
        implements Endpoint {

    /**
     * One of its nodes.
     *
     * @param shown its address without the password
     * @param host the host
     * @param port the port
     */
    public record Node(String shown, String host, int port) {}

    /** Returns the address without the password. */
    @Override
    public String toString() {
        return shown;
    }
}
