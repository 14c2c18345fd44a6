package io.sitemonitor.check.icmp;

import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckContext;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.IpFamily;
import io.sitemonitor.check.Resolver;
import io.sitemonitor.check.internal.Endpoint;
import io.sitemonitor.check.internal.HostRun;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Passes if the Java runtime calls a host reachable. It pings the host if this process may do that, and otherwise connects to
 * its port 7.
 *
 * <ul>
 *   <li>if the process may send ICMP, as the administrator of a Unix system and everybody on Windows may, the host has
 *       answered a ping;
 *   <li>otherwise <b>it is a TCP connection to port 7</b> (echo): the host counts as reachable if it accepts it <b>or
 *       refuses it</b>, since a host that refuses is there. A firewall that drops such connections makes a host unreachable
 *       that works, and one that rejects them on behalf of a host makes one reachable that is gone.
 * </ul>
 *
 * <p>Which of the two was done is not told by the runtime. For a ping that is one, see {@link PingCheck}; for a service, a
 * check of its port tells more.
 *
 * <pre>{@code
 * ReachableCheck.host("gw.internal")
 * }</pre>
 *
 * <p><b>Time:</b> the runtime's call is given what is left of the timeout. It can be ended neither by an interrupt nor by
 * anything else, so a run that is ended from outside, when the monitor closes say, holds its thread until its timeout.
 *
 * <p><b>Failure:</b> {@code DNS}, {@code TIMEOUT} (no answer), {@code CONNECT} (there is no way to the host), {@code
 * ASSERTION} (latency), {@code REFUSED_BY_POLICY}; the policy is asked for port 7, since that may be what is used.
 *
 * <p><b>Evidence:</b> the address; the phases {@code dns} and {@code reach}.
 *
 * <p>Immutable: each option returns a copy. Two checks with the same options are equal.
 *
 * <p><b>Threads:</b> safe for use by any number of threads.
 */
public final class ReachableCheck implements Check {

    private static final int ECHO = 7;
    private static final Probe RUNTIME = InetAddress::isReachable;

    /** Tells whether an address can be reached within so many milliseconds. */
    @FunctionalInterface
    interface Probe {
        boolean reaches(InetAddress address, int millis) throws IOException;
    }

    private final Endpoint endpoint;
    private final Probe probe;

    private ReachableCheck(Endpoint endpoint, Probe probe) {
        this.endpoint = endpoint;
        this.probe = probe;
    }

    /**
     * Tries to reach a host.
     *
     * @param host a name, or an address of IPv4 or IPv6, the latter with or without brackets
     * @return the check
     * @throws IllegalArgumentException if the host is empty, longer than 255 characters or holds spaces or control
     *     characters
     */
    public static ReachableCheck host(String host) {
        return new ReachableCheck(Endpoint.of(host, ECHO), RUNTIME);
    }

    /**
     * Tries one version of the Internet Protocol only.
     *
     * <p>Default: {@link IpFamily#EITHER}.
     *
     * @param family which
     * @return a copy that does
     */
    public ReachableCheck family(IpFamily family) {
        return new ReachableCheck(endpoint.family(family), probe);
    }

    /**
     * Asks somebody else than the system for the addresses of the host.
     *
     * <p>Default: the system.
     *
     * @param resolver whom to ask
     * @return a copy that asks it
     */
    public ReachableCheck resolver(Resolver resolver) {
        return new ReachableCheck(endpoint.resolver(resolver), probe);
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
    public ReachableCheck warnAbove(Duration limit) {
        return new ReachableCheck(endpoint.warnAbove(limit), probe);
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
    public ReachableCheck failAbove(Duration limit) {
        return new ReachableCheck(endpoint.failAbove(limit), probe);
    }

    ReachableCheck over(Probe other) {
        return new ReachableCheck(endpoint, other);
    }

    @Override
    public CheckResult run(CheckContext context) {
        HostRun run = new HostRun(context);
        CheckResult found = run.ask(endpoint, run.deadline(), peer -> reach(run, peer));
        return run.seen(run.timed(found, endpoint.latency()));
    }

    private CheckResult reach(HostRun run, InetSocketAddress peer) throws IOException {
        String address = peer.getAddress().getHostAddress();
        run.notes().address(address);
        run.notes().phase("reach");
        run.doing("trying to reach " + address);
        if (probe.reaches(peer.getAddress(), run.until().millisLeft())) {
            return CheckResult.pass("reachable");
        }
        return run.isStopped() ? run.ended() : CheckResult.fail(FailureKind.CONNECT, address + " is not reachable");
    }

    @Override
    public String kind() {
        return "reachable";
    }

    /**
     * Returns the host.
     *
     * @return as it was written, an address of IPv6 without brackets
     */
    @Override
    public String target() {
        return endpoint.host();
    }

    /**
     * Returns the host that is to be reached.
     *
     * @return the host in lower case; an address of IPv6 without brackets
     */
    @Override
    public String host() {
        return endpoint.hostInLowerCase();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ReachableCheck that && endpoint.equals(that.endpoint) && probe.equals(that.probe);
    }

    @Override
    public int hashCode() {
        return endpoint.hashCode();
    }

    @Override
    public String toString() {
        return "REACHABLE " + endpoint.host();
    }
}
