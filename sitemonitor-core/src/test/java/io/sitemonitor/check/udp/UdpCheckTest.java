package io.sitemonitor.check.udp;

import static io.sitemonitor.check.TextExpectation.containing;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.DatagramServer;
import io.sitemonitor.check.DelegatingContext;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.FixedContext;
import io.sitemonitor.check.IpFamily;
import io.sitemonitor.check.SteppingTime;
import io.sitemonitor.check.internal.FixedNames;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class UdpCheckTest {

    private final DatagramServer echo = new DatagramServer((question, reply) -> reply.send(question));

    @AfterEach
    void close() {
        echo.close();
    }

    @Test
    void tellsAddressPhasesAndLengthOfTheAnswer() {
        CheckResult result = run(UdpCheck.send("some.name", echo.port(), "hello")
                .expectAnswer()
                .resolver(FixedNames.resolver("127.0.0.1")));

        assertThat(result.summary()).isEqualTo("PASS: answered with 5 bytes");
        assertThat(result.evidence().address()).isEqualTo("127.0.0.1:" + echo.port());
        assertThat(result.evidence().phases().keySet()).containsExactly("dns", "exchange");
        assertThat(result.evidence().facts()).containsOnlyKeys("bytes").containsEntry("bytes", "5");
        assertThat(result.evidence().excerpt()).isNull();
    }

    @Test
    void sendsTextInUtf8AndBytesAsTheyAre() {
        byte[] bytes = {0, (byte) 0xFF, 10};
        assertThat(run(UdpCheck.send("127.0.0.1", echo.port(), "grüße").expectBytes("grüße".getBytes(UTF_8)))
                        .summary())
                .isEqualTo("PASS: answered with 7 bytes");
        assertThat(run(UdpCheck.send("127.0.0.1", echo.port(), bytes)
                                .expect(answer -> Arrays.equals(answer, bytes) ? null : "other bytes"))
                        .summary())
                .isEqualTo("PASS: answered with 3 bytes");
    }

    @Test
    void takesAnEmptyAnswerForOne() {
        try (DatagramServer empty = new DatagramServer((question, reply) -> reply.send(new byte[0]))) {
            assertThat(run(UdpCheck.send("127.0.0.1", empty.port(), "hello").expectAnswer())
                            .summary())
                    .isEqualTo("PASS: answered with 0 bytes");
        }
    }

    @Test
    void keepsNoHandleOnTheBytesOfTheCaller() {
        byte[] bytes = "one".getBytes(UTF_8);
        UdpCheck check = UdpCheck.send("127.0.0.1", echo.port(), bytes).expectText(containing("one"));
        bytes[0] = 'X';

        assertThat(run(check).summary()).isEqualTo("PASS: answered with 3 bytes");
    }

    @Test
    void failsWhenTheAnswerIsNotAsExpected() {
        UdpCheck check = UdpCheck.send("127.0.0.1", echo.port(), "hello").expectAnswer();

        assertThat(run(check.expectText(containing("bye"))).summary())
                .isEqualTo("ASSERTION: answer does not contain 'bye'");
        assertThat(run(check.expectText(containing("bye")).sendAgain(1)).failure())
                .isEqualTo(FailureKind.ASSERTION);
        assertThat(run(check.expectText(containing("bye").orWarn())).summary())
                .isEqualTo("WARN: answer does not contain 'bye'");
        assertThat(run(check.expectBytes(new byte[] {0, (byte) 0xAB})).summary())
                .isEqualTo("ASSERTION: answer does not contain the bytes 00 ab");
        assertThat(run(check.expect(answer -> {
                            throw new IllegalStateException("broken");
                        }))
                        .failure())
                .isEqualTo(FailureKind.CHECK_ERROR);
    }

    @Test
    void showsTheAnswerOnlyIfAskedTo() {
        UdpCheck check = UdpCheck.send("127.0.0.1", echo.port(), "hello\n").expectText(containing("bye"));

        assertThat(run(check).evidence().excerpt()).isNull();
        assertThat(run(check.showAnswer()).evidence().excerpt()).isEqualTo("hello ");
    }

    @Test
    void doesNotTakeSilenceForAnAnswer() {
        try (DatagramServer silent = DatagramServer.silent()) {
            CheckResult result = UdpCheck.send("127.0.0.1", silent.port(), "hello")
                    .expectAnswer()
                    .run(FixedContext.of(ofMillis(300)));

            assertThat(result.summary())
                    .isEqualTo("TIMEOUT: no answer within 300 ms (waiting for an answer from 127.0.0.1:" + silent.port()
                            + ")");
            assertThat(result.evidence().address()).isEqualTo("127.0.0.1:" + silent.port());
        }
    }

    @Test
    void sendsOnceIfToldSo() {
        try (DatagramServer silent = DatagramServer.silent();
                DatagramServer repeated = DatagramServer.silent()) {
            UdpCheck.send("127.0.0.1", silent.port(), "x")
                    .expectAnswer()
                    .sendAgain(0)
                    .run(FixedContext.of(ofSeconds(1)));
            UdpCheck.send("127.0.0.1", repeated.port(), "x").expectAnswer().run(FixedContext.of(ofSeconds(1)));

            await().until(() -> repeated.received() == 3);
            assertThat(silent.received()).isEqualTo(1);
        }
    }

    @Test
    void passesOverAnAddressWhereNobodyListens() {
        CheckResult result = run(UdpCheck.send("some.name", echo.port(), "hello")
                .expectAnswer()
                .resolver(FixedNames.resolver("127.0.0.2", "127.0.0.1")));

        assertThat(result.summary()).isEqualTo("PASS: answered with 5 bytes");
        assertThat(result.evidence().address()).isEqualTo("127.0.0.1:" + echo.port());
    }

    @Test
    void asksOverIpv6() {
        try (DatagramServer six = new DatagramServer("::1", 0, (question, reply) -> reply.send(question))) {
            UdpCheck check = UdpCheck.send("some.name", six.port(), "hello")
                    .expectAnswer()
                    .resolver(FixedNames.resolver("127.0.0.1", "::1"))
                    .family(IpFamily.IPV6);

            assertThat(run(check).summary()).isEqualTo("PASS: answered with 5 bytes");
        }
    }

    @Test
    void warnsAndFailsWhenItIsSlow() {
        UdpCheck check = UdpCheck.send("127.0.0.1", echo.port(), "hello").expectAnswer();

        assertThat(slow(check.warnAbove(ofMillis(10)))).startsWith("WARN: answered with 5 bytes in ");
        assertThat(slow(check.warnAbove(ofMillis(10)).failAbove(ofMillis(20))))
                .startsWith("ASSERTION: answered with 5 bytes in ")
                .endsWith(", more than 20 ms");
    }

    @Test
    void saysHowLittleItMeansThatNobodyRefuses() {
        try (DatagramServer silent = DatagramServer.silent()) {
            assertThat(run(UdpCheck.send("127.0.0.1", silent.port(), "log").expectNoRefusal(ofMillis(200)))
                            .summary())
                    .isEqualTo("PASS: not refused within 200 ms, which does not prove that anybody listens");
        }
        assertThat(run(UdpCheck.send("127.0.0.1", echo.port(), "log").expectNoRefusal(ofSeconds(10)))
                        .summary())
                .isEqualTo("PASS: answered with 3 bytes");
    }

    @Test
    void failsWhenTheRefusalComes() {
        int port = DatagramServer.closedPort();

        assertThat(run(UdpCheck.send("127.0.0.1", port, "log").expectNoRefusal(ofSeconds(5)))
                        .summary())
                .isEqualTo("CONNECT: connection refused by 127.0.0.1:" + port);
    }

    @Test
    void aRunThatIsEndedFromOutsideProvesNothing() {
        FixedContext ended = FixedContext.of(ofSeconds(20));
        try (DatagramServer server = new DatagramServer((question, reply) -> ended.cancel())) {
            UdpCheck check = UdpCheck.send("127.0.0.1", server.port(), "log").expectNoRefusal(ofSeconds(1));
            CheckResult result = check.run(new DelegatingContext(ended) {
                @Override
                public void onCancel(Runnable action) {
                    // what would close the socket comes too late
                }
            });

            assertThat(result.summary()).isEqualTo("INCONCLUSIVE: the run was ended from outside");
        }
    }

    @Test
    void cannotTellWhenARunIsTooShortToWaitForARefusal() {
        CheckResult result = UdpCheck.send("127.0.0.1", echo.port(), "log")
                .expectNoRefusal(ofSeconds(5))
                .run(FixedContext.of(ofSeconds(1)));

        assertThat(result.summary())
                .isEqualTo("INCONCLUSIVE: a refusal may take 5 s to come, and the run has no more than 1 s");
    }

    @Test
    void refusesOptionsAboutAnAnswerWhereNoneIsExpected() {
        UdpCheck check = UdpCheck.send("log.internal", 514, "log").expectNoRefusal(ofSeconds(1));

        assertThatIllegalStateException()
                .isThrownBy(() -> check.expectText(containing("x")))
                .withMessage("expect is about an answer, but with expectNoRefusal none is expected");
        assertThatIllegalStateException().isThrownBy(() -> check.warnAbove(ofSeconds(1)));
        assertThatIllegalStateException().isThrownBy(() -> check.failAbove(ofSeconds(1)));
    }

    @Test
    void refusesWhatMakesNoSense() {
        UdpCheck check = UdpCheck.send("game.internal", 27015, "x").expectAnswer();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> UdpCheck.send("game.internal", 0, "x"))
                .withMessage("port must be from 1 to 65535, but was 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> UdpCheck.send("game.internal", 1, new byte[65_508]))
                .withMessage("a datagram must have 1 to 65507 bytes, but has 65508");
        assertThatIllegalArgumentException().isThrownBy(() -> UdpCheck.send("game.internal", 1, ""));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.sendAgain(9))
                .withMessage("sendAgain must be from 0 to 8 times, but was 9");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.expectBytes(new byte[0]))
                .withMessage("the bytes expected in an answer must be at least one");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> UdpCheck.send("game.internal", 1, "x").expectNoRefusal(Duration.ZERO))
                .withMessage("expectNoRefusal must be at least PT0.001S, but was PT0S");
    }

    @Test
    void isEqualByItsOptions() {
        UdpCheck check = UdpCheck.send("Game.internal", 27015, "x").expectBytes(new byte[] {1});

        assertThat(check)
                .isEqualTo(
                        UdpCheck.send("Game.internal", 27015, new byte[] {'x'}).expectBytes(new byte[] {1}))
                .hasToString("UDP Game.internal:27015")
                .isNotEqualTo(UdpCheck.send("Game.internal", 27015, "y").expectBytes(new byte[] {1}))
                .isNotEqualTo(UdpCheck.send("Game.internal", 27015, "x").expectBytes(new byte[] {2}))
                .isNotEqualTo(check.sendAgain(1))
                .isNotEqualTo(check.showAnswer())
                .isNotEqualTo(check.family(IpFamily.IPV4))
                .isNotEqualTo(check.warnAbove(ofSeconds(1)));
        assertThat(check.host()).isEqualTo("game.internal");
        assertThat(check.target()).isEqualTo("Game.internal:27015");
    }

    private static String slow(UdpCheck check) {
        return check.run(FixedContext.of(ofSeconds(20), new SteppingTime(ofMillis(100))))
                .summary();
    }

    private static CheckResult run(UdpCheck check) {
        return check.run(FixedContext.of(ofSeconds(20)));
    }
}
