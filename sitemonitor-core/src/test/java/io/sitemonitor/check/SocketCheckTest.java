package io.sitemonitor.check;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.check.pop.PopCheck;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What all checks over sockets have in common, where it shows in the answers to what they send. */
@Timeout(60)
class SocketCheckTest {

    @Test
    void aServerThatHangsUpWhenItIsAskedHasNotAnswered() throws Exception {
        try (RawServer server = new RawServer(socket -> {
            RawServer.send(socket, "+OK ready\r\n");
            socket.getInputStream().read(new byte[100]);
        })) {
            CheckResult result = run(PopCheck.connect("127.0.0.1", server.port()));

            String peer = "127.0.0.1:" + server.port();
            assertThat(result.summary())
                    .isEqualTo("CONNECT: connection closed by " + peer + " before it answered (connected to " + peer
                            + ", waiting for the answer to CAPA)");
        }
    }

    @Test
    void aServerThatHangsUpWithinItsAnswerDoesNotKeepToItsProtocol() throws Exception {
        try (RawServer server = new RawServer(socket -> {
            RawServer.send(socket, "+OK ready\r\n");
            socket.getInputStream().read(new byte[100]);
            RawServer.send(socket, "+O");
        })) {
            CheckResult result = run(PopCheck.connect("127.0.0.1", server.port()));

            assertThat(result.failure()).isEqualTo(FailureKind.PROTOCOL);
            assertThat(result.message()).contains(" within an answer (");
        }
    }

    @Test
    @DisplayName(
            "A client certificate that is missing is a failure of TLS, although the handshake is over when it is told")
    void aMissingClientCertificateIsAFailureOfTls() throws Exception {
        HeldCertificate certificate = new HeldCertificate.Builder()
                .addSubjectAlternativeName("127.0.0.1")
                .build();
        SSLSocketFactory sockets = new HandshakeCertificates.Builder()
                .heldCertificate(certificate)
                .addTrustedCertificate(certificate.certificate())
                .build()
                .sslContext()
                .getSocketFactory();
        try (RawServer server = new RawServer(socket -> {
            if (sockets.createSocket(socket, null, socket.getPort(), true) instanceof SSLSocket secure) {
                secure.setUseClientMode(false);
                secure.setNeedClientAuth(true);
                secure.startHandshake();
            }
        })) {
            CheckResult result = run(PopCheck.connect("127.0.0.1", server.port())
                    .tls(TlsSettings.system().trust(certificate.certificate())));

            assertThat(result.failure()).as(result.summary()).isEqualTo(FailureKind.TLS);
            assertThat(result.message()).startsWith("TLS failed: ");
        }
    }

    @Test
    @DisplayName("Security: a secret that is rotated within a run is hidden")
    void aSecretThatIsRotatedIsHidden() throws Exception {
        AtomicReference<String> current = new AtomicReference<>("old-password");
        Script script = Script.greeting("+OK ready\r\n")
                .then("-ERR what\r\n")
                .then(request -> {
                    current.set("new-password");
                    return "+OK\r\n";
                })
                .then(request -> "-ERR is it old-password or " + request);

        CheckResult result = ScriptServer.run(
                script,
                port -> PopCheck.connect("127.0.0.1", port)
                        .login("monitor", Secret.from(current::get))
                        .insecureLoginInPlainText());

        assertThat(result.summary()).isEqualTo("STATUS: -ERR is it *** or PASS ***");
    }

    @Test
    @DisplayName("Security: a secret is hidden in what is told of each address")
    void aSecretIsHiddenInWhatIsToldOfEachAddress() throws Exception {
        Script script = Script.greeting("the password is correct-horse\r\n");
        try (ScriptServer one = new ScriptServer(script);
                RawServer other = new RawServer("127.0.0.2", one.port(), script::play)) {
            CheckResult result = run(new Repeating(SocketOptions.of("shop.example", other.port()))
                    .address("127.0.0.1", "127.0.0.2")
                    .everyAddress());

            assertThat(result.verdict()).isEqualTo(Verdict.PASS);
            assertThat(result.evidence().facts()).containsEntry("address1", "127.0.0.1: PASS: the password is ***");
            assertThat(result.toString()).doesNotContain("correct-horse");
        }
    }

    @Test
    @DisplayName("Security: a secret that a server repeats is hidden in facts and excerpts")
    void aSecretIsHiddenInFactsAndExcerpts() throws Exception {
        Script script = Script.greeting("the password is correct-horse\r\n");
        try (ScriptServer server = new ScriptServer(script)) {
            Evidence evidence = run(new Repeating(SocketOptions.of("127.0.0.1", server.port())))
                    .evidence();

            assertThat(evidence.facts()).containsEntry("said", "the password is ***");
            assertThat(evidence.excerpt()).isEqualTo("the password is ***");
        }
    }

    /** Says what the server says. */
    private static final class Repeating extends SocketCheck<Repeating> {

        Repeating(SocketOptions options) {
            super(options);
        }

        @Override
        protected Repeating with(SocketOptions other) {
            return new Repeating(other);
        }

        @Override
        protected CheckResult converse(Conversation server) throws IOException {
            String line = server.line();
            server.fact("said", line);
            server.excerpt(line);
            return CheckResult.pass(line);
        }

        @Override
        protected List<Secret> secrets() {
            return List.of(Secret.of("correct-horse"));
        }
    }

    private static CheckResult run(SocketCheck<?> check) {
        return check.run(FixedContext.of(ofSeconds(20)));
    }
}
