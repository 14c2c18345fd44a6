package io.sitemonitor.check.tcp;

import static io.sitemonitor.check.TextExpectation.containing;
import static io.sitemonitor.check.TextExpectation.matching;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.sitemonitor.check.AddressPolicy;
import io.sitemonitor.check.Certificates;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.FixedContext;
import io.sitemonitor.check.IpFamily;
import io.sitemonitor.check.RawServer;
import io.sitemonitor.check.SteppingTime;
import io.sitemonitor.check.TlsExpectation;
import io.sitemonitor.check.Verdict;
import io.sitemonitor.check.internal.FixedNames;
import java.net.Socket;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is said over a connection, and where it is made to. */
@Timeout(60)
class TcpDialogueTest {

    @Test
    void saysAndExpectsStepByStep() throws Exception {
        try (RawServer server = new RawServer(TcpDialogueTest::greetAndEcho)) {
            TcpCheck check = at(server)
                    .expectLine(containing("220 "))
                    .send("hello ☃\r\n")
                    .expect("☃")
                    .expectLine(matching("^$"))
                    .send(new byte[] {'x', (byte) 0xFF, '\n'})
                    .expectLine(containing("x"));

            CheckResult result = run(check);

            assertThat(result.summary()).isEqualTo("PASS: answered as expected");
            assertThat(result.evidence().phases().keySet()).containsExactly("connect", "dialogue");
            assertThat(check)
                    .isEqualTo(at(server)
                            .expectLine(containing("220 "))
                            .send("hello ☃\r\n")
                            .expect("☃")
                            .expectLine(matching("^$"))
                            .send(new byte[] {'x', (byte) 0xFF, '\n'})
                            .expectLine(containing("x")));
            assertThat(check).isNotEqualTo(at(server));
        }
    }

    @Test
    void failsOrWarnsWhereTheAnswerIsAnother() throws Exception {
        try (RawServer server = new RawServer(TcpDialogueTest::greetAndEcho)) {
            CheckResult failed = run(at(server).expectLine(containing("221 ")));
            assertThat(failed.summary()).isEqualTo("ASSERTION: answer does not contain '221 '");
            assertThat(failed.evidence().excerpt()).isEqualTo("220 ready");
            assertThat(run(at(server).expectLine(containing("221 ").orWarn())).summary())
                    .isEqualTo("WARN: answer does not contain '221 '");
            assertThat(run(at(server)
                                    .expectLine(containing("221 ").orWarn())
                                    .send("a\n")
                                    .expectLine(containing("b")))
                            .summary())
                    .isEqualTo("ASSERTION: answer does not contain 'b'");
            assertThat(run(at(server).expectLine(line -> {
                                throw new IllegalStateException("mine");
                            }))
                            .summary())
                    .isEqualTo("CHECK_ERROR: an expectation of the line threw java.lang.IllegalStateException: mine");
        }
    }

    @Test
    void aWarningIsNotTakenBackByALaterStep() throws Exception {
        try (RawServer server = new RawServer(TcpDialogueTest::greetAndEcho)) {
            TcpCheck check = at(server)
                    .expectLine(containing("221 ").orWarn())
                    .send("a\n")
                    .expectLine(containing("a"));

            assertThat(run(check).summary()).isEqualTo("WARN: answer does not contain '221 '");
        }
    }

    @Test
    void bytesOfZeroAreNotThereBeforeTheyCome() throws Exception {
        assertThat(against("ab\0", server -> server.expect("\0b")).failure()).isEqualTo(FailureKind.PROTOCOL);
        assertThat(against("a\0b", server -> server.expect("\0b")).verdict()).isEqualTo(Verdict.PASS);
        assertThat(against("b", server -> server.expect("\0b")).failure()).isEqualTo(FailureKind.PROTOCOL);
    }

