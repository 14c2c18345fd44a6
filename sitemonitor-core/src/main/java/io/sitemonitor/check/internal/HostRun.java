package io.sitemonitor.check.internal;

import io.sitemonitor.check.CheckContext;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FailureKind;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.util.Objects;
import java.util.function.UnaryOperator;

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
    private final RunNotes notes;
    private Deadline until;
    private String doing = "not begun";
    private String peer = "";

    /**
     * Begins a run.
     *
     * @param context the run
     */
    public HostRun(CheckContext context) {
        this.context = context;
        deadline = Deadline.of(context);
        until = deadline;
        notes = new RunNotes(context.time());
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
        notes.address(null);
        doing = "looking up the name";
        Addresses addresses = host.addresses(context, until, notes, this::ended);
        CheckResult first = addresses.refusal();
        for (InetAddress each : addresses.permitted()) {
            InetSocketAddress to = new InetSocketAddress(each, host.port());
            CheckResult result = isStopped() ? ended() : through(to, attempt);
            if (result.failure() != FailureKind.CONNECT) {
                return result;
            }
            notes.address(null);
            first = first == null ? result : first;
        }
        int count = addresses.permitted().size();
        CheckResult failed = Objects.requireNonNull(first);
        return count > 1
                ? CheckResult.fail(
                        FailureKind.CONNECT, failed.message() + " (first of " + count + " addresses, none answers)")
                : failed;
    }

    private CheckResult through(InetSocketAddress to, Attempt attempt) {
        peer = to.getPort() == 0 ? to.getAddress().getHostAddress() : Wording.address(to);
        notes.address(peer);
        doing = "asking " + peer;
        try {
            return attempt.through(to);
        } catch (IOException e) {
            return describe(e);
        } finally {
            notes.pause();
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
        return CheckResult.fail(FailureKind.CONNECT, ConnectFailures.describe(peer, e));
    }

    /**
     * Tells whether it is time to end: it is late, or the run was ended from outside.
     *
     * @return whether nothing more should be begun
     */
    public boolean isStopped() {
        return RunEnd.isDue(until);
    }

    /**
     * Tells whether somebody else has ended the run.
     *
     * @return whether it was cancelled or its thread was interrupted
     */
    public boolean isEndedFromOutside() {
        return RunEnd.isFromOutside(until);
    }

    /**
     * Says what a run counts as that has to end.
     *
     * @return {@code TIMEOUT} if it is late, otherwise an inconclusive result
     */
    public CheckResult ended() {
        return RunEnd.result(until, "no answer within " + Wording.duration(until.limit()) + " (" + doing + ")");
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
     * Says what the run is about, for the message if it gets no further.
     *
     * @param what such as {@code waiting for an answer}
     */
    public void doing(String what) {
        doing = what;
    }

    /**
     * Returns what the run has seen on its way.
     *
     * @return its notes
     */
    public RunNotes notes() {
        return notes;
    }

    /**
     * Judges how long it took, where nothing worse is known.
     *
     * @param found what was found
     * @param limits how long it may take from the beginning of the run until now
     * @return what was found, or that it took too long
     */
    public CheckResult timed(CheckResult found, LatencyLimits limits) {
        return limits.judge(found, notes.took());
    }

    /**
     * Adds what the run has seen.
     *
     * @param result what was found
     * @return the result with its evidence
     */
    public CheckResult seen(CheckResult result) {
        return result.with(notes.evidence(UnaryOperator.identity()));
    }
}
