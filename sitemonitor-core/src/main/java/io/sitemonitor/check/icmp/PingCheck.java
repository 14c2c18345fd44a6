package io.sitemonitor.check.icmp;

import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckContext;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.IpFamily;
import io.sitemonitor.check.Resolver;
import io.sitemonitor.check.internal.Endpoint;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Passes if a host answers pings, ICMP echo requests. That tells that the host is on and the way there is open, nothing of
 * what runs on it; and many hosts and networks drop pings on purpose.
 *
 * <pre>{@code
 * PingCheck.host("gw.internal").count(5).warnAboveLoss(0).failAboveLoss(50)
 * }</pre>
 *
 * <p>Java cannot send pings itself, so each run calls the {@code ping} command of this machine: that of Linux (iputils or
 * BusyBox), macOS, the BSDs or Windows, from the folders of the system only. No shell is involved, nothing of the
 * configuration gets into the command line: the name is looked up before, and the command is given the address to which
 * the address policy has agreed. The command sees no environment variables of this process. It is ended at the deadline.
 *
 * <p><b>Where there is no such command, or it is not permitted</b>, as in many containers, runs are inconclusive and say
 * so. Nothing else is tried in its place: {@link ReachableCheck} and a check of a port are there to be chosen instead.
 *
 * <p><b>Time:</b> a ping goes out each second, so a run of three takes a little more than two seconds; an answer to the
 * last one is awaited for at most five seconds more. A timeout that is too short for all of them makes the run
 * inconclusive if some were answered.
 *
 * <p><b>Failure:</b> {@code DNS}, {@code TIMEOUT} (no ping is answered), {@code CONNECT} (there is no way to the host),
 * {@code ASSERTION} (more pings are lost, or they take longer, than they may), {@code REFUSED_BY_POLICY}; ports do not
 * matter to the policy here.
 *
 * <p><b>Evidence:</b> the address; the phases {@code dns} and {@code ping}; the facts
 * {@code answered}, such as {@code 2 of 3}, and of the answers {@code average}, {@code shortest} and {@code longest}.
 *
 * <p>Immutable: each option returns a copy. Two checks with the same options are equal.
 *
 * <p><b>Threads:</b> safe for use by any number of threads. A run has a process of its own, which is gone when it is over;
 * the Java runtime has a daemon thread for each process.
 */
public final class PingCheck implements Check {

    /** How many pings are sent unless {@link #count} says otherwise. */
    public static final int DEFAULT_COUNT = 3;

    /** The most that {@link #count} takes. */
    public static final int MOST_PINGS = 20;

    private final Endpoint endpoint;
    private final int count;
    private final LossLimits losses;
    private final @Nullable PingCommand command;

    private PingCheck(Endpoint endpoint, int count, LossLimits losses, @Nullable PingCommand command) {
        this.endpoint = endpoint;
        this.count = count;
        this.losses = losses;
        this.command = command;
    }

    /**
     * Pings a host.
     *
     * @param host a name, or an address of IPv4 or IPv6, the latter with or without brackets
     * @return the check
     * @throws IllegalArgumentException if the host is empty, longer than 255 characters or holds spaces or control
     *     characters
     */
    public static PingCheck host(String host) {
        return new PingCheck(Endpoint.of(host), DEFAULT_COUNT, LossLimits.NONE, null);
    }

    /**
     * Sends this many pings, one each second.
     *
     * <p>Default 3, from 1 to 20.
     *
     * @param pings how many
     * @return a copy that does
     * @throws IllegalArgumentException if the number is outside its range
     */
    public PingCheck count(int pings) {
        if (pings < 1 || pings > MOST_PINGS) {
            throw new IllegalArgumentException("count must be from 1 to " + MOST_PINGS + " pings, but was " + pings);
        }
        return new PingCheck(endpoint, pings, losses, command);
    }

    /**
     * Warns if more than this part of the pings is lost.
     *
     * <p>Default: no limit; from 0 to 99 percent. Zero means that each lost ping is worth a warning.
     *
     * @param percent the largest part without a warning, in percent
     * @return a copy with that limit
     * @throws IllegalArgumentException if the limit is outside its range
     * @throws IllegalStateException if it is not less than {@link #failAboveLoss}
     */
    public PingCheck warnAboveLoss(int percent) {
        return new PingCheck(endpoint, count, losses.warn(percent), command);
    }

    /**
     * Fails with {@code ASSERTION} if more than this part of the pings is lost. If all are lost the run fails with {@code
     * TIMEOUT} anyway.
     *
     * <p>Default: no limit; from 0 to 99 percent.
     *
     * @param percent the largest part without a failure, in percent
     * @return a copy with that limit
     * @throws IllegalArgumentException if the limit is outside its range
     * @throws IllegalStateException if it is not more than {@link #warnAboveLoss}
     */
    public PingCheck failAboveLoss(int percent) {
        return new PingCheck(endpoint, count, losses.fail(percent), command);
    }

    /**
     * Warns if the answers take longer than this on average.
     *
     * <p>Default: no limit; from 1 millisecond to 1 hour.
     *
     * @param limit the longest average without a warning
     * @return a copy with that limit
     * @throws IllegalArgumentException if the limit is outside its range
     * @throws IllegalStateException if it is not less than {@link #failAbove}
     */
    public PingCheck warnAbove(Duration limit) {
        return new PingCheck(endpoint.warnAbove(limit), count, losses, command);
    }

    /**
     * Fails with {@code ASSERTION} if the answers take longer than this on average.
     *
     * <p>Default: no limit; from 1 millisecond to 1 hour.
     *
     * @param limit the longest average without a failure
     * @return a copy with that limit
     * @throws IllegalArgumentException if the limit is outside its range
     * @throws IllegalStateException if it is not more than {@link #warnAbove}
     */
    public PingCheck failAbove(Duration limit) {
        return new PingCheck(endpoint.failAbove(limit), count, losses, command);
    }

    /**
     * Pings over one version of the Internet Protocol only.
     *
     * <p>Default: {@link IpFamily#EITHER}.
     *
     * @param family which
     * @return a copy that does
     */
    public PingCheck family(IpFamily family) {
        return new PingCheck(endpoint.family(family), count, losses, command);
    }

    /**
     * Asks somebody else than the system for the addresses of the host.
     *
     * <p>Default: the system.
     *
     * @param resolver whom to ask
     * @return a copy that asks it
     */
    public PingCheck resolver(Resolver resolver) {
        return new PingCheck(endpoint.resolver(resolver), count, losses, command);
    }

    PingCheck with(PingCommand other) {
        return new PingCheck(endpoint, count, losses, other);
    }

    Endpoint endpoint() {
        return endpoint;
    }

    int count() {
        return count;
    }

    LossLimits losses() {
        return losses;
    }

    @Override
    public CheckResult run(CheckContext context) {
        return new PingRun(this, context).run(command == null ? PingCommand.find() : command);
    }

    @Override
    public String kind() {
        return "icmp";
    }

    /**
     * Returns the host.
     *
     * @return as it was written, an address of IPv6 without brackets
     */
    @Override
    public String target() {
        return endpoint.toString();
    }

    /**
     * Returns the host that is pinged.
     *
     * @return the host in lower case; an address of IPv6 without brackets
     */
    @Override
    public String host() {
        return endpoint.hostInLowerCase();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PingCheck that
                && endpoint.equals(that.endpoint)
                && count == that.count
                && losses.equals(that.losses)
                && Objects.equals(command, that.command);
    }

    @Override
    public int hashCode() {
        return Objects.hash(endpoint, count, losses);
    }

    @Override
    public String toString() {
        return "PING " + endpoint;
    }
}
