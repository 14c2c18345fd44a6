package io.sitemonitor.check;

import io.sitemonitor.check.internal.Addresses;
import io.sitemonitor.check.internal.CertificateNames;
import io.sitemonitor.check.internal.Deadline;
import io.sitemonitor.check.internal.DeadlineSocket;
import io.sitemonitor.check.internal.Expectations;
import io.sitemonitor.check.internal.Mask;
import io.sitemonitor.check.internal.NameLookup;
import io.sitemonitor.check.internal.RunEnd;
import io.sitemonitor.check.internal.SecondOpinion;
import io.sitemonitor.check.internal.Wording;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One run of a {@link SocketCheck}; used by its thread alone, except for what ends it from outside. */
final class SocketRun {

    /** The most that a server may send, in bytes. */
    private static final long MAX_RECEIVED = 1024 * 1024;

    private final SocketCheck<?> check;
    private final SocketOptions.Values options;
    private final CheckContext context;
    private final Deadline deadline;
    private final SecondOpinion opinion;
    private final List<String> secrets;
    private final long startedAt;
    private Map<String, Duration> phases = new LinkedHashMap<>();
    private Map<String, String> facts = new LinkedHashMap<>();
    private Deadline until;
    private String doing = "not begun";
    private String peer = "";
    private boolean connected;
    private @Nullable String phase;
    private long phaseBegan;
    private @Nullable String address;
    private @Nullable String excerpt;

    SocketRun(SocketCheck<?> check, CheckContext context) {
        this.check = check;
        this.context = context;
        options = check.options().values();
        deadline = Deadline.of(context);
        until = deadline;
        opinion = new SecondOpinion(context, SecondOpinion::mayBelongToAddress);
        secrets = secrets();
        startedAt = context.time().nanos();
    }

    CheckResult run() {
        Addresses addresses = addresses();
        CheckResult refusal = addresses.refusal();
        CheckResult result = refusal == null ? ask(addresses.permitted()) : refusal;
        boolean bare = result.evidence().equals(Evidence.none());
        return opinion.conclude(bare ? seen(result) : result);
    }

    private Addresses addresses() {
        doing = "looking up the name";
        if (Addresses.areAskedFor(options.host(), options.resolver())) {
            phase("dns");
        }
        try {
            return Addresses.find(
                    options.host(),
                    options.port(),
                    options.family(),
                    NameLookup.shared(),
                    options.resolver(),
                    context,
                    deadline,
                    this::ended);
        } finally {
            pause();
        }
    }

    private CheckResult ask(List<InetAddress> addresses) {
        return switch (options.use()) {
            case FIRST -> first(addresses);
            case CONFIRM -> Objects.requireNonNull(opinion.ask(addresses, options.port(), deadline, this::through));
            case EVERY -> opinion.askEvery(addresses, options.port(), deadline, this::through);
        };
    }

