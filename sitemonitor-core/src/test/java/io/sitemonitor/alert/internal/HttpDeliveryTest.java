package io.sitemonitor.alert.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.sitemonitor.check.TlsSettings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.HttpUrl;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;

class HttpDeliveryTest {

    private static final HeldCertificate CA =
            new HeldCertificate.Builder().certificateAuthority(0).ecdsa256().build();

    private final MockWebServer server = new MockWebServer();

    @BeforeEach
    void start() throws Exception {
        HeldCertificate certificate = new HeldCertificate.Builder()
                .signedBy(CA)
                .addSubjectAlternativeName("localhost")
                .ecdsa256()
                .build();
        server.useHttps(new HandshakeCertificates.Builder()
                .heldCertificate(certificate, CA.certificate())
                .build()
                .sslSocketFactory());
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    @DisplayName("Security: a chain that nobody vouches for gets no alert")
    void anUnknownAuthorityIsNotTrusted() {
        assertThatIOException()
                .isThrownBy(() -> to("localhost").post(new JsonMapper().createObjectNode()))
                .withMessageStartingWith("no answer from localhost (javax.net.ssl.SSLHandshakeException");
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void anAuthorityOfOnesOwnCanBeTrusted() throws Exception {
        server.enqueue(new MockResponse.Builder().body("ok").build());

        HttpAnswer answer = trusting("localhost").post(new JsonMapper().createObjectNode());

        assertThat(answer.body()).isEqualTo("ok");
        assertThat(server.takeRequest().getHeaders().get("User-Agent")).startsWith("sitemonitor");
    }

    @Test
    @DisplayName("Security: a certificate for another name gets no alert")
    void theNameOfTheServerIsVerified() {
        assertThatIOException()
                .isThrownBy(() -> trusting("127.0.0.1").post(new JsonMapper().createObjectNode()))
                .withMessageStartingWith("no answer from 127.0.0.1 (javax.net.ssl.SSLPeerUnverifiedException");
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void noConnectionIsKept() throws Exception {
        server.enqueue(new MockResponse.Builder().body("ok").build());
        server.enqueue(new MockResponse.Builder().body("ok").build());
        HttpDelivery delivery = trusting("localhost");

        delivery.post(new JsonMapper().createObjectNode());
        delivery.post(new JsonMapper().createObjectNode());

        assertThat(server.takeRequest().getConnectionIndex()).isZero();
        assertThat(server.takeRequest().getConnectionIndex()).isEqualTo(1);
    }

    @Test
    @Timeout(60)
    void anAnswerThatDripsEndsWithTheTimeout() {
        server.enqueue(new MockResponse.Builder()
                .body("x".repeat(60_000))
                .throttleBody(1, 20, TimeUnit.MILLISECONDS)
                .build());

        assertThatIOException()
                .isThrownBy(() ->
                        trusting("localhost").timeout(Duration.ofSeconds(1)).post(new JsonMapper().createObjectNode()))
                .withMessage("no answer in time from localhost");
    }

    @Test
    void whatIsHiddenIsTheLongPiecesOfAnAddress() {
        HttpUrl url = HttpUrl.get("https://hooks.example/services/T00000000/0123456789abcdef?key=fedcba9876543210&v=1");

        assertThat(HttpAddress.secretsOf(url))
                .containsExactly("/services/T00000000/0123456789abcdef", "0123456789abcdef", "fedcba9876543210");
        assertThat(HttpAddress.secretsOf(HttpUrl.get("https://hooks.example/x")))
                .isEqualTo(List.of());
    }

    private HttpDelivery trusting(String host) {
        return to(host).tls(TlsSettings.system().trust(CA.certificate()));
    }

    private HttpDelivery to(String host) {
        return HttpDelivery.to(HttpUrl.get("https://" + host + ":" + server.getPort() + "/"));
    }
}
