package io.sitemonitor.check;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.check.ftp.FtpCheck;
import io.sitemonitor.check.imap.ImapCheck;
import io.sitemonitor.check.pop.PopCheck;
import io.sitemonitor.check.smtp.SmtpCheck;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import javax.net.ssl.SSLSocketFactory;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections that begin in plain text and are encrypted before anything is said that matters. */
@Timeout(60)
class StartTlsTalksTest {

    private static final Secret PASSWORD = Secret.of("correct horse");
    private static final HeldCertificate CA =
            new HeldCertificate.Builder().certificateAuthority(0).build();
    private static final TlsSettings TRUSTING = TlsSettings.system().trust(CA.certificate());

    /** What is said before the encryption and after it. */
    enum Protocol {
        SMTP("220 mx\r\n", "220 go on\r\n", "454 not now\r\n", "421 too busy\r\n") {
            @Override
            Script beginning() {
                return Script.greeting(greeting).then("250-mx\r\n250 STARTTLS\r\n");
            }

            @Override
            Script end(Script script) {
                return script.then("250 AUTH PLAIN\r\n").then("235 welcome\r\n");
            }

            @Override
            SocketCheck<?> check(int port, TlsSettings tls) {
                return SmtpCheck.connect("127.0.0.1", port)
                        .startTls(tls)
                        .expectExtension("STARTTLS")
                        .expectGreeting(TextExpectation.containing("mx"))
                        .login("monitor", PASSWORD);
            }
        },
        IMAP("* OK ready\r\n", "a1 OK go on\r\n", "a1 BAD what\r\n", "* BYE too busy\r\n") {
            @Override
            Script end(Script script) {
                return script.then("* CAPABILITY IMAP4rev1\r\ns1 OK done\r\n")
                        .then("s2 OK welcome\r\n")
                        .then("* CAPABILITY IMAP4rev1 IDLE\r\ns3 OK done\r\n");
            }

            @Override
            SocketCheck<?> check(int port, TlsSettings tls) {
                return ImapCheck.connect("127.0.0.1", port)
                        .startTls(tls)
                        .expectCapability("IDLE")
                        .expectCapability("STARTTLS")
                        .login("monitor", PASSWORD);
            }
        },
        POP("+OK ready\r\n", "+OK go on\r\n", "-ERR what\r\n", "-ERR too busy\r\n") {
            @Override
            Script end(Script script) {
                return script.then("-ERR what\r\n")
                        .then("+OK\r\n")
                        .then("+OK\r\n")
                        .then("+OK 0 0\r\n");
            }

            @Override
            SocketCheck<?> check(int port, TlsSettings tls) {
                return PopCheck.connect("127.0.0.1", port)
                        .startTls(tls)
                        .expectCapability("STLS")
                        .login("monitor", PASSWORD);
            }
        },
        FTP("220 ready\r\n", "234 go on\r\n", "500 what\r\n", "421 too busy\r\n") {
            @Override
            Script end(Script script) {
                return script.then("331 go on\r\n").then("230 welcome\r\n");
            }

            @Override
            SocketCheck<?> check(int port, TlsSettings tls) {
                return FtpCheck.connect("127.0.0.1", port).startTls(tls).login("monitor", PASSWORD);
            }
        };

        final String greeting;
        final String goOn;
        final String refusal;
        final String busy;

        Protocol(String greeting, String goOn, String refusal, String busy) {
            this.greeting = greeting;
            this.goOn = goOn;
            this.refusal = refusal;
            this.busy = busy;
        }

        Script beginning() {
            return Script.greeting(greeting);
        }

        abstract Script end(Script script);

        abstract SocketCheck<?> check(int port, TlsSettings tls);
    }

    @ParameterizedTest
    @EnumSource
    void logsInAfterTheEncryption(Protocol protocol) throws Exception {
        try (ScriptServer server = new ScriptServer(protocol.end(secured(protocol, "127.0.0.1")))) {
            CheckResult result = run(protocol.check(server.port(), TRUSTING));

            assertThat(result.summary()).isEqualTo("PASS: logged in");
            assertThat(result.evidence().phases().keySet())
                    .startsWith("connect", "starttls", "tls")
                    .doesNotContain("greeting")
                    .contains("login");
            assertThat(result.evidence().facts())
                    .containsEntry("greeting", protocol.greeting.strip())
                    .containsKeys("tls", "certificate");
        }
    }

    @Test
    void theHelloIsSaidAgainAfterTheEncryption() throws Exception {
        Protocol smtp = Protocol.SMTP;
        try (ScriptServer server = new ScriptServer(smtp.end(secured(smtp, "127.0.0.1")))) {
            run(smtp.check(server.port(), TRUSTING));

            assertThat(server.asked().subList(0, 3))
                    .containsExactly("EHLO sitemonitor\r\n", "STARTTLS\r\n", "EHLO sitemonitor\r\n");
        }
    }

