package io.sitemonitor.check.internal.http;

import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.TlsSettings;
import io.sitemonitor.check.internal.FailedException;
import io.sitemonitor.check.internal.NameLookup;
import io.sitemonitor.check.internal.Trust;
import io.sitemonitor.check.internal.UserAgent;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.Proxy;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.X509TrustManager;
import okhttp3.Authenticator;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.CookieJar;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * The clients that all checks share, and what each run varies of them.
 *
 * <p>It keeps nothing from one run for the next: no connection, no TLS session (a resumed one is not verified again, and
 * would hide that a certificate has expired), no cookie. It speaks HTTP/1.1 unless a check asks for HTTP/2, which takes two
 * threads a connection, in a pool without bound. Addresses are tried one after the other on the thread of the run.
 */
public final class Wire {

    /** What every request says of who asks, unless it says otherwise. */
    public static final String USER_AGENT = UserAgent.NAME;

    private static final List<Protocol> HTTP_1_1 = List.of(Protocol.HTTP_1_1);

    /** A power of two. */
    private static final int MOST_POOLS = 64;

    /** So many calls under way share a pool. */
    private static final int CROWD = 16;

    private final NameLookup names;

    /**
     * One client, but for its pool of connections. Each run walks through its pool from end to end, so many calls at once
     * need many pools; but each pool has a chore to be done whenever a connection is made, which those of one pool share, so a
     * few calls are better off with one.
     */
    private final OkHttpClient[] clients;

    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger turn = new AtomicInteger();

    /**
     * Makes one that speaks HTTP/1.1.
     *
     * @param names who looks up names
     * @param trust who verifies chains
     */
    public Wire(NameLookup names, X509TrustManager trust) {
        this(
                names,
                new OkHttpClient.Builder()
                        .protocols(HTTP_1_1)
                        .sslSocketFactory(new FreshTls(trust, null, null, false), trust),
                MOST_POOLS);
    }

