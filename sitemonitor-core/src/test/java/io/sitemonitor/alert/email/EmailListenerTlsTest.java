package io.sitemonitor.alert.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.sitemonitor.alert.Alerts;
import javax.net.ssl.SSLContext;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Security: the certificate of a mail server is verified, chain and host name, and what must be private stays so. */
@Timeout(60)
class EmailListenerTlsTest {

    private static final HeldCertificate AUTHORITY =
            new HeldCertificate.Builder().certificateAuthority(0).build();

    private ScriptedSmtpServer server;

    @BeforeEach
    void start() throws Exception {
        server = new ScriptedSmtpServer().offers("STARTTLS", "AUTH PLAIN LOGIN");
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void aConnectionOfSmtpsIsEncryptedFromTheStart() throws Exception {
        server.certificate(certificateFor("127.0.0.1"), true);

        smtps().onAlert(Alerts.down("storefront"));

        assertThat(server.messages()).hasSize(1);
        assertThat(server.commands()).isNotEmpty().allMatch(command -> command.startsWith("[tls] "));
    }

    @Test
    void aCertificateThatIsNotTrustedIsRefused() throws Exception {
        server.certificate(certificateFor("127.0.0.1"), true);

        assertThatIOException()
                .isThrownBy(() ->
                        EmailListener.smtp("smtps://127.0.0.1:" + server.port()).onAlert(Alerts.down("storefront")))
                .withMessage(
                        "no mail could be handed to smtps://127.0.0.1:" + server.port()
                                + " (SunCertPathBuilderException: unable to find valid certification path to requested target)");
        assertThat(server.messages()).isEmpty();
    }

    @Test
    void aCertificateForAnotherHostIsRefused() throws Exception {
        server.certificate(certificateFor("other.example"), true);

        assertThatIOException()
                .isThrownBy(() -> smtps().onAlert(Alerts.down("storefront")))
                .withMessageStartingWith("no mail could be handed to smtps://127.0.0.1:" + server.port()
                        + " (CertificateException: No subject alternative names");
        assertThat(server.messages()).isEmpty();
    }

    @Test
    void startTlsEncryptsBeforeTheCredentialsAreShown() throws Exception {
        server.certificate(certificateFor("127.0.0.1"), false);

        smtp("required").credentials("shop", "secret").onAlert(Alerts.down("storefront"));

        assertThat(server.messages()).hasSize(1);
        assertThat(server.commands())
                .filteredOn(command -> command.contains("AUTH"))
                .singleElement()
                .satisfies(command -> assertThat(command).startsWith("[tls] AUTH PLAIN"));
        assertThat(server.commands())
                .filteredOn(command -> !command.startsWith("[tls] "))
                .hasSize(2)
                .last()
                .isEqualTo("STARTTLS");
    }

    @Test
    void requiredStartTlsThatIsNotOfferedSendsNothing() {
        server.offers("AUTH PLAIN LOGIN");

        assertThatIOException()
                .isThrownBy(() -> smtp("required").credentials("shop", "secret").onAlert(Alerts.down("storefront")))
                .withMessage("no mail could be handed to smtp://127.0.0.1:" + server.port()
                        + " (MessagingException: STARTTLS is required but host does not support STARTTLS)");
        assertThat(server.commands()).noneMatch(command -> command.startsWith("AUTH") || command.startsWith("MAIL"));
    }

    @Test
    void optionalStartTlsIsTakenIfOffered() throws Exception {
        server.certificate(certificateFor("127.0.0.1"), false);

        smtp("optional").onAlert(Alerts.down("storefront"));

        assertThat(server.commands()).contains("[tls] DATA");
    }

    @Test
    void optionalStartTlsIsVerifiedAllTheSame() throws Exception {
        server.certificate(certificateFor("other.example"), false);

        assertThatIOException()
                .isThrownBy(() -> smtp("optional").onAlert(Alerts.down("storefront")))
                .withMessageStartingWith("no mail could be handed to smtp://127.0.0.1:" + server.port()
                        + " (CertificateException: No subject alternative names");
        assertThat(server.messages()).isEmpty();
    }

    @Test
    void optionalStartTlsThatIsNotOfferedGoesWithout() throws Exception {
        server.offers();

        smtp("optional").onAlert(Alerts.down("storefront"));

        assertThat(server.messages()).hasSize(1);
    }

    @Test
    void toThisMachineNothingIsEncryptedUnlessAsked() throws Exception {
        EmailListener.smtp("smtp://127.0.0.1:" + server.port()).onAlert(Alerts.down("storefront"));

        assertThat(server.commands()).contains("DATA").doesNotContain("STARTTLS");
    }

    private EmailListener smtps() {
        return EmailListener.smtp("smtps://127.0.0.1:" + server.port())
                .sslContext(new HandshakeCertificates.Builder()
                        .addTrustedCertificate(AUTHORITY.certificate())
                        .build()
                        .sslContext());
    }

    private EmailListener smtp(String startTls) {
        return EmailListener.smtp("smtp://127.0.0.1:" + server.port() + "?starttls=" + startTls)
                .sslContext(new HandshakeCertificates.Builder()
                        .addTrustedCertificate(AUTHORITY.certificate())
                        .build()
                        .sslContext());
    }

    private static SSLContext certificateFor(String host) {
        HeldCertificate certificate = new HeldCertificate.Builder()
                .signedBy(AUTHORITY)
                .addSubjectAlternativeName(host)
                .build();
        return new HandshakeCertificates.Builder()
                .heldCertificate(certificate)
                .build()
                .sslContext();
    }
}
