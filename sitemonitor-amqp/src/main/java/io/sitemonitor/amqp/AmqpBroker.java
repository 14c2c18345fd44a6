package io.sitemonitor.amqp;

import io.sitemonitor.amqp.internal.Endpoint;
import io.sitemonitor.amqp.internal.StoreFile;
import io.sitemonitor.amqp.internal.TlsOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Where a broker is and how to connect to it.
 *
 * <pre>{@code
 * AmqpBroker.at("amqps://broker.internal/shop")
 *         .credentials(() -> new AmqpCredentials("monitor", vault.password()))
 *         .trust(Path.of("/etc/shop/ca.pem"))
 * }</pre>
 *
 * <p><b>TLS.</b> With {@code amqps} the chain and the name of the host are always verified, and nothing older than TLS 1.2
 * is spoken. Files are read when the option is set, to see whether they are right, and again for each connection: a
 * certificate that was renewed is used from the next connection on. With {@code amqp} nothing is encrypted, and everybody
 * in between can read the password.
 *
 * <p><b>Secrets.</b> Passwords and keys appear in no log, exception or other text.
 *
 * <p>Immutable: each option returns a copy, in which it replaces what was set before. An option that cannot be meant
 * together with what is set already is refused with an {@link IllegalStateException}.
 *
 * <p><b>Threads:</b> safe for use by any number of threads.
 */
public final class AmqpBroker {

    private static final Duration LONGEST_CONNECT = Duration.ofHours(1);
    private static final Duration LONGEST_HEARTBEAT = Duration.ofMinutes(10);

    private final AmqpAddress address;
    /** What the option said; null if it is for the address to say. */
    private final @Nullable Supplier<AmqpCredentials> credentials;

    private final boolean externalLogin;
    private final TlsOptions tls;
    private final Duration connectTimeout;
    private final Duration heartbeat;

    private AmqpBroker(
            AmqpAddress address,
            @Nullable Supplier<AmqpCredentials> credentials,
            boolean externalLogin,
            TlsOptions tls,
            Duration connectTimeout,
            Duration heartbeat) {
        this.address = address;
        this.credentials = credentials;
        this.externalLogin = externalLogin;
        this.tls = tls;
        this.connectTimeout = connectTimeout;
        this.heartbeat = heartbeat;
    }

    /**
     * Names a broker.
     *
     * @param uri where it is and who asks, see {@link AmqpAddress}
     * @return the broker
     * @throws IllegalArgumentException if it is not an AMQP URI; the message holds no part of the credentials
     */
    public static AmqpBroker at(String uri) {
        return at(AmqpAddress.parse(uri));
    }

    /**
     * Names a broker.
     *
     * @param address where it is and who asks
     * @return the broker
     */
    public static AmqpBroker at(AmqpAddress address) {
        return new AmqpBroker(
                Objects.requireNonNull(address, "address"),
                null,
                false,
                TlsOptions.SYSTEM,
                Duration.ofSeconds(3),
                Duration.ofSeconds(10));
    }

    /**
     * Logs in with these, which are taken as they are.
     *
     * <p>Default: user and password of the address; without any, {@code guest} and {@code guest}.
     *
     * @param user the user
     * @param password the password
     * @return a copy that logs in so
     * @throws IllegalArgumentException if one of them holds the character NUL
     * @throws IllegalStateException after {@link #externalLogin()}
     */
    public AmqpBroker credentials(String user, String password) {
        AmqpAddress withUser = address.withCredentials(user, password);
        requireNoExternalLogin();
        return new AmqpBroker(withUser, withUser::credentials, false, tls, connectTimeout, heartbeat);
    }

    /**
     * Asks before each attempt to connect who logs in, for a password that is rotated. What the supplier throws is said
     * by the name of its class only, since its text might hold a secret, and the attempt is repeated
     * after at most 1.2 seconds.
     *
     * <p>Default: user and password of the address; without any, {@code guest} and {@code guest}.
     *
     * @param supplier knows user and password; called by the threads that connect, possibly by several at once. While it
     *     blocks there is no connection; it is interrupted when its asker is closed
     * @return a copy that asks
     * @throws IllegalStateException after {@link #externalLogin()}
     */
    public AmqpBroker credentials(Supplier<AmqpCredentials> supplier) {
        Objects.requireNonNull(supplier, "supplier");
        requireNoExternalLogin();
        return new AmqpBroker(address.withoutCredentials(), supplier, false, tls, connectTimeout, heartbeat);
    }

