package io.sitemonitor.check.internal;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Whom to trust. */
public final class Trust {

    private Trust() {}

    /**
     * Those whom the Java runtime trusts.
     *
     * @return always the same object
     */
    public static X509ExtendedTrustManager system() {
        return Shared.SYSTEM;
    }

    /**
     * Those whose certificates these are, and whom they have certified.
     *
     * @param certificates at least one
     * @return what verifies
     */
    public static X509ExtendedTrustManager in(Collection<X509Certificate> certificates) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            int number = 0;
            for (X509Certificate certificate : certificates) {
                store.setCertificateEntry("trusted-" + ++number, certificate);
            }
            return of(store);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("this Java runtime cannot keep trusted certificates", e);
        }
    }

    /**
     * Everybody.
     *
     * @return what verifies nothing but the name, if the connection says so
     */
    public static X509ExtendedTrustManager anyone() {
        return new Anyone();
    }

    /**
     * Returns the trusted certificates of a key store.
     *
     * @param store a loaded key store
     * @return at least one
     * @throws IllegalArgumentException if there is none
     */
    public static Set<X509Certificate> certificates(KeyStore store) {
        Set<X509Certificate> found = new LinkedHashSet<>();
        try {
            for (String alias :
                    Collections.list(Objects.requireNonNull(store, "store").aliases())) {
                Certificate certificate = store.isCertificateEntry(alias) ? store.getCertificate(alias) : null;
                if (certificate instanceof X509Certificate trusted) {
                    found.add(trusted);
                }
            }
        } catch (KeyStoreException e) {
            throw new IllegalArgumentException("the key store must be loaded before it is trusted", e);
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException("the key store holds no trusted certificate");
        }
        return found;
    }

    private static X509ExtendedTrustManager of(@Nullable KeyStore store) {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509ExtendedTrustManager trust) {
                    return trust;
                }
            }
            throw new IllegalStateException("this Java runtime has no trust manager for certificates");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime cannot verify certificates", e);
        }
    }

    private static final class Shared {
        static final X509ExtendedTrustManager SYSTEM = of(null);
    }
}
