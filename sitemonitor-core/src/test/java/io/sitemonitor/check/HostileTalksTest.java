package io.sitemonitor.check;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sitemonitor.check.Script.Misdeed;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** P16 for all checks that converse: a server that is honest up to some turn and hostile then, in each turn there is. */
@Timeout(120)
@DisplayName("P16: hostile servers in each turn of a conversation")
class HostileTalksTest {

    private static final Duration SHORT = ofMillis(500);
    private static final Duration LONG = ofSeconds(30);
    private static final ConditionFactory QUICK =
            await().pollDelay(Duration.ZERO).pollInterval(ofMillis(2));

    @ParameterizedTest
    @EnumSource
    void anHonestServerPasses(Talks talk) throws Exception {
        try (RawServer server = new RawServer(talk.script()::play)) {
            CheckResult result = talk.check(server.port()).run(FixedContext.of(LONG));

            assertThat(result.verdict()).as(result.summary()).isEqualTo(Verdict.PASS);
            await().until(() -> server.served() == 1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void silence(Talks talk) throws Exception {
        for (CheckResult result : inEachTurn(talk, SHORT, (socket, answer) -> RawServer.drain(socket))) {
            assertThat(result.failure()).as(result.summary()).isEqualTo(FailureKind.TIMEOUT);
            assertThat(result.message()).contains("within 500 ms (");
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerThatDrips(Talks talk) throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        Misdeed drip = (socket, answer) -> {
            for (int i = 0; i < answer.length() && !never.await(300, TimeUnit.MILLISECONDS); i++) {
                RawServer.send(socket, answer.substring(i, i + 1));
            }
        };
        for (CheckResult result : inEachTurn(talk, SHORT, drip)) {
            assertThat(result.failure()).as(result.summary()).isEqualTo(FailureKind.TIMEOUT);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anEndOfTheConnection(Talks talk) throws Exception {
        for (CheckResult result : inEachTurn(talk, LONG, (socket, answer) -> {})) {
            assertThat(result.failure()).as(result.summary()).isIn(FailureKind.CONNECT, FailureKind.PROTOCOL);
            assertThat(result.message()).contains("connection closed");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aResetOfTheConnection(Talks talk) throws Exception {
        for (CheckResult result : inEachTurn(talk, LONG, (socket, answer) -> socket.setSoLinger(true, 0))) {
            assertThat(result.failure()).as(result.summary()).isEqualTo(FailureKind.CONNECT);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerThatIsCutShort(Talks talk) throws Exception {
        Misdeed cut = (socket, answer) -> RawServer.send(socket, answer.substring(0, answer.length() - 1));
        for (CheckResult result : inEachTurn(talk, LONG, cut)) {
            assertThat(result.failure()).as(result.summary()).isIn(FailureKind.CONNECT, FailureKind.PROTOCOL);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aLineWithoutEnd(Talks talk) throws Exception {
        for (CheckResult result : inEachTurn(talk, LONG, (socket, answer) -> flood(socket, "y".repeat(500)))) {
            assertThat(result.failure()).as(result.summary()).isIn(FailureKind.PROTOCOL, FailureKind.TOO_LARGE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerWithoutEnd(Talks talk) throws Exception {
        List<CheckResult> results = new ArrayList<>();
        for (int i = 0; i < talk.script().turns(); i++) {
            String more = talk.more(i);
            results.add(inTurn(talk, i, LONG, (socket, answer) -> flood(socket, more)));
        }
        for (CheckResult result : results) {
            assertThat(result.failure()).as(result.summary()).isEqualTo(FailureKind.PROTOCOL);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theSameAnswerWithoutEnd(Talks talk) throws Exception {
        for (CheckResult result : inEachTurn(talk, LONG, HostileTalksTest::flood)) {
            assertThat(result.message()).isNotEmpty();
            assertThat(result.failure()).isNotEqualTo(FailureKind.TIMEOUT);
        }
    }

    @ParameterizedTest
    @EnumSource
    void garbage(Talks talk) throws Exception {
        long seed = new Random().nextLong();
        Misdeed garbage = (socket, answer) -> {
            Random random = new Random(seed);
            byte[] bytes = new byte[3_000];
            random.nextBytes(bytes);
            socket.getOutputStream().write(bytes);
        };
        for (CheckResult result : inEachTurn(talk, LONG, garbage)) {
            assertThat(result.verdict()).as("seed %d: %s", seed, result).isEqualTo(Verdict.FAIL);
            assertThat(result.failure()).as("seed %d: %s", seed, result).isNotEqualTo(FailureKind.CHECK_ERROR);
            assertThat(SafeText.isLine(result.toString())).as("seed %d", seed).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void answersWithBytesThatAreWrong(Talks talk) throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 60; i++) {
            int turn = random.nextInt(talk.script().turns());
            long changes = random.nextLong();
            CheckResult result = inTurn(
                    talk, turn, LONG, (socket, answer) -> RawServer.send(socket, changed(answer, new Random(changes))));

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

    private static List<CheckResult> inEachTurn(Talks talk, Duration timeout, Misdeed misdeed) throws Exception {
        List<FutureTask<CheckResult>> runs = new ArrayList<>();
        for (int i = 0; i < talk.script().turns(); i++) {
            int turn = i;
            FutureTask<CheckResult> run = new FutureTask<>(() -> inTurn(talk, turn, timeout, misdeed));
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

    /** Ends only when the server has seen that its connection is closed. */
    private static CheckResult inTurn(Talks talk, int turn, Duration timeout, Misdeed misdeed) throws Exception {
        try (RawServer server = new RawServer(socket -> talk.script().play(socket, turn, misdeed))) {
            FixedContext context = FixedContext.of(timeout);
            CheckResult result = talk.check(server.port()).run(context);
            assertThat(context.isCancelled()).isFalse();
            QUICK.until(() -> server.served() == 1);
            return result;
        }
    }
}
