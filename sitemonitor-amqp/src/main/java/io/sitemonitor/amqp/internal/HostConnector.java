package io.sitemonitor.amqp.internal;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.impl.recovery.AutorecoveringConnection;
import org.jspecify.annotations.Nullable;

/** Borrows connections of the host, and never closes one. */
final class HostConnector implements Connector {

    private final HostEndpoint endpoint;
    private final String connectionName;

    HostConnector(HostEndpoint endpoint, String connectionName) {
        this.endpoint = endpoint;
        this.connectionName = connectionName;
    }

    @Override
    public Connection open() throws Exception {
        Connection given;
        try {
            given = endpoint.source().open(connectionName);
        } catch (InterruptedException e) {
            // not handed on: whether the link is to end is not for the host to say
            throw new Link.Troubled("the host was interrupted before it gave a connection", e, false);
        }
        Connection used = underlying(given);
        if (used == null || !used.isOpen()) {
            throw new Link.Troubled("the host gave " + (used == null ? "no" : "a closed") + " connection", null, false);
        }
        return used;
    }

    /** What the client makes anew by itself would also be used by us, at the same time as what we make anew. */
    private static @Nullable Connection underlying(@Nullable Connection given) {
        return given instanceof AutorecoveringConnection recovering ? recovering.getDelegate() : given;
    }

    @Override
    public String where() {
        return endpoint.toString();
    }

    @Override
    public void release(Connection connection) {
        // it is the host's
    }

    @Override
    public void sever() {
        // the connection is somebody else's
    }

    @Override
    public void cut() {
        // so are its sockets
    }
}
