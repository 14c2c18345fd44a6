package io.sitemonitor.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Answers changed at random, over 100,000 of them: none makes a check pass that must not, hang, or throw.
 *
 * <p>{@code -Dmutations.seed} takes others, {@code -Dmutations.count} more of them.
 */
@Timeout(900)
@DisplayName("P16: mutations of what servers say")
class MutatedAnswersTest {

    private static final long SEED = Long.getLong("mutations.seed", 20_261_123);
    private static final int COUNT = Integer.getInteger("mutations.count", 8_400);
    private static final int SETTLED = 1_500;
    private static final long MAX_GROWTH = 4L * 1024 * 1024;
    private static final Duration LONG = Duration.ofSeconds(60);

    @Test
    void thereAreAHundredThousand() {
        assertThat(COUNT * EnumSet.allOf(Transcript.class).size()).isGreaterThanOrEqualTo(100_000);
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerThatIsNotChangedPasses(Transcript transcript) throws Exception {
        assertThat(transcript.mayPass(transcript.honest())).isTrue();
        try (Server server = new Server()) {
            server.answer = transcript.honest();
            CheckResult result = transcript.check(server.port()).run(FixedContext.of(LONG));
            assertThat(result.verdict()).as(result.summary()).isEqualTo(Verdict.PASS);
        }
    }

    @ParameterizedTest
    @EnumSource
    void noChangePassesThatMustNotNorHangsNorThrows(Transcript transcript) throws Exception {
        long settled = 0;
        int passed = 0;
        try (Server server = new Server()) {
            Check check = transcript.check(server.port());
            for (int i = 0; i < COUNT; i++) {
                byte[] answer = Mutations.of(transcript.honest(), SEED + i);
                server.answer = answer;
                CheckResult result = check.run(FixedContext.of(LONG));
                if (isWrong(result, transcript, answer)) {
                    throw new AssertionError("seed " + (SEED + i) + " of " + transcript + " gives " + result + " for:\n"
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

    private static boolean isWrong(CheckResult result, Transcript transcript, byte[] answer) {
        return switch (result.verdict()) {
            case PASS -> !transcript.mayPass(answer);
            case FAIL ->
                result.failure() == FailureKind.TIMEOUT
                        || result.failure() == FailureKind.CHECK_ERROR
                        || result.message().isEmpty()
                        || !SafeText.isLine(result.toString());
            default -> true;
        };
    }

    private static long liveBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Says everything at once, whatever it is asked, and hangs up when the other side does. */
    private static final class Server implements AutoCloseable {

        private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        private volatile byte[] answer = {};

        Server() throws IOException {
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
                    socket.getOutputStream().write(answer);
                    socket.shutdownOutput();
                    RawServer.drain(socket);
                } catch (IOException e) {
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
