package io.sitemonitor.check.ntp;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.sitemonitor.check.CheckContext;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.DatagramServer;
import io.sitemonitor.check.DelegatingContext;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.FixedContext;
import io.sitemonitor.check.SteppingTime;
import io.sitemonitor.time.TimeSource;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class NtpCheckTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private final NtpServer server = new NtpServer().clock(() -> NOW);
    private final NtpCheck check = NtpCheck.server("127.0.0.1").port(server.port());

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void agreesWithAServerOfTheSameClock() {
        server.clock(Instant::now);
        CheckResult result = check.run(FixedContext.of(ofSeconds(20)));

        assertThat(result.summary()).startsWith("PASS: offset ").endsWith(" ms, stratum 2");
        assertThat(result.evidence().address()).isEqualTo("127.0.0.1:" + server.port());
        assertThat(result.evidence().phases()).containsOnlyKeys("exchange");
        assertThat(result.evidence().facts())
                .containsOnlyKeys("stratum", "reference", "offset", "delay")
                .containsEntry("reference", "192.0.2.1");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T12:00:00.250Z, +250.000 ms",
        "2026-11-23T11:59:59.999Z, -1.000 ms",
        "2026-11-23T12:00:00.000Z, +0.000 ms"
    })
    void tellsHowFarTheServerIsAhead(Instant there, String offset) {
        server.clock(() -> there);

        assertThat(at(NOW, check).summary()).isEqualTo("PASS: offset " + offset + ", stratum 2");
    }

    @Test
    void failsWhenTheClocksAreFurtherApartThanASecond() {
        server.clock(() -> NOW.plusMillis(1_500));
        assertThat(at(NOW, check).summary())
                .isEqualTo("ASSERTION: clock of the server is 1.500 s ahead of the clock of this machine,"
                        + " more than 1 s");
        server.clock(() -> NOW.minusMillis(1_500));
        assertThat(at(NOW, check).summary())
                .isEqualTo("ASSERTION: clock of the server is 1.500 s behind the clock of this machine,"
                        + " more than 1 s");
    }

    @Test
    void judgesByTheLimitsOfTheCheck() {
        server.clock(() -> NOW.plusMillis(300));

        assertThat(at(NOW, check.warnAboveOffset(ofMillis(200))).summary())
                .isEqualTo("WARN: clock of the server is 300.000 ms ahead of the clock of this machine,"
                        + " more than 200 ms");
        assertThat(at(NOW, check.failAboveOffset(ofMillis(200))).failure()).isEqualTo(FailureKind.ASSERTION);
        server.clock(() -> NOW.plusSeconds(100_000));
        assertThat(at(NOW, check.anyOffset()).summary()).isEqualTo("PASS: offset +100000.000 s, stratum 2");
    }

    /** Asked at 12:00:00, answered at 12:00:03 by our clock: the answer may be off by 1.5 s. */
    @Test
    void doesNotHoldAgainstAServerWhatTheWayMayHaveDone() {
        server.clock(() -> NOW.plusMillis(3_000));
        assertThat(at(NOW, NOW.plusSeconds(3), check).summary())
                .isEqualTo("INCONCLUSIVE: clocks differ by +1.500 s, give or take 1.500 s,"
                        + " which may be more than 1 s or not");
        assertThat(at(NOW, NOW.plusSeconds(3), check.anyOffset().warnAboveOffset(ofSeconds(1)))
                        .summary())
                .isEqualTo("PASS: offset +1.500 s, stratum 2");
        server.clock(() -> NOW.plusMillis(5_000));
        assertThat(at(NOW, NOW.plusSeconds(3), check).failure()).isEqualTo(FailureKind.ASSERTION);
    }

    /** By its own account it answers an hour before it is asked, which would excuse half an hour. */
    @Test
    void doesNotLetAServerExcuseItselfByALongWay() {
        try (DatagramServer liar = new DatagramServer((question, reply) -> {
            byte[] answer = server.answer(question);
            ByteBuffer times = ByteBuffer.wrap(answer);
            times.putInt(32, times.getInt(32) + 3_600);
            reply.send(answer);
        })) {
            CheckResult result = at(NOW, NtpCheck.server("127.0.0.1").port(liar.port()));

            assertThat(result.summary())
                    .isEqualTo("ASSERTION: clock of the server is 1800.000 s ahead of the clock of this machine,"
                            + " more than 1 s");
            assertThat(result.evidence().facts()).containsEntry("delay", "0.000 ms");
        }
    }

    @Test
    void cannotTellWhenItsOwnClockIsSetBack() {
        assertThat(at(NOW, NOW.minusSeconds(1), check).summary())
                .isEqualTo("INCONCLUSIVE: the clock of this machine was set back during the run");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2036-02-07T06:28:15.5Z", "2036-02-07T06:28:16.25Z", "2100-01-01T00:00:00Z"})
    void knowsThatTheSecondsBeginAnewIn2036(Instant now) {
        server.clock(() -> now.plusMillis(750));

        assertThat(at(now, check).summary()).isEqualTo("PASS: offset +750.000 ms, stratum 2");
    }

    @Test
    void namesTheClockOfAServerThatHasOne() {
        server.stratum(1).reference("GPS\0");

        assertThat(at(NOW, check).evidence().facts())
                .containsEntry("stratum", "1")
                .containsEntry("reference", "GPS");
    }

    @Test
    void showsNoNonsenseForTheNameOfAClock() {
        server.stratum(1).reference("\r\n\u001b[");

        assertThat(at(NOW, check).evidence().facts()).containsEntry("reference", "13.10.27.91");
    }

    @Test
    void failsWhenTheServerDoesNotKnowTheTime() {
        server.leap(3);
        assertThat(at(NOW, check).summary()).isEqualTo("ASSERTION: the clock of the server is not synchronized");
        server.leap(0).stratum(16);
        assertThat(at(NOW, check).summary()).isEqualTo("ASSERTION: the clock of the server is not synchronized");
        server.kiss("INIT", 6);
        assertThat(at(NOW, check).summary()).isEqualTo("ASSERTION: the clock of the server is not synchronized (INIT)");
    }

    @Test
    void failsWhenTheServerIsTooFarFromAClock() {
        server.stratum(4);

        assertThat(at(NOW, check.maxStratum(3)).summary()).isEqualTo("ASSERTION: server is of stratum 4, more than 3");
        assertThat(at(NOW, check.maxStratum(4)).summary()).isEqualTo("PASS: offset +0.000 ms, stratum 4");
    }

    @Test
    void leavesAServerAloneThatAsksForIt() {
        List<Duration> pauses = new ArrayList<>();
        server.kiss("RATE", 10);
        assertThat(heeding(pauses).summary()).isEqualTo("STATUS: server asks for fewer questions (RATE)");
        server.kiss("DENY", 0);
        assertThat(heeding(pauses).summary()).isEqualTo("STATUS: server does not want to be asked (DENY)");
        server.kiss("RSTR", 127);
        assertThat(heeding(pauses).summary()).isEqualTo("STATUS: server does not want to be asked (RSTR)");

        assertThat(pauses).containsExactly(ofSeconds(1_024), ofSeconds(64), ofSeconds(64));
    }

    @Test
    void refusesAnswersThatAreNone() {
        server.version(0);
        assertThat(at(NOW, check).summary()).isEqualTo("PROTOCOL: answer is of version 0 of NTP");
        server.version(3);
        assertThat(at(NOW, check).summary()).startsWith("PASS");
        // the moment at which the seconds begin anew is how a server writes that it has no time
        server.version(4).clock(() -> Instant.parse("2036-02-07T06:28:16Z"));
        assertThat(at(NOW, check).summary()).isEqualTo("PROTOCOL: answer has no time");
    }

    /** One that cannot see the question cannot forge an answer: the mark of the question is missing. */
    @Test
    void ignoresWhatIsNotTheAnswerToItsQuestion() {
        server.clock(() -> NOW);
        try (DatagramServer hostile = new DatagramServer((question, reply) -> {
            reply.send(question);
            reply.send(new byte[0]);
            reply.send(new byte[47]);
            byte[] wrong = marked(server.answer(question), 1, 16);
            reply.send(marked(wrong.clone(), 24, ~question[40]));
            reply.send(marked(wrong.clone(), 0, 0x23));
            reply.send(marked(wrong.clone(), 0, 0x25));
            reply.send(server.answer(question));
        })) {
            NtpCheck asked = NtpCheck.server("127.0.0.1").port(hostile.port());

            assertThat(at(NOW, asked).summary()).isEqualTo("PASS: offset +0.000 ms, stratum 2");
        }
        try (DatagramServer echo = new DatagramServer((question, reply) -> reply.send(question))) {
            CheckResult result = NtpCheck.server("127.0.0.1").port(echo.port()).run(FixedContext.of(ofSeconds(1)));

            assertThat(result.summary())
                    .startsWith("TIMEOUT: no answer within 1 s")
                    .endsWith("none: 3)");
        }
    }

    /** The answer to the first question comes when a second has been asked: it is held against the time of the first. */
    @Test
    void knowsWhichOfItsQuestionsIsAnswered() {
        List<byte[]> questions = new ArrayList<>();
        try (DatagramServer slow = new DatagramServer((question, reply) -> {
            questions.add(question);
            if (questions.size() == 2) {
                reply.send(server.answer(questions.get(0)));
            }
        })) {
            Deque<Instant> clock = new ArrayDeque<>(List.of(NOW, NOW.plusSeconds(2), NOW.plusSeconds(4)));
            server.clock(() -> NOW.plusSeconds(2));
            CheckResult result = NtpCheck.server("127.0.0.1").port(slow.port()).run(reading(clock, ofSeconds(2)));

            assertThat(result.evidence().facts())
                    .containsEntry("offset", "+0.000 ms")
                    .containsEntry("delay", "4.000 s");
        }
    }

    @Test
    void showsItsOwnTimeToNobody() {
        List<byte[]> questions = new ArrayList<>();
        try (DatagramServer listening = new DatagramServer((question, reply) -> {
            questions.add(question);
            reply.send(server.answer(question));
        })) {
            NtpCheck asked = NtpCheck.server("127.0.0.1").port(listening.port());
            at(NOW, asked);
            at(NOW, asked);

            assertThat(questions).hasSize(2);
            assertThat(questions.get(0)).isNotEqualTo(questions.get(1));
        }
    }

    @Test
    void warnsWhenItIsSlow() {
        NtpCheck slow = check.anyOffset().warnAbove(ofMillis(10));

        assertThat(slow.run(FixedContext.of(ofSeconds(20), new SteppingTime(ofMillis(100))))
                        .summary())
                .startsWith("WARN: offset ")
                .endsWith("more than 10 ms");
    }

    @Test
    void refusesLimitsThatMakeNoSense() {
        assertThatIllegalStateException()
                .isThrownBy(() -> check.warnAboveOffset(ofSeconds(2)))
                .withMessage("warnAboveOffset must be less than failAboveOffset, but they were PT2S and PT1S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.failAboveOffset(Duration.ZERO))
                .withMessage("failAboveOffset must be at least PT0.001S, but was PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.maxStratum(16))
                .withMessage("maxStratum must be from 1 to 15, but was 16");
        assertThatIllegalArgumentException().isThrownBy(() -> check.port(0));
        assertThatIllegalArgumentException().isThrownBy(() -> NtpCheck.server("a b"));
    }

    @Test
    void isEqualByItsOptions() {
        NtpCheck one = NtpCheck.server("NTP.internal");

        assertThat(one)
                .isEqualTo(NtpCheck.server("NTP.internal").port(123).failAboveOffset(ofSeconds(1)))
                .hasToString("NTP NTP.internal:123")
                .isNotEqualTo(one.port(124))
                .isNotEqualTo(one.anyOffset())
                .isNotEqualTo(one.maxStratum(3))
                .isNotEqualTo(one.warnAboveOffset(ofMillis(1)));
        assertThat(one.host()).isEqualTo("ntp.internal");
        assertThat(one.target()).isEqualTo("NTP.internal:123");
        assertThat(one.kind()).isEqualTo("ntp");
    }

    private CheckResult heeding(List<Duration> pauses) {
        return check.run(new DelegatingContext(FixedContext.of(ofSeconds(20))) {
            @Override
            public void retryAfter(Duration pause) {
                pauses.add(pause);
            }
        });
    }

    private static byte[] marked(byte[] answer, int at, int with) {
        answer[at] = (byte) with;
        return answer;
    }

    private static CheckResult at(Instant now, NtpCheck check) {
        return new Clocked(check, now).run(FixedContext.of(ofSeconds(20)));
    }

    private static CheckResult at(Instant asked, Instant answered, NtpCheck check) {
        return check.run(reading(new ArrayDeque<>(List.of(asked, answered)), ofSeconds(20)));
    }

    /** A run whose wall clock shows one time after the other. */
    private static CheckContext reading(Deque<Instant> clock, Duration timeout) {
        return new DelegatingContext(FixedContext.of(timeout)) {
            @Override
            public TimeSource time() {
                return new TimeSource() {
                    @Override
                    public Instant now() {
                        return clock.removeFirst();
                    }

                    @Override
                    public long nanos() {
                        return TimeSource.system().nanos();
                    }
                };
            }
        };
    }
}
