package io.sitemonitor.amqp.check;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.FixedContext;
import io.sitemonitor.check.RawServer;
import io.sitemonitor.check.SafeText;
import io.sitemonitor.check.Script.Misdeed;
import io.sitemonitor.check.Verdict;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
@DisplayName("P16: brokers that are honest up to some turn and hostile then, in each turn there is")
class HostileBrokersTest {

    private static final Duration SHORT = ofMillis(500);
    private static final Duration LONG = ofSeconds(30);
    private static final int TURNS = BrokerTalk.honest().turns();

    @Test
    void silence() throws Exception {
        List<CheckResult> results = inEachTurn(SHORT, (socket, answer) -> RawServer.drain(socket));

        for (CheckResult result : results) {
            assertThat(result.failure()).as(result.summary()).isEqualTo(FailureKind.TIMEOUT);
            assertThat(result.message()).contains("no complete answer within 500 ms (");
        }
        assertThat(results)
                .extracting(result -> result.message().replaceFirst(".*, waiting for (.*)\\)", "$1"))
                .containsExactly(
                        "connection.start",
                        "connection.tune",
                        "connection.open-ok",
                        "channel.open-ok",
                        "queue.declare-ok",
                        "queue.declare-ok",
                        "confirm.select-ok",
                        "basic.ack",
                        "basic.consume-ok",
                        "connection.close-ok");
    }

