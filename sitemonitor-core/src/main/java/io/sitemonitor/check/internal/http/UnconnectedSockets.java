package io.sitemonitor.check.internal.http;

import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/** Makes sockets for a client that connects them itself, as the one for HTTP does, so that nobody asks for connected ones. */
public abstract class UnconnectedSockets extends SocketFactory {

    /** Creates a factory. */
    protected UnconnectedSockets() {}

    @Override
    public final Socket createSocket(String host, int port) {
        throw notConnected();
    }

    @Override
    public final Socket createSocket(String host, int port, @Nullable InetAddress localHost, int localPort) {
        throw notConnected();
    }

    @Override
    public final Socket createSocket(InetAddress host, int port) {
        throw notConnected();
    }

    @Override
    public final Socket createSocket(InetAddress address, int port, @Nullable InetAddress localAddress, int localPort) {
        throw notConnected();
    }

    private static UnsupportedOperationException notConnected() {
        return new UnsupportedOperationException("the client connects its sockets itself");
    }
}
