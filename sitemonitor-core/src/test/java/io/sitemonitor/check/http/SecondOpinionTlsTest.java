package io.sitemonitor.check.http;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FixedContext;
import io.sitemonitor.check.RawServer;
import io.sitemonitor.check.internal.FixedNames;
import io.sitemonitor.check.internal.http.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Instant;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One of two addresses speaks TLS badly. */
@Timeout(60)
class SecondOpinionTlsTest {

    private static final HeldCertificate CA =
            new HeldCertificate.Builder().certificateAuthority(0).ecdsa256().build();

    private final MockWebServer good = new MockWebServer();

    @BeforeEach
    void start() throws IOException {
        serve(good, new HeldCertificate.Builder(), 0);
    }

    @AfterEach
    void stop() {
        good.close();
    }

    @Test
    void warnsWhenOneOfTwoAddressesDoesNotSpeakTls() throws Exception {
        try (RawServer plain = new RawServer("127.0.0.2", good.getPort(), socket -> {
            RawServer.send(socket, "HTTP/1.1 400 Bad Request\r\n\r\n");
            RawServer.drain(socket);
        })) {
            CheckResult result = run();

            assertThat(plain.accepted()).isOne();
            assertThat(result.summary())
                    .startsWith("WARN: one of 2 addresses fails: 127.0.0.2 (TLS handshake failed: ")
                    .endsWith("); 127.0.0.1 works");
            assertThat(result.evidence().address()).isEqualTo("127.0.0.1:" + good.getPort());
            assertThat(result.evidence().facts())
                    .containsEntry("tls", "TLSv1.3")
                    .containsEntry("address2", "127.0.0.1 works")
                    .hasEntrySatisfying("address1", fact -> assertThat(fact).startsWith("127.0.0.2 fails: TLS: "));
        }
    }

    @Test
    void warnsWhenOneOfTwoAddressesShowsACertificateThatHasExpired() throws Exception {
        Instant now = Instant.now();
        try (MockWebServer expired = new MockWebServer()) {
            serve(
                    expired,
                    new HeldCertificate.Builder()
                            .validityInterval(
                                    now.minusSeconds(100_000).toEpochMilli(),
                                    now.minusSeconds(50_000).toEpochMilli()),
                    good.getPort());

            assertThat(run().summary())
                    .startsWith("WARN: one of 2 addresses fails: 127.0.0.2 (certificate has expired (NotAfter: ");
        }
    }

    @Test
    void warnsWhenTheHandshakeWithOneOfTwoAddressesHangs() throws Exception {
        try (RawServer silent = new RawServer("127.0.0.2", good.getPort(), RawServer::drain)) {
            CheckResult result = check().run(FixedContext.of(ofMillis(4_000)));

            assertThat(silent.accepted()).isOne();
            assertThat(result.summary())
                    .matches(
                            "WARN: one of 2 addresses fails: 127.0.0.2 \\(no complete answer within (1\\.[0-9] s|[0-9]+ ms)"
                                    + " \\(connected, in the TLS handshake\\)\\); 127.0.0.1 works");
        }
    }

    private static void serve(MockWebServer server, HeldCertificate.Builder certificate, int port) throws IOException {
        HeldCertificate held = certificate
                .signedBy(CA)
                .addSubjectAlternativeName("shop.example")
                .build();
        server.useHttps(new HandshakeCertificates.Builder()
                .heldCertificate(held, CA.certificate())
                .build()
                .sslSocketFactory());
        server.enqueue(new MockResponse.Builder().body("ok").build());
        server.start(InetAddress.getByName(port == 0 ? "127.0.0.1" : "127.0.0.2"), port);
    }

    private HttpCheck check() {
        return HttpCheck.get("https://shop.example:" + good.getPort() + "/")
                .confirmByOtherAddress()
                .over(new Wire(
                        FixedNames.of("127.0.0.2", "127.0.0.1"),
                        new HandshakeCertificates.Builder()
                                .addTrustedCertificate(CA.certificate())
                                .build()
                                .trustManager()));
    }

    private CheckResult run() {
        return check().run(FixedContext.of(ofSeconds(20)));
    }
}
