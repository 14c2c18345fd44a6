package io.sitemonitor.alert.internal;

import io.sitemonitor.check.TlsSettings;
import io.sitemonitor.check.internal.NameLookup;
import io.sitemonitor.check.internal.http.UnconnectedSockets;
import io.sitemonitor.check.internal.http.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.ConnectionPool;
import okhttp3.Dns;
import okhttp3.Headers;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;

/**
 * The one HTTP client of all listeners, which keeps no connection and decides nothing by itself, and its variations by
 * timeout. Safe for use by any number of threads.
 */
final class HttpClients {

    private static final String RETRY_AFTER = "Retry-After";
    private static final String KEPT = "Sitemonitor-Retry-After";

    private HttpClients() {}

    /** A client in which everything together takes no longer than this. */
    static OkHttpClient within(Duration timeout, TlsSettings tls) {
        OkHttpClient base = tls.equals(TlsSettings.system()) ? Base.CLIENT : client(tls);
        return base.newBuilder()
                .callTimeout(timeout)
                .connectTimeout(timeout)
                .readTimeout(timeout)
                .writeTimeout(timeout)
                .dns(new BoundedDns(timeout))
                .build();
    }

    private static OkHttpClient client(TlsSettings tls) {
        return Wire.client(List.of(Protocol.HTTP_1_1), tls)
                .followRedirects(false)
                .followSslRedirects(false)
                // A second request could be a second message: trying again is decided by who offers the alert.
                .retryOnConnectionFailure(false)
                // The lifetime is long because the pool looks at connections in use once a lifetime.
                .connectionPool(new ConnectionPool(0, 5, TimeUnit.MINUTES))
                .socketFactory(new ChannelSockets())
                .addNetworkInterceptor(chain -> tamed(chain.proceed(chain.request())))
                .build();
    }

    /** The head as it came. */
    static Headers asSent(Headers head) {
        String kept = head.get(KEPT);
        return kept == null
                ? head
                : head.newBuilder().removeAll(KEPT).set(RETRY_AFTER, kept).build();
    }

    /** The client would ask again by itself if a 503 says that it may do so at once, so it does not get to see that. */
    private static Response tamed(Response response) throws ProtocolException {
        String length = response.header("Content-Length");
        if (length != null && length.startsWith("-")) {
            throw new ProtocolException("Content-Length is negative");
        }
        String retryAfter = response.header(RETRY_AFTER);
        return response.code() == 503 && retryAfter != null
                ? response.newBuilder()
                        .removeHeader(RETRY_AFTER)
                        .header(KEPT, retryAfter)
                        .build()
                : response;
    }

    /** The system's lookup can neither be bounded nor interrupted, so others wait for it. */
    private record BoundedDns(Duration timeout) implements Dns {

        @Override
        public List<InetAddress> lookup(String hostname) throws UnknownHostException {
            CompletableFuture<List<InetAddress>> lookup = NameLookup.shared().start(hostname);
            try {
                return NameLookup.await(lookup, timeout.toNanos());
            } catch (UnknownHostException e) {
                throw new UnknownHostException(NameLookup.describe(hostname, e));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw unknown("interrupted while looking up the name", e);
            } catch (TimeoutException e) {
                throw unknown("the name was not looked up in time", e);
            } catch (RejectedExecutionException | CancellationException e) {
                throw unknown("the name could not be looked up", e);
            }
        }

        private static UnknownHostException unknown(String reason, Exception cause) {
            UnknownHostException unknown = new UnknownHostException(reason);
            unknown.initCause(cause);
            return unknown;
        }
    }

    /** Sockets of channels end when their thread is interrupted; others wait on. */
    private static final class ChannelSockets extends UnconnectedSockets {

        @Override
        public Socket createSocket() throws IOException {
            return SocketChannel.open().socket();
        }
    }

    private static final class Base {

        static final OkHttpClient CLIENT = client(TlsSettings.system());
    }
}
