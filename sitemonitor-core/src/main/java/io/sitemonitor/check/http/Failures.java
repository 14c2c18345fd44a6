package io.sitemonitor.check.http;

import io.sitemonitor.check.CheckContext;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.internal.Deadline;
import io.sitemonitor.check.internal.RunEnd;
import io.sitemonitor.check.internal.TlsFailures;
import io.sitemonitor.check.internal.TooLargeException;
import io.sitemonitor.check.internal.Wording;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** Says in which way a run failed, from what was thrown and what the run was doing. For the thread of the run. */
final class Failures {

    /** The largest head that the client reads, in bytes. */
    private static final int MAX_HEAD = 256 * 1024;

    private final CheckContext context;
    private final Deadline deadline;
    private final Phases phases;
    private @Nullable MeteredSockets sockets;
    private @Nullable Answer answer;

    Failures(CheckContext context, Deadline deadline, Phases phases) {
        this.context = context;
        this.deadline = deadline;
        this.phases = phases;
    }

    void over(MeteredSockets sockets) {
        this.sockets = sockets;
        answer = null;
    }

    Answer reading(Answer answer) {
        this.answer = answer;
        return answer;
    }

    /** Returns the result of a run that must not go on, or null. */
    @Nullable
    CheckResult ended() {
        return RunEnd.isDue(deadline) ? timeout() : null;
    }

    CheckResult timeout() {
        return RunEnd.result(
                deadline, "no complete answer within " + Wording.duration(deadline.limit()) + " (" + doing() + ")");
    }

    CheckResult describe(Exception e, int addresses) {
        CheckResult ended = ended();
        if (ended != null) {
            return ended;
        }
        Throwable root = TlsFailures.root(e);
        if (root instanceof TooLargeException) {
            return CheckResult.fail(FailureKind.TOO_LARGE, root.getMessage() + " on the wire");
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

    private static boolean isTimeout(Exception e) {
        return e instanceof InterruptedIOException && !(e instanceof SocketTimeoutException);
    }

    private CheckResult unconnected(Exception e, int addresses) {
        String reason = String.valueOf(TlsFailures.root(e).getMessage());
        String message;
        if (e instanceof SocketTimeoutException) {
            Duration limit = sockets == null ? context.timeout() : sockets.limit();
            message = "no connection to " + phases.peer() + " within " + Wording.duration(limit);
        } else if (e instanceof ConnectException && reason.startsWith("Connection refused")) {
            message = "connection refused by " + phases.peer();
        } else {
            message = "no connection to " + phases.peer() + ": " + reason;
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
            return sockets != null && sockets.received() >= MAX_HEAD
                    ? CheckResult.fail(FailureKind.TOO_LARGE, "head of the answer has more than " + MAX_HEAD + " bytes")
                    : CheckResult.fail(
                            FailureKind.CONNECT, "connection closed by " + phases.peer() + " before it answered");
        }
        return CheckResult.fail(FailureKind.PROTOCOL, "answer is broken: " + e.getMessage());
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
            case BODY -> "receiving the body, " + (begun == null ? 0 : begun.size()) + " bytes so far";
        };
    }
}
