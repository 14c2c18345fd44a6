package io.sitemonitor.check.tcp;

import io.sitemonitor.check.CheckContext;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.Evidence;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.Verdict;
import io.sitemonitor.check.internal.Deadline;
import io.sitemonitor.check.internal.NameLookup;
import io.sitemonitor.check.internal.SecondOpinion;
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
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One run of a {@link TcpCheck}; used by its thread alone, except for what ends it from outside. */
final class TcpRun {

    private final TcpCheck check;
    private final String host;
    private final CheckContext context;
    private final Deadline deadline;
    private final SecondOpinion opinion;
    private final Map<String, Duration> phases = new LinkedHashMap<>();
    private final long startedAt;
    private Deadline until;
    private @Nullable String address;

    TcpRun(TcpCheck check, CheckContext context) {
        this.check = check;
        this.context = context;
        host = check.hostAsWritten();
        deadline = Deadline.of(context);
        until = deadline;
        opinion = new SecondOpinion(context, SecondOpinion::mayBelongToAddress);
        startedAt = context.time().nanos();
    }

    CheckResult run() {
        CheckResult result;
        try {
            List<InetAddress> addresses = addresses();
            result = check.otherAddress() ? confirmed(addresses) : connect(addresses);
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
        boolean bare = result.evidence().equals(Evidence.none());
        return opinion.conclude(bare ? result.with(evidence()) : result);
    }

    private Evidence evidence() {
        return new Evidence(address, phases, Map.of(), null);
    }

    private List<InetAddress> addresses() throws UnknownHostException, TimeoutException, InterruptedException {
        InetAddress literal = NameLookup.literal(host);
        if (literal != null) {
            return List.of(literal);
        }
        CompletableFuture<List<InetAddress>> lookup = check.names().start(host);
        context.onCancel(() -> lookup.cancel(false));
        try {
            return NameLookup.await(lookup, deadline.nanosLeft());
        } finally {
            phases.put("dns", since(startedAt));
        }
    }

    private CheckResult confirmed(List<InetAddress> addresses) {
        return Objects.requireNonNull(opinion.ask(addresses, check.port(), deadline, this::through));
    }

    private CheckResult through(InetSocketAddress peer, Deadline share) {
        long from = context.time().nanos();
        until = share;
        CheckResult failed =
                stopped() ? ended("connecting to " + Wording.address(peer)) : connect(peer, share.nanosLeft(), 1);
        phases.put("connect", since(from));
        return failed == null ? accepted() : failed.with(evidence());
    }

    private CheckResult connect(List<InetAddress> addresses) {
        long from = context.time().nanos();
        CheckResult first = null;
        for (int i = 0; i < addresses.size(); i++) {
            long left = deadline.nanosLeft();
            InetSocketAddress peer = new InetSocketAddress(addresses.get(i), check.port());
            if (stopped()) {
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
        if (stopped()) {
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
        Duration took = since(startedAt).minusNanos(opinion.nanosLost());
        Duration warnAbove = check.warnAbove();
        if (warnAbove != null && took.compareTo(warnAbove) > 0) {
            return CheckResult.warn(
                    "connected in " + Wording.duration(took) + ", more than " + Wording.duration(warnAbove));
        }
        return CheckResult.pass("connected");
    }

    private boolean stopped() {
        return until.isOver() || context.isCancelled() || Thread.currentThread().isInterrupted();
    }

    private CheckResult ended(String doing) {
        boolean tooLate = until.isOver();
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
                FailureKind.TIMEOUT, "no connection within " + Wording.duration(until.limit()) + " (" + doing + ")");
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
