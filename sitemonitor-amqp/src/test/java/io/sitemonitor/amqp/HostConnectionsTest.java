package io.sitemonitor.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.sitemonitor.alert.Alert;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Publisher and consumer on a connection that is somebody else's. */
@ExtendWith(WithRabbit.class)
@NeedsOwnNode
class HostConnectionsTest {

    private final RabbitNode node = WithRabbit.node();
    private final List<Alert> handled = new CopyOnWriteArrayList<>();
    private FaultProxy wire;
    private PlainClient other;

    @BeforeEach
    void connect() throws Exception {
        wire = FaultProxy.to(node.port());
        other = PlainClient.connect(node.uri()).wipe();
    }

    @AfterEach
    void disconnect() throws Exception {
        other.close();
        wire.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("Closing leaves the host's connection and channels open, and no channel of ours on it")
    void leavesTheConnectionAlone(boolean recovering) throws Exception {
        Connection host = factory(recovering).newConnection("host");
        try (host;
                Channel channel = host.createChannel()) {
            AmqpBroker broker = AmqpBroker.over(name -> host);
            try (AmqpAlertConsumer consumer = consumer(broker);
                    AmqpAlertPublisher publisher = publisher(broker)) {
                await().until(consumer::isConnected);
                publisher.onAlert(TestAlerts.numbered("c", 0));
                await().until(() -> handled.size() == 1);
                await().untilAsserted(() -> assertThat(channels()).isEqualTo(3));
            }
            assertThat(host.isOpen()).isTrue();
            assertThat(channel.isOpen()).isTrue();
            await().untilAsserted(() -> assertThat(channels()).isEqualTo(1));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("A cut costs no alert, and the client recovers nothing of ours behind our back")
    void survivesCut(boolean recovering) throws Exception {
        AtomicReference<Connection> host =
                new AtomicReference<>(factory(recovering).newConnection("host"));
        AmqpBroker broker = AmqpBroker.over(name -> {
            synchronized (host) {
                if (!recovering && !host.get().isOpen()) {
                    host.set(factory(false).newConnection("host"));
                }
                return host.get();
            }
        });
        try (AmqpAlertConsumer consumer = consumer(broker);
                AmqpAlertPublisher publisher = publisher(broker)) {
            await().until(consumer::isConnected);
            for (int i = 0; i < 60; i++) {
                if (i % 20 == 10) {
                    wire.cut();
                }
                deliver(publisher, TestAlerts.numbered("c", i));
            }
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(handled.stream().map(Alert::id))
                            .containsExactlyElementsOf(
                                    handled.stream().map(Alert::id).distinct().toList())
                            .hasSize(60));
            await().untilAsserted(() -> assertThat(channels()).isEqualTo(2));
        }
        await().untilAsserted(() -> assertThat(channels()).isZero());
        assertThat(host.get().isOpen()).isTrue();
        host.get().abort();
    }

    @Test
    @DisplayName("Listeners that were added to the host's connection are removed")
    void leavesNoListener() throws Exception {
        Set<Object> listeners = ConcurrentHashMap.newKeySet();
        try (Connection host = factory(false).newConnection("host")) {
            Connection watched = watched(host, listeners);
            try (AmqpAlertPublisher publisher = publisher(AmqpBroker.over(name -> watched))) {
                await().until(publisher::isConnected);
                assertThat(listeners).hasSize(1);
            }
            assertThat(listeners).isEmpty();
        }
    }

    @Test
    @DisplayName("A host that has no connection is asked again, and what is wrong is said")
    void asksAgain() throws Exception {
        AtomicReference<AmqpConnections> source = new AtomicReference<>(name -> {
            throw new IOException("no route for " + name);
        });
        AmqpBroker broker = AmqpBroker.over(name -> source.get().open(name));
        other.declareQueue();
        try (AmqpAlertPublisher publisher = publisher(broker);
                Connection host = factory(false).newConnection("host")) {
            String to = "not connected to the broker of the host's connections: ";
            assertThat(refusal(publisher))
                    .isEqualTo(to + "IOException: no route for sitemonitor:test:publisher; the alert waits");
            source.set(name -> null);
            await().untilAsserted(() ->
                    assertThat(refusal(publisher)).isEqualTo(to + "the host gave no connection; the alert waits"));
            source.set(name -> {
                throw new InterruptedException();
            });
            await().untilAsserted(() -> assertThat(refusal(publisher))
                    .isEqualTo(to + "the host was interrupted before it gave a connection; the alert waits"));
            Connection closed = factory(false).newConnection("closed");
            closed.close();
            source.set(name -> closed);
            await().untilAsserted(() -> assertThat(refusal(publisher))
                    .isEqualTo(to + "the host gave a closed connection; the alert waits"));
            source.set(name -> host);
            await().untilAsserted(() -> publisher.onAlert(TestAlerts.numbered("c", 1)));
        }
    }

    @Test
    @DisplayName("Options of connections are refused, since the host makes them")
    void refusesOptions() {
        AmqpBroker broker = AmqpBroker.over(name -> null);
        assertThatIllegalStateException()
                .isThrownBy(() -> broker.heartbeat(Duration.ofSeconds(5)))
                .withMessage("heartbeat is for the host to set, where it makes the connections that are used here");
        assertThatIllegalStateException()
                .isThrownBy(() -> broker.credentials("u", "p"))
                .withMessageStartingWith("credentials is for the host to set");
        assertThat(broker).hasToString("the broker of the host's connections");
    }

    private void deliver(AmqpAlertPublisher publisher, Alert alert) {
        await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> {
            publisher.onAlert(alert);
            return true;
        });
    }

    /** Counts the channels on connections of the host's: all but the one of the other client. */
    private int channels() throws Exception {
        return node.control("list_channels", "name", "--no-table-headers").size() - 1;
    }

    private static String refusal(AmqpAlertPublisher publisher) {
        var refused = new String[1];
        assertThatThrownBy(() -> publisher.onAlert(TestAlerts.numbered("c", 0)))
                .isInstanceOf(AmqpDeliveryException.class)
                .satisfies(e -> refused[0] = e.getMessage());
        return refused[0];
    }

    private static Connection watched(Connection host, Set<Object> listeners) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().startsWith("add")) {
                        listeners.add(arguments[0]);
                    } else if (method.getName().startsWith("remove")) {
                        listeners.remove(arguments[0]);
                    }
                    try {
                        return method.invoke(host, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private ConnectionFactory factory(boolean recovering) {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost("localhost");
        factory.setPort(AmqpAddress.parse(wire.uri()).port());
        factory.setAutomaticRecoveryEnabled(recovering);
        factory.setNetworkRecoveryInterval(200);
        return factory;
    }

    private AmqpAlertConsumer consumer(AmqpBroker broker) {
        return AmqpAlertConsumer.from(broker)
                .named("test")
                .handler(handled::add)
                .start();
    }

    private static AmqpAlertPublisher publisher(AmqpBroker broker) {
        return AmqpAlertPublisher.to(broker)
                .named("test")
                .confirmTimeout(Duration.ofSeconds(1))
                .open();
    }
}
