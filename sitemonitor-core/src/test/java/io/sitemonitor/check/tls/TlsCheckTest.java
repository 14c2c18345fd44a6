package io.sitemonitor.check.tls;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sitemonitor.check.Certificates;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FixedContext;
import io.sitemonitor.check.RawServer;
import io.sitemonitor.check.Secret;
import io.sitemonitor.check.StartTls;
import io.sitemonitor.check.TlsExpectation;
import io.sitemonitor.check.TlsSettings;
import io.sitemonitor.check.Verdict;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class TlsCheckTest {

    private static final Certificates CERTIFICATES = new Certificates();

    private RawServer server = new RawServer(RawServer::drain);

    @TempDir
    Path folder;

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void tellsAboutTheCertificateAndItsChain() throws Exception {
        CheckResult result = run(check(ofDays(90)));

        assertThat(result.summary()).isEqualTo("PASS: certificate is valid for 89 days");
        assertThat(result.evidence().address()).isEqualTo("127.0.0.1:" + server.port());
        assertThat(result.evidence().phases().keySet()).containsExactly("connect", "tls");
        assertThat(result.evidence().facts())
                .containsEntry("tls", "TLSv1.3")
                .containsKey("cipher")
                .containsEntry("issuer", "CN=Test Authority")
                .hasEntrySatisfying("certificate", fact -> assertThat(fact).startsWith("CN=shop.example until 20"))
                .hasEntrySatisfying("certificate2", fact -> assertThat(fact).startsWith("CN=Test Authority until 20"));
    }

    @Test
    void tellsNoMoreThanEightCertificatesOfAChain() throws Exception {
        HeldCertificate[] above = new HeldCertificate[8];
        HeldCertificate signer = CERTIFICATES.authority();
        for (int i = above.length - 1; i >= 0; i--) {
            signer = new HeldCertificate.Builder()
                    .certificateAuthority(i)
                    .signedBy(signer)
                    .commonName("Authority " + i)
                    .build();
            above[i] = signer;
        }
        HeldCertificate held = new HeldCertificate.Builder()
                .signedBy(signer)
                .addSubjectAlternativeName("shop.example")
                .build();
        SSLSocketFactory sockets = new HandshakeCertificates.Builder()
                .heldCertificate(
                        held, Stream.of(above).map(HeldCertificate::certificate).toArray(X509Certificate[]::new))
                .build()
                .sslSocketFactory();
        server.close();
        server = new RawServer(plain -> {
            SSLSocket socket = (SSLSocket) sockets.createSocket(plain, null, true);
            socket.setUseClientMode(false);
            socket.startHandshake();
            RawServer.drain(socket);
        });

        assertThat(run(over().tls(TlsSettings.system().trust(above[7].certificate()))
                                .warnBefore(Duration.ZERO)
                                .failBefore(Duration.ZERO))
                        .evidence()
                        .facts())
                .containsKey("certificate8")
                .doesNotContainKey("certificate9");
    }

    @Test
    void warnsAndFailsBeforeTheCertificateEnds() throws Exception {
        assertThat(run(check(ofDays(20))).summary())
                .startsWith("WARN: certificate of CN=shop.example expires in 19 days, on 20");
        assertThat(run(check(ofDays(2))).summary())
                .startsWith("ASSERTION: certificate of CN=shop.example expires in 47 h, on 20");
        assertThat(run(check(ofDays(20)).warnBefore(ofDays(10))).verdict()).isEqualTo(Verdict.PASS);
        assertThat(run(check(ofDays(20)).warnBefore(Duration.ZERO)).verdict()).isEqualTo(Verdict.PASS);
        assertThat(run(check(ofDays(2)).failBefore(ofDays(1))).verdict()).isEqualTo(Verdict.WARN);
        assertThat(run(check(ofDays(2))
                                .failBefore(ofDays(1))
                                .warnBefore(ofDays(1))
                                .connectTimeout(ofSeconds(20)))
                        .verdict())
                .as("options that come later")
                .isEqualTo(Verdict.PASS);
    }

    @Test
    void refusesTimesThatMakeNoSense() {
        TlsCheck check = TlsCheck.connect("shop.example", 443);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.warnBefore(ofDays(-1)))
                .withMessage("warnBefore must be from PT0S to PT87600H, but was PT-24H");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.failBefore(ofDays(3651)))
                .withMessage("failBefore must be from PT0S to PT87600H, but was PT87624H");
    }

    @Test
    void failsWithTlsWhereTheHandshakeFailsAndShowsTheCertificate() throws Exception {
        CheckResult expired = run(check(ofDays(-3)));
        assertThat(expired.summary()).startsWith("TLS: certificate has expired (NotAfter: ");
        assertThat(expired.evidence().facts().get("certificate")).startsWith("CN=shop.example until 20");

        assertThat(run(check(CERTIFICATES.given("other.example", ofDays(90))).tls(CERTIFICATES.trusted()))
                        .summary())
                .isEqualTo("TLS: certificate is not valid for shop.example, only for [other.example]");

        CheckResult unknown = run(check(ofDays(90)).tls());
        assertThat(unknown.summary())
                .isEqualTo("TLS: TLS handshake failed: unable to find valid certification path to requested target");
        assertThat(unknown.evidence().facts()).containsKey("certificate");
    }

    @Test
    void insecureSettingsLeaveOutWhatTheirNamesSay() throws Exception {
        HeldCertificate other = CERTIFICATES.given("other.example", ofDays(90));

        assertThat(run(check(other).tls(TlsSettings.system().insecureTrustAnyone()))
                        .summary())
                .isEqualTo("TLS: certificate is not valid for shop.example, only for [other.example]");
        assertThat(run(check(other).tls(CERTIFICATES.trusted().insecureTakeAnyName()))
                        .verdict())
                .isEqualTo(Verdict.PASS);
        assertThat(run(check(other)
                                .tls(TlsSettings.system().insecureTrustAnyone().insecureTakeAnyName()))
                        .verdict())
                .isEqualTo(Verdict.PASS);
        assertThat(run(check(CERTIFICATES.given("*.example", ofDays(90)))
                                .tls(TlsSettings.system().insecureTrustAnyone()))
                        .summary())
                .as("a star stands for one label of at least three")
                .startsWith("TLS: ");
        assertThat(run(check(ofDays(-3)).tls(TlsSettings.system().insecureTrustAnyone()))
                        .summary())
                .startsWith("ASSERTION: certificate of CN=shop.example has expired, on 20");
    }

    @Test
    void asksForAnotherNameAndOnlyForTheNewestVersion() throws Exception {
        HeldCertificate other = CERTIFICATES.given("other.example", ofDays(90));

        assertThat(run(check(other).tls(CERTIFICATES.trusted().serverName("other.example")))
                        .verdict())
                .isEqualTo(Verdict.PASS);
        assertThat(run(old(CERTIFICATES.given("shop.example", ofDays(90))).tls(CERTIFICATES.trusted()))
                        .evidence()
                        .facts())
                .containsEntry("tls", "TLSv1.2");
        assertThat(run(old(CERTIFICATES.given("shop.example", ofDays(90)))
                                .tls(CERTIFICATES.trusted().onlyTls13()))
                        .summary())
                .startsWith("TLS: TLS handshake failed: ");
    }

    @Test
    void judgesWhatElseIsExpected() throws Exception {
        TlsCheck check = check(ofDays(90));

        assertThat(run(check.expectTls(TlsExpectation.issuedBy("Test Authority"))
                                .expectTls(TlsExpectation.version("TLSv1.3")))
                        .verdict())
                .isEqualTo(Verdict.PASS);
        assertThat(run(check.expectTls(TlsExpectation.issuedBy("Others").orWarn()))
                        .summary())
                .isEqualTo("WARN: certificate was issued by CN=Test Authority, not by 'Others'");
        assertThat(run(check.expectTls(TlsExpectation.version("TLSv1.2"))).summary())
                .isEqualTo("ASSERTION: connection speaks TLSv1.3, not TLSv1.2");
        assertThat(run(check.expectTls(TlsExpectation.fingerprint("00".repeat(32))))
                        .summary())
                .startsWith("ASSERTION: certificate has another fingerprint: ");
    }

    @Test
    void showsAClientCertificateToAServerThatAsksForOne() throws Exception {
        HeldCertificate client = CERTIFICATES.given("client", ofDays(90));
        TlsCheck check = demanding(CERTIFICATES.given("shop.example", ofDays(90)));
        TlsSettings shown = CERTIFICATES
                .trusted()
                .clientCertificate(CERTIFICATES.pem(folder, client), Certificates.key(folder, client));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "client", client.keyPair().getPrivate(), "pass".toCharArray(), new Certificate[] {client.certificate()
                });

        assertThat(run(check.tls(shown).expectTls(seen -> null)).summary()).startsWith("PASS: ");
        assertThat(run(check.tls(CERTIFICATES.trusted().clientCertificate(store, Secret.of("pass"))))
                        .summary())
                .startsWith("PASS: ");
        assertThat(shown.serverName("a.example"))
                .isEqualTo(CERTIFICATES
                        .trusted()
                        .serverName("a.example")
                        .clientCertificate(folder.resolve("certificate.pem"), folder.resolve("key.pem")));
        assertThatIllegalArgumentException()
                .as("one's own certificate is nobody else's")
                .isThrownBy(() -> TlsSettings.system().trust(store))
                .withMessage("the key store holds no trusted certificate");
        assertThat(shown)
                .isEqualTo(CERTIFICATES
                        .trusted()
                        .clientCertificate(folder.resolve("certificate.pem"), folder.resolve("key.pem")))
                .isNotEqualTo(CERTIFICATES.trusted());
    }

    @Test
    void readsTrustedCertificatesFromAFileAndRefusesFilesWithout() throws Exception {
        Path file = Files.writeString(
                folder.resolve("ca.pem"), "# ours\n" + CERTIFICATES.authority().certificatePem() + "\n");
        Path key = Certificates.key(folder, CERTIFICATES.authority());

        assertThat(run(check(ofDays(90)).tls(TlsSettings.system().trust(file))).verdict())
                .isEqualTo(Verdict.PASS);
        assertThat(TlsSettings.system().trust(file)).isEqualTo(CERTIFICATES.trusted());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TlsSettings.system().trust(key))
                .withMessageContaining("holds no certificate between lines of BEGIN CERTIFICATE");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TlsSettings.system().trust(folder.resolve("none.pem")))
                .withMessageContaining("none.pem cannot be read");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TlsSettings.system().clientCertificate(file, file))
                .withMessageContaining("must hold one private key");
    }

    @ParameterizedTest
    @EnumSource(StartTls.class)
    void beginsInPlainTextAsTheProtocolHasIt(StartTls protocol) throws Exception {
        server.close();
        HeldCertificate held = CERTIFICATES.given("shop.example", ofDays(90));
        server = new RawServer(socket -> {
            PlainStart.of(protocol).serve(socket);
            RawServer.drain(CERTIFICATES.accept(held, socket));
        });

        CheckResult result = run(over().startTls(protocol));

        assertThat(result.verdict()).as(result.summary()).isEqualTo(Verdict.PASS);
        assertThat(result.evidence().phases().keySet()).containsExactly("connect", "starttls", "tls");
    }

    @ParameterizedTest
    @EnumSource(StartTls.class)
    void refusesWhatCameBeforeTheHandshake(StartTls protocol) throws Exception {
        server.close();
        server = new RawServer(socket -> {
            PlainStart.of(protocol).followedBy("injected").serve(socket);
            RawServer.drain(socket);
        });

        assertThat(run(over().startTls(protocol)).summary())
                .isEqualTo("PROTOCOL: server sent 8 bytes before the TLS handshake");
    }

    @ParameterizedTest
    @EnumSource(StartTls.class)
    void failsWhereTlsIsNotOffered(StartTls protocol) throws Exception {
        server.close();
        server = new RawServer(socket -> PlainStart.refusing(protocol).serve(socket));

        assertThat(run(over().startTls(protocol)).summary()).startsWith("PROTOCOL: server does not offer TLS");
    }

    @ParameterizedTest
    @EnumSource(StartTls.class)
    void failsWhereSomebodyElseAnswers(StartTls protocol) throws Exception {
        server.close();
        server = new RawServer(socket -> {
            RawServer.send(socket, "\u0000\u0001nonsense\r\n".repeat(4));
            RawServer.drain(socket);
        });

        assertThat(run(over().startTls(protocol)).summary()).startsWith("PROTOCOL: ");
    }

    @Test
    void onlyOneLetterOfPostgresqlAgrees() throws Exception {
        server.close();
        server = new RawServer(socket -> {
            socket.getInputStream().read(new byte[64]);
            RawServer.send(socket, "E");
            RawServer.drain(socket);
        });

        assertThat(run(over().startTls(StartTls.POSTGRESQL)).summary())
                .isEqualTo("PROTOCOL: answer is none of PostgreSQL");
    }

    @Test
    void aHandshakeThatDripsEndsAtTheDeadline() throws Exception {
        server.close();
        server = new RawServer(socket -> {
            RawServer.send(socket, "\u0016\u0003\u0003\u0040\u0000");
            while (socket.getInputStream().read() >= 0) {
                RawServer.send(socket, "\u0002");
            }
        });

        FixedContext context = FixedContext.of(ofMillis(400));

        assertThat(over().run(context).summary()).startsWith("TIMEOUT: no complete answer within 400 ms");
    }

    private TlsCheck check(Duration validFor) throws IOException {
        return check(CERTIFICATES.given("shop.example", validFor)).tls(CERTIFICATES.trusted());
    }

    private TlsCheck check(HeldCertificate held) throws IOException {
        return serving(held, socket -> {});
    }

    private TlsCheck demanding(HeldCertificate held) throws IOException {
        server.close();
        server = new RawServer(plain -> {
            SSLSocket socket = (SSLSocket) CERTIFICATES.server(held).createSocket(plain, null, true);
            socket.setUseClientMode(false);
            socket.setNeedClientAuth(true);
            // with 1.3 a client does not learn within the handshake whether its certificate was taken
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            socket.startHandshake();
            RawServer.drain(socket);
        });
        return over();
    }

    private TlsCheck old(HeldCertificate held) throws IOException {
        return serving(held, socket -> socket.setEnabledProtocols(new String[] {"TLSv1.2"}));
    }

    private interface Manners {
        void apply(SSLSocket socket);
    }

    private TlsCheck serving(HeldCertificate held, Manners manners) throws IOException {
        server.close();
        server = new RawServer(plain -> {
            SSLSocket socket = (SSLSocket) CERTIFICATES.server(held).createSocket((Socket) plain, null, true);
            socket.setUseClientMode(false);
            manners.apply(socket);
            socket.startHandshake();
            RawServer.drain(socket);
        });
        return over();
    }

    private TlsCheck over() {
        return TlsCheck.connect("shop.example", server.port())
                .address("127.0.0.1")
                .tls(CERTIFICATES.trusted());
    }

    private static CheckResult run(TlsCheck check) {
        return check.run(FixedContext.of(ofSeconds(20)));
    }
}
