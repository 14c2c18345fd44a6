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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    void namesAllNodes() {
        assertThat(plain.otherNodes("h:1", "b:5673", "[::1]:7")).hasToString("amqp://u:***@h:5672,h:1,b:5673,[::1]:7/");
        assertThat(secure.otherNodes("b").credentials("other", "s3cr3t"))
                .hasToString("amqps://other:***@h:5671,b:5671/shop");
        assertThat(plain.otherNodes("b").otherNodes()).hasToString("amqp://u:***@h:5672/");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "amqp://x:s3cr3t@b:5672/|it has more than a host and a port, or less",
                "x:s3cr3t@b|it has more than a host and a port, or less",
                "''|it has more than a host and a port, or less",
                "b c|it has more than a host and a port, or less",
                ":5672|the host must not be empty",
                "b:s3cr3t|the port of an AMQP URI must be a number from 1 to 65535;"
                        + " write :, / and @ in a password percent-encoded",
                "[::1|the host of an AMQP URI begins with [ and must end with ]"
            })
    void refusesWhatIsNoNode(String node, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plain.otherNodes("b", node))
                .withMessage("otherNodes must be hosts as in rabbit-2 or rabbit-2:5672, but one is not: " + why)
                .withMessageNotContaining("s3cr3t");
    }

    @Test
    void refusesANodeThatIsThereTwice() {
        refused(
                () -> plain.otherNodes("b", "b:5672"),
                "otherNodes must name each node once, but 'b:5672' is there twice, or is the address itself");
        refused(
                () -> plain.otherNodes("h:5672"),
                "otherNodes must name each node once, but 'h:5672' is there twice, or is the address itself");
        contradicts(
                () -> AmqpBroker.over(name -> null).otherNodes("b"),
                "otherNodes is for the host to set, where it makes the connections that are used here");
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
        AmqpAlertPublisher.to(external.sslContext(SSLContext.getDefault()))
                .open()
                .close();
    }

    private static void refused(ThrowingCallable setter, String message) {
        assertThatIllegalArgumentException().isThrownBy(setter).withMessage(message);
    }

    private static void contradicts(ThrowingCallable setter, String message) {
        assertThatIllegalStateException().isThrownBy(setter).withMessage(message);
    }
}
