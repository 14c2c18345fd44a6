package io.sitemonitor.guard;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FailureKind;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.UnresolvedAddressException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** Says what an exception of the host's own call means for its target. */
final class Failures {

    private static final int MAX_CAUSES = 10;

    /**
     * Exceptions whose text comes from the JDK or an HTTP client and speaks of names, addresses and certificates. The
     * text of any other may hold a URL with a password, or whatever the host put in.
     */
    private static final Set<Class<?>> WITH_HARMLESS_TEXT = Set.of(
            UnknownHostException.class,
            ConnectException.class,
            NoRouteToHostException.class,
            SocketException.class,
            SocketTimeoutException.class,
            SSLException.class,
            SSLHandshakeException.class,
            SSLPeerUnverifiedException.class,
            FailedStatusException.class);

    private Failures() {}

    /** Whether nothing was learned about the target: the call was interrupted, cancelled, or refused by a breaker. */
    static boolean sayNothing(Throwable thrown) {
        if (Thread.currentThread().isInterrupted()) {
            return true;
        }
        for (Throwable each : chain(thrown)) {
            if (each instanceof InterruptedException
                    || each instanceof ClosedByInterruptException
                    || each instanceof CancellationException
                    || each instanceof CallNotPermittedException
                    || isCancelledByOkHttp(each)) {
                return true;
            }
            if (isTimeout(each)) {
                return false; // OkHttp cancels a call at its timeout, so behind this there may be a cancellation
            }
        }
        return false;
    }

    /** Returns the failed result. */
    static CheckResult result(Throwable thrown) {
        List<Throwable> chain = chain(thrown);
        for (Throwable each : chain) {
            if (each instanceof UnknownHostException || each instanceof UnresolvedAddressException) {
                return result(FailureKind.DNS, thrown, each); // some clients wrap it into a ConnectException
            }
        }
        for (Throwable each : chain) {
            FailureKind kind = kind(each);
            if (kind != null) {
                return result(kind, thrown, each);
            }
        }
        for (Throwable each : chain) {
            if (each instanceof IOException) {
                return result(FailureKind.PROTOCOL, thrown, each);
            }
        }
        return result(FailureKind.ASSERTION, thrown, chain.get(chain.size() - 1));
    }

    private static @Nullable FailureKind kind(Throwable e) {
        if (e instanceof FailedStatusException) {
            return FailureKind.STATUS;
        }
        if (e instanceof SSLException) {
            return FailureKind.TLS;
        }
        if (isTimeout(e)) {
            return FailureKind.TIMEOUT;
        }
        return e instanceof SocketException || e instanceof EOFException ? FailureKind.CONNECT : null;
    }

    /** By name as well: nearly every client and driver has one of its own, and they have no common type. */
    private static boolean isTimeout(Throwable e) {
        return e instanceof InterruptedIOException || e.getClass().getName().endsWith("TimeoutException");
    }

    private static boolean isCancelledByOkHttp(Throwable e) {
        return e.getClass() == IOException.class && "Canceled".equals(e.getMessage());
    }

    private static CheckResult result(FailureKind kind, Throwable thrown, Throwable telling) {
        StringBuilder text = new StringBuilder("a call failed: ");
        if (thrown != telling) {
            text.append(name(thrown)).append(" caused by ");
        }
        text.append(name(telling));
        String message = harmlessText(telling);
        if (!message.isEmpty()) {
            text.append(": ").append(message);
        }
        return CheckResult.fail(kind, text.toString());
    }

    private static String name(Throwable e) {
        String simple = e.getClass().getSimpleName();
        return simple.isEmpty() ? e.getClass().getName() : simple;
    }

    /** The first line, or nothing if it looks as if it held a part of a URL that may be secret. */
    private static String harmlessText(Throwable e) {
        String message = WITH_HARMLESS_TEXT.contains(e.getClass()) ? e.getMessage() : null;
        if (message == null) {
            return "";
        }
        int end = message.indexOf('\n');
        String line = end < 0 ? message : message.substring(0, end);
        boolean suspect = line.indexOf('@') >= 0 || line.indexOf('?') >= 0 || line.indexOf('=') >= 0;
        return suspect || line.contains("//") ? "" : line;
    }

    /** The exception and its causes, the outermost first; not all of them if they are many or go round in a circle. */
    private static List<Throwable> chain(Throwable thrown) {
        List<Throwable> chain = new ArrayList<>(4);
        for (Throwable each = thrown; each != null && chain.size() < MAX_CAUSES; each = each.getCause()) {
            chain.add(each);
        }
        return chain;
    }
}
