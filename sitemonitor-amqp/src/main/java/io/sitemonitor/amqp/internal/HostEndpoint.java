package io.sitemonitor.amqp.internal;

import io.sitemonitor.amqp.AmqpConnections;

/**
 * Connections that belong to the host.
 *
 * @param source whom to ask for them
 */
public record HostEndpoint(AmqpConnections source) implements Endpoint {

    /** Returns whose broker it is, since the host does not say where. */
    @Override
    public String toString() {
        return "the broker of the host's connections";
    }
}
