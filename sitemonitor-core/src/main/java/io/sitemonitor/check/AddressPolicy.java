package io.sitemonitor.check;

import io.sitemonitor.check.internal.AddressRange;
import io.sitemonitor.check.internal.SpecialAddresses;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where checks may connect to. It judges the address to which a connection is really made, at each hop, so neither a name
 * nor a redirect nor another way to write an address leads around it. What it refuses fails with
 * {@link FailureKind#REFUSED_BY_POLICY}, and nothing is sent there.
 *
 * <pre>{@code
 * .defaults(c -> c.addressPolicy(AddressPolicy.publicOnly().allow("10.20.0.0/16").ports(80, 443)))
 * }</pre>
 *
 * <p>An address of IPv6 that carries one of IPv4 (mapped, compatible, NAT64, 6to4) must be allowed as both.
 *
 * <p>It holds for the checks of this library that make connections of their own, and for any other that asks
 * {@link CheckContext#addressPolicy()}. A proxy connects on behalf of a check, so with one it is the address of the proxy
 * that is judged.
 *
 * <p>Immutable: each option returns a copy. <b>Threads:</b> safe for use by any number of threads.
 */
public final class AddressPolicy {

    private static final int MAX_PORT = 65_535;
    private static final int MAX_ENTRIES = 256;

    private static final AddressPolicy ANYWHERE = of(Scope.ANYWHERE);
    private static final AddressPolicy STANDARD = of(Scope.NO_METADATA);
    private static final AddressPolicy PUBLIC_ONLY = of(Scope.PUBLIC_ONLY);

    private final Scope scope;
    private final List<AddressRange> allowed;
    private final List<AddressRange> denied;
    private final Set<Integer> ports;
    private final Set<String> schemes;

    private AddressPolicy(
            Scope scope,
            List<AddressRange> allowed,
            List<AddressRange> denied,
            Set<Integer> ports,
            Set<String> schemes) {
        this.scope = scope;
        this.allowed = allowed;
        this.denied = denied;
        this.ports = ports;
        this.schemes = schemes;
    }

    private static AddressPolicy of(Scope scope) {
        return new AddressPolicy(scope, List.of(), List.of(), Set.of(), Set.of());
    }

    /**
     * The default, for targets that the host application names itself: anywhere but link-local addresses and those where
     * providers of machines keep what their machines may know of themselves, such as {@code 169.254.169.254}.
     *
     * @return the policy
     */
    public static AddressPolicy standard() {
        return STANDARD;
    }

    /**
     * For targets that users of the host application name: ordinary public addresses only, no loopback, private,
     * link-local, multicast or reserved ones.
     *
     * @return the policy
     */
    public static AddressPolicy publicOnly() {
        return PUBLIC_ONLY;
    }

    /**
     * Anywhere at all.
     *
     * @return the policy
     */
    public static AddressPolicy anywhere() {
        return ANYWHERE;
    }

    /**
     * Allows addresses that would be refused otherwise; {@link #deny} has the last word. Ranges add up.
     *
     * @param range such as {@code 10.20.0.0/16}, {@code fd00:1::/32} or a single address
     * @return a copy that allows them too
     * @throws IllegalArgumentException if it is no range, or there are more than 256
     */
    public AddressPolicy allow(String range) {
        return new AddressPolicy(scope, append(allowed, range), denied, ports, schemes);
    }

    /**
     * Refuses addresses, whatever else allows them. Ranges add up.
     *
     * @param range such as {@code 192.0.2.0/24} or a single address
     * @return a copy that refuses them too
     * @throws IllegalArgumentException if it is no range, or there are more than 256
     */
    public AddressPolicy deny(String range) {
        return new AddressPolicy(scope, allowed, append(denied, range), ports, schemes);
    }

    /**
     * Allows these ports only. Calls add up. Default: all.
     *
     * @param port a port, from 1 to 65535
     * @param more further ports
     * @return a copy with those ports
     * @throws IllegalArgumentException if one is outside its range, or there are more than 256
     */
    public AddressPolicy ports(int port, int... more) {
        Set<Integer> set = new TreeSet<>(ports);
        set.add(requirePort(port));
        for (int each : more) {
            set.add(requirePort(each));
        }
        requireRoom(set.size());
        return new AddressPolicy(scope, allowed, denied, set, schemes);
    }

    /**
     * Allows these schemes only, for checks that have an address with one, such as HTTP checks. Calls add up. Default:
     * all that the check knows.
     *
     * @param scheme such as {@code https}
     * @param more further schemes
     * @return a copy with those schemes
     * @throws IllegalArgumentException if one is empty, or there are more than 256
     */
    public AddressPolicy schemes(String scheme, String... more) {
        Set<String> set = new TreeSet<>(schemes);
        set.add(requireScheme(scheme));
        for (String each : more) {
            set.add(requireScheme(each));
        }
        requireRoom(set.size());
        return new AddressPolicy(scope, allowed, denied, ports, set);
    }

    /**
     * Judges a connection, for authors of checks.
     *
     * @param address the address to connect to
     * @param port the port; zero for a protocol without ports
     * @return why it may not be made, in a few words such as {@code 127.0.0.1 is a loopback address}; null if it may
     */
    public @Nullable String objection(InetAddress address, int port) {
        if (port != 0 && !ports.isEmpty() && !ports.contains(port)) {
            return "port " + port + " is not allowed";
        }
        if (scope == Scope.ANYWHERE && denied.isEmpty()) {
            return null;
        }
        for (byte[] meaning : SpecialAddresses.meanings(address.getAddress())) {
            String objection = objection(meaning);
            if (objection != null) {
                return address.getHostAddress() + " " + objection;
            }
        }
        return null;
    }

    /**
     * Judges the scheme of an address, for authors of checks.
     *
     * @param scheme such as {@code http}
     * @return why it may not be used, in a few words; null if it may
     */
    public @Nullable String objection(String scheme) {
        return schemes.isEmpty() || schemes.contains(scheme.toLowerCase(Locale.ROOT))
                ? null
                : "scheme " + scheme + " is not allowed";
    }

    private @Nullable String objection(byte[] address) {
        if (isIn(denied, address)) {
            return "is not allowed";
        }
        if (isIn(allowed, address)) {
            return null;
        }
        String special = switch (scope) {
            case ANYWHERE -> null;
            case NO_METADATA -> SpecialAddresses.metadata(address);
            case PUBLIC_ONLY -> SpecialAddresses.notPublic(address);
        };
        return special == null ? null : "is " + special;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AddressPolicy that
                && scope == that.scope
                && allowed.equals(that.allowed)
                && denied.equals(that.denied)
                && ports.equals(that.ports)
                && schemes.equals(that.schemes);
    }

    @Override
    public int hashCode() {
        return Objects.hash(scope, allowed, denied, ports, schemes);
    }

    @Override
    public String toString() {
        return "AddressPolicy["
                + scope.name().toLowerCase(Locale.ROOT).replace('_', ' ')
                + (allowed.isEmpty() ? "" : ", allow " + allowed)
                + (denied.isEmpty() ? "" : ", deny " + denied)
                + (ports.isEmpty() ? "" : ", ports " + ports)
                + (schemes.isEmpty() ? "" : ", schemes " + schemes)
                + "]";
    }

    private static boolean isIn(List<AddressRange> ranges, byte[] address) {
        for (AddressRange range : ranges) {
            if (range.contains(address)) {
                return true;
            }
        }
        return false;
    }

    private static List<AddressRange> append(List<AddressRange> ranges, String range) {
        List<AddressRange> longer = new ArrayList<>(ranges);
        longer.add(AddressRange.parse(Objects.requireNonNull(range, "range")));
        requireRoom(longer.size());
        return List.copyOf(longer);
    }

    private static void requireRoom(int size) {
        if (size > MAX_ENTRIES) {
            throw new IllegalArgumentException("an address policy can have at most " + MAX_ENTRIES + " of a kind");
        }
    }

    private static int requirePort(int port) {
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("port must be from 1 to " + MAX_PORT + ", but was " + port);
        }
        return port;
    }

    private static String requireScheme(String scheme) {
        if (Objects.requireNonNull(scheme, "scheme").isBlank()) {
            throw new IllegalArgumentException("a scheme must not be empty");
        }
        return scheme.toLowerCase(Locale.ROOT);
    }

    private enum Scope {
        ANYWHERE,
        NO_METADATA,
        PUBLIC_ONLY
    }
}
