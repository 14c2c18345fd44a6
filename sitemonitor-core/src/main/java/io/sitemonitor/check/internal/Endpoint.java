package io.sitemonitor.check.internal;

import io.sitemonitor.check.CheckContext;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.IpFamily;
import io.sitemonitor.check.Resolver;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which host a check asks, and how long that may take: the options that all checks of one host have.
 *
 * @param host the name or the address as it was written, one of IPv6 without brackets
 * @param port the port; zero for a protocol without ports
 * @param family which of its addresses to take
 * @param resolver whom to ask for them; null for the system
 * @param latency how long it may take
 */
public record Endpoint(
        String host, int port, IpFamily family, @Nullable Resolver resolver, LatencyLimits latency) {

    /**
     * Every option at its default, for a protocol with ports.
     *
     * @param host a name, or an address of IPv4 or IPv6, the latter with or without brackets
     * @param port the port, from 1 to 65535
     * @return the options
     * @throws IllegalArgumentException if one of them is none
     */
    public static Endpoint of(String host, int port) {
        return new Endpoint(
                HostNames.require(host), HostNames.requirePort(port), IpFamily.EITHER, null, LatencyLimits.NONE);
    }

    /**
     * Every option at its default, for a protocol without ports.
     *
     * @param host a name, or an address of IPv4 or IPv6, the latter with or without brackets
     * @return the options
     * @throws IllegalArgumentException if it is none
     */
    public static Endpoint of(String host) {
        return new Endpoint(HostNames.require(host), 0, IpFamily.EITHER, null, LatencyLimits.NONE);
    }

    /**
     * Asks another port.
     *
     * @param other the port, from 1 to 65535
     * @return a copy
     * @throws IllegalArgumentException if it is outside its range
     */
    public Endpoint port(int other) {
        return new Endpoint(host, HostNames.requirePort(other), family, resolver, latency);
    }

    /**
     * Takes addresses of one family only.
     *
     * @param other which
     * @return a copy
     */
    public Endpoint family(IpFamily other) {
        return new Endpoint(host, port, Objects.requireNonNull(other, "family"), resolver, latency);
    }

    /**
     * Asks somebody else for the addresses.
     *
     * @param other whom to ask
     * @return a copy
     */
    public Endpoint resolver(Resolver other) {
        return new Endpoint(host, port, family, Objects.requireNonNull(other, "resolver"), latency);
    }

    /**
     * Limits how long it may take without a warning.
     *
     * @param limit from 1 millisecond to 1 hour
     * @return a copy
     */
    public Endpoint warnAbove(Duration limit) {
        return new Endpoint(host, port, family, resolver, latency.warn(limit));
    }

    /**
     * Limits how long it may take without a failure.
     *
     * @param limit from 1 millisecond to 1 hour
     * @return a copy
     */
    public Endpoint failAbove(Duration limit) {
        return new Endpoint(host, port, family, resolver, latency.fail(limit));
    }

    /**
     * Finds the addresses, in a phase {@code dns} if somebody has to be asked for them.
     *
     * @param context the run
     * @param deadline when to give up
     * @param notes what the run sees
     * @param ended describes a run that has come to its end while it waited
     * @return the addresses to which the policy of the run has no objection, or the result of the run
     */
    public Addresses addresses(CheckContext context, Deadline deadline, RunNotes notes, Supplier<CheckResult> ended) {
        if (Addresses.areAskedFor(host, resolver)) {
            notes.phase("dns");
        }
        try {
            return Addresses.find(host, port, family, NameLookup.shared(), resolver, context, deadline, ended);
        } finally {
            notes.pause();
        }
    }

    /**
     * Returns the host as checks of one host are told apart by it.
     *
     * @return the host in lower case
     */
    public String hostInLowerCase() {
        return host.toLowerCase(Locale.ROOT);
    }

    /** Returns host and port, or the host alone if there is no port. */
    @Override
    public String toString() {
        return port == 0 ? host : Wording.address(host, port);
    }
}
