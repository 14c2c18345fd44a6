package io.sitemonitor.check.internal;

import io.sitemonitor.check.CheckContext;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.Evidence;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.Verdict;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One run of a check that asks hosts without keeping to one TCP connection: it finds their addresses, asks them one after
 * the other, remembers what it sees on the way, and says how it came to its end. Used by the thread of the run alone.
 */
public final class HostRun {

    /** Asks one address. */
    @FunctionalInterface
    public interface Attempt {

        /**
         * Asks.
         *
         * @param peer the address and the port; port zero for a protocol without ports
         * @return what was found; a failure of kind {@code CONNECT} leads to the next address
         * @throws IOException if it could not be asked; what that is called is taken care of
         */
        CheckResult through(InetSocketAddress peer) throws IOException;
    }

    private final CheckContext context;
    private final Deadline deadline;
    private final long startedAt;
    private final Map<String, Duration> phases = new LinkedHashMap<>();
    private final SmallMap.Builder<String> facts = new SmallMap.Builder<>();
    private Deadline until;
    private String doing = "not begun";
    private String peer = "";
    private @Nullable String phase;
    private long phaseBegan;
    private @Nullable String address;
    private @Nullable String excerpt;

    /**
     * Begins a run.
     *
     * @param context the run
     */
    public HostRun(CheckContext context) {
        this.context = context;
        deadline = Deadline.of(context);
        until = deadline;
        startedAt = context.time().nanos();
    }

    /**
     * Asks a host: its addresses one after the other until one does not refuse.
     *
     * @param host whom to ask
     * @param share when to give up
     * @param attempt asks one address
     * @return what was found
     */
    public CheckResult ask(Endpoint host, Deadline share, Attempt attempt) {
        until = share;
        address = null;
        Addresses addresses = addresses(host);
        CheckResult first = addresses.refusal();
        for (InetAddress each : addresses.permitted()) {
            InetSocketAddress to = new InetSocketAddress(each, host.port());
            CheckResult result = isStopped() ? ended() : through(to, attempt);
            if (result.failure() != FailureKind.CONNECT) {
                return result;
            }
            address = null;
            first = first == null ? result : first;
        }
        int count = addresses.permitted().size();
        CheckResult failed = Objects.requireNonNull(first);
        return count > 1
                ? CheckResult.fail(
                        FailureKind.CONNECT, failed.message() + " (first of " + count + " addresses, none answers)")
                : failed;
    }

    private Addresses addresses(Endpoint host) {
        doing = "looking up the name";
        if (Addresses.areAskedFor(host.host(), host.resolver())) {
            phase("dns");
        }
        try {
            return Addresses.find(
                    host.host(),
                    host.port(),
                    host.family(),
                    NameLookup.shared(),
                    host.resolver(),
                    context,
                    until,
                    this::ended);
        } finally {
            pause();
        }
    }

    private CheckResult through(InetSocketAddress to, Attempt attempt) {
        peer = to.getPort() == 0 ? to.getAddress().getHostAddress() : Wording.address(to);
        address = peer;
        doing = "asking " + peer;
        try {
            return attempt.through(to);
        } catch (IOException e) {
            return describe(e);
        } finally {
            pause();
        }
    }

    private CheckResult describe(IOException e) {
        if (isStopped() || e instanceof SocketTimeoutException) {
            return ended();
        }
        String reason = String.valueOf(e.getMessage());
        if (e instanceof TooLargeException) {
            return CheckResult.fail(FailureKind.TOO_LARGE, reason);
        }
        if (e instanceof ProtocolException) {
            return CheckResult.fail(FailureKind.PROTOCOL, reason);
        }
        if (e instanceof EOFException) {
            return CheckResult.fail(
                    FailureKind.CONNECT, "connection closed by " + peer + " before it answered (" + doing + ")");
        }
        boolean refused = e instanceof PortUnreachableException
                || e instanceof ConnectException
                        && reason.toLowerCase(Locale.ROOT).startsWith("connection refused");
        return CheckResult.fail(
                FailureKind.CONNECT,
                refused ? "connection refused by " + peer : "no connection to " + peer + ": " + reason);
    }

