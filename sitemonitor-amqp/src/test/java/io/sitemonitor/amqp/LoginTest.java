package io.sitemonitor.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.sitemonitor.alert.Alert;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
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
            assertThat(refusal(AmqpAlertPublisher.to(wrongName.uri()).sslContext(wrongName.trusting())))
                    .contains("No subject alternative DNS name matching localhost found");
            List<Alert> handled = new CopyOnWriteArrayList<>();
            try (AmqpAlertPublisher publisher = AmqpAlertPublisher.to(right.uri())
                            .sslContext(right.trusting())
                            .named("test")
                            .open();
                    AmqpAlertConsumer consumer = AmqpAlertConsumer.from(right.uri())
                            .sslContext(right.trusting())
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
