package io.sitemonitor.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Runs a check against a server whose answers are changed at random: none makes it pass that must not, hang, throw, or keep
 * memory.
 *
 * <p>{@code -Dmutations.seed} takes other changes, {@code -Dmutations.count} more of them.
 */
public final class MutatedAnswers {

    /** A check, and what an honest server says to it. */
    public interface Subject {

        byte[] honest();

        /** Says this, as soon as it makes sense to. */
        void say(Socket socket, byte[] answer) throws Exception;

        Check check(int port);

        /** Tells, in a way of its own, whether what was said may make the check pass. */
        boolean mayPass(byte[] sent);
    }

    /** How many changes of each subject there are. */
    public static final int COUNT = Integer.getInteger("mutations.count", 8_400);

    private static final long SEED = Long.getLong("mutations.seed", 20_261_123);
    private static final int SETTLED = 1_500;
    private static final long MAX_GROWTH = 4L * 1024 * 1024;
    private static final Duration LONG = Duration.ofSeconds(60);

    private MutatedAnswers() {}

    /** What is not changed passes, in the eyes of both. */
    public static void passUnchanged(Subject subject) throws Exception {
        assertThat(subject.mayPass(subject.honest())).isTrue();
        try (Server server = new Server(subject)) {
            CheckResult result = subject.check(server.port()).run(FixedContext.of(LONG));
            assertThat(result.verdict()).as(result.summary()).isEqualTo(Verdict.PASS);
        }
    }

    /** What is changed passes only if it may; some of it does. */
    public static void passOnlyIfTheyMay(Subject subject) throws Exception {
        long settled = 0;
        int passed = 0;
        try (Server server = new Server(subject)) {
            Check check = subject.check(server.port());
            for (int i = 0; i < COUNT; i++) {
                byte[] answer = Mutations.of(subject.honest(), SEED + i);
                server.answer = answer;
                CheckResult result = check.run(FixedContext.of(LONG));
                if (isWrong(result, subject, answer)) {
                    throw new AssertionError("seed " + (SEED + i) + " of " + subject + " gives " + result + " for:\n"
                            + new String(answer, StandardCharsets.ISO_8859_1));
                }
                passed += result.verdict() == Verdict.PASS ? 1 : 0;
                if (i == SETTLED) {
                    settled = liveBytes();
                }
            }
            assertThat(passed).as("harmless changes").isPositive().isLessThan(COUNT * 9 / 10);
            assertThat(liveBytes() - settled).as("memory held").isLessThan(MAX_GROWTH);
        }
    }

    private static boolean isWrong(CheckResult result, Subject subject, byte[] answer) {
        return switch (result.verdict()) {
            case PASS, WARN -> !subject.mayPass(answer);
            case FAIL, INCONCLUSIVE ->
                result.failure() == FailureKind.TIMEOUT
                        || result.failure() == FailureKind.CHECK_ERROR
                        || result.message().isEmpty()
                        || !SafeText.isLine(result.toString());
        };
    }

    private static long liveBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Says everything at once and hangs up when the other side does. */
    private static final class Server implements AutoCloseable {

        private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        private final Subject subject;
        private volatile byte[] answer;

        Server(Subject subject) throws IOException {
            this.subject = subject;
            answer = subject.honest();
            Thread thread = new Thread(this::serve, "mutated answers");
            thread.setDaemon(true);
            thread.start();
        }

        int port() {
            return server.getLocalPort();
        }

        private void serve() {
            while (!server.isClosed()) {
                try (Socket socket = server.accept()) {
                    subject.say(socket, answer);
                    socket.shutdownOutput();
                    RawServer.drain(socket);
                } catch (Exception e) {
                    // the other side did not listen to the end, or the test is over
                }
            }
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }
}
