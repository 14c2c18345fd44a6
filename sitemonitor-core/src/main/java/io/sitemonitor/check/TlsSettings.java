package io.sitemonitor.check;

import io.sitemonitor.check.internal.ClientKey;
import io.sitemonitor.check.internal.Pem;
import io.sitemonitor.check.internal.Trust;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;

/**
 * How a check speaks TLS: whom it trusts, and who it is itself. Chain and host name are always verified, and nothing older
 * than TLS 1.2 is spoken, unless a method whose name begins with {@code insecure} says otherwise.
 *
 * <pre>{@code
 * TlsSettings.system().trust(Path.of("/etc/shop/ca.pem")).clientCertificate(Path.of("client.pem"), Path.of("client.key"))
 * }</pre>
 *
 * <p>Files are read when the option is set; replace the check to have them read again.
 *
 * <p>Immutable: each option returns a copy. <b>Threads:</b> safe for use by any number of threads.
 */
public final class TlsSettings {

    private static final TlsSettings SYSTEM = new TlsSettings(Set.of(), null, null, false, false, false);

    private final Set<X509Certificate> trusted;
    private final @Nullable ClientKey key;
    private final @Nullable String serverName;
    private final boolean newest;
    private final boolean trustsAnyone;
    private final boolean takesAnyName;

    private TlsSettings(
            Set<X509Certificate> trusted,
            @Nullable ClientKey key,
            @Nullable String serverName,
            boolean newest,
            boolean trustsAnyone,
            boolean takesAnyName) {
        this.trusted = trusted;
        this.key = key;
        this.serverName = serverName;
        this.newest = newest;
        this.trustsAnyone = trustsAnyone;
        this.takesAnyName = takesAnyName;
    }

    /**
     * Trusts whom the Java runtime trusts, and shows no certificate. The default.
     *
     * @return the settings
     */
    public static TlsSettings system() {
        return SYSTEM;
    }

    /**
     * Trusts these certificates, in place of those of the Java runtime: of a private authority, or of the server itself.
     * Calls add up.
     *
     * @param certificate a certificate
     * @param more further ones
     * @return a copy that trusts them
     */
    public TlsSettings trust(X509Certificate certificate, X509Certificate... more) {
        Set<X509Certificate> all = new LinkedHashSet<>(trusted);
        all.add(Objects.requireNonNull(certificate, "certificate"));
        all.addAll(List.of(more));
        return new TlsSettings(all, key, serverName, newest, trustsAnyone, takesAnyName);
    }

    /**
     * Trusts the certificates of a file, in place of those of the Java runtime. Calls add up.
     *
     * @param pem a file with one certificate or more, each between lines of {@code BEGIN CERTIFICATE} and {@code END
     *     CERTIFICATE}
     * @return a copy that trusts them
     * @throws IllegalArgumentException if the file cannot be read or holds no certificate
     */
    public TlsSettings trust(Path pem) {
        Set<X509Certificate> all = new LinkedHashSet<>(trusted);
        all.addAll(Pem.certificates(pem));
        return new TlsSettings(all, key, serverName, newest, trustsAnyone, takesAnyName);
    }

    /**
     * Trusts the certificates of a key store, in place of those of the Java runtime. Calls add up.
     *
     * @param store a loaded key store
     * @return a copy that trusts them
     * @throws IllegalArgumentException if the store is not loaded or holds no trusted certificate
     */
    public TlsSettings trust(KeyStore store) {
        Set<X509Certificate> all = new LinkedHashSet<>(trusted);
        all.addAll(Trust.certificates(store));
        return new TlsSettings(all, key, serverName, newest, trustsAnyone, takesAnyName);
    }

    /**
     * Shows a client certificate to servers that ask for one.
     *
     * @param certificates a file with the certificate and those that lead from it to an authority, as {@link #trust(Path)}
     *     reads it
     * @param privateKey a file with its private key in the form PKCS #8 without a password, between lines of {@code BEGIN
     *     PRIVATE KEY} and {@code END PRIVATE KEY}
     * @return a copy that shows it
     * @throws IllegalArgumentException if a file cannot be read or does not hold that
     */
    public TlsSettings clientCertificate(Path certificates, Path privateKey) {
        return with(ClientKey.of(Pem.certificates(certificates), Pem.privateKey(privateKey)));
    }