    /**
     * Tells whether it is time to end: it is late, or the run was ended from outside.
     *
     * @return whether nothing more should be begun
     */
    public boolean isStopped() {
        return until.isOver() || isEndedFromOutside();
    }

    /**
     * Tells whether somebody else has ended the run.
     *
     * @return whether it was cancelled or its thread was interrupted
     */
    public boolean isEndedFromOutside() {
        return context.isCancelled() || Thread.currentThread().isInterrupted();
    }

    /**
     * Says what a run counts as that has to end.
     *
     * @return {@code TIMEOUT} if it is late, otherwise an inconclusive result
     */
    public CheckResult ended() {
        boolean late = until.isOver();
        if (!late && context.isCancelled()) {
            return CheckResult.inconclusive("the run was ended from outside");
        }
        if (!late && Thread.currentThread().isInterrupted()) {
            return CheckResult.inconclusive("the run was interrupted");
        }
        return CheckResult.fail(
                FailureKind.TIMEOUT, "no answer within " + Wording.duration(until.limit()) + " (" + doing + ")");
    }

    /**
     * Returns the run for those outside.
     *
     * @return its context
     */
    public CheckContext context() {
        return context;
    }

    /**
     * Returns the deadline of the whole run.
     *
     * @return when it ends
     */
    public Deadline deadline() {
        return deadline;
    }

    /**
     * Returns the deadline of what the run is about.
     *
     * @return when to give up
     */
    public Deadline until() {
        return until;
    }

    /**
     * Gives up on what the run is about at another moment.
     *
     * @param other when
     */
    public void until(Deadline other) {
        until = other;
    }

    /**
     * Returns the address that is being asked.
     *
     * @return with its port, if it has one
     */
    public String peer() {
        return peer;
    }

    /**
     * Notes the address that was asked, where it is not known whether its port was.
     *
     * @param shown the address without a port
     */
    public void address(String shown) {
        address = shown;
    }

    /**
     * Says what the run is about, for the message if it gets no further.
     *
     * @param what such as {@code waiting for an answer}
     */
    public void doing(String what) {
        doing = what;
    }

    /**
     * Begins a phase; the one before it is over.
     *
     * @param name its name; the durations of phases of one name add up
     */
    public void phase(String name) {
        pause();
        phase = name;
        phaseBegan = context.time().nanos();
    }

    /** Ends a phase. */
    public void pause() {
        String ended = phase;
        if (ended != null) {
            phases.merge(ended, since(phaseBegan), Duration::plus);
            phase = null;
        }
    }

    /**
     * Notes a fact.
     *
     * @param name its name
     * @param value what it is
     */
    public void fact(String name, String value) {
        facts.put(name, value);
    }

    /**
     * Notes the beginning of an answer.
     *
     * @param text what may be shown of it
     */
    public void excerpt(String text) {
        excerpt = text;
    }

    /**
     * Judges how long it took, where nothing worse is known.
     *
     * @param found what was found
     * @param limits how long it may take from the beginning of the run until now
     * @return what was found, or that it took too long
     */
    public CheckResult timed(CheckResult found, LatencyLimits limits) {
        if (found.verdict() == Verdict.FAIL || found.verdict() == Verdict.INCONCLUSIVE) {
            return found;
        }
        CheckResult latency = limits.judge(found.message(), since(startedAt));
        if (latency == null) {
            return found;
        }
        return latency.verdict() == Verdict.FAIL || found.verdict() == Verdict.PASS ? latency : found;
    }

    /**
     * Adds what the run has seen.
     *
     * @param result what was found
     * @return the result with its evidence
     */
    public CheckResult seen(CheckResult result) {
        return result.with(new Evidence(address, phases, facts.build(), excerpt));
    }

    private Duration since(long nanos) {
        return Duration.ofNanos(Math.max(0, context.time().nanos() - nanos));
    }
}
