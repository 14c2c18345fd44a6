package io.sitemonitor.check.http;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.FixedContext;
import io.sitemonitor.check.RawServer;
import io.sitemonitor.check.internal.NameLookup;
import io.sitemonitor.check.internal.Trust;
import io.sitemonitor.check.internal.http.Wire;
import java.net.InetAddress;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.X509TrustManager;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HttpTlsTest {

    private static final Instant NOW = Instant.now();
    private static final HeldCertificate CA =
            new HeldCertificate.Builder().certificateAuthority(0).ecdsa256().build();
    private static final X509TrustManager TRUST = new HandshakeCertificates.Builder()
            .addTrustedCertificate(CA.certificate())
            .build()
            .trustManager();

    private final MockWebServer server = new MockWebServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void passesAndTellsTheVersion() throws Exception {
        serve(certificate());

        CheckResult result = run(trusting(TRUST));

        assertThat(result.summary()).isEqualTo("PASS: HTTP 200");
        assertThat(result.evidence().phases().keySet()).containsExactly("dns", "connect", "tls", "firstByte", "body");
        assertThat(result.evidence().facts()).containsEntry("tls", "TLSv1.3").containsEntry("protocol", "HTTP/1.1");
    }

    @Test
    @DisplayName("A certificate is verified with each run: no session is resumed")
    void verifiesTheCertificateWithEachRun() throws Exception {
        serve(certificate());
        AtomicInteger verified = new AtomicInteger();
        HttpCheck check = trusting(new X509TrustManager() {
            @Override
            public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
                TRUST.checkClientTrusted(chain, authType);
            }

            @Override
            public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
                verified.incrementAndGet();
                TRUST.checkServerTrusted(chain, authType);
            }

            @Override
            public X509Certificate[] getAcceptedIssuers() {
                return TRUST.getAcceptedIssuers();
            }
        });

        for (int i = 0; i < 3; i++) {
            assertThat(run(check).summary()).isEqualTo("PASS: HTTP 200");
        }

        assertThat(verified).hasValue(3);
    }

    @Test
    void refusesAChainItDoesNotTrust() throws Exception {
        serve(certificate());

        CheckResult result = run(trusting(Trust.system()));

        assertThat(result.summary())
                .isEqualTo("TLS: TLS handshake failed: unable to find valid certification path to requested target");
        assertThat(result.evidence().address()).isEqualTo("127.0.0.1:" + server.getPort());
        assertThat(result.evidence().phases().keySet()).containsExactly("dns", "connect", "tls");
    }

    @Test
    void refusesACertificateOfAnotherHost() throws Exception {
        serve(new HeldCertificate.Builder()
                .signedBy(CA)
                .addSubjectAlternativeName("other.example")
                .build());

        assertThat(run(trusting(TRUST)).summary())
                .isEqualTo("TLS: certificate is not valid for shop.example, only for [other.example]");
    }

    @Test
    void refusesACertificateThatHasExpired() throws Exception {
        serve(new HeldCertificate.Builder()
                .signedBy(CA)
                .addSubjectAlternativeName("shop.example")
                .validityInterval(
                        NOW.minusSeconds(100_000).toEpochMilli(),
                        NOW.minusSeconds(50_000).toEpochMilli())
                .build());

        assertThat(run(trusting(TRUST)).summary()).startsWith("TLS: certificate has expired (NotAfter: ");
    }

    @Test
    void refusesACertificateThatIsNotValidYet() throws Exception {
        serve(new HeldCertificate.Builder()
                .signedBy(CA)
                .addSubjectAlternativeName("shop.example")
                .validityInterval(
                        NOW.plusSeconds(50_000).toEpochMilli(),
                        NOW.plusSeconds(100_000).toEpochMilli())
                .build());

        assertThat(run(trusting(TRUST)).summary()).startsWith("TLS: certificate is not valid yet (NotBefore: ");
    }

    @Test
    void saysThatAServerDoesNotSpeakTls() throws Exception {
        try (RawServer plain = new RawServer(socket -> {
            RawServer.send(socket, "HTTP/1.1 400 Bad Request\r\n\r\n");
            RawServer.drain(socket);
        })) {
            CheckResult result = run(HttpCheck.get("https://127.0.0.1:" + plain.port() + "/"));

            assertThat(result.failure()).isEqualTo(FailureKind.TLS);
            assertThat(result.message())
                    .startsWith("TLS handshake failed: the server answers with something else than TLS (");
        }
    }

    @Test
    void saysThatAServerHangsUpInTheHandshake() throws Exception {
        try (RawServer rude = new RawServer(socket -> socket.getInputStream().read(new byte[5_000]))) {
            CheckResult result = run(HttpCheck.get("https://127.0.0.1:" + rude.port() + "/"));

            assertThat(result.failure()).as(result.summary()).isEqualTo(FailureKind.TLS);
        }
    }

    @Test
    @DisplayName("P16: a silent handshake ends at the deadline")
    void aSilentHandshakeEndsAtTheDeadline() throws Exception {
        try (RawServer silent = new RawServer(RawServer::drain)) {
            CheckResult result =
                    HttpCheck.get("https://127.0.0.1:" + silent.port() + "/").run(FixedContext.of(ofMillis(400)));

            assertThat(result.summary())
                    .isEqualTo("TIMEOUT: no complete answer within 400 ms (connected to 127.0.0.1:" + silent.port()
                            + ", in the TLS handshake)");
        }
    }

    @Test
    @DisplayName("Security: a redirect never leads from https to http")
    void refusesADowngrade() throws Exception {
        serve(
                certificate(),
                new MockResponse.Builder()
                        .code(301)
                        .addHeader("Location", "http://shop.example/?token=abc")
                        .build());

        assertThat(run(trusting(TRUST)).summary())
                .isEqualTo("PROTOCOL: HTTP 301 leads to http://shop.example/?token=***, which is not encrypted");
    }

    private static HeldCertificate certificate() {
        return new HeldCertificate.Builder()
                .signedBy(CA)
                .addSubjectAlternativeName("shop.example")
                .build();
    }

    private void serve(HeldCertificate certificate, MockResponse... answers) throws Exception {
        server.useHttps(new HandshakeCertificates.Builder()
                .heldCertificate(certificate, CA.certificate())
                .build()
                .sslSocketFactory());
        for (MockResponse answer : answers) {
            server.enqueue(answer);
        }
        for (int i = 0; i < 3; i++) {
            server.enqueue(new MockResponse.Builder().body("ok").build());
        }
        server.start(InetAddress.getByName("127.0.0.1"), 0);
    }

    private HttpCheck trusting(X509TrustManager trust) {
        NameLookup names = new NameLookup(host -> List.of(InetAddress.getByName("127.0.0.1")));
        return HttpCheck.get("https://shop.example:" + server.getPort() + "/").over(new Wire(names, trust));
    }

    private static CheckResult run(HttpCheck check) {
        return check.run(FixedContext.of(ofSeconds(20)));
    }
}
