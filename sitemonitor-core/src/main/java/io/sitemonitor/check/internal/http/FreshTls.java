package io.sitemonitor.check.internal.http;

import io.sitemonitor.check.internal.TlsHandshake;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.X509KeyManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Makes each TLS connection in a context of its own, so that no session is resumed and every chain is verified. */
final class FreshTls extends SSLSocketFactory {

    private final X509TrustManager trust;
    private final @Nullable X509KeyManager key;
    private final @Nullable String serverName;
    private final boolean http2;
    private final SSLSocketFactory suites;

    FreshTls(X509TrustManager trust, @Nullable X509KeyManager key, @Nullable String serverName, boolean http2) {
        this.trust = trust;
        this.key = key;
        this.serverName = serverName;
        this.http2 = http2;
        try {
            suites = TlsHandshake.freshSockets(trust, key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no TLS", e);
        }
    }

    @Override
    public Socket createSocket(Socket socket, String host, int port, boolean autoClose) throws IOException {
        try {
            Socket tls = TlsHandshake.freshSockets(MeteredSockets.recording(socket, trust), key)
                    .createSocket(socket, serverName == null ? host : serverName, port, autoClose);
            return http2 && tls instanceof SSLSocket encrypted ? new FramedTls(encrypted) : tls;
        } catch (GeneralSecurityException e) {
            throw new IOException("this Java runtime has no TLS", e);
        }
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return suites.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return suites.getSupportedCipherSuites();
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw notLayered();
    }

    @Override
    public Socket createSocket(String host, int port, @Nullable InetAddress localHost, int localPort) {
        throw notLayered();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw notLayered();
    }

    @Override
    public Socket createSocket(InetAddress address, int port, @Nullable InetAddress localAddress, int localPort) {
        throw notLayered();
    }

    private static UnsupportedOperationException notLayered() {
        return new UnsupportedOperationException("TLS is only spoken over a connection that exists already");
    }
}
