package io.sitemonitor.check.ntp;

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
 * Passes if a time server knows the time and agrees with the clock of this machine about it. A failure tells of the two
 * clocks that they differ, not which of them is wrong; with two checks of two servers that is seen.
 *
 * <pre>{@code
 * NtpCheck.server("ntp.internal").warnAboveOffset(ofMillis(100)).failAboveOffset(ofSeconds(2))
 * }</pre>
 *
 * <p>Each run looks up the name (within what the Java runtime caches) and asks once, as a client of SNTP version 4 (RFC 4330,
 * RFC 5905) does; nothing is set. A question without an answer is asked again after a quarter and after half of the time.
 * What comes back without the mark of a question is ignored: it is not from the server that was asked. Dates after 2036, when
 * the seconds of NTP begin anew, are read as they should be.
 *
 * <p><b>Offset:</b> positive if the server is ahead. It may be wrong by half of the time that question and answer were under
 * way, if all of that was on one way. So it is only held against a limit if it is beyond it by more than that: what might
 * be more than {@link #failAboveOffset} or not is inconclusive, what might be more than {@link #warnAboveOffset} or not
 * passes.
 *
 * <p><b>Time:</b> the timeout of the run bounds all of it.
 *
 * <p><b>Failure:</b> {@code DNS}, {@code CONNECT} (nobody listens at the port, or there is no way there), {@code TIMEOUT}
 * (no answer), {@code PROTOCOL} (an answer without a time or of another version), {@code STATUS} (the server refuses to
 * tell, with the word RATE, DENY or RSTR; then the engine is asked to leave it alone for as long as the server says, or else
 * for 64 seconds), {@code ASSERTION} (the server's own clock is not synchronized, offset, stratum or
 * latency), {@code REFUSED_BY_POLICY}. A clock of this machine that is set back during the run makes it inconclusive.
 *
 * <p><b>Evidence:</b> the address; the phases {@code dns} and {@code exchange}; the facts {@code offset} (with its sign),
 * {@code delay} (how long question and answer were under way), {@code stratum} and {@code reference} (the name of a clock,
 * or the four numbers by which the server names its own server).
 *
 * <p>Immutable: each option returns a copy. Two checks with the same options are equal.
 *
 * <p><b>Threads:</b> safe for use by any number of threads.
 */
public final class NtpCheck implements Check {

    /** The port that is asked unless {@link #port} says otherwise. */
    public static final int DEFAULT_PORT = 123;

    /** How far the clocks may be apart unless {@link #failAboveOffset} says otherwise: 1 second. */
    public static final Duration DEFAULT_FAIL_ABOVE_OFFSET = Duration.ofSeconds(1);

    /** The highest stratum of a server whose clock is synchronized. */
    public static final int HIGHEST_STRATUM = 15;

    private final Endpoint endpoint;
    private final OffsetLimits offsets;
    private final int maxStratum;

    private NtpCheck(Endpoint endpoint, OffsetLimits offsets, int maxStratum) {
        this.endpoint = endpoint;
        this.offsets = offsets;
        this.maxStratum = maxStratum;
    }

    /**
     * Asks a server.
     *
     * @param host a name, or an address of IPv4 or IPv6, the latter with or without brackets
     * @return the check
     * @throws IllegalArgumentException if the host is empty, longer than 255 characters or holds spaces or control
     *     characters
     */
    public static NtpCheck server(String host) {
        return new NtpCheck(Endpoint.of(host, DEFAULT_PORT), OffsetLimits.USUAL, HIGHEST_STRATUM);
    }

    /**
     * Asks another port.
     *
     * <p>Default 123.
     *
     * @param port the port, from 1 to 65535
     * @return a copy that does
     * @throws IllegalArgumentException if the port is outside its range
     */
    public NtpCheck port(int port) {
        return new NtpCheck(endpoint.port(port), offsets, maxStratum);
    }

    /**
     * Warns if the clocks are further apart than this, in either direction.
     *
     * <p>Default: no limit; from 1 millisecond to 1 hour.
     *
     * @param limit the largest offset without a warning
     * @return a copy with that limit
     * @throws IllegalArgumentException if the limit is outside its range
     * @throws IllegalStateException if it is not less than {@link #failAboveOffset}, which is 1 second by default
     */
    public NtpCheck warnAboveOffset(Duration limit) {
        return new NtpCheck(endpoint, offsets.warn(limit), maxStratum);
    }

    /**
     * Fails with {@code ASSERTION} if the clocks are further apart than this, in either direction.
     *
     * <p>Default 1 second, from 1 millisecond to 1 hour.
     *
     * @param limit the largest offset without a failure
     * @return a copy with that limit
     * @throws IllegalArgumentException if the limit is outside its range
     * @throws IllegalStateException if it is not more than {@link #warnAboveOffset}
     */
    public NtpCheck failAboveOffset(Duration limit) {
        return new NtpCheck(endpoint, offsets.fail(limit), maxStratum);
    }

    /**
     * Does not compare the clocks: it is enough that the server knows the time.
     *
     * <p>Default: they are compared, and fail above 1 second.
     *
     * @return a copy without limits of the offset
     */
    public NtpCheck anyOffset() {
        return new NtpCheck(endpoint, OffsetLimits.NONE, maxStratum);
    }

    /**
     * Fails with {@code ASSERTION} if the server is further than this from a clock: one that has a clock of its own is of
     * stratum 1, one that asks such a server is of stratum 2, and so on.
     *
     * <p>Default 15, from 1 to 15.
     *
     * @param stratum the highest stratum without a failure
     * @return a copy with that limit
     * @throws IllegalArgumentException if the stratum is outside its range
     */
    public NtpCheck maxStratum(int stratum) {
        if (stratum < 1 || stratum > HIGHEST_STRATUM) {
            throw new IllegalArgumentException(
                    "maxStratum must be from 1 to " + HIGHEST_STRATUM + ", but was " + stratum);
        }
        return new NtpCheck(endpoint, offsets, stratum);
    }

    /**
     * Asks over one version of the Internet Protocol only.
     *
     * <p>Default: {@link IpFamily#EITHER}.
     *
     * @param family which
     * @return a copy that does
     */
    public NtpCheck family(IpFamily family) {
        return new NtpCheck(endpoint.family(family), offsets, maxStratum);
    }

    /**
     * Asks somebody else than the system for the addresses of the host.
     *
     * <p>Default: the system.
     *
     * @param resolver whom to ask
     * @return a copy that asks it
     */
    public NtpCheck resolver(Resolver resolver) {
        return new NtpCheck(endpoint.resolver(resolver), offsets, maxStratum);
    }

    /**
     * Warns if it takes longer than this from the beginning of the run to the answer.
     *
     * <p>Default: no limit; from 1 millisecond to 1 hour.
     *
     * @param limit the longest time without a warning
     * @return a copy with that limit
     * @throws IllegalArgumentException if the limit is outside its range
     * @throws IllegalStateException if it is not less than {@link #failAbove}
     */
    public NtpCheck warnAbove(Duration limit) {
        return new NtpCheck(endpoint.warnAbove(limit), offsets, maxStratum);
    }

    /**
     * Fails with {@code ASSERTION} if it takes longer than this from the beginning of the run to the answer.
     *
     * <p>Default: no limit; from 1 millisecond to 1 hour.
     *
     * @param limit the longest time without a failure
     * @return a copy with that limit
     * @throws IllegalArgumentException if the limit is outside its range
     * @throws IllegalStateException if it is not more than {@link #warnAbove}
     */
    public NtpCheck failAbove(Duration limit) {
        return new NtpCheck(endpoint.failAbove(limit), offsets, maxStratum);
    }

    Endpoint endpoint() {
        return endpoint;
    }

    OffsetLimits offsets() {
        return offsets;
    }

    int maxStratum() {
        return maxStratum;
    }

    @Override
    public CheckResult run(CheckContext context) {
        return new NtpRun(this, context).run();
    }

    @Override
    public String kind() {
        return "ntp";
    }

    /**
     * Returns host and port.
     *
     * @return such as {@code ntp.internal:123}
     */
    @Override
    public String target() {
        return endpoint.toString();
    }

    /**
     * Returns the host that is asked.
     *
     * @return the host in lower case; an address of IPv6 without brackets
     */
    @Override
    public String host() {
        return endpoint.hostInLowerCase();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NtpCheck that
                && endpoint.equals(that.endpoint)
                && offsets.equals(that.offsets)
                && maxStratum == that.maxStratum;
    }

    @Override
    public int hashCode() {
        return Objects.hash(endpoint, offsets, maxStratum);
    }

    @Override
    public String toString() {
        return "NTP " + endpoint;
    }
}