    /**
     * Logs in with the client certificate alone (SASL {@code EXTERNAL}), which the broker understands with its plugin {@code
     * rabbitmq_auth_mechanism_ssl}. User and password of the address are not sent.
     *
     * <p>Default: a user and a password.
     *
     * @return a copy that does; whoever is given it throws an {@link IllegalStateException} when opened or started if there is
     *     neither a client certificate nor an {@code SSLContext}, which may have one
     * @throws IllegalStateException if the address is not {@code amqps}, or after {@code credentials}
     */
    public AmqpBroker externalLogin() {
        requireTls("externalLogin");
        if (credentials != null) {
            throw exclusive("externalLogin", "credentials");
        }
        return new AmqpBroker(address.withoutCredentials(), null, true, tls, connectTimeout, heartbeat);
    }

    /**
     * Limits how long a connection may take, and again its handshake.
     *
     * <p>Default 3 seconds, from 1 millisecond to 1 hour. A broker that can be reached again is noticed only after an
     * attempt that is under way has ended.
     *
     * @param timeout the longest time
     * @return a copy that does
     * @throws IllegalArgumentException if it is shorter or longer than allowed
     */
    public AmqpBroker connectTimeout(Duration timeout) {
        Duration checked = Endpoints.within("connectTimeout", timeout, LONGEST_CONNECT);
        return new AmqpBroker(address, credentials, externalLogin, tls, checked, heartbeat);
    }

    /**
     * Asks for a sign of life this often. The broker may ask for a shorter interval, and gets it.
     *
     * <p>Default 10 seconds, whole seconds from 1 second to 10 minutes. A link that is dead and idle goes unnoticed for at
     * most two intervals and a quarter: 23 seconds by default. One over which something is sent is given up earlier, when
     * the broker does not confirm in time. Short intervals close connections of a host that pauses for long.
     *
     * @param interval the interval
     * @return a copy that does
     * @throws IllegalArgumentException if it is shorter or longer than allowed, or not of whole seconds
     */
    public AmqpBroker heartbeat(Duration interval) {
        Objects.requireNonNull(interval, "heartbeat");
        if (interval.compareTo(Duration.ofSeconds(1)) < 0
                || interval.compareTo(LONGEST_HEARTBEAT) > 0
                || !interval.equals(interval.truncatedTo(ChronoUnit.SECONDS))) {
            throw new IllegalArgumentException(
                    "heartbeat must be whole seconds from PT1S to " + LONGEST_HEARTBEAT + ", but was " + interval);
        }
        return new AmqpBroker(address, credentials, externalLogin, tls, connectTimeout, interval);
    }

    /**
     * Makes encrypted connections with a context of the host's, which says whom to trust and which certificate to show. The
     * name of the host is verified in any case.
     *
     * <p>Default: trusts whom the Java runtime trusts.
     *
     * @param context the context
     * @return a copy that does
     * @throws IllegalStateException if the address is not {@code amqps}, or after {@code trust} or {@code clientCertificate}
     */
    public AmqpBroker sslContext(SSLContext context) {
        Objects.requireNonNull(context, "sslContext");
        requireTls("sslContext");
        if (tls.hasFiles()) {
            throw exclusive("sslContext", tls.trust() == null ? "clientCertificate" : "trust");
        }
        return with(tls.context(context));
    }

    /**
     * Trusts the certificates of a file, in place of those of the Java runtime: of a private authority, or of the broker
     * itself.
     *
     * <p>Default: trusts whom the Java runtime trusts.
     *
     * @param pem a file with one certificate or more, each between lines of {@code BEGIN CERTIFICATE} and {@code END
     *     CERTIFICATE}
     * @return a copy that trusts them
     * @throws IllegalArgumentException if the file cannot be read or holds no certificate
     * @throws IllegalStateException if the address is not {@code amqps}, or after {@code sslContext}
     */
    public AmqpBroker trust(Path pem) {
        Objects.requireNonNull(pem, "pem");
        requireFilesAllowed("trust");
        return with(tls.trust(settings -> settings.trust(pem)));
    }

