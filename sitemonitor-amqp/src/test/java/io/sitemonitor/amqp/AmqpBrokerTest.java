package io.sitemonitor.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AmqpBrokerTest {

    private static final char[] PASSWORD = "s3cr3t-store".toCharArray();

    private final AmqpBroker plain = AmqpBroker.at("amqp://u:s3cr3t@h");
    private final AmqpBroker secure = AmqpBroker.at("amqps://u:s3cr3t@h/shop");

    @TempDir
    private Path directory;

    @Test
    void showsWhereItIsAndNoPassword() {
        assertThat(plain).hasToString("amqp://u:***@h:5672/");
        assertThat(secure.credentials("other", "s3cr3t")).hasToString("amqps://other:***@h:5671/shop");
        assertThat(secure.credentials(() -> new AmqpCredentials("x", "s3cr3t"))).hasToString("amqps://h:5671/shop");
        assertThat(secure.externalLogin()).hasToString("amqps://h:5671/shop");
        assertThat(new AmqpCredentials("u", "s3cr3t")).hasToString("AmqpCredentials[user=u, password=***]");
    }

    @Test
    void leavesTheOriginalAsItWas() {
        plain.credentials("other", "p");
        assertThat(plain).hasToString("amqp://u:***@h:5672/");
    }

    @Test
    void refusesWrongValuesAtTheSetter() {
        refused(
                () -> plain.connectTimeout(Duration.ofHours(2)),
                "connectTimeout must be from PT0.001S to PT1H, but was PT2H");
        refused(
                () -> plain.heartbeat(Duration.ZERO),
                "heartbeat must be whole seconds from PT1S to PT10M, but was PT0S");
        refused(
                () -> plain.heartbeat(Duration.ofMinutes(11)),
                "heartbeat must be whole seconds from PT1S to PT10M, but was PT11M");
        refused(
                () -> plain.heartbeat(Duration.ofMillis(1_500)),
                "heartbeat must be whole seconds from PT1S to PT10M, but was PT1.5S");
        refused(() -> plain.credentials("u", "a\0b"), "user and password must not hold the character NUL");
        refused(() -> AmqpBroker.at("amqp://u%00:p@h"), "user and password must not hold the character NUL");
    }

    @Test
    void refusesFilesThatCannotBeRead() throws Exception {
        Path nothing = directory.resolve("nothing");
        refused(
                () -> secure.trust(nothing),
                "the file " + nothing + " cannot be read: java.nio.file.NoSuchFileException: " + nothing);
        refused(() -> secure.trust(nothing, PASSWORD), "the key store " + nothing + " cannot be read");
        refused(() -> secure.clientCertificate(nothing, PASSWORD), "the key store " + nothing + " cannot be read");
        refused(() -> secure.trust(nothing, new char[0]), "a secret must not be empty");
        Path empty = Files.createFile(directory.resolve("empty"));
        refused(
                () -> secure.trust(empty),
                "the file " + empty + " holds no certificate between lines of BEGIN CERTIFICATE and END CERTIFICATE");
        refused(
                () -> secure.clientCertificate(empty, empty),
                "the file " + empty + " holds no certificate between lines of BEGIN CERTIFICATE and END CERTIFICATE");
        refused(
                () -> secure.trust(empty, PASSWORD),
                "the key store " + empty + " is none of the form PKCS #12 or JKS, or has another password");
    }

    @Test
    void refusesTlsWithoutTls() throws Exception {
        String needs = " needs TLS, so an address that begins with amqps://, but it is amqp://u:***@h:5672/";
        SSLContext context = SSLContext.getDefault();
        contradicts(() -> plain.sslContext(context), "sslContext" + needs);
        contradicts(() -> plain.trust(directory), "trust" + needs);
        contradicts(() -> plain.trust(directory, PASSWORD), "trust" + needs);
        contradicts(() -> plain.clientCertificate(directory, directory), "clientCertificate" + needs);
        contradicts(() -> plain.clientCertificate(directory, PASSWORD), "clientCertificate" + needs);
        contradicts(plain::externalLogin, "externalLogin" + needs);
    }

    @Test
    void refusesWhatExcludesEachOther() throws Exception {
        AmqpBroker given = secure.sslContext(SSLContext.getDefault());
        contradicts(() -> given.trust(directory), "trust and sslContext exclude each other; keep one of them");
        contradicts(
                () -> given.clientCertificate(directory, directory),
                "clientCertificate and sslContext exclude each other; keep one of them");
        contradicts(
                () -> secure.externalLogin().credentials("u", "p"),
                "credentials and externalLogin exclude each other; keep one of them");
        contradicts(
                () -> secure.credentials("u", "p").externalLogin(),
                "externalLogin and credentials exclude each other; keep one of them");
    }

    @Test
    void needsACertificateForExternalLogin() throws Exception {
        AmqpBroker external = secure.externalLogin();
        String message = "externalLogin needs a client certificate; set clientCertificate";
        contradicts(() -> AmqpAlertPublisher.to(external).open(), message);
        contradicts(() -> AmqpAlertConsumer.from(external).handler(alert -> {}).start(), message);
        assertThat(external.sslContext(SSLContext.getDefault()).endpoint().login())
                .isNull();
    }

    private static void refused(ThrowingCallable setter, String message) {
        assertThatIllegalArgumentException().isThrownBy(setter).withMessage(message);
    }

    private static void contradicts(ThrowingCallable setter, String message) {
        assertThatIllegalStateException().isThrownBy(setter).withMessage(message);
    }
}