    @Test
    void theEncryptionIsAskedForAsEachProtocolHasIt() throws Exception {
        Map<Protocol, String> words = Map.of(
                Protocol.IMAP, "a1 STARTTLS\r\n",
                Protocol.POP, "STLS\r\n",
                Protocol.FTP, "AUTH TLS\r\n");
        for (Map.Entry<Protocol, String> each : words.entrySet()) {
            Protocol protocol = each.getKey();
            try (ScriptServer server = new ScriptServer(protocol.end(secured(protocol, "127.0.0.1")))) {
                run(protocol.check(server.port(), TRUSTING));

                assertThat(server.asked()).startsWith(each.getValue());
            }
        }
    }

    @Test
    void nothingButTheEncryptionIsTakenForOfferedBefore() throws Exception {
        Map<Protocol, IntFunction<SocketCheck<?>>> checks = Map.of(
                Protocol.SMTP,
                port -> SmtpCheck.connect("127.0.0.1", port).startTls(TRUSTING).expectExtension("OTHER"),
                Protocol.IMAP,
                port -> ImapCheck.connect("127.0.0.1", port).startTls(TRUSTING).expectCapability("OTHER"),
                Protocol.POP,
                port -> PopCheck.connect("127.0.0.1", port).startTls(TRUSTING).expectCapability("OTHER"));
        for (Map.Entry<Protocol, IntFunction<SocketCheck<?>>> each : checks.entrySet()) {
            Protocol protocol = each.getKey();

            assertThat(ScriptServer.run(protocol.end(secured(protocol, "127.0.0.1")), each.getValue())
                            .summary())
                    .as("%s", protocol)
                    .isEqualTo("ASSERTION: server does not offer OTHER");
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("Security: a server that refuses encryption gets no password")
    void aRefusedEncryption(Protocol protocol) throws Exception {
        try (ScriptServer server = new ScriptServer(protocol.beginning().then(protocol.refusal))) {
            CheckResult result = run(protocol.check(server.port(), TRUSTING));

            assertThat(result.summary()).isEqualTo("PROTOCOL: server does not offer TLS: " + protocol.refusal.strip());
            assertThat(server.asked()).noneMatch(line -> line.contains("monitor") && !line.startsWith("EHLO"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRefusedConnection(Protocol protocol) throws Exception {
        CheckResult result = ScriptServer.run(Script.greeting(protocol.busy), port -> protocol.check(port, TRUSTING));

        assertThat(result.summary()).isEqualTo("STATUS: " + protocol.busy.strip());
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("Security: what is put in after the last word in plain text is not taken for an answer")
    void anAnswerThatIsPutIn(Protocol protocol) throws Exception {
        String more = protocol.busy;
        Script script = protocol.beginning().thenTls(protocol.goOn + more, sockets("127.0.0.1"));

        CheckResult result = ScriptServer.run(protocol.end(script), port -> protocol.check(port, TRUSTING));

        assertThat(result.summary())
                .isEqualTo("PROTOCOL: server sent " + more.length() + " bytes before the TLS handshake");
    }

    @ParameterizedTest
    @EnumSource
    void aCertificateForAnotherHost(Protocol protocol) throws Exception {
        CheckResult result =
                ScriptServer.run(secured(protocol, "other.example"), port -> protocol.check(port, TRUSTING));

        assertThat(result.summary()).isEqualTo("TLS: certificate is not valid for 127.0.0.1, only for [other.example]");
    }

    @ParameterizedTest
    @EnumSource
    void aCertificateThatIsNotTrusted(Protocol protocol) throws Exception {
        CheckResult result =
                ScriptServer.run(secured(protocol, "127.0.0.1"), port -> protocol.check(port, TlsSettings.system()));

        assertThat(result.failure()).as(result.summary()).isEqualTo(FailureKind.TLS);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("P16: silence before the encryption and within it ends at the deadline")
    void silence(Protocol protocol) throws Exception {
        Script upToTls = protocol.beginning().then(protocol.goOn);
        for (Script script : List.of(Script.greeting(protocol.greeting), upToTls)) {
            try (ScriptServer server = new ScriptServer(script)) {
                CheckResult result = protocol.check(server.port(), TRUSTING).run(FixedContext.of(ofSeconds(1)));

                assertThat(result.failure()).as(result.summary()).isEqualTo(FailureKind.TIMEOUT);
            }
        }
    }

    private static Script secured(Protocol protocol, String name) {
        return protocol.beginning().thenTls(protocol.goOn, sockets(name));
    }

    private static SSLSocketFactory sockets(String name) {
        HeldCertificate certificate = new HeldCertificate.Builder()
                .signedBy(CA)
                .addSubjectAlternativeName(name)
                .build();
        return new HandshakeCertificates.Builder()
                .heldCertificate(certificate, CA.certificate())
                .build()
                .sslContext()
                .getSocketFactory();
    }

    private static CheckResult run(SocketCheck<?> check) {
        return check.run(FixedContext.of(ofSeconds(20)));
    }
}
