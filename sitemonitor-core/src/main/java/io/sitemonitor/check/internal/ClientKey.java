package io.sitemonitor.check.internal;

import io.sitemonitor.check.Secret;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;

/** A client certificate and its private key. Equal to any other with the same certificates. */
public final class ClientKey {

    private final List<X509Certificate> chain;
    private final PrivateKey key;

    private ClientKey(List<X509Certificate> chain, PrivateKey key) {
        this.chain = List.copyOf(chain);
        this.key = key;
    }

    /**
     * Joins a certificate and its key.
     *
     * @param chain the certificate, and those that lead from it to an authority
     * @param key its private key
     * @return both
     * @throws IllegalArgumentException if the key is not of the kind that belongs to the certificate
     */
    public static ClientKey of(List<X509Certificate> chain, PrivateKey key) {
        String wanted = chain.get(0).getPublicKey().getAlgorithm();
        boolean fits = wanted.equals(key.getAlgorithm())
                || (wanted.startsWith("Ed") && key.getAlgorithm().startsWith("Ed"));
        if (!fits) {
            throw new IllegalArgumentException(
                    "the private key must be of the certificate's kind " + wanted + ", but is " + key.getAlgorithm());
        }
        return new ClientKey(chain, key);
    }

    /**
     * Takes both from a key store.
     *
     * @param store a loaded key store with one private key
     * @param password the password of the key
     * @return both
     * @throws IllegalArgumentException if there is none, or more than one, or the password is wrong
     */
    public static ClientKey of(KeyStore store, Secret password) {
        List<ClientKey> found = new ArrayList<>();
        try {
            for (String alias :
                    Collections.list(Objects.requireNonNull(store, "store").aliases())) {
                Key key = store.isKeyEntry(alias)
                        ? store.getKey(alias, password.reveal().toCharArray())
                        : null;
                if (key instanceof PrivateKey secret) {
                    found.add(of(chain(store.getCertificateChain(alias)), secret));
                }
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the private key of the key store cannot be read: " + e.getMessage(), e);
        }
        if (found.size() != 1) {
            throw new IllegalArgumentException(
                    "the key store must hold one private key with its certificate, but holds " + found.size());
        }
        return found.get(0);
    }

    private static List<X509Certificate> chain(Certificate[] certificates) {
        List<X509Certificate> chain = new ArrayList<>();
        for (Certificate certificate : certificates) {
            if (certificate instanceof X509Certificate each) {
                chain.add(each);
            }
        }
        return chain;
    }

    /**
     * Returns what shows the certificate.
     *
     * @return the key manager
     */
    public X509KeyManager manager() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("client", key, new char[0], chain.toArray(Certificate[]::new));
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, new char[0]);
            for (KeyManager manager : factory.getKeyManagers()) {
                if (manager instanceof X509KeyManager shows) {
                    return shows;
                }
            }
            throw new IllegalStateException("this Java runtime has no key manager for certificates");
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("this Java runtime cannot show certificates", e);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ClientKey that && chain.equals(that.chain);
    }

    @Override
    public int hashCode() {
        return chain.hashCode();
    }
}
