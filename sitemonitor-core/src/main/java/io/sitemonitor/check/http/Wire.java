package io.sitemonitor.check.http;

import io.sitemonitor.check.internal.NameLookup;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.Proxy;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.Call;
import okhttp3.ConnectionPool;
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
 * would hide that a certificate has expired), no cookie. It speaks HTTP/1.1 only, as HTTP/2 takes two threads a
 * connection, in a pool without bound. Addresses are tried one after the other on the thread of the run.
 */
final class Wire {

    static final String USER_AGENT = userAgent();

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
    private final OkHttpClient[] clients = new OkHttpClient[MOST_POOLS];

    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger turn = new AtomicInteger();

    Wire(NameLookup names, X509TrustManager trust) {
        this.names = names;
        OkHttpClient client = new OkHttpClient.Builder()
                .protocols(List.of(Protocol.HTTP_1_1))
                .proxy(Proxy.NO_PROXY)
                .fastFallback(false)
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .followSslRedirects(false)
                .connectTimeout(Duration.ZERO)
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO)
                .sslSocketFactory(new FreshTls(trust), trust)
                .addInterceptor(Wire::routed)
                .addNetworkInterceptor(chain -> tamed(chain.proceed(chain.request())))
                .build();
        for (int i = 0; i < MOST_POOLS; i++) {
            // No connection is kept. The lifetime is long because the pool looks at connections in use once a
            // lifetime: one of a nanosecond makes it spin for as long as any run waits.
            clients[i] = client.newBuilder()
                    .connectionPool(new ConnectionPool(0, 5, TimeUnit.MINUTES))
                    .build();
        }
    }

    static Wire shared() {
        return Shared.INSTANCE;
    }

    NameLookup names() {
        return names;
    }

    /** Makes a call of the client that all share; what is its own hangs on its listener, since a client of its own costs more. */
    Call call(Request request, long limitMillis, PinnedDns dns, MeteredSockets sockets, Phases phases) {
        int pools = pools(underWay.get());
        Call call = clients[turn.getAndIncrement() & (pools - 1)].newCall(request);
        phases.over(dns, sockets);
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
            return chain.withDns(phases.dns())
                    .withSocketFactory(phases.sockets())
                    .proceed(chain.request());
        }
        throw new IllegalStateException("a call of a check without its listener");
    }

    /** How many connections are open. */
    int connections() {
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

    static X509TrustManager systemTrust() {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((@Nullable KeyStore) null);
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509TrustManager trust) {
                    return trust;
                }
            }
            throw new IllegalStateException("this Java runtime has no trust manager for certificates");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime cannot verify certificates", e);
        }
    }

    private static String userAgent() {
        String version = HttpCheck.class.getPackage().getImplementationVersion();
        return version == null ? "sitemonitor" : "sitemonitor/" + version;
    }

    private static final class Shared {
        static final Wire INSTANCE = new Wire(NameLookup.shared(), systemTrust());
    }
}
