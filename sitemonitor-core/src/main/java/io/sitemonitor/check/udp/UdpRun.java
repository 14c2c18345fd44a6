package io.sitemonitor.check.udp;

import io.sitemonitor.check.CheckContext;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.Evidence;
import io.sitemonitor.check.internal.Deadline;
import io.sitemonitor.check.internal.Endpoint;
import io.sitemonitor.check.internal.Expectations;
import io.sitemonitor.check.internal.HostRun;
import io.sitemonitor.check.internal.UdpExchange;
import io.sitemonitor.check.internal.Wording;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** One run of a {@link UdpCheck}. */
final class UdpRun {

    private final Endpoint endpoint;
    private final Exchange exchange;
    private final HostRun run;

    UdpRun(Endpoint endpoint, Exchange exchange, CheckContext context) {
        this.endpoint = endpoint;
        this.exchange = exchange;
        run = new HostRun(context);
    }

    CheckResult run() {
        Duration wait = exchange.refusal();
        CheckResult found =
                run.ask(endpoint, run.deadline(), peer -> wait == null ? answer(peer) : noRefusal(peer, wait));
        return run.seen(wait == null ? run.timed(found, endpoint.latency()) : found);
    }

    private CheckResult answer(InetSocketAddress peer) throws IOException {
        byte[] answer = ask(peer);
        CheckResult objection = Expectations.judge(exchange.expectations(), answer, "answer");
        if (objection == null) {
            return CheckResult.pass(answered(answer));
        }
        if (exchange.isShown()) {
            int shown = Math.min(answer.length, 4 * Evidence.MAX_EXCERPT);
            run.notes().excerpt(new String(answer, 0, shown, StandardCharsets.UTF_8));
        }
        return objection;
    }

    private CheckResult noRefusal(InetSocketAddress peer, Duration wait) throws IOException {
        Deadline all = run.until();
        long rest = all.nanosLeft() - wait.toNanos();
        if (rest < 0) {
            return CheckResult.inconclusive("a refusal may take " + Wording.duration(wait)
                    + " to come, and the run has no more than " + Wording.duration(all.limit()));
        }
        run.until(new Deadline(all.context(), all.reserve() + rest, wait));
        try {
            return CheckResult.pass(answered(ask(peer)));
        } catch (SocketTimeoutException e) {
            return run.isEndedFromOutside()
                    ? run.ended()
                    : CheckResult.pass("not refused within " + Wording.duration(wait)
                            + ", which does not prove that anybody listens");
        } finally {
            run.until(all);
        }
    }

    private byte[] ask(InetSocketAddress peer) throws IOException {
        byte[] answer = UdpExchange.ask(run, peer, exchange.repeats(), exchange::bytes, datagram -> datagram);
        run.notes().fact("bytes", String.valueOf(answer.length));
        return answer;
    }

    private static String answered(byte[] answer) {
        return "answered with " + answer.length + " bytes";
    }
}
