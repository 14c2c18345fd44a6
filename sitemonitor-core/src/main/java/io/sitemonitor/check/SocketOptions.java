package io.sitemonitor.check;

import io.sitemonitor.check.internal.AddressUse;
import io.sitemonitor.check.internal.Expectations;
import io.sitemonitor.check.internal.HostNames;
import io.sitemonitor.check.internal.LatencyLimits;
import io.sitemonitor.check.internal.Wording;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a {@link SocketCheck} connects to, and how: the options that all of them have.
 *
 * <p>Immutable and equal to any other with the same options.
 */
public final class SocketOptions {

    private final Values values;

    private SocketOptions(Values values) {
        this.values = values;
    }

    /**
     * Every option at its default.
     *
     * @param host a name, or an address of IPv4 or IPv6, the latter with or without brackets
     * @param port the port, from 1 to 65535
     * @return the options
     * @throws IllegalArgumentException if the host is empty, longer than 255 characters or holds spaces or control
     *     characters, or the port is outside its range
     */
    public static SocketOptions of(String host, int port) {
        return new SocketOptions(new Values(
                HostNames.require(host),
                HostNames.requirePort(port),
                IpFamily.EITHER,
                null,
                null,
                AddressUse.FIRST,
                LatencyLimits.NONE,
                null,
                null,
                List.of()));
    }

    /**
     * Returns the host.
     *
     * @return the name or the address as it was written, one of IPv6 without brackets
     */
    public String host() {
        return values.host;
    }

    /**
     * Returns the port.
     *
     * @return the port
     */
    public int port() {
        return values.port;
    }

    /**
     * Tells whether TLS is spoken, from the first byte or after a beginning in plain text.
     *
     * @return whether it is
     */
    public boolean isEncrypted() {
        return values.tls != null;
    }

    Values values() {
        return values;
    }

    SocketOptions family(IpFamily family) {
        return new SocketOptions(values.with(Objects.requireNonNull(family, "family"), values.resolver));
    }

    SocketOptions resolver(Resolver resolver) {
        return new SocketOptions(values.with(values.family, Objects.requireNonNull(resolver, "resolver")));
    }

    SocketOptions connectTimeout(Duration limit) {
        return new SocketOptions(
                values.with(Wording.requireLimit("connectTimeout", limit), values.use, values.latency));
    }

    SocketOptions use(AddressUse use) {
        return new SocketOptions(values.with(values.connectTimeout, use, values.latency));
    }

    SocketOptions latency(LatencyLimits latency) {
        return new SocketOptions(values.with(values.connectTimeout, values.use, latency));
    }

    SocketOptions tls(TlsSettings settings, @Nullable StartTls startTls) {
        return new SocketOptions(
                values.with(Objects.requireNonNull(settings, "settings"), startTls, values.expectations));
    }

    SocketOptions expect(Expectation<? super TlsConnection> expectation) {
        return new SocketOptions(
                values.with(values.tls, values.startTls, Expectations.append(values.expectations, expectation)));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SocketOptions that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    /** Returns host and port, and what is said about addresses. */
    @Override
    public String toString() {
        String address = Wording.address(values.host, values.port);
        return switch (values.use) {
            case FIRST -> address;
            case CONFIRM -> address + " (confirmed by another address)";
            case EVERY -> address + " (every address)";
        };
    }

    record Values(
            String host,
            int port,
            IpFamily family,
            @Nullable Resolver resolver,
            @Nullable Duration connectTimeout,
            AddressUse use,
            LatencyLimits latency,
            @Nullable TlsSettings tls,
            @Nullable StartTls startTls,
            List<Expectation<? super TlsConnection>> expectations) {

        String hostInLowerCase() {
            return host.toLowerCase(Locale.ROOT);
        }

        private Values with(IpFamily otherFamily, @Nullable Resolver otherResolver) {
            return new Values(
                    host, port, otherFamily, otherResolver, connectTimeout, use, latency, tls, startTls, expectations);
        }

        private Values with(@Nullable Duration otherTimeout, AddressUse otherUse, LatencyLimits otherLatency) {
            return new Values(
                    host, port, family, resolver, otherTimeout, otherUse, otherLatency, tls, startTls, expectations);
        }

        private Values with(
                @Nullable TlsSettings otherTls,
                @Nullable StartTls otherStart,
                List<Expectation<? super TlsConnection>> others) {
            return new Values(host, port, family, resolver, connectTimeout, use, latency, otherTls, otherStart, others);
        }
    }
}
