package io.sitemonitor.check.tcp;

import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckContext;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.SafeText;
import io.sitemonitor.check.internal.NameLookup;
import io.sitemonitor.check.internal.SecondOpinion;
import io.sitemonitor.check.internal.Wording;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Passes if a TCP connection can be made. Nothing is sent; the connection is closed at once.
 *
 * <pre>{@code
 * TcpCheck.connect("gw.internal", 443).warnAbove(ofMillis(200))
 * }</pre>
 *
 * <p>Each run looks up the name anew (within what the Java runtime caches) and tries its addresses in their order until
 * one answers, giving each a fair share of the time that is left. It fails with {@code DNS} if the name has no address,
 * with {@code CONNECT} if no address accepts, and with {@code TIMEOUT} if none answers in time. The evidence tells the
 * address and how long the phases {@code dns} and {@code connect} took.
 *
 * <p>Immutable: each option returns a copy. Two checks with the same options are equal.
 *
 * <p><b>Threads:</b> safe for use by any number of threads.
 */
public final class TcpCheck implements Check {

    private static final int MAX_HOST = 255;
    private static final int MAX_PORT = 65_535;

    private final String host;
    private final int port;
    private final @Nullable Duration warnAbove;
    private final boolean otherAddress;
    private final NameLookup names;

    private TcpCheck(String host, int port, @Nullable Duration warnAbove, boolean otherAddress, NameLookup names) {
        this.host = host;
        this.port = port;
        this.warnAbove = warnAbove;
        this.otherAddress = otherAddress;
        this.names = names;
    }

    /**
     * Checks that a connection can be made.
     *
     * @param host a name, or an address of IPv4 or IPv6, the latter with or without brackets
     * @param port the port, from 1 to 65535
     * @return the check
     * @throws IllegalArgumentException if the host is empty, longer than 255 characters or holds spaces or control
     *     characters, or the port is outside its range
     */
    public static TcpCheck connect(String host, int port) {
        Objects.requireNonNull(host, "host");
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("port must be from 1 to " + MAX_PORT + ", but was " + port);
        }
        return new TcpCheck(requireHost(host), port, null, false, NameLookup.shared());
    }

    /**
     * Warns if it takes longer than this to look up the name and connect.
     *
     * <p>Default: no limit; from 1 millisecond to 1 hour.
     *
     * @param limit the longest time without a warning
     * @return a copy with that limit
     * @throws IllegalArgumentException if the limit is outside its range
     */
    public TcpCheck warnAbove(Duration limit) {
        return new TcpCheck(host, port, Wording.requireLimit("warnAbove", limit), otherAddress, names);
    }

    /**
     * Asks another address of the name before the run says that it failed, so that "one of two addresses fails" can be told
     * from "it is down". Without effect if the name has one address only.
     *
     * <p>This is done for the failures {@code CONNECT} and {@code TIMEOUT}, not for {@code DNS}.
     *
     * <p>If the other address works, the result is {@code WARN} and its message says which address fails. If all fail, the
     * result is {@code FAIL} with the kind and the evidence of the first failure, and the message names them. The facts {@code address1},
     * {@code address2} and so on tell what became of each address that was asked.
     *
     * <p>The first address asked is the one that the lookup names first, then come those of the other address family,
     * then the rest. Each may take half of what is left of the timeout while there is another to ask, and the last one all
     * of it. {@link #warnAbove} leaves out the time lost on addresses that failed.
     *
     * <p>Default: off; then an address that does not accept is passed over silently.
     *
     * @return a copy that asks for a second opinion
     */
    public TcpCheck confirmByOtherAddress() {
        return new TcpCheck(host, port, warnAbove, true, names);
    }

    TcpCheck over(NameLookup other) {
        return new TcpCheck(host, port, warnAbove, otherAddress, other);
    }

    @Override
    public CheckResult run(CheckContext context) {
        return new TcpRun(this, context).run();
    }

    @Override
    public String kind() {
        return "tcp";
    }

    @Override
    public String target() {
        return Wording.address(host, port);
    }

    /**
     * Returns the host to which a connection is made.
     *
     * @return the host in lower case; an address of IPv6 without brackets
     */
    @Override
    public String host() {
        return host.toLowerCase(Locale.ROOT);
    }

    String hostAsWritten() {
        return host;
    }

    int port() {
        return port;
    }

    @Nullable
    Duration warnAbove() {
        return warnAbove;
    }

    boolean otherAddress() {
        return otherAddress;
    }

    NameLookup names() {
        return names;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TcpCheck that
                && host.equals(that.host)
                && port == that.port
                && Objects.equals(warnAbove, that.warnAbove)
                && otherAddress == that.otherAddress
                && names.equals(that.names);
    }

    @Override
    public int hashCode() {
        return Objects.hash(host, port, warnAbove, otherAddress);
    }

    @Override
    public String toString() {
        return otherAddress ? "TCP " + target() + " " + SecondOpinion.ASKED_FOR : "TCP " + target();
    }

    private static String requireHost(String host) {
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        boolean plain = !bare.isEmpty() && bare.length() <= MAX_HOST && SafeText.isLine(bare);
        for (int i = 0; plain && i < bare.length(); i++) {
            char c = bare.charAt(i);
            plain = !Character.isWhitespace(c) && c != '/' && c != '@' && c != '[' && c != ']';
        }
        if (!plain) {
            throw new IllegalArgumentException("host must be a name or an address such as gw.internal or 192.0.2.7, "
                    + "but was '" + SafeText.line(host, 60) + "'");
        }
        if (bare.indexOf(':') >= 0 && NameLookup.literal(bare) == null) {
            throw new IllegalArgumentException(
                    "host must be a name or an address without a port, but was '" + bare + "'");
        }
        return bare;
    }
}
