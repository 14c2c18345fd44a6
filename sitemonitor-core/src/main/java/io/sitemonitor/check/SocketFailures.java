package io.sitemonitor.check;

import io.sitemonitor.check.internal.FailedException;
import io.sitemonitor.check.internal.TlsFailures;
import io.sitemonitor.check.internal.TlsHandshake;
import io.sitemonitor.check.internal.TooLargeException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says in which way a conversation broke, from what was thrown and what the run was doing. */
record SocketFailures(String peer, String doing, @Nullable Conversation server) {

    CheckResult describe(IOException e) {
        if (e instanceof FailedException failed) {
            return CheckResult.fail(failed.kind(), String.valueOf(failed.getMessage()));
        }
        Throwable root = TlsFailures.root(e);
        if (root instanceof TooLargeException) {
            return CheckResult.fail(FailureKind.TOO_LARGE, String.valueOf(root.getMessage()));
        }
        if (e instanceof ProtocolException) {
            return CheckResult.fail(FailureKind.PROTOCOL, String.valueOf(e.getMessage()));
        }
        TlsHandshake handshake = server == null ? null : server.handshake();
        if (handshake != null) {
            return CheckResult.fail(FailureKind.TLS, handshake.describe(e));
        }
        if (e instanceof SSLException) {
            return CheckResult.fail(FailureKind.TLS, "TLS failed: " + root.getMessage() + " (" + doing + ")");
        }
        boolean answered = server != null && server.hasEndedWithinAnswer();
        if (e instanceof EOFException) {
            return answered
                    ? CheckResult.fail(
                            FailureKind.PROTOCOL, "connection closed by " + peer + " within an answer (" + doing + ")")
                    : CheckResult.fail(
                            FailureKind.CONNECT,
                            "connection closed by " + peer + " before it answered (" + doing + ")");
        }
        return CheckResult.fail(
                FailureKind.CONNECT, "connection to " + peer + " lost: " + e.getMessage() + " (" + doing + ")");
    }
}