    /** Passes over addresses that do not accept a connection. */
    private CheckResult first(List<InetAddress> addresses) {
        CheckResult first = null;
        for (int i = 0; i < addresses.size(); i++) {
            InetSocketAddress to = new InetSocketAddress(addresses.get(i), options.port());
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
        Map<String, Duration> phasesBefore = new LinkedHashMap<>(phases);
        facts = new LinkedHashMap<>();
        address = null;
        excerpt = null;
        CheckResult found = attempt(to, share, 1);
        if (found.verdict() != Verdict.FAIL) {
            String message = mask().hide(found.message()); // it may become a fact
            return new CheckResult(found.verdict(), found.failure(), message, found.evidence());
        }
        CheckResult failed = seen(found);
        phases = phasesBefore;
        return failed;
    }

    /** Tries one address for its share of the time that is left; the last one may use all of it. */
    private CheckResult attempt(InetSocketAddress to, Deadline share, int addressesLeft) {
        until = share;
        connected = false;
        peer = Wording.address(to);
        doing = "connecting to " + peer;
        if (stopped()) {
            return ended();
        }
        Duration limit = options.connectTimeout();
        long fair = share.nanosLeft() / addressesLeft;
        long nanos = limit == null ? fair : Math.min(fair, limit.toNanos());
        try (DeadlineSocket socket = new DeadlineSocket(share, MAX_RECEIVED)) {
            context.onCancel(() -> closeQuietly(socket));
            phase("connect");
            try {
                socket.connect(to, Deadline.millis(nanos));
            } catch (IOException e) {
                boolean lastChance = addressesLeft == 1 && nanos == fair;
                return e instanceof SocketTimeoutException && lastChance ? late() : unconnected(nanos, e);
            }
            connected = true;
            address = peer;
            return talk(socket);
        } catch (IOException e) {
            return new SocketFailures(peer, doing, null).describe(e); // of closing, which is of no interest
        } finally {
            pause();
        }
    }

    private CheckResult talk(Socket socket) throws IOException {
        Conversation server = new Conversation(this, options.host(), socket);
        doing = "connected to " + peer;
        try {
            TlsSettings settings = options.tls();
            StartTls startTls = options.startTls();
            if (startTls != null && settings != null) {
                startTls.negotiate(server, settings);
            } else if (settings != null) {
                server.secure(settings);
            }
            pause();
            return judge(check.converse(server), server.tls());
        } catch (IOException e) {
            List<X509Certificate> shown = server.shown();
            if (!shown.isEmpty()) {
                certificate(shown.get(0));
            }
            return stopped() || e instanceof SocketTimeoutException
                    ? ended()
                    : new SocketFailures(peer, doing, server).describe(e);
        }
    }

    private CheckResult judge(CheckResult found, @Nullable TlsConnection tls) {
        pause();
        if (found.verdict() == Verdict.FAIL || found.verdict() == Verdict.INCONCLUSIVE) {
            return found;
        }
        CheckResult encryption = null;
        if (!options.expectations().isEmpty()) {
            encryption = tls == null
                    ? CheckResult.fail("connection is not encrypted")
                    : Expectations.judge(options.expectations(), tls, "encryption");
        }
        if (encryption != null && encryption.verdict() == Verdict.FAIL) {
            return encryption;
        }
        Duration took = since(startedAt).minusNanos(opinion.nanosLost());
        String what = found.message().isEmpty() ? "answered" : found.message();
        CheckResult latency = options.latency().judge(what, took);
        if (latency != null && latency.verdict() == Verdict.FAIL) {
            return latency;
        }
        return found.verdict() == Verdict.WARN
                ? found
                : encryption != null ? encryption : latency != null ? latency : found;
    }

    private CheckResult unconnected(long nanos, IOException e) {
        if (stopped()) {
            return ended();
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

    private boolean stopped() {
        return RunEnd.isDue(until);
    }

    private CheckResult ended() {
        CheckResult outside = RunEnd.fromOutside(until);
        return outside == null ? late() : outside;
    }

    private CheckResult late() {
        String what = connected ? "no complete answer" : "no connection";
        return CheckResult.fail(
                FailureKind.TIMEOUT, what + " within " + Wording.duration(until.limit()) + " (" + doing + ")");
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

    void phase(String name) {
        pause();
        phase = name;
        phaseBegan = context.time().nanos();
    }

    private void pause() {
        String ended = phase;
        if (ended != null) {
            phases.merge(ended, since(phaseBegan), Duration::plus);
            phase = null;
        }
    }

    void fact(String name, String value) {
        facts.put(name, value);
    }

    void excerpt(String text) {
        excerpt = text;
    }

    void secured(String protocol, X509Certificate certificate) {
        pause();
        facts.put("tls", protocol);
        certificate(certificate);
    }

    void certificate(X509Certificate certificate) {
        facts.put("certificate", CertificateNames.described(certificate));
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
        Map<String, String> shown = new LinkedHashMap<>();
        facts.forEach((name, value) -> shown.put(name, mask.hide(value)));
        Evidence evidence = new Evidence(address, phases, shown, excerpt == null ? null : mask.hide(excerpt));
        return new CheckResult(result.verdict(), result.failure(), mask.hide(result.message()), evidence);
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