    @Test
    @DisplayName("P16: whatever a server sends, a run ends with a verdict that is not PASS")
    void survivesWhatServersSend() throws Exception {
        assertThat(against("", server -> server.expectLine(containing("a"))).summary())
                .startsWith("CONNECT: connection closed by 127.0.0.1:")
                .endsWith(" before it answered (connected to 127.0.0.1:PORT, waiting for a line)");
        assertThat(against("abc", server -> server.expectLine(containing("a"))).summary())
                .startsWith("PROTOCOL: connection closed by 127.0.0.1:");
        assertThat(against("x".repeat(20_000), server -> server.expectLine(containing("a")))
                        .summary())
                .isEqualTo("PROTOCOL: answer has a line of more than 8192 bytes");
        assertThat(against("x".repeat(70_000), server -> server.expect("abc")).summary())
                .isEqualTo("ASSERTION: answer does not contain 'abc' in its first 65536 bytes");
        assertThat(against("\n".repeat(2_000_000), server -> {
                            TcpCheck check = server;
                            for (int i = 0; i < 64; i++) {
                                check = check.expect("\n");
                            }
                            return check;
                        })
                        .verdict())
                .isEqualTo(Verdict.PASS);
    }

    @Test
    @DisplayName("P16: a server that sends one byte at a time ends at the deadline")
    void aServerThatDripsEndsAtTheDeadline() throws Exception {
        try (RawServer server = new RawServer(socket -> {
            while (true) {
                RawServer.send(socket, "x");
            }
        })) {
            CheckResult result = at(server).expect("never").expect("y").run(FixedContext.of(ofMillis(300)));

            assertThat(result.verdict()).isEqualTo(Verdict.FAIL);
            assertThat(result.failure()).isIn(FailureKind.TIMEOUT, FailureKind.ASSERTION);
        }
        try (RawServer server = new RawServer(RawServer::drain)) {
            assertThat(at(server)
                            .send("a")
                            .expect("b")
                            .run(FixedContext.of(ofMillis(300)))
                            .summary())
                    .isEqualTo("TIMEOUT: no complete answer within 300 ms (connected to 127.0.0.1:" + server.port()
                            + ", waiting for 'b')");
        }
    }

    @Test
    void speaksTls() throws Exception {
        Certificates certificates = new Certificates();
        HeldCertificate held = certificates.given("shop.example", ofDays(90));
        try (RawServer server = new RawServer(socket -> greetAndEcho(certificates.accept(held, socket)))) {
            TcpCheck check = TcpCheck.connect("shop.example", server.port())
                    .address("127.0.0.1")
                    .tls(certificates.trusted())
                    .expectLine(containing("220 "));

            CheckResult result = run(check.expectTls(TlsExpectation.validFor(ofDays(21))));

            assertThat(result.summary()).isEqualTo("PASS: answered as expected");
            assertThat(result.evidence().phases().keySet()).containsExactly("connect", "tls", "dialogue");
            assertThat(result.evidence().facts()).containsKeys("tls", "certificate");
            assertThat(run(check.tls()).failure()).isEqualTo(FailureKind.TLS);
            assertThat(check.expectTls(TlsExpectation.issuedBy("Others").orWarn())
                            .failAbove(ofMillis(1))
                            .run(FixedContext.of(ofSeconds(20), new SteppingTime(ofSeconds(1))))
                            .failure())
                    .as("a warning hides no failure")
                    .isEqualTo(FailureKind.ASSERTION);
            assertThat(run(check.expectTls(TlsExpectation.validFor(ofDays(100))))
                            .failure())
                    .isEqualTo(FailureKind.ASSERTION);
        }
        try (RawServer plain = new RawServer(TcpDialogueTest::greetAndEcho)) {
            assertThat(run(at(plain).expectTls(seen -> null)).summary())
                    .isEqualTo("ASSERTION: connection is not encrypted");
            assertThat(run(at(plain).tls()).summary()).startsWith("TLS: TLS handshake failed: ");
        }
    }

