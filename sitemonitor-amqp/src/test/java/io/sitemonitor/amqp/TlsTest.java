package io.sitemonitor.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Encrypted connections to a real RabbitMQ: whom we trust, and who we are. */
@ExtendWith(WithRabbit.class)
@NeedsOwnNode
class TlsTest {

    private static final String UNTRUSTED = "unable to find valid certification path to requested target";

    private final RabbitNode node = WithRabbit.node();

    @TempDir
    private Path directory;

    private TestAuthority authority;
    private PlainClient reader;

    @BeforeEach
    void certify() throws Exception {
        authority = new TestAuthority(directory.resolve("authority"));
        authority.certify("localhost");
        reader = PlainClient.connect(node.uri()).wipe().declareQueue();
    }

    @AfterEach
    void disconnect() {
        reader.close();
    }

    @Test
    @DisplayName("A broker of a private authority: refused by default, trusted by a PEM file and by stores")
    void trustsWhomItIsTold() throws Exception {
        try (RabbitTls tls = RabbitTls.on(node, authority, "localhost", false)) {
            AmqpBroker broker = AmqpBroker.at(tls.uri());
            assertThat(refusal(broker)).contains(UNTRUSTED);
            delivers(broker.trust(authority.certificate()));
            delivers(broker.trust(authority.trustStore("PKCS12"), TestAuthority.PASSWORD));
            delivers(broker.trust(authority.trustStore("JKS"), TestAuthority.PASSWORD));
            delivers(
                    AmqpBroker.at(tls.uri() + "?verify=verify_peer&heartbeat=5&cacertfile=" + authority.certificate()));
        }
    }

    @Test
    @DisplayName("A certificate for another name: refused, unless that name was asked for")
    void verifiesTheName() throws Exception {
        authority.certify("elsewhere.example");
        try (RabbitTls tls = RabbitTls.on(node, authority, "elsewhere.example", false)) {
            AmqpBroker broker = AmqpBroker.at(tls.uri()).trust(authority.certificate());
            assertThat(refusal(broker)).contains("No subject alternative DNS name matching localhost found");
            assertThat(refusal(broker.serverName("third.example")))
                    .contains("No subject alternative DNS name matching localhost found");
            delivers(broker.serverName("elsewhere.example"));
        }
    }

    @Test
    @DisplayName("A broker that asks for a client certificate gets the one from files, or from a store")
    void showsClientCertificate() throws Exception {
        authority.certify("shop");
        TestAuthority strangers = new TestAuthority(directory.resolve("strangers"));
        strangers.certify("shop");
        try (RabbitTls tls = RabbitTls.on(node, authority, "localhost", true)) {
            AmqpBroker broker = AmqpBroker.at(tls.uri()).trust(authority.certificate());
            assertThat(refusal(broker)).containsPattern("SSL|Socket|closed");
            assertThat(refusal(broker.clientCertificate(strangers.certificate("shop"), strangers.key("shop"))))
                    .containsPattern("SSL|Socket|closed");
            delivers(broker.clientCertificate(authority.certificate("shop"), authority.key("shop")));
            delivers(broker.clientCertificate(authority.keyStore("shop"), TestAuthority.PASSWORD));
        }
    }

    @Test
    @DisplayName("EXTERNAL: the certificate alone logs in, and no password is sent")
    void logsInByCertificate() throws Exception {
        authority.certify("shop");
        RabbitTls.allowExternalLogin(node);
        node.control("add_user", "CN=shop", "unused");
        node.control("set_permissions", "-p", "/", "CN=shop", ".*", ".*", ".*");
        try (RabbitTls tls = RabbitTls.on(node, authority, "localhost", true)) {
            AmqpBroker broker = AmqpBroker.at(tls.uri())
                    .credentials("guest", "wrong")
                    .trust(authority.certificate())
                    .clientCertificate(authority.certificate("shop"), authority.key("shop"));
            assertThat(refusal(broker)).contains("ACCESS_REFUSED");
            delivers(AmqpBroker.at(tls.uri())
                    .trust(authority.certificate())
                    .clientCertificate(authority.certificate("shop"), authority.key("shop"))
                    .externalLogin());
        } finally {
            node.control("delete_user", "CN=shop");
            RabbitTls.refuseExternalLogin(node);
        }
    }

    @Test
    @DisplayName("A renewed file is used from the next connection on, and nothing shows what is secret")
    void readsFilesForEachConnection() throws Exception {
        TestAuthority strangers = new TestAuthority(directory.resolve("strangers"));
        Path trusted = directory.resolve("trusted");
        Files.copy(strangers.trustStore("PKCS12"), trusted);
        try (RabbitTls tls = RabbitTls.on(node, authority, "localhost", false);
                LogCapture log = new LogCapture()) {
            AmqpBroker broker =
                    AmqpBroker.at(tls.uri()).credentials("guest", "guest").trust(trusted, TestAuthority.PASSWORD);
            try (AmqpAlertPublisher publisher = opened(broker)) {
                assertThat(refusal(publisher)).contains(UNTRUSTED);
                Files.delete(trusted);
                await().atMost(Duration.ofSeconds(30))
                        .untilAsserted(() -> assertThat(refusal(publisher))
                                .isEqualTo("not connected to " + broker + ": the key store " + trusted
                                        + " cannot be read; the alert waits"));
                Files.copy(strangers.trustStore("PKCS12"), trusted, StandardCopyOption.REPLACE_EXISTING);
                Files.write(trusted, new byte[] {1});
                await().untilAsserted(() -> assertThat(refusal(publisher)).contains("has another password"));
                Files.copy(authority.trustStore("PKCS12"), trusted, StandardCopyOption.REPLACE_EXISTING);
                await().untilAsserted(() -> publisher.onAlert(TestAlerts.numbered("c", 1)));
            }
            assertThat(log.everything()).contains(UNTRUSTED).doesNotContain("s3cr3t");
        }
        assertThat(reader.drain("alert_queue")).isNotEmpty();
    }

    private void delivers(AmqpBroker broker) throws Exception {
        try (AmqpAlertPublisher publisher = opened(broker)) {
            publisher.onAlert(TestAlerts.numbered("c", 0));
        }
        assertThat(reader.get("alert_queue")).isNotNull();
    }

    private static String refusal(AmqpBroker broker) {
        try (AmqpAlertPublisher publisher = opened(broker)) {
            return refusal(publisher);
        }
    }

    private static String refusal(AmqpAlertPublisher publisher) {
        var refused = new String[1];
        assertThatThrownBy(() -> publisher.onAlert(TestAlerts.numbered("c", 0)))
                .isInstanceOf(AmqpDeliveryException.class)
                .satisfies(e -> refused[0] = e.getMessage());
        return refused[0];
    }

    private static AmqpAlertPublisher opened(AmqpBroker broker) {
        return AmqpAlertPublisher.to(broker)
                .named("test")
                .confirmTimeout(Duration.ofSeconds(2))
                .open();
    }
}
