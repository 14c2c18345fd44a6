package io.sitemonitor.check.ntp;

import io.sitemonitor.check.CheckContext;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.internal.FineTime;
import io.sitemonitor.check.internal.HostRun;
import io.sitemonitor.check.internal.UdpExchange;
import io.sitemonitor.check.internal.Wording;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One run of an {@link NtpCheck}. */
final class NtpRun {

    /** How long to leave a server alone that asks for it and does not say for how long. */
    private static final Duration PAUSE = Duration.ofSeconds(64);

    private static final int SHORTEST_POLL = 6;
    private static final int LONGEST_POLL = 17;

    private final NtpCheck check;
    private final HostRun run;
    private final SecureRandom random = new SecureRandom();
    private final Map<Long, Instant> asked = new HashMap<>();

    NtpRun(NtpCheck check, CheckContext context) {
        this.check = check;
        run = new HostRun(context);
    }

    CheckResult run() {
        CheckResult found = run.ask(check.endpoint(), run.deadline(), this::through);
        return run.seen(run.timed(found, check.endpoint().latency()));
    }

    private CheckResult through(InetSocketAddress peer) throws IOException {
        return judge(UdpExchange.ask(run, peer, UdpExchange.USUAL_REPEATS, this::question, this::answer));
    }

    private byte[] question() {
        long mark = random.nextLong();
        byte[] question = NtpAnswer.question(mark);
        asked.put(mark, run.context().time().now());
        return question;
    }

    private @Nullable NtpAnswer answer(byte[] datagram) throws IOException {
        Long mark = NtpAnswer.mark(datagram);
        Instant askedAt = mark == null ? null : asked.get(mark);
        return askedAt == null
                ? null
                : NtpAnswer.read(datagram, askedAt, run.context().time().now());
    }

    private CheckResult judge(NtpAnswer answer) {
        run.notes().fact("stratum", String.valueOf(answer.stratum()));
        String word = answer.word();
        switch (word) {
            case "RATE", "DENY", "RSTR" -> {
                return leftAlone(answer, word);
            }
            default -> {
                if (!answer.isSynchronized()) {
                    return CheckResult.fail(
                            "the clock of the server is not synchronized" + (word.isEmpty() ? "" : " (" + word + ")"));
                }
            }
        }
        run.notes().fact("reference", answer.source());
        if (answer.answeredAt().isBefore(answer.askedAt())) {
            return CheckResult.inconclusive("the clock of this machine was set back during the run");
        }
        run.notes().fact("offset", signed(answer.offset()));
        run.notes().fact("delay", FineTime.text(answer.delay()));
        if (answer.stratum() > check.maxStratum()) {
            return CheckResult.fail("server is of stratum " + answer.stratum() + ", more than " + check.maxStratum());
        }
        return judge(answer.offset(), answer.delay().dividedBy(2), answer.stratum());
    }

    private CheckResult leftAlone(NtpAnswer answer, String word) {
        int poll = answer.poll();
        boolean says = poll >= SHORTEST_POLL && poll <= LONGEST_POLL;
        run.context().retryAfter(says ? Duration.ofSeconds(1L << poll) : PAUSE);
        return CheckResult.fail(
                FailureKind.STATUS,
                word.equals("RATE")
                        ? "server asks for fewer questions (RATE)"
                        : "server does not want to be asked (" + word + ")");
    }

    /** The offset may be wrong by half of the delay: all of it may have been on one way. */
    private CheckResult judge(Duration offset, Duration doubt, int stratum) {
        Duration apart = offset.abs();
        Duration failAbove = check.offsets().failAbove();
        Duration warnAbove = check.offsets().warnAbove();
        if (failAbove != null && apart.compareTo(failAbove) > 0) {
            return apart.minus(doubt).compareTo(failAbove) > 0
                    ? CheckResult.fail(apart(offset, failAbove))
                    : CheckResult.inconclusive("clocks differ by " + signed(offset) + ", give or take "
                            + FineTime.text(doubt) + ", which may be more than " + Wording.duration(failAbove)
                            + " or not");
        }
        return warnAbove != null && apart.minus(doubt).compareTo(warnAbove) > 0
                ? CheckResult.warn(apart(offset, warnAbove))
                : CheckResult.pass("offset " + signed(offset) + ", stratum " + stratum);
    }

    private static String apart(Duration offset, Duration limit) {
        return "clock of the server is " + FineTime.text(offset.abs())
                + (offset.isNegative() ? " behind" : " ahead of") + " the clock of this machine, more than "
                + Wording.duration(limit);
    }

    private static String signed(Duration offset) {
        return (offset.isNegative() ? "" : "+") + FineTime.text(offset);
    }
}