    @Test
    @DisplayName("Security: the address policy judges the address connected to")
    void refusesAddressesThatThePolicyDoesNotAllow() throws Exception {
        try (RawServer server = new RawServer(RawServer::drain)) {
            TcpCheck named = TcpCheck.connect("some.name", server.port());
            FixedContext strict = FixedContext.of(ofSeconds(20)).under(AddressPolicy.publicOnly());

            CheckResult result =
                    named.resolver(FixedNames.resolver("10.0.0.1", "127.0.0.1")).run(strict);
            assertThat(result.summary())
                    .isEqualTo(
                            "REFUSED_BY_POLICY: the address policy does not allow it: 10.0.0.1 is a private address");
            assertThat(at(server).run(strict).failure()).isEqualTo(FailureKind.REFUSED_BY_POLICY);
            assertThat(server.accepted()).isZero();

            FixedContext some = FixedContext.of(ofSeconds(20))
                    .under(AddressPolicy.publicOnly().allow("127.0.0.0/8"));
            assertThat(named.resolver(FixedNames.resolver("10.0.0.1", "127.0.0.1"))
                            .run(some)
                            .verdict())
                    .isEqualTo(Verdict.PASS);
        }
    }

    @Test
    void asksEveryAddressAndOnlyThoseOfAFamily() throws Exception {
        try (RawServer one = new RawServer(RawServer::drain)) {
            TcpCheck named =
                    TcpCheck.connect("some.name", one.port()).resolver(FixedNames.resolver("127.0.0.1", "127.0.0.2"));

            CheckResult failed = run(named.everyAddress());
            assertThat(failed.summary()).isEqualTo("CONNECT: 1 of 2 addresses fail: 127.0.0.2 (connection refused)");
            assertThat(failed.evidence().facts())
                    .containsEntry("address1", "127.0.0.1: PASS: connected")
                    .containsKey("address2");
            try (RawServer two = new RawServer("127.0.0.2", one.port(), RawServer::drain)) {
                assertThat(run(named.everyAddress()).summary()).isEqualTo("PASS: connected");
                await().until(() -> two.accepted() == 1);
            }
            assertThat(run(named.family(IpFamily.IPV6)).summary()).isEqualTo("DNS: 'some.name' has no address of ipv6");
            assertThat(named.everyAddress()).hasToString("TCP some.name:" + one.port() + " (every address)");
        }
    }

    @Test
    void refusesStepsThatMakeNoSense() {
        TcpCheck check = TcpCheck.connect("gw.internal", 80);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.send(""))
                .withMessage("what is sent must have 1 to 16384 bytes, but has 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.expect("x".repeat(1_001)))
                .withMessage("the text expected must have 1 to 1000 bytes, but has 1001");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.address("gw.internal"))
                .withMessageContaining("address must be written in figures such as 192.0.2.7");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> {
                    TcpCheck many = check;
                    for (int i = 0; i < 65; i++) {
                        many = many.send("x");
                    }
                })
                .withMessage("a TCP check can have at most 64 steps");
    }

    private interface Made {
        TcpCheck of(TcpCheck check);
    }

    private static CheckResult against(String bytes, Made made) throws Exception {
        try (RawServer server = new RawServer(socket -> RawServer.send(socket, bytes))) {
            CheckResult result = run(made.of(at(server)));
            String message = result.message().replace("to 127.0.0.1:" + server.port(), "to 127.0.0.1:PORT");
            return new CheckResult(result.verdict(), result.failure(), message, result.evidence());
        }
    }

    private static TcpCheck at(RawServer server) {
        return TcpCheck.connect("127.0.0.1", server.port());
    }

    private static void greetAndEcho(Socket socket) throws Exception {
        RawServer.send(socket, "220 ready\r\n");
        socket.getInputStream().transferTo(socket.getOutputStream());
    }

    private static CheckResult run(TcpCheck check) {
        return check.run(FixedContext.of(ofSeconds(20)));
    }
}
