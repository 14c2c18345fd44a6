package io.sitemonitor.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A broker of several nodes, of which some cannot be used. What a real cluster does is for {@link ClusterTest}. */
@ExtendWith(WithRabbit.class)
@NeedsOwnNode
class NodesTest {

    private final RabbitNode node = WithRabbit.node();

    /** With any of them it may begin. */
    @RepeatedTest(6)
    @DisplayName("P3: the node that takes the connection is used, whichever is tried first, and it is said which")
    void usesTheNodeThatIsThere() throws Exception {
        List<String> connected = new CopyOnWriteArrayList<>();
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
                FaultProxy wire = FaultProxy.to(node.port());
                LogCapture log = new LogCapture();
                AmqpAlertPublisher publisher = AmqpAlertPublisher.to(AmqpBroker.at(
                                        "amqp://localhost:" + EmbeddedBroker.freePort())
                                .otherNodes("127.0.0.1:" + silent.getLocalPort(), "localhost:" + portOf(wire.uri()))
                                .connectTimeout(Duration.ofMillis(1_500)))
                        .named("test")
                        .listener(event -> connected.add(event.kind() + " " + event.detail()))
                        .open()) {
            await().until(() -> connected.size() == 1);
            wire.cut();
            await().until(() -> connected.size() == 3);
            String used = "amqp://guest:***@localhost:" + portOf(wire.uri()) + "/";
            assertThat(connected.get(0)).isEqualTo("CONNECTED " + used);
            assertThat(connected.get(1)).startsWith("DISCONNECTED the connection to " + used + " ended: ");
            assertThat(connected.get(2)).isEqualTo("CONNECTED " + used);
            assertThat(log.atLeast(Level.INFO))
                    .anySatisfy(line -> assertThat(line).contains("connected to " + used));
        }
    }

    @Test
    @DisplayName("P27: a wrong password is shown to one node for each attempt, not to each node")
    void doesNotHammerEachNode() throws Exception {
        try (FaultProxy one = FaultProxy.to(node.port());
                FaultProxy two = FaultProxy.to(node.port());
                LogCapture log = new LogCapture();
                AmqpAlertPublisher publisher = AmqpAlertPublisher.to(
                                AmqpBroker.at("amqp://guest:wrong@localhost:" + portOf(one.uri()))
                                        .otherNodes("localhost:" + portOf(two.uri())))
                        .named("test")
                        .open()) {
            await().until(() -> one.accepted() + two.accepted() >= 4);
            assertThat(one.accepted() - two.accepted()).isBetween(-1, 1);
            assertThat(log.atLeast(Level.WARN))
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .contains("not connected to " + publisherAddress(one, two) + ": ")
                            .contains("ACCESS_REFUSED"));
            assertThat(publisher).asString().contains(publisherAddress(one, two));
        }
    }

    private static String publisherAddress(FaultProxy one, FaultProxy two) {
        return "amqp://guest:***@localhost:" + portOf(one.uri()) + ",localhost:" + portOf(two.uri()) + "/";
    }

    private static int portOf(String uri) {
        return AmqpAddress.parse(uri).port();
    }
}
