package io.sitemonitor.check.http;

import io.sitemonitor.check.internal.Deadline;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import java.time.Duration;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes the sockets of one hop: each gets its share of the time that is left, and the bytes received are counted. For
 * the thread of the run.
 */
final class MeteredSockets extends SocketFactory {

    private final Deadline deadline;
    private final @Nullable Duration connectTimeout;
    private int addressesLeft;
    private long limit;
    private boolean lastChance;
    private long received;

    MeteredSockets(Deadline deadline, @Nullable Duration connectTimeout, int addresses) {
        this.deadline = deadline;
        this.connectTimeout = connectTimeout;
        addressesLeft = addresses;
    }

    /** How long the last attempt to connect was allowed to take. */
    Duration limit() {
        return Duration.ofNanos(limit);
    }

    /** Whether the last attempt to connect was allowed to take all the time that was left. */
    boolean wasLastChance() {
        return lastChance;
    }

    long received() {
        return received;
    }

    @Override
    public Socket createSocket() {
        return new MeteredSocket();
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw notConnected();
    }

    @Override
    public Socket createSocket(String host, int port, @Nullable InetAddress localHost, int localPort) {
        throw notConnected();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw notConnected();
    }

    @Override
    public Socket createSocket(InetAddress address, int port, @Nullable InetAddress localAddress, int localPort) {
        throw notConnected();
    }

    private static UnsupportedOperationException notConnected() {
        return new UnsupportedOperationException("the client connects the sockets of a check");
    }

    private final class MeteredSocket extends Socket {

        /** Whatever the properties of this Java process say about a SOCKS proxy: a check goes where it was told to. */
        MeteredSocket() {
            super(Proxy.NO_PROXY);
        }

        @Override
        public void connect(SocketAddress endpoint, int timeout) throws IOException {
            lastChance = addressesLeft <= 1;
            limit = Math.max(1, deadline.nanosLeft()) / Math.max(1, addressesLeft--);
            if (connectTimeout != null && connectTimeout.toNanos() < limit) {
                limit = connectTimeout.toNanos();
                lastChance = false;
            }
            super.connect(endpoint, Deadline.millis(limit));
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                @Override
                public int read() throws IOException {
                    int read = super.read();
                    received += read < 0 ? 0 : 1;
                    return read;
                }

                @Override
                public int read(byte[] bytes, int from, int length) throws IOException {
                    int read = super.read(bytes, from, length);
                    received += Math.max(0, read);
                    return read;
                }
            };
        }
    }
}