    @Test
    void anAnswerThatDrips() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        Misdeed drip = (socket, answer) -> {
            for (int i = 0; i < answer.length() && !never.await(300, TimeUnit.MILLISECONDS); i++) {
                RawServer.send(socket, answer.substring(i, i + 1));
            }
        };
        for (CheckResult result : inEachTurn(SHORT, drip)) {
            assertThat(result.failure()).as(result.summary()).isEqualTo(FailureKind.TIMEOUT);
        }
    }

    @Test
    void anEndOfTheConnection() throws Exception {
        List<CheckResult> results = inEachTurn(LONG, (socket, answer) -> {});

        for (CheckResult result : results.subList(0, TURNS - 1)) {
            assertThat(result.failure()).as(result.summary()).isEqualTo(FailureKind.CONNECT);
            assertThat(result.message()).contains("connection closed by ");
        }
        assertThat(results.get(1).message()).contains("at the login of 'monitor'");
        assertThat(results.get(TURNS - 1).verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void anEndOfHalfAConnection() throws Exception {
        Misdeed halfClose = (socket, answer) -> {
            socket.shutdownOutput();
            RawServer.drain(socket);
        };
        for (CheckResult result : inEachTurn(LONG, halfClose).subList(0, TURNS - 1)) {
            assertThat(result.failure()).as(result.summary()).isEqualTo(FailureKind.CONNECT);
        }
    }

    @Test
    void aResetOfTheConnection() throws Exception {
        for (CheckResult result : inEachTurn(LONG, (socket, answer) -> socket.setSoLinger(true, 0))) {
            assertThat(result.failure()).as(result.summary()).isEqualTo(FailureKind.CONNECT);
        }
    }

    @Test
    void anAnswerThatIsCutShort() throws Exception {
        Misdeed cut = (socket, answer) -> RawServer.send(socket, answer.substring(0, answer.length() - 1));
        for (CheckResult result : inEachTurn(LONG, cut).subList(0, TURNS - 1)) {
            assertThat(result.failure()).as(result.summary()).isIn(FailureKind.CONNECT, FailureKind.PROTOCOL);
        }
    }

    @Test
    void anotherProtocol() throws Exception {
        for (CheckResult result : inEachTurn(LONG, (socket, answer) -> flood(socket, "y".repeat(500)))) {
            assertThat(result.failure()).as(result.summary()).isEqualTo(FailureKind.PROTOCOL);
        }
    }

    @Test
    void heartbeatsWithoutEnd() throws Exception {
        for (CheckResult result : inEachTurn(LONG, (socket, answer) -> flood(socket, BrokerTalk.HEARTBEAT))) {
            assertThat(result.summary()).isEqualTo("PROTOCOL: more than 1000 frames come that were not asked for");
        }
    }

    @Test
    void theSameAnswerWithoutEnd() throws Exception {
        List<CheckResult> results = inEachTurn(LONG, HostileBrokersTest::flood);

        for (CheckResult result : results.subList(0, TURNS - 1)) {
            assertThat(result.verdict()).as(result.summary()).isEqualTo(Verdict.FAIL);
            assertThat(result.failure()).as(result.summary()).isNotEqualTo(FailureKind.TIMEOUT);
        }
    }

    @Test
    void aMessageWithoutEnd() throws Exception {
        String part = "x".repeat(60_000);
        String frame = BrokerTalk.said(new Frame(Frame.BODY, 1, part.getBytes(StandardCharsets.US_ASCII)));
        Misdeed flood = (socket, answer) -> {
            RawServer.send(socket, BrokerTalk.CONSUME_OK + BrokerTalk.deliver() + BrokerTalk.content("x", 65_536));
            flood(socket, frame);
        };
        assertThat(inTurn(TURNS - 2, LONG, flood).summary())
                .isEqualTo("PROTOCOL: answer is none of AMQP 0-9-1: a message is longer than it says");
    }

    @Test
    void garbage() throws Exception {
        long seed = new Random().nextLong();
        Misdeed garbage = (socket, answer) -> {
            byte[] bytes = new byte[3_000];
            new Random(seed).nextBytes(bytes);
            socket.getOutputStream().write(bytes);
        };
        for (CheckResult result : inEachTurn(LONG, garbage)) {
            assertThat(result.verdict()).as("seed %d: %s", seed, result).isEqualTo(Verdict.FAIL);
            assertThat(result.failure()).as("seed %d: %s", seed, result).isNotEqualTo(FailureKind.CHECK_ERROR);
            assertThat(SafeText.isLine(result.toString())).as("seed %d", seed).isTrue();
        }
    }

    @Test
    void answersWithBytesThatAreWrong() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            int turn = random.nextInt(TURNS);
            long changes = random.nextLong();
            Misdeed wrong = (socket, answer) -> RawServer.send(socket, changed(answer, new Random(changes)));
            CheckResult result = inTurn(turn, LONG, wrong);

            assertThat(result.failure()).as("seed %d: %s", seed, result).isNotEqualTo(FailureKind.CHECK_ERROR);
            assertThat(result.message()).as("seed %d", seed).isNotEmpty();
        }
    }

    private static String changed(String answer, Random random) {
        StringBuilder bytes = new StringBuilder(answer);
        for (int changes = 1 + random.nextInt(4); changes > 0 && bytes.length() > 0; changes--) {
            int at = random.nextInt(bytes.length());
            switch (random.nextInt(3)) {
                case 0 -> bytes.setCharAt(at, (char) random.nextInt(256));
                case 1 -> bytes.delete(at, at + 1 + random.nextInt(4));
                default -> bytes.insert(at, (char) random.nextInt(256));
            }
        }
        return bytes.toString();
    }

    private static void flood(Socket socket, String again) throws Exception {
        while (true) {
            RawServer.send(socket, again);
        }
    }

    private static List<CheckResult> inEachTurn(Duration timeout, Misdeed misdeed) throws Exception {
        List<FutureTask<CheckResult>> runs = new ArrayList<>();
        for (int i = 0; i < TURNS; i++) {
            int turn = i;
            FutureTask<CheckResult> run = new FutureTask<>(() -> inTurn(turn, timeout, misdeed));
            Thread thread = new Thread(run);
            thread.setDaemon(true);
            thread.start();
            runs.add(run);
        }
        List<CheckResult> results = new ArrayList<>();
        for (FutureTask<CheckResult> run : runs) {
            results.add(run.get(60, TimeUnit.SECONDS));
        }
        return results;
    }

    /** Ends only when the broker has seen that its connection is closed. */
    private static CheckResult inTurn(int turn, Duration timeout, Misdeed misdeed) throws Exception {
        try (RawServer server = new RawServer(socket -> BrokerTalk.honest().play(socket, turn, misdeed))) {
            FixedContext context = FixedContext.of(timeout);
            CheckResult result = BrokerTalk.check(server.port()).run(context);
            assertThat(context.isCancelled()).isFalse();
            await().pollDelay(Duration.ZERO).pollInterval(ofMillis(2)).until(() -> server.served() == 1);
            return result;
        }
    }
}