    private Wire(NameLookup names, OkHttpClient.Builder varied, int pools) {
        this.names = names;
        OkHttpClient client = varied.proxy(Proxy.NO_PROXY)
                .fastFallback(false)
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .followSslRedirects(false)
                .connectTimeout(Duration.ZERO)
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO)
                .addInterceptor(Wire::routed)
                .addNetworkInterceptor(chain -> tamed(chain.proceed(chain.request())))
                .build();
        clients = new OkHttpClient[pools];
        for (int i = 0; i < pools; i++) {
            clients[i] = client.newBuilder().connectionPool(emptyPool()).build();
        }
    }

    /**
     * Makes one for requests that go a way of their own.
     *
     * @param protocols what may be spoken
     * @param tls whom to trust, and what to show
     * @param login who signs in to a proxy, or null
     * @return one that is shared with nobody
     */
    public static Wire of(List<Protocol> protocols, TlsSettings tls, @Nullable Authenticator login) {
        OkHttpClient.Builder client = client(protocols, tls);
        if (login != null) {
            client.proxyAuthenticator(login);
        }
        return new Wire(NameLookup.shared(), client, 1);
    }

    /**
     * Returns one that speaks HTTP/2 and nothing else.
     *
     * @param tls whom to trust, and what to show; null for no encryption
     * @return the one that all share if it can be, otherwise one that is shared with nobody
     */
    public static Wire http2(@Nullable TlsSettings tls) {
        if (tls == null) {
            return PlainHttp2.INSTANCE;
        }
        return tls.equals(TlsSettings.system()) ? EncryptedHttp2.INSTANCE : encryptedHttp2(tls);
    }

    private static Wire encryptedHttp2(TlsSettings tls) {
        // the client insists on offering HTTP/1.1 as well
        OkHttpClient.Builder client = client(List.of(Protocol.HTTP_2, Protocol.HTTP_1_1), tls);
        return new Wire(NameLookup.shared(), client.addNetworkInterceptor(Wire::onlyHttp2), 1);
    }

    private static Response onlyHttp2(Interceptor.Chain chain) throws IOException {
        Connection connection = chain.connection();
        if (connection != null && connection.protocol() == Protocol.HTTP_1_1) {
            throw new FailedException(FailureKind.PROTOCOL, "server does not speak HTTP/2");
        }
        return chain.proceed(chain.request());
    }

    /**
     * Begins a client.
     *
     * @param protocols what may be spoken
     * @param tls whom to trust, and what to show
     * @return a client that keeps to that
     */
    public static OkHttpClient.Builder client(List<Protocol> protocols, TlsSettings tls) {
        X509TrustManager trust = tls.trustManager();
        OkHttpClient.Builder client = new OkHttpClient.Builder()
                .protocols(protocols)
                .sslSocketFactory(
                        new FreshTls(trust, tls.keyManager(), tls.serverName(), protocols.contains(Protocol.HTTP_2)),
                        trust)
                .connectionSpecs(List.of(spec(tls), ConnectionSpec.CLEARTEXT));
        if (!tls.verifiesNames()) {
            client.hostnameVerifier((host, session) -> true);
        } else if (tls.serverName() != null) {
            HostnameVerifier usual = shared().clients[0].hostnameVerifier();
            client.hostnameVerifier((host, session) -> usual.verify(tls.serverName(), session));
        }
        return client;
    }

    private static ConnectionSpec spec(TlsSettings tls) {
        return new ConnectionSpec.Builder(ConnectionSpec.MODERN_TLS)
                .tlsVersions(tls.protocols().toArray(String[]::new))
                .build();
    }

    /**
     * No connection is kept. The lifetime is long because the pool looks at connections in use once a lifetime: one of a
     * nanosecond makes it spin for as long as any run waits.
     */
    static ConnectionPool emptyPool() {
        return new ConnectionPool(0, 5, TimeUnit.MINUTES);
    }

    /**
     * Returns the one for checks that are content with HTTP/1.1 and the trust of the Java runtime.
     *
     * @return always the same object
     */
    public static Wire shared() {
        return Shared.INSTANCE;
    }

    /** Whether a connection may be one of HTTP/2, which several calls could share. */
    boolean speaksHttp2() {
        return !clients[0].protocols().equals(HTTP_1_1);
    }

    /**
     * Tells whether HTTP/2 is spoken from the first byte, without asking.
     *
     * @return whether it is
     */
    public boolean presumesHttp2() {
        return clients[0].protocols().contains(Protocol.H2_PRIOR_KNOWLEDGE);
    }

    NameLookup names() {
        return names;
    }

    /** Makes a call of the client that all share; what is its own hangs on its listener, since a client of its own costs more. */
    Call call(Request request, long limitMillis, Phases phases) {
        int pools = Math.min(clients.length, pools(underWay.get()));
        Call call = clients[turn.getAndIncrement() & (pools - 1)].newCall(request);
        call.addEventListener(phases);
        call.timeout().timeout(limitMillis, TimeUnit.MILLISECONDS);
        return call;
    }

    /** A call is about to be made. */
    void begin() {
        underWay.incrementAndGet();
    }

    /** The call has come to its end, whatever that is. */
    void end() {
        underWay.decrementAndGet();
    }

    /** How many pools so many calls share. */
    static int pools(int calls) {
        return calls <= CROWD ? 1 : MOST_POOLS;
    }

    private static Response routed(Interceptor.Chain chain) throws IOException {
        if (chain.getEventListener() instanceof Phases phases) {
            Interceptor.Chain own = chain.withDns(phases.dns()).withSocketFactory(phases.sockets());
            Proxy proxy = phases.proxy();
            if (proxy != null) {
                own = own.withProxy(proxy);
            }
            CookieJar cookies = phases.cookies();
            if (cookies != null) {
                own = own.withCookieJar(cookies);
            }
            ConnectionPool pool = phases.pool();
            if (pool != null) {
                own = own.withConnectionPool(pool);
            }
            return own.proceed(chain.request());
        }
        throw new IllegalStateException("a call of a check without its listener");
    }

    /**
     * Returns how many connections are open.
     *
     * @return connections
     */
    public int connections() {
        return Arrays.stream(clients)
                .mapToInt(client -> client.connectionPool().connectionCount())
                .sum();
    }

    /**
     * Keeps the client from what it should not do: it would ask again by itself if a 503 says that it may do so at once,
     * and would never let go of a connection over which a negative length came.
     */
    private static Response tamed(Response response) throws ProtocolException {
        String length = response.header("Content-Length");
        if (length != null && length.startsWith("-")) {
            throw new ProtocolException("Content-Length is negative: " + length);
        }
        return response.code() == 503 && response.header("Retry-After") != null
                ? response.newBuilder().removeHeader("Retry-After").build()
                : response;
    }

    private static final class PlainHttp2 {
        static final Wire INSTANCE = of(List.of(Protocol.H2_PRIOR_KNOWLEDGE), TlsSettings.system(), null);
    }

    private static final class EncryptedHttp2 {
        static final Wire INSTANCE = encryptedHttp2(TlsSettings.system());
    }

    private static final class Shared {
        static final Wire INSTANCE = new Wire(NameLookup.shared(), Trust.system());
    }
}
