package io.sitemonitor.check.internal.http;

import io.sitemonitor.check.internal.SmallMap;
import io.sitemonitor.check.internal.Wording;
import io.sitemonitor.time.TimeSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.ConnectionPool;
import okhttp3.CookieJar;
import okhttp3.EventListener;
import okhttp3.Headers;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Follows a run through its phases, those of several hops added up. All it hears comes on the thread of the run. */
public final class Phases extends EventListener {

    /** What a run is doing. Those with a name are measured. */
    enum Stage {
        START(null),
        DNS("dns"),
        CONNECT("connect"),
        TLS("tls"),
        SEND(null),
        WAIT("firstByte"),
        BODY("body");

        final @Nullable String phase;

        Stage(@Nullable String phase) {
            this.phase = phase;
        }
    }

    private static final Stage[] STAGES = Stage.values();

    /** The names of those that are measured. */
    public static final List<String> NAMES = Arrays.stream(STAGES)
            .map(stage -> stage.phase)
            .filter(Objects::nonNull)
            .toList();

    private final TimeSource time;
    private final long[] nanos = new long[STAGES.length];
    private final boolean[] seen = new boolean[nanos.length];
    private Stage stage = Stage.START;
    private boolean measuring;
    private boolean sequential;
    private long mark;
    private @Nullable String peer;
    private @Nullable String address;
    private @Nullable String tls;
    private Headers head = Headers.EMPTY;
    private @Nullable PinnedDns dns;
    private @Nullable MeteredSockets sockets;
    private @Nullable Proxy proxy;
    private @Nullable ConnectionPool pool;
    private @Nullable CookieJar cookies;
    private @Nullable SSLSession session;

    /**
     * Begins a run.
     *
     * @param time the clocks
     */
    public Phases(TimeSource time) {
        this.time = time;
    }

    /**
     * Goes on from where another one is, without changing it.
     *
     * @param before the other one
     */
    public Phases(Phases before) {
        this(before.time);
        System.arraycopy(before.nanos, 0, nanos, 0, nanos.length);
        System.arraycopy(before.seen, 0, seen, 0, seen.length);
        stage = before.stage;
    }

    /**
     * Says which way the next hop goes.
     *
     * @param addresses the addresses to connect to
     * @param made what makes the sockets
     * @param through the proxy, or null
     * @param jar the cookies of the run, or null
     * @param alone whether the connection must not be shared with calls made meanwhile, as that of HTTP/2 would be
     */
    public void over(
            List<InetAddress> addresses,
            MeteredSockets made,
            @Nullable Proxy through,
            @Nullable CookieJar jar,
            boolean alone) {
        dns = new PinnedDns(addresses);
        sockets = made;
        proxy = through;
        pool = alone ? Wire.emptyPool() : null;
        cookies = jar;
    }

    /** The cookies of the run, if it keeps any. */
    @Nullable
    CookieJar cookies() {
        return cookies;
    }

    /** The pool of a connection that must not be shared, or null. */
    @Nullable
    ConnectionPool pool() {
        return pool;
    }

    @Nullable
    Proxy proxy() {
        return proxy;
    }

    /**
     * Returns how the connection is encrypted.
     *
     * @return its session, or null if it is not
     */
    public @Nullable SSLSession session() {
        return session;
    }

    PinnedDns dns() {
        return Objects.requireNonNull(dns, "dns");
    }

    /**
     * Returns the sockets of the last hop.
     *
     * @return what makes and measures them
     */
    public MeteredSockets sockets() {
        return Objects.requireNonNull(sockets, "sockets");
    }

    void enter(Stage next) {
        pause();
        stage = next;
        mark = time.nanos();
        measuring = true;
        seen[next.ordinal()] = true;
    }

    /** Stops measuring, but remembers what the run was doing. */
    public void pause() {
        if (measuring) {
            nanos[stage.ordinal()] += Math.max(0, time.nanos() - mark);
            measuring = false;
        }
    }

    Stage stage() {
        return stage;
    }

    /**
     * Returns the head of the last answer as the server sent it, before the client is kept from acting on it by itself.
     *
     * @return the head; empty if there is none yet
     */
    public Headers head() {
        return head;
    }

    /** The address last tried. */
    @Nullable
    String peer() {
        return peer;
    }

    /**
     * Returns the address connected to.
     *
     * @return address and port, or null if there is no connection
     */
    public @Nullable String address() {
        return address;
    }

    /**
     * Returns the version of TLS.
     *
     * @return such as {@code TLSv1.3}, or null if the connection is not encrypted
     */
    public @Nullable String tls() {
        return tls;
    }

    /**
     * Returns how long each phase has taken.
     *
     * @return those that were passed, in their order
     */
    public Map<String, Duration> durations() {
        pause();
        SmallMap.Builder<Duration> durations = new SmallMap.Builder<>();
        for (Stage each : STAGES) {
            if (each.phase != null && seen[each.ordinal()]) {
                durations.put(each.phase, Duration.ofNanos(nanos[each.ordinal()]));
            }
        }
        return durations.build();
    }

    @Override
    public void connectStart(Call call, InetSocketAddress socket, Proxy proxy) {
        peer = Wording.address(socket);
        address = null;
        tls = null;
        enter(Stage.CONNECT);
    }

    @Override
    public void secureConnectStart(Call call) {
        address = peer;
        enter(Stage.TLS);
    }

    @Override
    public void connectEnd(Call call, InetSocketAddress socket, Proxy proxy, @Nullable Protocol protocol) {
        pause();
        sequential = protocol == Protocol.HTTP_1_1 || protocol == Protocol.HTTP_1_0;
    }

    @Override
    public void connectFailed(
            Call call, InetSocketAddress socket, Proxy proxy, @Nullable Protocol protocol, IOException failure) {
        pause();
    }

    @Override
    public void connectionAcquired(Call call, Connection connection) {
        address = peer;
        session = connection.socket() instanceof SSLSocket encrypted ? encrypted.getSession() : null;
        tls = session == null ? null : session.getProtocol();
    }

    @Override
    public void requestHeadersStart(Call call) {
        enter(Stage.SEND);
    }

    @Override
    public void requestHeadersEnd(Call call, Request request) {
        if (request.body() == null) {
            await();
        }
    }

    @Override
    public void requestBodyEnd(Call call, long byteCount) {
        await();
    }

    @Override
    public void responseHeadersEnd(Call call, Response response) {
        head = response.headers();
        enter(Stage.BODY);
    }

    private void await() {
        enter(Stage.WAIT);
        if (sequential) {
            sockets().expectHead();
        }
    }
}
