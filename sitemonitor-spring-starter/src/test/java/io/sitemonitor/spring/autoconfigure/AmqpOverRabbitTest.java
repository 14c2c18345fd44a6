package io.sitemonitor.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.GetResponse;
import io.sitemonitor.Monitor;
import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.amqp.AmqpAlertPublisher;
import io.sitemonitor.amqp.AmqpEventPublisher;
import io.sitemonitor.amqp.NeedsOwnNode;
import io.sitemonitor.amqp.RabbitNode;
import io.sitemonitor.amqp.RemoteMonitor;
import io.sitemonitor.amqp.WithRabbit;
import io.sitemonitor.amqp.message.AlertMessage;
import io.sitemonitor.check.Check;
import io.sitemonitor.state.HealthState;
import io.sitemonitor.testing.ScriptedCheck;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Alerts of a Spring application in a real RabbitMQ. */
@ExtendWith(WithRabbit.class)
@NeedsOwnNode
class AmqpOverRabbitTest {

    private final RabbitNode node = WithRabbit.node();

    private final ApplicationContextRunner application = Runners.application()
            .withPropertyValues(
                    "sitemonitor.name=spring",
                    "sitemonitor.warm-up=0",
                    "sitemonitor.defaults.down-after=1",
                    "sitemonitor.defaults.up-after=1",
                    "sitemonitor.defaults.every=1s");

    @Test
    @DisplayName("The heartbeat of the properties is that of the connection")
    void asksForItsHeartbeat() {
        application
                .withPropertyValues("sitemonitor.alerts.amqp.uri=" + node.uri(), "sitemonitor.alerts.amqp.heartbeat=7s")
                .run(context -> {
                    AmqpAlertPublisher publisher = context.getBean(AmqpAlertPublisher.class);
                    await().until(publisher::isConnected);
                    assertThat(node.control("list_connections", "timeout", "--no-table-headers"))
                            .contains("7");
                });
    }

    @Test
    @DisplayName("The application's own connection carries the alerts, is made anew after a cut, and is left to it")
    void usesTheConnectionOfTheApplication() {
        ScriptedCheck shop = ScriptedCheck.failing("HTTP 503");
        application
                .withPropertyValues("sitemonitor.alerts.amqp.use-connection-factory=true")
                .withBean("rabbitConnectionFactory", ConnectionFactory.class, this::factory)
                .withBean("shop", Check.class, () -> shop)
                .run(context -> {
                    AmqpAlertPublisher publisher = context.getBean(AmqpAlertPublisher.class);
                    // read over another connection, so that nobody but the publisher asks for the application's
                    CachingConnectionFactory other = factory();
                    try (Channel reader = other.createConnection().createChannel(false)) {
                        reader.exchangeDeclare("site_monitor", "direct", true);
                        reader.queueDeclare("alert_queue", true, false, false, null);
                        reader.queueBind("alert_queue", "site_monitor", "sites_status_key");
                    }
                    awaitAlert(other);
                    assertThat(connections()).isEqualTo(2);
                    node.control("close_all_connections", "test");
                    shop.passes();
                    awaitAlert(other);
                    publisher.close();
                    assertThat(context.getBean(ConnectionFactory.class)
                                    .createConnection()
                                    .isOpen())
                            .isTrue();
                    assertThat(connections()).isEqualTo(2);
                    other.destroy();
                });
    }

    @Test
    @DisplayName("By the topic exchange all of an alert goes, of each kind, once somebody else has declared it")
    void tellsEverythingByTheTopicExchange() {
        application
                .withPropertyValues(
                        "sitemonitor.alerts.amqp.uri=" + node.uri(),
                        "sitemonitor.alerts.amqp.topology=topic",
                        "sitemonitor.alerts.amqp.declare=check",
                        "sitemonitor.defaults.degraded-after=1")
                .withBean("shop", Check.class, () -> ScriptedCheck.passing().warns("slow"))
                .run(context -> {
                    await().until(() -> context.getBean(Monitor.class).stateOf("shop") == HealthState.DEGRADED);
                    CachingConnectionFactory factory = factory();
                    try (Channel reader = factory.createConnection().createChannel(false)) {
                        assertThatThrownBy(() -> reader.exchangeDeclarePassive("sitemonitor.alerts"))
                                .hasStackTraceContaining("NOT_FOUND");
                    }
                    try (Channel reader = factory.createConnection().createChannel(false)) {
                        reader.queueDeclare("all", true, false, false, null);
                        reader.exchangeDeclare("sitemonitor.alerts", "topic", true);
                        reader.queueBind("all", "sitemonitor.alerts", "spring.shop.degraded");
                        Alert alert = AlertMessage.decode(await().atMost(Duration.ofSeconds(30))
                                        .until(() -> reader.basicGet("all", true), Objects::nonNull)
                                        .getBody())
                                .alert();
                        assertThat(alert.kind()).isEqualTo(AlertKind.DEGRADED);
                        assertThat(alert.check()).isEqualTo("shop");
                    }
                    factory.destroy();
                });
    }

    @Test
    @DisplayName(
            "A remote monitor follows the application's monitor, from its start to its end, of which each is told once")
    void isFollowedElsewhere() throws Exception {
        ScriptedCheck shop = ScriptedCheck.passing();
        CachingConnectionFactory factory = factory();
        try (RemoteMonitor remote =
                        RemoteMonitor.follow(node.uri()).monitor("spring").open();
                Channel reader = factory.createConnection().createChannel(false)) {
            reader.exchangeDeclare("sitemonitor.events", "topic", true);
            String queue = reader.queueDeclare().getQueue();
            reader.queueBind(queue, "sitemonitor.events", "spring._.*");
            application
                    .withPropertyValues(
                            "sitemonitor.auto-start=false",
                            "sitemonitor.alerts.amqp.use-connection-factory=true",
                            "sitemonitor.events.amqp.enabled=true",
                            "sitemonitor.events.amqp.snapshot-every=1h")
                    .withBean("rabbitConnectionFactory", ConnectionFactory.class, this::factory)
                    .withBean("shop", Check.class, () -> shop)
                    .run(context -> {
                        AmqpEventPublisher publisher = context.getBean(AmqpEventPublisher.class);
                        await().until(() -> publisher.isConnected() && remote.isConnected());
                        context.getBean(MonitorLifecycle.class).start();
                        await().atMost(Duration.ofSeconds(30)).until(() -> remote.isUp("shop"));
                        shop.fails("HTTP 503");
                        await().until(() -> remote.stateOf("shop") == HealthState.DOWN);
                    });
            await("its end is told, hours before it would show").until(() -> !remote.isFresh());
            assertThat(remote.has("shop")).isTrue();
            List<String> keys = new ArrayList<>();
            await().until(() -> {
                GetResponse got = reader.basicGet(queue, true);
                if (got != null) {
                    keys.add(got.getEnvelope().getRoutingKey());
                }
                return keys.contains("spring._.closed");
            });
            assertThat(reader.basicGet(queue, true)).isNull();
            assertThat(keys).containsOnlyOnce("spring._.started", "spring._.closed");
        } finally {
            factory.destroy();
        }
    }

    private int connections() throws Exception {
        return node.control("list_connections", "pid", "--no-table-headers").size();
    }

    private static void awaitAlert(ConnectionFactory factory) {
        await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
            try (Channel reader = factory.createConnection().createChannel(false)) {
                return reader.basicGet("alert_queue", true) != null;
            }
        });
    }

    private CachingConnectionFactory factory() {
        CachingConnectionFactory factory = new CachingConnectionFactory(URI.create(node.uri()));
        factory.setVirtualHost("/");
        return factory;
    }
}
