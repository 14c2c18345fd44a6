package io.sitemonitor.check.internal.http;

import io.sitemonitor.check.CheckContext;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.internal.ConnectFailures;
import io.sitemonitor.check.internal.Deadline;
import io.sitemonitor.check.internal.FailedException;
import io.sitemonitor.check.internal.RunEnd;
import io.sitemonitor.check.internal.TlsFailures;
import io.sitemonitor.check.internal.TooLargeException;
import io.sitemonitor.check.internal.Wording;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** Says in which way a run failed, from what was thrown and what the run was doing. For the thread of the run. */
public final class Failures {

    /** How the client begins to tell of a head whose fields take more than it keeps, once they are unpacked. */
    private static final String HEAD_OVER_LIMIT = "header byte count limit";

    private final CheckContext context;
    private final Deadline deadline;
    private final Phases phases;
    private @Nullable MeteredSockets sockets;
    private @Nullable Object proxy;
    private @Nullable Answer answer;

    /**
     * Begins a hop.
     *
     * @param context the run
     * @param deadline when to give up
     * @param phases what the run is doing
     */
    public Failures(CheckContext context, Deadline deadline, Phases phases) {
        this.context = context;
        this.deadline = deadline;
        this.phases = phases;
    }

    /**
     * Says through which proxy the next request goes: it may be to blame for what cannot be reached.
     *
     * @param route what describes itself in a message, such as {@code SOCKS proxy 192.0.2.7:1080}; null for none
     */
    public void through(@Nullable Object route) {
        proxy = route;
    }

    /**
     * Says over which sockets the next request goes.
     *
     * @param sockets what makes them
     */
    public void over(MeteredSockets sockets) {
        this.sockets = sockets;
        answer = null;
    }

    /**
     * Says which answer is read from now on.
     *
     * @param answer the answer
     * @return the same answer
     */
    public Answer reading(Answer answer) {
        this.answer = answer;
        return answer;
    }

    /**
     * Tells whether the run may go on.
     *
     * @return the result of a run that must not go on, or null
     */
    public @Nullable CheckResult ended() {
        return RunEnd.isDue(deadline) ? timeout() : null;
    }

    /**
     * Describes a run that has come to its end while it waited.
     *
     * @return its result
     */
    public CheckResult timeout() {
        return RunEnd.result(
                deadline, "no complete answer within " + Wording.duration(deadline.limit()) + " (" + doing() + ")");
    }

    CheckContext context() {
        return context;
    }

    Deadline deadline() {
        return deadline;
    }

    Phases phases() {
        return phases;
    }

    CheckResult describe(Exception e, int addresses) {
        CheckResult ended = ended();
        if (ended != null) {
            return ended;
        }
        if (e instanceof FailedException failed) {
            return CheckResult.fail(failed.kind(), String.valueOf(failed.getMessage()));
        }
        CheckResult tooLarge = tooLarge(e);
        if (tooLarge != null) {
            return tooLarge;
        }
        boolean whileConnecting = e instanceof SocketTimeoutException && phases.stage() == Phases.Stage.CONNECT;
        if (whileConnecting ? sockets != null && sockets.wasLastChance() : isTimeout(e)) {
            return timeout();
        }
        return switch (phases.stage()) {
            case TLS -> tls(e);
            case CONNECT -> unconnected(e, addresses);
            default -> broken(e);
        };
    }

    /** What a limit objected to; if a request was still being sent meanwhile, that is only suppressed. */
    private static @Nullable CheckResult tooLarge(Throwable e) {
        Throwable root = TlsFailures.root(e);
        if (root instanceof TooLargeException) {
            return CheckResult.fail(FailureKind.TOO_LARGE, root.getMessage() + " on the wire");
        }
        if (String.valueOf(root.getMessage()).startsWith(HEAD_OVER_LIMIT)) {
            return CheckResult.fail(FailureKind.TOO_LARGE, "answer has a head that is too large: " + root.getMessage());
        }
        for (Throwable suppressed : e.getSuppressed()) {
            CheckResult found = tooLarge(suppressed);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static boolean isTimeout(Exception e) {
        return e instanceof InterruptedIOException && !(e instanceof SocketTimeoutException);
    }

    private CheckResult unconnected(Exception e, int addresses) {
        String peer = String.valueOf(phases.peer());
        Duration limit = sockets == null ? context.timeout() : sockets.limit();
        String message = e instanceof SocketTimeoutException
                ? "no connection to " + peer + " within " + Wording.duration(limit)
                : ConnectFailures.describe(peer, e);
        if (proxy != null) {
            message += " through the " + proxy;
        }
        return CheckResult.fail(
                FailureKind.CONNECT,
                addresses > 1 ? message + " (last of " + addresses + " addresses, none accepts)" : message);
    }

    private CheckResult tls(Exception e) {
        return CheckResult.fail(
                FailureKind.TLS,
                e instanceof SSLPeerUnverifiedException
                        ? otherHost(String.valueOf(e.getMessage()))
                        : TlsFailures.describe(e, "this host", List.of()));
    }

    /** The client's message has four lines: the host, a fingerprint, the subject, the names. */
    private static String otherHost(String lines) {
        int host = lines.indexOf(" not verified");
        int names = lines.lastIndexOf("subjectAltNames: ");
        return lines.startsWith("Hostname ") && host > 0 && names > host
                ? "certificate is not valid for " + lines.substring("Hostname ".length(), host) + ", only for "
                        + lines.substring(names + "subjectAltNames: ".length())
                : "certificate is not valid for this host: " + lines;
    }

    private CheckResult broken(Exception e) {
        if (e instanceof SSLException) {
            return tls(e);
        }
        if (e instanceof SocketException) {
            return CheckResult.fail(
                    FailureKind.CONNECT,
                    "connection to " + phases.peer() + " lost: " + e.getMessage() + " (" + doing() + ")");
        }
        Answer begun = answer;
        if (begun != null) {
            return CheckResult.fail(
                    FailureKind.PROTOCOL, "body is broken after " + begun.size() + " bytes: " + e.getMessage());
        }
        if (e instanceof IOException && !(e instanceof ProtocolException) && e.getCause() instanceof EOFException) {
            return closed();
        }
        // over HTTP/2 all streams are then reset, or the connection is shut down, and nothing says why
        boolean overHttp2 = phases.pool() != null && !(e instanceof ProtocolException);
        if (overHttp2 && sockets != null && sockets.hasEnded()) {
            return phases.stage() == Phases.Stage.BODY
                    ? CheckResult.fail(FailureKind.PROTOCOL, "answer is broken: connection closed by " + phases.peer())
                    : closed();
        }
        String reason = e.getMessage() == null ? "the connection was shut down" : e.getMessage();
        return CheckResult.fail(FailureKind.PROTOCOL, "answer is broken: " + reason);
    }

    private CheckResult closed() {
        return CheckResult.fail(FailureKind.CONNECT, "connection closed by " + phases.peer() + " before it answered");
    }

    private String doing() {
        Answer begun = answer;
        return switch (phases.stage()) {
            case START -> "not begun";
            case DNS -> "looking up the name";
            case CONNECT -> "connecting to " + phases.peer();
            case TLS -> "connected to " + phases.peer() + ", in the TLS handshake";
            case SEND -> "connected to " + phases.peer() + ", sending the request";
            case WAIT -> "connected to " + phases.peer() + ", waiting for the head of the answer";
            case BODY -> "receiving the body" + (begun == null ? "" : ", " + begun.size() + " bytes so far");
        };
    }
}
