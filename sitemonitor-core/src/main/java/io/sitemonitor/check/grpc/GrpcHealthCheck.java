package io.sitemonitor.check.grpc;

import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckContext;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.IpFamily;
import io.sitemonitor.check.Resolver;
import io.sitemonitor.check.Secret;
import io.sitemonitor.check.TlsSettings;
import io.sitemonitor.check.internal.FixedAddresses;
import io.sitemonitor.check.internal.http.Way;
import io.sitemonitor.check.internal.http.Wire;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Passes if a gRPC server says of itself, or of one of its services, that it is serving: version 1 of the health checking
 * protocol of gRPC ({@code grpc.health.v1.Health/Check}).
 *
 * <pre>{@code
 * GrpcHealthCheck.connect("orders.internal", 8443).service("shop.Orders").metadata("authorization", Secret.of(token))
 * GrpcHealthCheck.connect("localhost", 50051).plainText()
 * }</pre>
 *
 * <p>Each run makes its own connection, directly whatever proxy the Java process has, looks up the name anew (within what
 * the Java runtime caches), makes a full TLS handshake with TLS 1.2 or newer unless {@link #plainText} says otherwise,
 * speaks HTTP/2, and closes the connection.
 *
 * <p><b>Time:</b> the timeout of the run bounds all of it, and is told to the server. <b>Memory:</b> a message of more than 4 KiB
 * fails with {@code TOO_LARGE}, and so does a server that sends more than 128 KiB in all, or 64 KiB beside messages.
 *
 * <p><b>Failure:</b> {@code DNS}, {@code CONNECT} (refused, unreachable, or lost before or during the answer), {@code TLS},
 * {@code TIMEOUT}, {@code PROTOCOL} (an answer that is none of gRPC, or one that is compressed; a server that does not
 * speak HTTP/2), {@code STATUS} (anything but {@code SERVING}: {@code NOT_SERVING}, {@code UNKNOWN}, {@code
 * SERVICE_UNKNOWN}; a status of gRPC such as {@code UNIMPLEMENTED}, if there is no health service, or {@code NOT_FOUND}, if it does not know the
 * service, with what the server says of it; a status of HTTP), {@code ASSERTION} (latency), {@code TOO_LARGE}, {@code
 * REFUSED_BY_POLICY}. <b>Evidence:</b> the address connected to; the phases {@code dns}, {@code connect}, {@code tls},
 * {@code firstByte} (from the request sent to the head received) and {@code body}; the facts {@code health} (such as {@code
 * SERVING}), {@code grpc-status} (such as {@code OK}), {@code tls} (its version), and {@code certificate} if the request
 * fails.
 *
 * <p><b>Secrets:</b> values of metadata are shown nowhere, even if the server repeats them.
 *
 * <p>Immutable: each option returns a copy. Two checks with the same options are equal.
 *
 * <p><b>Threads:</b> safe for use by any number of threads.
 */
public final class GrpcHealthCheck implements Check {

    private final HealthCall call;
    private final Way way;
    private final Wire wire;

    private GrpcHealthCheck(HealthCall call, Way way, Wire wire) {
        this.call = call;
        this.way = way;
        this.wire = wire;
    }

    /**
     * Checks a server over TLS; {@link #plainText} is for one without.
     *
     * @param host a name, or an address of IPv4 or IPv6, the latter with or without brackets
     * @param port the port, from 1 to 65535
     * @return the check
     * @throws IllegalArgumentException if the host is empty, longer than 255 characters or holds spaces or control
     *     characters, or is none that HTTP knows, or the port is outside its range
     */
    public static GrpcHealthCheck connect(String host, int port) {
        return new GrpcHealthCheck(HealthCall.of(host, port), Way.USUAL, Wire.http2(Way.USUAL.tls()));
    }

    /**
     * Asks for one service of the server.
     *
     * <p>Default: empty, which asks for the server as a whole.
     *
     * @param name its name such as {@code shop.Orders}, as the server registers it; at most 500 characters of ASCII
     *     without spaces
     * @return a copy that asks for it
     * @throws IllegalArgumentException if it is no such name
     */
    public GrpcHealthCheck service(String name) {
        return with(call.service(name));
    }

    /**
     * Sends metadata with the request. A value of the same name is replaced.
     *
     * <p>Default: none; at most 64.
     *
     * @param name the name: lower-case letters, digits, {@code -}, {@code _} and {@code .}; not one that belongs to the
     *     protocol, such as {@code te}, or begins with {@code grpc-}, and not one of binary metadata, which ends in {@code
     *     -bin}
     * @param value the value: ASCII without control characters, at most 8,000 characters
     * @return a copy that sends it
     * @throws IllegalArgumentException if name or value is not allowed, or there are more than 64
     */
    public GrpcHealthCheck metadata(String name, String value) {
        return metadata(name, Secret.of(HealthCall.requireValue(name, value)));
    }

    /**
     * Sends metadata whose value is a secret, asked for anew with each run if it is rotated. Otherwise as {@link
     * #metadata(String, String)}.
     *
     * <p>Default: none; at most 64.
     *
     * @param name the name
     * @param value the value: ASCII without control characters, at most 8,000 characters; another one fails the run with
     *     {@code CHECK_ERROR}
     * @return a copy that sends it
     * @throws IllegalArgumentException if the name is not allowed, or there are more than 64
     */
    public GrpcHealthCheck metadata(String name, Secret value) {
        return with(call.metadata(name, value));
    }

    /**
     * Sends another authority ({@code :authority}, which is what {@code Host} is in HTTP/1.1), for servers behind one that
     * sends on by it. The name that is verified is {@link TlsSettings#serverName}.
     *
     * <p>Default: host and port.
     *
     * @param name a name, and a port if there is one, such as {@code orders.shop.example}
     * @return a copy that sends it
     * @throws IllegalArgumentException if it has more than 255 characters, or any that an authority has not
     */
    public GrpcHealthCheck authority(String name) {
        return with(call.authority(name));
    }

    /**
     * Speaks HTTP/2 without TLS, and without asking whether the server knows it, as servers inside a cluster speak it.
     * Takes the place of {@link #tls}, and the other way round.
     *
     * <p>Default: TLS.
     *
     * @return a copy that does
     */
    public GrpcHealthCheck plainText() {
        return new GrpcHealthCheck(call.encrypted(false), way.tls(TlsSettings.system()), Wire.http2(null));
    }

    /**
     * Says whom to trust and what certificate to show.
     *
     * <p>Default: {@link TlsSettings#system()}.
     *
     * @param settings whom to trust, and what to show
     * @return a copy that does
     */
    public GrpcHealthCheck tls(TlsSettings settings) {
        return new GrpcHealthCheck(call.encrypted(true), way.tls(settings), Wire.http2(settings));
    }

    /**
     * Connects over one version of the Internet Protocol only.
     *
     * <p>Default: {@link IpFamily#EITHER}.
     *
     * @param family which
     * @return a copy that does
     */
    public GrpcHealthCheck family(IpFamily family) {
        return with(way.family(family));
    }

    /**
     * Asks somebody else than the system for the addresses of the host.
     *
     * <p>Default: the system.
     *
     * @param resolver whom to ask
     * @return a copy that asks it
     */
    public GrpcHealthCheck resolver(Resolver resolver) {
        return with(way.resolver(resolver));
    }

    /**
     * Connects to this address whatever the name of the host means; the name stays what is asked for and what the
     * certificate is verified for.
     *
     * <p>Default: what the name means.
     *
     * @param address an address written in figures
     * @param more further ones, to be tried in this order
     * @return a copy that connects there
     * @throws IllegalArgumentException if one is no address
     */
    public GrpcHealthCheck address(String address, String... more) {
        return resolver(FixedAddresses.of(address, more));
    }

    /**
     * Gives up on an address that does not accept a connection in this time; the next one of the name is tried then.
     *
     * <p>Default: each address gets a fair share of what is left of the run's timeout; from 1 millisecond to 1 hour.
     *
     * @param limit the longest time for one address
     * @return a copy with that limit
     * @throws IllegalArgumentException if the limit is outside its range
     */
    public GrpcHealthCheck connectTimeout(Duration limit) {
        return with(way.connectTimeout(limit));
    }

    /**
     * Warns if it takes longer than this from the beginning of the run to its end.
     *
     * <p>Default: no limit; from 1 millisecond to 1 hour.
     *
     * @param limit the longest time without a warning
     * @return a copy with that limit
     * @throws IllegalArgumentException if the limit is outside its range
     * @throws IllegalStateException if it is not less than {@link #failAbove}
     */
    public GrpcHealthCheck warnAbove(Duration limit) {
        return with(way.latency(way.latency().warn(limit)));
    }

    /**
     * Fails with {@code ASSERTION} if it takes longer than this from the beginning of the run to its end.
     *
     * <p>Default: no limit; from 1 millisecond to 1 hour.
     *
     * @param limit the longest time without a failure
     * @return a copy with that limit
     * @throws IllegalArgumentException if the limit is outside its range
     * @throws IllegalStateException if it is not more than {@link #warnAbove}
     */
    public GrpcHealthCheck failAbove(Duration limit) {
        return with(way.latency(way.latency().fail(limit)));
    }

    private GrpcHealthCheck with(HealthCall other) {
        return new GrpcHealthCheck(other, way, wire);
    }

    private GrpcHealthCheck with(Way other) {
        return new GrpcHealthCheck(call, other, wire);
    }

    @Override
    public CheckResult run(CheckContext context) {
        return new HealthRun(call, way, wire, context).run();
    }

    @Override
    public String kind() {
        return "grpc";
    }

    /**
     * Returns host, port and service.
     *
     * @return such as {@code orders.internal:8443/shop.Orders}, or without the service if it is the server as a whole
     */
    @Override
    public String target() {
        return call.target();
    }

    /**
     * Returns the host to which a connection is made.
     *
     * @return the host in lower case; an address of IPv6 without brackets
     */
    @Override
    public String host() {
        return call.host().toLowerCase(Locale.ROOT);
    }

    @Override
    public boolean isInsecure() {
        return way.tls().isInsecure();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof GrpcHealthCheck that && call.equals(that.call) && way.equals(that.way);
    }

    @Override
    public int hashCode() {
        return Objects.hash(call, way);
    }

    /** Returns the kind in capital letters, and the target. */
    @Override
    public String toString() {
        return "GRPC " + target();
    }
}
