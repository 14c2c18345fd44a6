package io.sitemonitor.amqp;

import static io.sitemonitor.amqp.check.QueueExpectation.consumersAtLeast;
import static io.sitemonitor.amqp.check.QueueExpectation.depthBelow;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.MessageProperties;
import io.sitemonitor.amqp.check.RabbitCheck;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.FixedContext;
import io.sitemonitor.check.Secret;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a check finds out about a real broker. */
@Timeout(60)
abstract class RabbitCheckBrokerContract {

    private static final String QUEUE = "checked jobs";

    private PlainClient other;

    /** Where the broker is. */
    abstract String uri();

    /** The code with which the broker refuses a login, or what is said if it gives none. */
    abstract String loginRefusal();

    @BeforeEach
    final void declareQueue() throws Exception {
        other = PlainClient.connect(uri());
        other.channel().queueDeclare(QUEUE, false, false, false, null);
        other.channel().queuePurge(QUEUE);
    }

    @AfterEach
    final void deleteQueue() throws Exception {
        other.close();
        try (PlainClient last = PlainClient.connect(uri())) {
            last.channel().queueDelete(QUEUE);
        }
    }

    @Test
    final void passesIfTheLoginIsTaken() {
        CheckResult result = run(check());

        assertThat(result.summary()).isEqualTo("PASS: ready");
        assertThat(result.evidence().facts().get("broker")).isNotBlank();
    }

    @Test
    final void aMessageComesBack() {
        CheckResult result = run(check().roundTrip());

        assertThat(result.summary()).isEqualTo("PASS: message came back");
        assertThat(result.evidence().phases()).containsKeys("connect", "login", "publish", "consume", "close");
    }

    @Test
    final void aWrongPasswordIsRefused() {
        CheckResult result = run(check().login("guest", Secret.of("wr0ng-pass")));

        assertThat(result.summary()).contains(loginRefusal()).doesNotContain("wr0ng-pass");
        assertThat(result.failure()).isIn(FailureKind.STATUS, FailureKind.CONNECT);
    }

    @Test
    final void anUnknownVirtualHostIsNamed() {
        CheckResult result = run(RabbitCheck.connect(AmqpAddress.parse(uri()).withVirtualHost("no such")));

        assertThat(result.failure()).as(result.summary()).isEqualTo(FailureKind.STATUS);
        assertThat(result.message()).contains("no such");
    }

    @Test
    final void aQueueThatIsNotThereIsNamed() {
        CheckResult result = run(check().expectQueue("no such queue"));

        assertThat(result.failure()).as(result.summary()).isEqualTo(FailureKind.STATUS);
        assertThat(result.message()).startsWith("404 ").contains("no such queue");
    }

    @Test
    final void countsMessagesAndConsumersAndTouchesNone() throws Exception {
        for (int i = 0; i < 3; i++) {
            other.channel().basicPublish("", QUEUE, MessageProperties.MINIMAL_BASIC, new byte[] {(byte) i});
        }
        await().until(() -> other.waiting(QUEUE) == 3);

        CheckResult deep = run(check().expectQueue(QUEUE, depthBelow(3)));
        assertThat(deep.summary()).isEqualTo("ASSERTION: queue '" + QUEUE + "' has 3 messages, not less than 3");
        assertThat(run(check().expectQueue(QUEUE, depthBelow(4))).summary()).isEqualTo("PASS: ready");
        assertThat(run(check().expectQueue(QUEUE, consumersAtLeast(1).orWarn())).summary())
                .isEqualTo("WARN: queue '" + QUEUE + "' has 0 consumers, less than 1");
        for (int i = 0; i < 3; i++) {
            var taken = other.get(QUEUE);
            assertThat(taken.getBody()).containsExactly(i);
            assertThat(taken.getEnvelope().isRedeliver()).isFalse();
        }

        other.channel().basicConsume(QUEUE, (tag, delivery) -> {}, tag -> {});
        CheckResult served = run(check().expectQueue(QUEUE, consumersAtLeast(1), depthBelow(1)));
        assertThat(served.summary()).isEqualTo("PASS: ready");
        assertThat(served.evidence().facts())
                .containsEntry("messages " + QUEUE, "0")
                .containsEntry("consumers " + QUEUE, "1");
    }

    @Test
    @DisplayName("P16: a broker that freezes at any moment is a timeout, and its connection is closed")
    final void aBrokerThatFreezesIsATimeout() throws Exception {
        try (FaultProxy wire = FaultProxy.to(AmqpAddress.parse(uri()).port())) {
            RabbitCheck check = RabbitCheck.connect(wire.uri()).roundTrip();
            assertThat(run(check).summary()).isEqualTo("PASS: message came back");

            wire.freeze();
            CheckResult frozen = check.run(FixedContext.of(Duration.ofMillis(700)));
            wire.thaw();

            assertThat(frozen.failure()).as(frozen.summary()).isEqualTo(FailureKind.TIMEOUT);
            assertThat(run(check).summary()).isEqualTo("PASS: message came back");
        }
    }

    final RabbitCheck check() {
        return RabbitCheck.connect(uri());
    }

    static CheckResult run(RabbitCheck check) {
        return check.run(FixedContext.of(ofSeconds(20)));
    }
}
