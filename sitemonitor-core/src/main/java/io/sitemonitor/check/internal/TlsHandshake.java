package io.sitemonitor.check.internal;

import io.sitemonitor.check.TlsSettings;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509KeyManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** One TLS handshake in a context of its own, so that no session is resumed and every chain is verified. For one thread. */
public final class TlsHandshake {

    private final TlsSettings settings;
    private final String name;
    private final RecordingTrust trust;

    /**
     * Prepares a handshake.
     *
     * @param settings whom to trust, and what to show
     * @param host the host connected to, whose name is verified unless the settings have another
     */
    public TlsHandshake(TlsSettings settings, String host) {
        this.settings = settings;
        String given = settings.serverName();
        name = given == null ? host : given;
        trust = new RecordingTrust(settings.trustManager());
    }

    /**
     * Makes a context with nothing in it from before.
     *
     * @param trust who decides
     * @param key what shows a client certificate, or null
     * @return the factory of its sockets
     * @throws GeneralSecurityException if this Java runtime has no TLS
     */
    public static SSLSocketFactory freshSockets(X509TrustManager trust, @Nullable X509KeyManager key)
            throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(key == null ? null : new KeyManager[] {key}, new TrustManager[] {trust}, null);
        return context.getSocketFactory();
    }

    /**
     * Encrypts a connection.
     *
     * @param plain a connected socket; closed with the result
     * @return the encrypted connection, after its handshake
     * @throws IOException if the handshake fails
     */
    public SSLSocket over(Socket plain) throws IOException {
        try {
            SSLSocketFactory sockets = freshSockets(trust, settings.keyManager());
            if (!(sockets.createSocket(plain, name, plain.getPort(), true) instanceof SSLSocket tls)) {
                throw new IOException("this Java runtime has no TLS");
            }
            SSLParameters parameters = tls.getSSLParameters();
            parameters.setProtocols(settings.protocols().toArray(String[]::new));
            if (settings.verifiesNames()) {
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
            }
            tls.setSSLParameters(parameters);
            tls.startHandshake();
            SSLSession session = tls.getSession();
            session.invalidate();
            return tls;
        } catch (GeneralSecurityException e) {
            throw new IOException("this Java runtime has no TLS", e);
        }
    }

    /**
     * Returns what the server has shown.
     *
     * @return its certificates, its own first; empty if it has not come to that
     */
    public List<X509Certificate> chain() {
        return trust.chain();
    }

    /**
     * Says what was wrong with the handshake.
     *
     * @param thrown what it threw
     * @return one line for people
     */
    public String describe(Throwable thrown) {
        return TlsFailures.describe(thrown, name, chain());
    }
}
