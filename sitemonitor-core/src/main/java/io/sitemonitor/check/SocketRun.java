package io.sitemonitor.check;

import io.sitemonitor.check.internal.Addresses;
import io.sitemonitor.check.internal.CertificateNames;
import io.sitemonitor.check.internal.ConnectFailures;
import io.sitemonitor.check.internal.Deadline;
import io.sitemonitor.check.internal.DeadlineSocket;
import io.sitemonitor.check.internal.Endpoint;
import io.sitemonitor.check.internal.Expectations;
import io.sitemonitor.check.internal.Mask;
import io.sitemonitor.check.internal.RunEnd;
import io.sitemonitor.check.internal.RunNotes;
import io.sitemonitor.check.internal.SecondOpinion;
import io.sitemonitor.check.internal.Wording;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One run of a {@link SocketCheck}; used by its thread alone, except for what ends it from outside. */
final class SocketRun {

    /** The most that a server may send, in bytes. */
    private static final long MAX_RECEIVED = 1024 * 1024;

    private final SocketCheck<?> check;
    private final SocketOptions.Values options;
    private final Endpoint endpoint;
    private final CheckContext context;
    private final Deadline deadline;
    private final SecondOpinion opinion;
    private final List<String> secrets;
    private RunNotes notes;
    private Deadline until;
    private String doing = "not begun";
    private String peer = "";
    private boolean connected;

    SocketRun(SocketCheck<?> check, CheckContext context) {
        this.check = check;
        this.context = context;
        options = check.options().values();
        endpoint = options.endpoint();
        deadline = Deadline.of(context);
        until = deadline;
        opinion = new SecondOpinion(context, SecondOpinion::mayBelongToAddress);
        secrets = secrets();
        notes = new RunNotes(context.time());
    }

    CheckResult run() {
        String scheme = check.scheme();
        String objection = scheme == null ? null : context.addressPolicy().objection(scheme);
        if (objection != null) {
            return CheckResult.fail(
                    FailureKind.REFUSED_BY_POLICY, "the address policy does not allow it: " + objection);
        }
        doing = "looking up the name";
        Addresses addresses = endpoint.addresses(context, deadline, notes, this::ended);
        CheckResult refusal = addresses.refusal();
        CheckResult result = refusal == null ? ask(addresses.permitted()) : refusal;
        boolean bare = result.evidence().equals(Evidence.none());
        return opinion.conclude(bare ? seen(result) : result);
    }

    private CheckResult ask(List<InetAddress> addresses) {
        return switch (options.use()) {
            case FIRST -> first(addresses);
            case CONFIRM -> Objects.requireNonNull(opinion.ask(addresses, endpoint.port(), deadline, this::through));
            case EVERY -> opinion.askEvery(addresses, endpoint.port(), deadline, this::through);
        };
    }

    /** Passes over addresses that do not accept a connection. */
    private CheckResult first(List<InetAddress> addresses) {
        CheckResult first = null;
        for (int i = 0; i < addresses.size(); i++) {
            InetSocketAddress to = new InetSocketAddress(addresses.get(i), endpoint.port());
            CheckResult result = attempt(to, deadline, addresses.size() - i);
            if (connected || result.verdict() == Verdict.INCONCLUSIVE) {
                return result;
            }
            if (result.failure() == FailureKind.TIMEOUT) {
                return first == null ? result : first;
            }
            first = first == null ? result : first;
        }
        CheckResult failed = Objects.requireNonNull(first);
        return addresses.size() > 1
                ? CheckResult.fail(
                        FailureKind.CONNECT,
                        failed.message() + " (first of " + addresses.size() + " addresses, none accepts)")
                : failed;
    }

    private CheckResult through(InetSocketAddress to, Deadline share) {
        RunNotes before = notes;
        notes = before.attempt();
        CheckResult found = attempt(to, share, 1);
        if (found.verdict() != Verdict.FAIL) {
            String message = mask().hide(found.message()); // it may become a fact
            return new CheckResult(found.verdict(), found.failure(), message, found.evidence());
        }
        CheckResult failed = seen(found);
        notes = before;
        return failed;
    }

