package io.sitemonitor.check;

import io.sitemonitor.check.internal.AddressUse;
import io.sitemonitor.check.internal.Endpoint;
import io.sitemonitor.check.internal.Expectations;
import io.sitemonitor.check.internal.Wording;
import java.time.Duration;
import java.util.List;
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
        return new SocketOptions(new Values(Endpoint.of(host, port), null, AddressUse.FIRST, null, null, List.of()));
    }

    /**
     * Returns the host.
     *
     * @return the name or the address as it was written, one of IPv6 without brackets
     */
    public String host() {
        return values.endpoint.host();
    }

    /**
     * Returns the port.
     *
     * @return the port
     */
    public int port() {
        return values.endpoint.port();
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

    Endpoint endpoint() {
        return values.endpoint;
    }

    SocketOptions endpoint(Endpoint endpoint) {
        return new SocketOptions(new Values(
                endpoint, values.connectTimeout, values.use, values.tls, values.startTls, values.expectations));
    }

    SocketOptions connectTimeout(Duration limit) {
        return new SocketOptions(values.with(Wording.requireLimit("connectTimeout", limit), values.use));
    }

    SocketOptions use(AddressUse use) {
        return new SocketOptions(values.with(values.connectTimeout, use));
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
        return switch (values.use) {
            case FIRST -> values.endpoint.toString();
            case CONFIRM -> values.endpoint + " (confirmed by another address)";
            case EVERY -> values.endpoint + " (every address)";
        };
    }

    record Values(
            Endpoint endpoint,
            @Nullable Duration connectTimeout,
            AddressUse use,
            @Nullable TlsSettings tls,
            @Nullable StartTls startTls,
            List<Expectation<? super TlsConnection>> expectations) {

        private Values with(@Nullable Duration otherTimeout, AddressUse otherUse) {
            return new Values(endpoint, otherTimeout, otherUse, tls, startTls, expectations);
        }

        private Values with(
                @Nullable TlsSettings otherTls,
                @Nullable StartTls otherStart,
                List<Expectation<? super TlsConnection>> others) {
            return new Values(endpoint, connectTimeout, use, otherTls, otherStart, others);
        }
    }
}
