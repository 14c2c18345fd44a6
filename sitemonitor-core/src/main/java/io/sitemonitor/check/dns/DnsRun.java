package io.sitemonitor.check.dns;

import io.sitemonitor.check.CheckContext;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.Verdict;
import io.sitemonitor.check.internal.Deadline;
import io.sitemonitor.check.internal.Endpoint;
import io.sitemonitor.check.internal.HostRun;
import io.sitemonitor.check.internal.UdpExchange;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One run of a {@link DnsCheck}. */
final class DnsRun {

    private static final int IDS = 1 << 16;

    /** What became of one server: an answer, or a result that says why there is none. */
    private record Heard(
            Endpoint server, CheckResult result, @Nullable DnsAnswer answer) {

        /** Whether another server may be asked instead. */
        boolean isSilent() {
            FailureKind kind = result.failure();
            return answer == null
                    && (kind == FailureKind.TIMEOUT
                            || kind == FailureKind.CONNECT
                            || kind == FailureKind.DNS
                            || kind == FailureKind.REFUSED_BY_POLICY);
        }
    }

    private final DnsCheck check;
    private final HostRun run;
    private final SecureRandom random = new SecureRandom();
    private @Nullable DnsAnswer answer;

    DnsRun(DnsCheck check, CheckContext context) {
        this.check = check;
        run = new HostRun(context);
    }

    CheckResult run() {
        List<Endpoint> servers = check.servers().all();
        if (servers.isEmpty()) {
            return CheckResult.inconclusive("this machine is not set up to use any name server");
        }
        CheckResult found = check.servers().agreement() == Agreement.NONE ? first(servers) : all(servers);
        return run.seen(run.timed(found, check.latency()));
    }

    /** Asks as a resolver does: who does not answer is passed over. */
    private CheckResult first(List<Endpoint> servers) {
        List<Heard> silent = new ArrayList<>(0);
        for (int i = 0; i < servers.size(); i++) {
            Heard heard = ask(servers.get(i), run.deadline().part(servers.size() - i));
            if (!heard.isSilent()) {
                note(heard);
                return heard.result();
            }
            silent.add(heard);
            if (servers.size() > 1) {
                run.notes().fact("server" + silent.size(), heard.server() + " does not answer");
            }
        }
        return none(silent);
    }

    private CheckResult all(List<Endpoint> servers) {
        List<Heard> heard = new ArrayList<>(servers.size());
        List<Heard> silent = new ArrayList<>(0);
        for (int i = 0; i < servers.size(); i++) {
            Heard one = ask(servers.get(i), run.deadline().part(servers.size() - i));
            (one.isSilent() ? silent : heard).add(one);
            run.notes()
                    .fact("server" + (i + 1), one.server() + ": " + one.result().summary());
            CheckResult result = one.result();
            if (result.verdict() == Verdict.INCONCLUSIVE) {
                return result;
            }
            if (!one.isSilent() && result.failure() != null) {
                note(one);
                return about(one, result.message());
            }
        }
        return heard.isEmpty() ? none(silent) : agreed(heard, silent);
    }

    private CheckResult agreed(List<Heard> heard, List<Heard> silent) {
        Heard first = heard.get(0);
        for (Heard other : heard) {
            String one = said(first);
            String another = said(other);
            if (!one.equals(another)) {
                return CheckResult.fail("servers disagree: " + first.server() + " has " + one + "; " + other.server()
                        + " has " + another);
            }
        }
        note(first);
        if (!silent.isEmpty()) {
            Heard lost = silent.get(0);
            String message = silent.size() + " of " + (heard.size() + silent.size())
                    + (silent.size() == 1 ? " servers does" : " servers do") + " not answer: " + lost.server() + " ("
                    + lost.result().message() + ")";
            return check.servers().isSilenceMild()
                    ? CheckResult.warn(message)
                    : CheckResult.fail(Objects.requireNonNull(lost.result().failure()), message);
        }
        for (Heard each : heard) {
            if (each.result().verdict() == Verdict.WARN) {
                return CheckResult.warn(each.server() + ": " + each.result().message());
            }
        }
        return CheckResult.pass(heard.size() + " servers agree: " + said(first));
    }

    private String said(Heard heard) {
        return check.servers().agreement().of(Objects.requireNonNull(heard.answer()));
    }

    private static CheckResult none(List<Heard> silent) {
        Heard first = silent.get(0);
        return silent.size() == 1
                ? first.result()
                : CheckResult.fail(
                        Objects.requireNonNull(first.result().failure()),
                        "none of " + silent.size() + " servers answers, the first: "
                                + first.result().message());
    }

    private static CheckResult about(Heard heard, String message) {
        return CheckResult.fail(Objects.requireNonNull(heard.result().failure()), heard.server() + ": " + message);
    }

    private Heard ask(Endpoint server, Deadline share) {
        answer = null;
        CheckResult result = run.ask(server, share, this::through);
        return new Heard(server, result, answer);
    }

    private CheckResult through(InetSocketAddress peer) throws IOException {
        byte[] message = exchange(peer, true);
        boolean isOld = code(message, ResponseCode.FORMERR) || code(message, ResponseCode.NOTIMP);
        DnsAnswer heard = DnsMessages.read(isOld ? exchange(peer, false) : message, check.question());
        answer = heard;
        return check.expectations().judge(check.question(), heard);
    }

    /** Notes what the server says whose answer counts. */
    private void note(Heard heard) {
        DnsAnswer said = heard.answer();
        if (said == null) {
            return;
        }
        run.notes().fact("code", ResponseCode.name(said.code()));
        if (!said.records().isEmpty()) {
            run.notes().fact("records", String.join(", ", said.records()));
            run.notes().fact("ttl", said.ttl() + " s");
        }
        if (!said.alias().isEmpty()) {
            run.notes().fact("alias", said.alias());
        }
    }

    private static boolean code(byte[] message, ResponseCode code) {
        return DnsMessages.code(message) == code.number();
    }

    /** Asks over UDP, and over TCP what does not fit. */
    private byte[] exchange(InetSocketAddress peer, boolean isModern) throws IOException {
        byte[] question = DnsMessages.write(
                random.nextInt(IDS), check.question(), check.expectations().isAuthenticated(), isModern);
        boolean isTcp = check.servers().isTcp();
        byte[] message = isTcp ? DnsOverTcp.ask(run, peer, question) : overUdp(peer, question);
        run.notes().fact("over", isTcp ? "TCP" : "UDP");
        if (!isTcp && DnsMessages.isTruncated(message)) {
            run.notes().fact("over", "TCP, since the answer does not fit into UDP");
            return DnsOverTcp.ask(run, peer, question);
        }
        return message;
    }

    private byte[] overUdp(InetSocketAddress peer, byte[] question) throws IOException {
        return UdpExchange.ask(
                run,
                peer,
                UdpExchange.USUAL_REPEATS,
                () -> question,
                datagram -> DnsMessages.isAnswer(question, datagram) ? datagram : null);
    }
}