    /** Tries one address for its share of the time that is left; the last one may use all of it. */
    private CheckResult attempt(InetSocketAddress to, Deadline share, int addressesLeft) {
        until = share;
        connected = false;
        peer = Wording.address(to);
        doing = "connecting to " + peer;
        if (RunEnd.isDue(until)) {
            return ended();
        }
        Duration limit = options.connectTimeout();
        long fair = share.nanosLeft() / addressesLeft;
        long nanos = limit == null ? fair : Math.min(fair, limit.toNanos());
        try (DeadlineSocket socket = new DeadlineSocket(share, MAX_RECEIVED)) {
            context.onCancel(socket::abort);
            notes.phase("connect");
            try {
                socket.connect(to, Deadline.millis(nanos));
            } catch (IOException e) {
                boolean lastChance = addressesLeft == 1 && nanos == fair;
                return e instanceof SocketTimeoutException && lastChance ? late() : unconnected(nanos, e);
            }
            connected = true;
            notes.address(peer);
            return talk(socket);
        } catch (IOException e) {
            return new SocketFailures(peer, doing, null).describe(e); // of closing, which is of no interest
        } finally {
            notes.pause();
        }
    }

    private CheckResult talk(Socket socket) throws IOException {
        Conversation server = new Conversation(this, endpoint.host(), socket);
        doing = "connected to " + peer;
        try {
            TlsSettings settings = options.tls();
            StartTls startTls = options.startTls();
            if (startTls != null && settings != null) {
                startTls.negotiate(server, settings);
            } else if (settings != null) {
                server.secure(settings);
            }
            notes.pause();
            return judge(check.converse(server), server.tls());
        } catch (IOException e) {
            List<X509Certificate> shown = server.shown();
            if (!shown.isEmpty()) {
                certificate(shown.get(0));
            }
            return RunEnd.isDue(until) || e instanceof SocketTimeoutException
                    ? ended()
                    : new SocketFailures(peer, doing, server).describe(e);
        }
    }

    private CheckResult judge(CheckResult found, @Nullable TlsConnection tls) {
        notes.pause();
        if (found.verdict() == Verdict.FAIL || found.verdict() == Verdict.INCONCLUSIVE) {
            return found;
        }
        CheckResult encryption = encryption(tls);
        if (encryption != null && encryption.verdict() == Verdict.FAIL) {
            return encryption;
        }
        Duration took = notes.took().minusNanos(opinion.nanosLost());
        CheckResult timed = endpoint.latency().judge(found, took);
        boolean isSlow = timed.verdict() == Verdict.FAIL;
        return encryption != null && found.verdict() == Verdict.PASS && !isSlow ? encryption : timed;
    }

    private @Nullable CheckResult encryption(@Nullable TlsConnection tls) {
        if (options.expectations().isEmpty()) {
            return null;
        }
        return tls == null
                ? CheckResult.fail("connection is not encrypted")
                : Expectations.judge(options.expectations(), tls, "encryption");
    }

    private CheckResult unconnected(long nanos, IOException e) {
        if (RunEnd.isDue(until)) {
            return ended();
        }
        return CheckResult.fail(
                FailureKind.CONNECT,
                e instanceof SocketTimeoutException
                        ? "no connection to " + peer + " within " + Wording.duration(Duration.ofNanos(nanos))
                        : ConnectFailures.describe(peer, e));
    }

    private CheckResult ended() {
        return RunEnd.result(until, lateness());
    }

    private CheckResult late() {
        return CheckResult.fail(FailureKind.TIMEOUT, lateness());
    }

    private String lateness() {
        String what = connected ? "no complete answer" : "no connection";
        return what + " within " + Wording.duration(until.limit()) + " (" + doing + ")";
    }

    CheckContext context() {
        return context;
    }

    String peer() {
        return peer;
    }

    void doing(String what) {
        doing = "connected to " + peer + ", " + what;
    }

    RunNotes notes() {
        return notes;
    }

    void secured(String protocol, X509Certificate certificate) {
        notes.pause();
        notes.fact("tls", protocol);
        certificate(certificate);
    }

    void certificate(X509Certificate certificate) {
        notes.fact("certificate", CertificateNames.described(certificate));
    }

    /** Hides what was secret when the run began and what is now, for a secret may be rotated in between. */
    private Mask mask() {
        List<String> known = new ArrayList<>(secrets);
        known.addAll(secrets());
        return Mask.of(known);
    }

    private List<String> secrets() {
        return check.secrets().stream().map(Secret::reveal).toList();
    }

    private CheckResult seen(CheckResult result) {
        Mask mask = mask();
        Evidence evidence = notes.evidence(mask::hide);
        return new CheckResult(result.verdict(), result.failure(), mask.hide(result.message()), evidence);
    }
}