    /**
     * Trusts the certificates of a key store, in place of those of the Java runtime.
     *
     * <p>Default: trusts whom the Java runtime trusts.
     *
     * @param store a file of the form PKCS #12 or JKS with one trusted certificate or more
     * @param password the password of the store
     * @return a copy that trusts them
     * @throws IllegalArgumentException if the store cannot be read with that password or holds no trusted certificate, or the
     *     password is empty
     * @throws IllegalStateException if the address is not {@code amqps}, or after {@code sslContext}
     */
    public AmqpBroker trust(Path store, char[] password) {
        StoreFile file = StoreFile.of(store, password);
        requireFilesAllowed("trust");
        return with(tls.trust(settings -> settings.trust(file.load())));
    }

    /**
     * Shows a client certificate to brokers that ask for one.
     *
     * <p>Default: none is shown.
     *
     * @param certificates a file with the certificate and those that lead from it to an authority, as {@link #trust(Path)}
     *     reads it
     * @param privateKey a file with its private key in the form PKCS #8 without a password, between lines of {@code BEGIN
     *     PRIVATE KEY} and {@code END PRIVATE KEY}
     * @return a copy that shows it
     * @throws IllegalArgumentException if a file cannot be read or does not hold that
     * @throws IllegalStateException if the address is not {@code amqps}, or after {@code sslContext}
     */
    public AmqpBroker clientCertificate(Path certificates, Path privateKey) {
        Objects.requireNonNull(certificates, "certificates");
        Objects.requireNonNull(privateKey, "privateKey");
        requireFilesAllowed("clientCertificate");
        return with(tls.key(settings -> settings.clientCertificate(certificates, privateKey)));
    }

    /**
     * Shows a client certificate to brokers that ask for one.
     *
     * <p>Default: none is shown.
     *
     * @param store a file of the form PKCS #12 or JKS with one private key
     * @param password the password of the store and of the key
     * @return a copy that shows it
     * @throws IllegalArgumentException if the store cannot be read with that password or holds no private key or several, or
     *     the password is empty
     * @throws IllegalStateException if the address is not {@code amqps}, or after {@code sslContext}
     */
    public AmqpBroker clientCertificate(Path store, char[] password) {
        StoreFile file = StoreFile.of(store, password);
        requireFilesAllowed("clientCertificate");
        return with(tls.key(settings -> settings.clientCertificate(file.load(), file.password())));
    }

    /** Returns where it is, without the password. */
    @Override
    public String toString() {
        return address.toString();
    }

    /** Returns what connects there. */
    Endpoint endpoint() {
        if (externalLogin && tls.showsNoCertificate()) {
            throw new IllegalStateException("externalLogin needs a client certificate; set clientCertificate");
        }
        return new Endpoint(
                address.toString(),
                address.host(),
                address.port(),
                address.virtualHost(),
                externalLogin ? null : Objects.requireNonNullElse(credentials, address::credentials),
                address.tls() ? tls : null,
                connectTimeout,
                heartbeat);
    }

    private AmqpBroker with(TlsOptions other) {
        return new AmqpBroker(address, credentials, externalLogin, other, connectTimeout, heartbeat);
    }

    private void requireFilesAllowed(String option) {
        requireTls(option);
        if (tls.context() != null) {
            throw exclusive(option, "sslContext");
        }
    }

    private void requireTls(String option) {
        if (!address.tls()) {
            throw new IllegalStateException(
                    option + " needs TLS, so an address that begins with amqps://, but it is " + address);
        }
    }

    private void requireNoExternalLogin() {
        if (externalLogin) {
            throw exclusive("credentials", "externalLogin");
        }
    }

    private static IllegalStateException exclusive(String option, String other) {
        return new IllegalStateException(option + " and " + other + " exclude each other; keep one of them");
    }
}
