package io.sitemonitor.check.icmp;

import io.sitemonitor.check.CheckContext;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.internal.FineTime;
import io.sitemonitor.check.internal.HostRun;
import io.sitemonitor.check.internal.Wording;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One run of a {@link PingCheck}. */
final class PingRun {

    /** The most that is read of what a command writes; a thousand lines would be less. */
    private static final int MOST_OUTPUT = 16 * 1024;

    /** How long to wait for the end of a command that was killed. */
    private static final Duration END = Duration.ofMillis(100);

    private static final String CHATTER = "ping writes more than " + MOST_OUTPUT + " bytes, which is not understood";

    private static final String NOT_FOUND = "this machine has no ping command";

    private final PingCheck check;
    private final HostRun run;

    PingRun(PingCheck check, CheckContext context) {
        this.check = check;
        run = new HostRun(context);
    }

    CheckResult run(@Nullable PingCommand command) {
        return run.seen(
                command == null
                        ? CheckResult.inconclusive(NOT_FOUND)
                        : run.ask(check.endpoint(), run.deadline(), peer -> ping(command, peer)));
    }

    private CheckResult ping(PingCommand command, InetSocketAddress peer) {
        run.notes().phase("ping");
        run.doing("pinging " + run.peer());
        ProcessBuilder builder = new ProcessBuilder(command.line(
                        peer.getAddress(),
                        check.count(),
                        Duration.ofNanos(run.until().nanosLeft())))
                .redirectErrorStream(true);
        surroundings(builder.environment());
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            return CheckResult.inconclusive("ping cannot be run here: " + e.getMessage());
        }
        run.context().onCancel(process::destroyForcibly);
        try {
            process.getOutputStream().close();
            boolean isOver = process.waitFor(run.until().nanosLeft(), TimeUnit.NANOSECONDS);
            String output = read(process.getInputStream());
            if (isOver && !run.isEndedFromOutside()) {
                return judge(PingOutput.read(output), process.exitValue());
            }
            return output.length() < MOST_OUTPUT || run.isEndedFromOutside()
                    ? unfinished(PingOutput.read(output))
                    : CheckResult.inconclusive(CHATTER);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return run.ended();
        } catch (IOException e) {
            return run.isStopped()
                    ? run.ended()
                    : CheckResult.inconclusive("what ping says cannot be read: " + e.getMessage());
        } finally {
            end(process);
            run.notes().pause();
        }
    }

    /** The secrets of the host application are none of the command's business. */
    private static void surroundings(Map<String, String> environment) {
        String systemRoot = environment.get("SystemRoot");
        environment.clear();
        environment.put("LC_ALL", "C");
        if (systemRoot != null) {
            environment.put("SystemRoot", systemRoot);
        }
    }

    /**
     * Reads what is there, without waiting: a command that has ended has written all of it, and the pipe, which bounds
     * what can be waiting there, is large enough for what a ping has to say.
     */
    private static String read(InputStream in) throws IOException {
        byte[] bytes = new byte[MOST_OUTPUT];
        int size = 0;
        while (size < bytes.length && in.available() > 0) {
            int count = in.read(bytes, size, Math.min(in.available(), bytes.length - size));
            if (count < 0) {
                break;
            }
            size += count;
        }
        return new String(bytes, 0, size, StandardCharsets.ISO_8859_1);
    }

    private static void end(Process process) {
        process.destroyForcibly(); // closes its streams, too
        try {
            process.waitFor(END.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private CheckResult judge(PingOutput output, int exit) {
        int answered = Math.min(output.times().size(), check.count());
        if (answered > 0) {
            return answered(output, answered);
        }
        if (output.trouble() != null) {
            return CheckResult.inconclusive("ping is not permitted here: " + output.trouble());
        }
        if (output.noWay() != null) {
            return CheckResult.fail(FailureKind.CONNECT, "no way to " + run.peer() + ": " + output.noWay());
        }
        if (output.isSilence()) {
            run.notes().fact("answered", "0 of " + check.count());
            return CheckResult.fail(FailureKind.TIMEOUT, run.peer() + " answers none of " + check.count() + " pings");
        }
        return CheckResult.inconclusive(
                output.firstLine().isEmpty()
                        ? "ping ended with " + exit + " and has nothing to say"
                        : "what ping says is not understood: " + output.firstLine());
    }

    private CheckResult answered(PingOutput output, int answered) {
        Duration average = output.average();
        run.notes().fact("answered", answered + " of " + check.count());
        run.notes().fact("average", FineTime.text(average));
        run.notes().fact("shortest", FineTime.text(Collections.min(output.times())));
        run.notes().fact("longest", FineTime.text(Collections.max(output.times())));
        CheckResult loss = check.losses().judge(answered, check.count());
        CheckResult slow = check.endpoint().latency().judge("answered on average", average);
        return gravest(
                loss,
                slow,
                CheckResult.pass("answers " + answered + " of " + check.count() + " pings, in " + FineTime.text(average)
                        + " on average"));
    }

    private static CheckResult gravest(@Nullable CheckResult first, @Nullable CheckResult second, CheckResult other) {
        if (first == null || second != null && second.failure() != null && first.failure() == null) {
            return second == null ? other : second;
        }
        return first;
    }

    /** A host that has answered works, but how many of the rest would have got lost is not known. */
    private CheckResult unfinished(PingOutput output) {
        int answered = Math.min(output.times().size(), check.count());
        return answered == 0 || run.isEndedFromOutside()
                ? run.ended()
                : CheckResult.inconclusive(answered + " of " + check.count() + " pings were answered, but "
                        + Wording.duration(run.until().limit()) + " are not enough for all of them");
    }
}
