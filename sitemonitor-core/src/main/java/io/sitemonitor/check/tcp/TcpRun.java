package io.sitemonitor.check.tcp;

import io.sitemonitor.check.CheckContext;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.Evidence;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.Verdict;
import io.sitemonitor.check.internal.Deadline;
import io.sitemonitor.check.internal.NameLookup;
import io.sitemonitor.check.internal.Wording;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One run of a {@link TcpCheck}; used by its thread alone, except for what ends it from outside. */
final class TcpRun {

    private final String host;
    private final int port;
    private final @Nullable Duration warnAbove;
    private final NameLookup names;
    private final CheckContext context;
    private final Deadline deadline;
    private final Map<String, Duration> phases = new LinkedHashMap<>();
    private final long startedAt;
    private @Nullable String address;

    TcpRun(String host, int port, @Nullable Duration warnAbove, NameLookup names, CheckContext context) {
        this.host = host;
        this.port = port;
        this.warnAbove = warnAbove;
        this.names = names;
        this.context = context;
        deadline = Deadline.of(context);
        startedAt = context.time().nanos();
    }

    CheckResult run() {
        CheckResult result;
        try {
            result = connect(addresses());
        } catch (UnknownHostException e) {
            result = CheckResult.fail(FailureKind.DNS, NameLookup.describe(host, e));
        } catch (TimeoutException | CancellationException e) {
            result = ended("looking up the name");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            result = ended("looking up the name");
        } catch (RejectedExecutionException e) {
            result = CheckResult.inconclusive("too many name lookups are under way in this process");
        }
        return result.with(new Evidence(address, phases, Map.of(), null));
    }

    private List<InetAddress> addresses() throws UnknownHostException, TimeoutException, InterruptedException {
        InetAddress literal = NameLookup.literal(host);
        if (literal != null) {
            return List.of(literal);
        }
        CompletableFuture<List<InetAddress>> lookup = names.start(host);
        context.onCancel(() -> lookup.cancel(false));
        try {
            return NameLookup.await(lookup, deadline.nanosLeft());
        } finally {
            phases.put("dns", since(startedAt));
        }
    }

    private CheckResult connect(List<InetAddress> addresses) {
        long from = context.time().nanos();
        CheckResult first = null;
        for (int i = 0; i < addresses.size(); i++) {
            long left = deadline.nanosLeft();
            InetSocketAddress peer = new InetSocketAddress(addresses.get(i), port);
            if (left <= 0 || context.isCancelled() || Thread.currentThread().isInterrupted()) {
                first = ended("connecting to " + Wording.address(peer));
                break;
            }
            CheckResult result = connect(peer, left, addresses.size() - i);
            if (result == null) {
                phases.put("connect", since(from));
                return accepted();
            }
            first = first == null || result.verdict() == Verdict.INCONCLUSIVE ? result : first;
        }
        phases.put("connect", since(from));
        CheckResult failed = first == null ? ended("connecting") : first;
        return addresses.size() > 1 && failed.failure() == FailureKind.CONNECT
                ? CheckResult.fail(
                        FailureKind.CONNECT,
                        failed.message() + " (first of " + addresses.size() + " addresses, none accepts)")
                : failed;
    }

    /** Tries one address for its share of the time that is left; the last one may use all of it. */
    private @Nullable CheckResult connect(InetSocketAddress peer, long left, int addressesLeft) {
        long nanos = left / addressesLeft;
        String name = Wording.address(peer);
        try (Socket socket = new Socket()) {
            context.onCancel(() -> closeQuietly(socket));
            socket.connect(peer, Deadline.millis(nanos));
            address = name;
            return null;
        } catch (IOException e) {
            return e instanceof SocketTimeoutException && addressesLeft == 1
                    ? late("connecting to " + name)
                    : failed(name, nanos, e);
        }
    }

    private CheckResult failed(String peer, long nanos, IOException e) {
        if (deadline.isOver() || context.isCancelled() || Thread.currentThread().isInterrupted()) {
            return ended("connecting to " + peer);
        }
        String reason = String.valueOf(e.getMessage());
        if (e instanceof SocketTimeoutException) {
            reason = "no connection to " + peer + " within " + Wording.duration(Duration.ofNanos(nanos));
        } else if (e instanceof ConnectException
                && reason.toLowerCase(Locale.ROOT).startsWith("connection refused")) {
            reason = "connection refused by " + peer;
        } else {
            reason = "no connection to " + peer + ": " + reason;
        }
        return CheckResult.fail(FailureKind.CONNECT, reason);
    }

    private CheckResult accepted() {
        Duration took = since(startedAt);
        if (warnAbove != null && took.compareTo(warnAbove) > 0) {
            return CheckResult.warn(
                    "connected in " + Wording.duration(took) + ", more than " + Wording.duration(warnAbove));
        }
        return CheckResult.pass("connected");
    }

    private CheckResult ended(String doing) {
        boolean tooLate = deadline.isOver();
        if (!tooLate && context.isCancelled()) {
            return CheckResult.inconclusive("the run was ended from outside");
        }
        if (!tooLate && Thread.currentThread().isInterrupted()) {
            return CheckResult.inconclusive("the run was interrupted");
        }
        return late(doing);
    }

    private CheckResult late(String doing) {
        return CheckResult.fail(
                FailureKind.TIMEOUT,
                "no connection within " + Wording.duration(context.timeout()) + " (" + doing + ")");
    }

    private Duration since(long nanos) {
        return Duration.ofNanos(Math.max(0, context.time().nanos() - nanos));
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // the run is over, and a socket that cannot be closed has no way to say so
        }
    }
}
