package io.sitemonitor.amqp;

import io.sitemonitor.amqp.internal.Endpoint;
import io.sitemonitor.amqp.internal.HostEndpoint;
import io.sitemonitor.amqp.internal.StoreFile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
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
 * <p><b>Connections.</b> Whoever is given a broker makes connections of its own, one for each publisher, consumer and dead
 * letters; or, with {@link #over}, uses those of the host.
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

    private final @Nullable AmqpConnections source;
    private final @Nullable BrokerOptions options;

    private AmqpBroker(@Nullable AmqpConnections source, @Nullable BrokerOptions options) {
        this.source = source;
        this.options = options;
    }

    /**
     * Names a broker. The query of the URI sets options; what is set by a method afterwards replaces them:
     *
     * <table>
     *   <caption>Parameters of a query</caption>
     *   <tr><th>parameter</th><th>is</th></tr>
     *   <tr><td>{@code heartbeat}</td><td>{@link #heartbeat(Duration)}, in seconds</td></tr>
     *   <tr><td>{@code connection_timeout}</td><td>{@link #connectTimeout(Duration)}, in milliseconds</td></tr>
     *   <tr><td>{@code cacertfile}</td><td>{@link #trust(Path)}</td></tr>
     *   <tr><td>{@code certfile} and {@code keyfile}</td><td>{@link #clientCertificate(Path, Path)}</td></tr>
     *   <tr><td>{@code server_name_indication}</td><td>{@link #serverName(String)}</td></tr>
     *   <tr><td>{@code verify}</td><td>{@code verify_peer}, which is so in any case; nothing else</td></tr>
     *   <tr><td>{@code auth_mechanism}</td><td>{@code plain}, which is so in any case, or {@code external} for {@link
     *   #externalLogin()}</td></tr>
     *   <tr><td>{@code channel_max}</td><td>0 or at least 8, which is more than a connection of ours has channels</td></tr>
     * </table>
     *
     * @param uri where it is and who asks, see {@link AmqpAddress}, such as {@code amqps://host/shop?heartbeat=5}
     * @return the broker
     * @throws IllegalArgumentException if it is not an AMQP URI, or its query has another parameter, or one that is wrong; the
     *     message holds no part of the credentials
     */
    public static AmqpBroker at(String uri) {
        return BrokerUri.read(uri);
    }

    /**
     * Names a broker.
     *
     * @param address where it is and who asks
     * @return the broker
     */
    public static AmqpBroker at(AmqpAddress address) {
        return new AmqpBroker(null, BrokerOptions.of(address));
    }

    /**
     * Uses connections of the host's, who makes, names and closes them, and says how. On them channels are opened and
     * closed; the connections themselves are left as they are, also when whoever uses them is closed. After the loss of a
     * connection the host is asked again. It may recover connections by itself: channels opened here are left out of that.
     *
     * <p>The options of this class are set where the host makes its connections, so here they are refused. A link that is
     * dead is given up when the host's heartbeat says so: without one, never. Nor can a connection be hurried to its end
     * while the broker has it blocked or is silent: a thread that waits for it outlives {@code close()} for as long.
     *
     * @param source whom to ask for a connection
     * @return the broker at the other end of them
     */
    public static AmqpBroker over(AmqpConnections source) {
        return new AmqpBroker(Objects.requireNonNull(source, "source"), null);
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
        BrokerOptions own = own("credentials");
        AmqpAddress named = own.address().withCredentials(user, password);
        return of(own.credentials(named, named::credentials));
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
        BrokerOptions own = own("credentials");
        return of(own.credentials(own.address().withoutCredentials(), supplier));
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
        return of(own("externalLogin").external());
    }

    /**
     * Names the other nodes of the cluster to which the broker belongs. Each attempt to connect tries all nodes, one after the
     * other, until one takes the connection: the first attempt begins with any of them, one after a loss with the next. What
     * is set here holds for each of them.
     *
     * <p>Default: there are no others. Of a name with several addresses the one that answers is used, so a name for the whole
     * cluster needs nothing here.
     *
     * @param nodes where they are, each as in an address: {@code rabbit-2} or {@code rabbit-2:5672}; without a port it is 5672,
     *     with TLS 5671
     * @return a copy that tries them, too
     * @throws IllegalArgumentException if one is not a host with or without a port, or is there twice
     */
    public AmqpBroker otherNodes(String... nodes) {
        return of(own("otherNodes").others(List.of(nodes)));
    }

    /**
     * Limits how long a connection may take, and again its handshake.
     *
     * <p>Default 3 seconds, from 1 millisecond to 1 hour. A broker that can be reached again is noticed only after an
     * attempt that is under way has ended; each of several nodes may take so long.
     *
     * @param timeout the longest time
     * @return a copy that does
     * @throws IllegalArgumentException if it is shorter or longer than allowed
     */
    public AmqpBroker connectTimeout(Duration timeout) {
        Duration checked = Endpoints.within("connectTimeout", timeout, LONGEST_CONNECT);
        return of(own("connectTimeout").connectTimeout(checked));
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
        return of(own("heartbeat").heartbeat(interval));
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
        return sslContext(() -> context);
    }

    /**
     * Asks for a context before each attempt to connect, for certificates that are renewed. What the supplier throws is said
     * by the name of its class only, and the attempt is repeated after at most 1.2 seconds.
     *
     * <p>Default: trusts whom the Java runtime trusts.
     *
     * @param supplier has the context, see {@link #sslContext(SSLContext)}; called by the threads that connect, possibly by
     *     several at once
     * @return a copy that asks
     * @throws IllegalStateException if the address is not {@code amqps}, or after {@code trust} or {@code clientCertificate}
     */
    public AmqpBroker sslContext(Supplier<SSLContext> supplier) {
        Objects.requireNonNull(supplier, "supplier");
        BrokerOptions own = own("sslContext").requireNoFiles("sslContext");
        return of(own.tls(own.tls().context(supplier)));
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
        BrokerOptions own = own("trust").requireFiles("trust");
        return of(own.tls(own.tls().trust(settings -> settings.trust(pem))));
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
        BrokerOptions own = own("trust").requireFiles("trust");
        return of(own.tls(own.tls().trust(settings -> settings.trust(file.load()))));
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
        BrokerOptions own = own("clientCertificate").requireFiles("clientCertificate");
        return of(own.tls(own.tls().key(settings -> settings.clientCertificate(certificates, privateKey))));
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
        BrokerOptions own = own("clientCertificate").requireFiles("clientCertificate");
        return of(own.tls(own.tls().key(settings -> settings.clientCertificate(file.load(), file.password()))));
    }

    /**
     * Asks for this name, and takes a certificate for it, beside one for the host that is connected to: for a broker that is
     * reached through another name, such as that of a tunnel.
     *
     * <p>Default: the host of the address.
     *
     * @param name the name of a host
     * @return a copy that does
     * @throws IllegalArgumentException if it is not the name of a host
     * @throws IllegalStateException if the address is not {@code amqps}
     */
    public AmqpBroker serverName(String name) {
        Objects.requireNonNull(name, "serverName");
        BrokerOptions own = own("serverName").requireTls("serverName");
        return of(own.tls(own.tls().serverName(name)));
    }

    /** Returns where it is, without the password. */
    @Override
    public String toString() {
        return options == null ? endpoint().toString() : options.toString();
    }

    /** Returns what connects there. */
    Endpoint endpoint() {
        return options == null ? new HostEndpoint(Objects.requireNonNull(source)) : options.endpoint();
    }

    private BrokerOptions own(String option) {
        if (options == null) {
            throw new IllegalStateException(
                    option + " is for the host to set, where it makes the connections that are used here");
        }
        return options;
    }

    private static AmqpBroker of(BrokerOptions options) {
        return new AmqpBroker(null, options);
    }
}
