package io.sitemonitor.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.sitemonitor.alert.Alert;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who may come in, and what is said when somebody may not. */
@ExtendWith(WithRabbit.class)
@NeedsOwnNode
class LoginTest {

    private final RabbitNode node = WithRabbit.node();
    private FaultProxy wire;

    @BeforeEach
    void connect() throws Exception {
        wire = FaultProxy.to(node.port());
    }

    @AfterEach
    void disconnect() throws Exception {
        wire.close();
    }

    @Test
    @DisplayName("P27: with wrong credentials it starts, warns once, tries ever more rarely and shows no password")
    void wrongPasswordIsReportedAndNotHammered() throws Exception {
        AmqpAddress wrong = AmqpAddress.parse(wire.uri()).withCredentials("guest", "s3cr3t-pass");
        try (LogCapture log = new LogCapture();
                AmqpAlertPublisher publisher = AmqpAlertPublisher.to(wrong)
                        .named("test")
                        .confirmTimeout(Duration.ofSeconds(4))
                        .open()) {
            assertThatThrownBy(() -> publisher.onAlert(TestAlerts.numbered("c", 0)))
                    .isInstanceOf(AmqpDeliveryException.class)
                    .hasMessageStartingWith("not connected to " + wrong + ": ")
                    .hasMessageContaining("ACCESS_REFUSED")
                    .hasMessageEndingWith("; the alert waits")
                    .hasMessageNotContaining("s3cr3t-pass");
            assertThat(log.atLeast(Level.WARN)).hasSize(1);
            assertThat(log.atLeast(Level.WARN).get(0)).startsWith("[test] amqp publisher: not connected to ");
            assertThat(log.everything()).doesNotContain("s3cr3t-pass");
            assertThat(publisher.toString()).doesNotContain("s3cr3t-pass");
            // 50 ms doubled each time, and a fifth less at most: no more than seven tries in these four seconds
            assertThat(wire.accepted()).isBetween(2, 9);
        }
    }

    @Test
    @DisplayName("A rotated password: the supplier is asked again for each connection, and nothing shows what it said")
    void rotatedPasswordIsUsedForTheNextConnection() throws Exception {
        node.control("add_user", "rotated", "s3cr3t-first");
        node.control("set_permissions", "-p", "/", "rotated", ".*", ".*", ".*");
        AtomicReference<Supplier<AmqpCredentials>> vault = new AtomicReference<>(() -> {
            throw new IllegalStateException("the vault does not open with s3cr3t-key");
        });
        AmqpBroker broker =
                AmqpBroker.at(wire.uri()).credentials(() -> vault.get().get());
        try (LogCapture log = new LogCapture();
                PlainClient other = PlainClient.connect(node.uri()).wipe().declareQueue();
                AmqpAlertPublisher publisher = AmqpAlertPublisher.to(broker)
                        .named("test")
                        .confirmTimeout(Duration.ofSeconds(2))
                        .open()) {
            String to = "not connected to " + broker + ": ";
            assertThatThrownBy(() -> publisher.onAlert(TestAlerts.numbered("c", 0)))
                    .hasMessage(to + "the supplier of the credentials failed with java.lang.IllegalStateException;"
                            + " the alert waits");
            vault.set(() -> null);
            await().untilAsserted(() -> assertThatThrownBy(() -> publisher.onAlert(TestAlerts.numbered("c", 0)))
                    .hasMessage(to + "the supplier of the credentials returned null; the alert waits"));
            vault.set(() -> new AmqpCredentials("rotated", "s3cr3t-first"));
            await().ignoreExceptions().until(() -> {
                publisher.onAlert(TestAlerts.numbered("c", 0));
                return true;
            });
            node.control("change_password", "rotated", "s3cr3t-second");
            wire.cut();
            await().untilAsserted(() -> assertThatThrownBy(() -> publisher.onAlert(TestAlerts.numbered("c", 1)))
                    .hasMessageContaining("ACCESS_REFUSED"));
            vault.set(() -> new AmqpCredentials("rotated", "s3cr3t-second"));
            await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
                publisher.onAlert(TestAlerts.numbered("c", 1));
                return true;
            });
            List<String> threads = Thread.getAllStackTraces().keySet().stream()
                    .map(Thread::getName)
                    .toList();
            assertThat(log.everything() + threads + publisher + broker)
                    .contains("sitemonitor-test-amqp-publisher", "ACCESS_REFUSED")
                    .doesNotContain("s3cr3t");
            assertThat(other.drain("alert_queue")).hasSizeGreaterThanOrEqualTo(2);
        } finally {
            node.control("delete_user", "rotated");
        }
    }

    @Test
    @DisplayName("An unknown virtual host is named")
    void unknownVirtualHostIsNamed() throws Exception {
        AmqpAddress wrong = AmqpAddress.parse(node.uri()).withVirtualHost("no such");
        try (AmqpAlertPublisher publisher = AmqpAlertPublisher.to(wrong)
                .named("test")
                .confirmTimeout(Duration.ofSeconds(4))
                .open()) {
            assertThatThrownBy(() -> publisher.onAlert(TestAlerts.numbered("c", 0)))
                    .isInstanceOf(AmqpDeliveryException.class)
                    .hasMessage("not connected to amqp://guest:***@localhost:" + node.port() + "/no%20such:"
                            + " 530 NOT_ALLOWED - vhost no such not found; the alert waits");
        }
    }

    @Test
    @DisplayName("amqps: chain and host name are verified")
    void verifiesTls() throws Exception {
        try (TlsFront right = TlsFront.before(node.port(), "localhost");
                TlsFront wrongName = TlsFront.before(node.port(), "elsewhere.example");
                PlainClient other = PlainClient.connect(node.uri()).wipe()) {
            other.declareQueue();
            assertThat(refusal(AmqpAlertPublisher.to(right.uri())))
                    .contains("unable to find valid certification path to requested target");
            assertThat(refusal(
                            AmqpAlertPublisher.to(AmqpBroker.at(wrongName.uri()).sslContext(wrongName.trusting()))))
                    .contains("No subject alternative DNS name matching localhost found");
            List<Alert> handled = new CopyOnWriteArrayList<>();
            AmqpBroker broker = AmqpBroker.at(right.uri()).sslContext(right.trusting());
            try (AmqpAlertPublisher publisher =
                            AmqpAlertPublisher.to(broker).named("test").open();
                    AmqpAlertConsumer consumer = AmqpAlertConsumer.from(broker)
                            .named("test")
                            .handler(handled::add)
                            .start()) {
                publisher.onAlert(TestAlerts.numbered("c", 0));
                await().until(() -> handled.size() == 1);
            }
        }
    }

    private static String refusal(AmqpAlertPublisher.Builder builder) throws Exception {
        try (AmqpAlertPublisher publisher =
                builder.named("test").confirmTimeout(Duration.ofSeconds(3)).open()) {
            try {
                publisher.onAlert(TestAlerts.numbered("c", 0));
            } catch (AmqpDeliveryException e) {
                return String.valueOf(e.getMessage());
            }
        }
        return "not refused";
    }
}
