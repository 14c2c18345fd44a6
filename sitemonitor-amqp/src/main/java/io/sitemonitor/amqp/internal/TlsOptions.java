package io.sitemonitor.amqp.internal;

import io.sitemonitor.check.SafeText;
import io.sitemonitor.check.TlsSettings;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;

/**
 * How TLS is spoken. What is read from files is read when an option is set, to see whether it is right, and again for each
 * connection.
 *
 * @param context asked for what the host made; null to make one
 * @param trust adds whom to trust; null for whom the Java runtime trusts
 * @param key adds the certificate to show; null for none
 * @param serverName a name to ask for and to take a certificate for; null for none but that of the host
 */
public record TlsOptions(
        @Nullable Supplier<SSLContext> context,
        @Nullable UnaryOperator<TlsSettings> trust,
        @Nullable UnaryOperator<TlsSettings> key,
        @Nullable String serverName) {

    /** What the Java runtime has. */
    public static final TlsOptions SYSTEM = new TlsOptions(null, null, null, null);

    /**
     * Replaces the context.
     *
     * @param given asked for each connection
     * @return a copy with it
     */
    public TlsOptions context(Supplier<SSLContext> given) {
        return new TlsOptions(given, trust, key, serverName);
    }

    /**
     * Replaces whom to trust.
     *
     * @param files reads it
     * @return a copy with it
     * @throws IllegalArgumentException if it cannot be read
     */
    public TlsOptions trust(UnaryOperator<TlsSettings> files) {
        requireReadable(files);
        return new TlsOptions(context, files, key, serverName);
    }

    /**
     * Replaces the certificate to show.
     *
     * @param files reads it
     * @return a copy with it
     * @throws IllegalArgumentException if it cannot be read
     */
    public TlsOptions key(UnaryOperator<TlsSettings> files) {
        requireReadable(files);
        return new TlsOptions(context, trust, files, serverName);
    }

    /**
     * Replaces the name.
     *
     * @param name the name of a host
     * @return a copy with it
     * @throws IllegalArgumentException if it cannot be one
     */
    public TlsOptions serverName(String name) {
        try {
            return new TlsOptions(context, trust, key, new SNIHostName(name).getAsciiName());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "serverName must be the name of a host, but was '" + SafeText.line(name, 60) + "'", e);
        }
    }

    /**
     * Tells whether something is read from files.
     *
     * @return whether trust or key is set
     */
    public boolean hasFiles() {
        return trust != null || key != null;
    }

    /**
     * Tells whether there is surely nothing to log in with.
     *
     * @return whether neither a key nor a context, which may have one, is set
     */
    public boolean showsNoCertificate() {
        return context == null && key == null;
    }

    private static void requireReadable(UnaryOperator<TlsSettings> files) {
        Objects.requireNonNull(files.apply(TlsSettings.system()));
    }

    /** Reads the files as they are now, and makes what encrypts one connection. */
    SSLContext open() throws Link.Troubled, IOException {
        try {
            if (context != null) {
                return ask(context);
            }
            if (!hasFiles()) {
                return SSLContext.getDefault();
            }
            TlsSettings settings = TlsSettings.system();
            settings = trust == null ? settings : trust.apply(settings);
            settings = key == null ? settings : key.apply(settings);
            X509KeyManager shown = settings.keyManager();
            SSLContext made = SSLContext.getInstance("TLS");
            made.init(
                    shown == null ? null : new KeyManager[] {shown},
                    new TrustManager[] {settings.trustManager()},
                    null);
            return made;
        } catch (GeneralSecurityException e) {
            throw new IOException("the JVM has no usable TLS settings", e);
        } catch (IllegalArgumentException e) {
            throw new Link.Troubled(String.valueOf(e.getMessage()), null, false);
        }
    }

    @SuppressWarnings("NullAway") // whoever wrote the supplier may not know that it must not return null
    private static SSLContext ask(Supplier<SSLContext> context) throws Link.Troubled {
        SSLContext given;
        try {
            given = context.get();
        } catch (Throwable e) {
            // its text is not kept: there may be a secret in it
            throw new Link.Troubled(
                    "the supplier of the SSLContext failed with " + e.getClass().getName(), null, false);
        }
        if (given == null) {
            throw new Link.Troubled("the supplier of the SSLContext returned null", null, false);
        }
        return given;
    }

    /** Has the chain and the name verified, and speaks nothing old. */
    void configure(SSLSocket socket) {
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        if (serverName != null) {
            parameters.setServerNames(List.of(new SNIHostName(serverName)));
        }
        socket.setSSLParameters(parameters);
    }
}
