package io.sitemonitor.check;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a run saw of an encrypted connection.
 *
 * @param protocol the version, such as {@code TLSv1.3}
 * @param cipherSuite the cipher suite, such as {@code TLS_AES_128_GCM_SHA256}
 * @param chain the certificates that the server showed, its own first; never empty
 * @param at when that was
 */
public record TlsConnection(String protocol, String cipherSuite, List<X509Certificate> chain, Instant at) {

    /**
     * Creates one.
     *
     * @throws IllegalArgumentException if there is no certificate
     */
    public TlsConnection {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("an encrypted connection has at least the certificate of the server");
        }
    }

    /**
     * Returns the certificate of the server.
     *
     * @return the first one of the chain
     */
    public X509Certificate certificate() {
        return chain.get(0);
    }

    /**
     * Returns how long all certificates that were shown are still valid.
     *
     * @return the time until the first of them expires; negative once it has
     */
    public Duration validFor() {
        Instant first = chain.get(0).getNotAfter().toInstant();
        for (X509Certificate certificate : chain) {
            Instant end = certificate.getNotAfter().toInstant();
            first = end.isBefore(first) ? end : first;
        }
        return Duration.between(at, first);
    }
}