    /**
     * Shows a client certificate to servers that ask for one.
     *
     * @param store a loaded key store with one private key
     * @param password the password of the key
     * @return a copy that shows it
     * @throws IllegalArgumentException if the store holds no private key, or more than one, or the password is wrong
     */
    public TlsSettings clientCertificate(KeyStore store, Secret password) {
        return with(ClientKey.of(store, password));
    }

    /**
     * Asks for this name, and verifies the certificate for it, in place of the host that is connected to.
     *
     * @param name the name of a host
     * @return a copy that asks for it
     * @throws IllegalArgumentException if the name is empty or holds control characters
     */
    public TlsSettings serverName(String name) {
        if (Objects.requireNonNull(name, "serverName").isBlank() || !SafeText.isLine(name)) {
            throw new IllegalArgumentException(
                    "serverName must be the name of a host, but was '" + SafeText.line(name, 60) + "'");
        }
        return new TlsSettings(trusted, key, name, newest, trustsAnyone, takesAnyName);
    }

    /**
     * Speaks TLS 1.3 only. Default: TLS 1.2 and 1.3.
     *
     * @return a copy that does
     */
    public TlsSettings onlyTls13() {
        return new TlsSettings(trusted, key, serverName, true, trustsAnyone, takesAnyName);
    }

    /**
     * Trusts whoever answers: the connection is encrypted, but nobody knows with whom. The name of the host is still
     * compared with the certificate.
     *
     * @return a copy that verifies no chain
     */
    public TlsSettings insecureTrustAnyone() {
        return new TlsSettings(trusted, key, serverName, newest, true, takesAnyName);
    }

    /**
     * Takes a certificate for any name, as long as its chain is trusted.
     *
     * @return a copy that verifies no name
     */
    public TlsSettings insecureTakeAnyName() {
        return new TlsSettings(trusted, key, serverName, newest, trustsAnyone, true);
    }

    /**
     * Returns what verifies chains, for authors of checks. It verifies names as well if the connection says so.
     *
     * @return the trust manager
     */
    public X509ExtendedTrustManager trustManager() {
        return trustsAnyone ? Trust.anyone() : trusted.isEmpty() ? Trust.system() : Trust.in(trusted);
    }

    /**
     * Returns what shows the client certificate, for authors of checks.
     *
     * @return the key manager, or null if there is none
     */
    public @Nullable X509KeyManager keyManager() {
        return key == null ? null : key.manager();
    }

    /**
     * Returns the name to ask for, for authors of checks.
     *
     * @return the name, or null if it is that of the host connected to
     */
    public @Nullable String serverName() {
        return serverName;
    }

    /**
     * Returns the versions to speak, for authors of checks.
     *
     * @return the names of protocols, the newest first
     */
    public List<String> protocols() {
        return newest ? List.of("TLSv1.3") : List.of("TLSv1.3", "TLSv1.2");
    }

    /**
     * Tells whether names are verified, for authors of checks.
     *
     * @return false after {@link #insecureTakeAnyName()}
     */
    public boolean verifiesNames() {
        return !takesAnyName;
    }

    /**
     * Tells whether something is left out that TLS is there for.
     *
     * @return whether a method was called whose name begins with {@code insecure}
     */
    public boolean isInsecure() {
        return trustsAnyone || takesAnyName;
    }

    private TlsSettings with(ClientKey shown) {
        return new TlsSettings(trusted, shown, serverName, newest, trustsAnyone, takesAnyName);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TlsSettings that
                && trusted.equals(that.trusted)
                && Objects.equals(key, that.key)
                && Objects.equals(serverName, that.serverName)
                && newest == that.newest
                && trustsAnyone == that.trustsAnyone
                && takesAnyName == that.takesAnyName;
    }

    @Override
    public int hashCode() {
        return Objects.hash(trusted, key, serverName, newest, trustsAnyone, takesAnyName);
    }

    @Override
    public String toString() {
        return "TlsSettings[trust "
                + (trustsAnyone ? "anyone" : trusted.isEmpty() ? "system" : trusted.size() + " given")
                + (key == null ? "" : ", client certificate")
                + (serverName == null ? "" : ", name " + serverName)
                + (newest ? ", TLS 1.3 only" : "")
                + (takesAnyName ? ", any name" : "")
                + "]";
    }
}
