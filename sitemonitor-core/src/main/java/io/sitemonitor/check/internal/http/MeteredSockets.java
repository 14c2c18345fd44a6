package io.sitemonitor.check.internal.http;

import io.sitemonitor.check.internal.Deadline;
import io.sitemonitor.check.internal.RecordingTrust;
import io.sitemonitor.check.internal.TooLargeException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Makes the sockets of one hop: each gets its share of the time that is left, and the bytes received are counted. For
 * the thread of the run.
 */
public final class MeteredSockets extends UnconnectedSockets {

    /** The most that is taken for a head, or for one piece of a body, in bytes: a head becomes many times larger. */
    private static final long MAX_PIECE = 64 * 1024;

    private final Deadline deadline;
    private final @Nullable Duration connectTimeout;
    private int addressesLeft;
    private long limit;
    private boolean lastChance;
    private final long most;
    private final boolean http2;
    private long received;
    private long until = Long.MAX_VALUE;
    private String piece = "";
    private volatile boolean ended; // with HTTP/2 another thread reads
    private @Nullable RecordingTrust trust;
    private @Nullable Socket last;

    /**
     * Begins a hop.
     *
     * @param deadline when to give up
     * @param connectTimeout the longest time for one address; null for its share of what is left
     * @param addresses how many addresses there are to connect to
     * @param most how many bytes may come over one connection
     * @param http2 whether they are those of HTTP/2, without encryption
     */
    public MeteredSockets(
            Deadline deadline, @Nullable Duration connectTimeout, int addresses, long most, boolean http2) {
        this.deadline = deadline;
        this.connectTimeout = connectTimeout;
        addressesLeft = addresses;
        this.most = most;
        this.http2 = http2;
    }

    /**
     * Returns the certificates that the server has shown, refused ones too.
     *
     * @return its own first; empty if it has shown none
     */
    public List<X509Certificate> shown() {
        return trust == null ? List.of() : trust.chain();
    }

    /** Returns what remembers the certificates of a connection over one of these sockets, or the same if it is none. */
    static X509TrustManager recording(Socket socket, X509TrustManager trust) {
        if (socket instanceof MeteredSocket metered && trust instanceof X509ExtendedTrustManager extended) {
            RecordingTrust recording = new RecordingTrust(extended);
            metered.record(recording);
            return recording;
        }
        return trust;
    }

    /** How long the last attempt to connect was allowed to take. */
    Duration limit() {
        return Duration.ofNanos(limit);
    }

    /** Whether the last attempt to connect was allowed to take all the time that was left. */
    boolean wasLastChance() {
        return lastChance;
    }

    /** Whether the other side has hung up. */
    boolean hasEnded() {
        return ended;
    }

    /** From here on comes the head of an answer, over HTTP/1.1, where nothing is read that is not asked for. */
    void expectHead() {
        until = received + MAX_PIECE;
        piece = "bytes of head";
    }

    /** From here on comes the next piece of a body, or what ends it. Over HTTP/2 more may be read in advance. */
    void expectPiece() {
        if (until != Long.MAX_VALUE) {
            until = received + MAX_PIECE;
            piece = "bytes between two pieces of its body";
        }
    }

    long received() {
        return received;
    }

    /** Closes the socket last made. A connection of HTTP/2 would go on by itself when its call has ended. */
    void close() {
        try (Socket made = last) {
            last = null;
        } catch (IOException e) {
            // a socket that cannot be closed has no way to say so
        }
    }

    @Override
    public Socket createSocket() {
        Socket socket = new MeteredSocket();
        last = socket;
        return socket;
    }

    private final class MeteredSocket extends Socket {

        void record(RecordingTrust recording) {
            trust = recording;
        }

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
            InputStream counted = counted(super.getInputStream());
            return http2 ? new Http2Frames(counted) : counted;
        }

        private InputStream counted(InputStream in) {
            return new FilterInputStream(in) {
                @Override
                public int read() throws IOException {
                    byte[] one = new byte[1];
                    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
                }

                @Override
                public int read(byte[] bytes, int from, int length) throws IOException {
                    if (received >= most) {
                        throw new TooLargeException(most);
                    }
                    if (received >= until) {
                        throw new TooLargeException(MAX_PIECE, piece);
                    }
                    int read = super.read(bytes, from, length);
                    received += Math.max(0, read);
                    ended = read < 0;
                    return read;
                }
            };
        }
    }
}
