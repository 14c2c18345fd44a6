package io.sitemonitor.amqp;

import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.alert.Alert;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * From a publisher through a cluster of three brokers to a consumer, while nodes go and come. The figures are in {@code
 * target/faults/cluster.md}.
 */
@ExtendWith(WithRabbit.class)
@NeedsOwnNode
@Timeout(240)
@DisplayName("P1, P2, P3, P6, P7, P10: a cluster loses nodes, and nothing is lost, out of order or handled twice")
class ClusterTest {

    private static final int EACH = 5;
    private static final String QUORUM_QUEUE = "sitemonitor.alerts";
    private static final String CLASSIC_QUEUE = "alert_queue";

    private static final FaultTable TABLE = new FaultTable(
            "cluster",
            "fault",
            "goes on while it lasts",
            "lost",
            "reordered",
            "under a wrong id",
            "handled twice, same id");

    private static RabbitCluster cluster;

    @BeforeAll
    static void startCluster() throws IOException {
        cluster = RabbitCluster.start();
    }

    @AfterAll
    static void endCluster() throws IOException {
        TABLE.write();
        cluster.close();
    }

    @Test
    void eachNodeKilledInTurn() throws Exception {
        try (Through through = new Through(AmqpTopology.topic(), 7)) {
            through.goesOn();
            for (RabbitNode node : cluster.nodes()) {
                node.kill();
                through.goesOn();
                cluster.reviveAll();
                through.goesOn();
            }
            through.finish("each node killed and started again, one after the other", "yes");
        }
    }

    @Test
    void eachNodeStoppedInTurn() throws Exception {
        try (Through through = new Through(AmqpTopology.topic(), 7)) {
            through.goesOn();
            for (RabbitNode node : cluster.nodes()) {
                node.stop();
                through.goesOn();
                cluster.reviveAll();
                through.goesOn();
            }
            through.finish("each node stopped and started again, one after the other", "yes");
        }
    }

    @Test
    void theLeaderFrozen() throws Exception {
        try (Through through = new Through(AmqpTopology.topic(), 3)) {
            through.goesOn();
            RabbitNode leader = cluster.leaderOf(QUORUM_QUEUE);
            leader.freeze();
            through.goesOn();
            cluster.replaceFrozen(leader);
            through.goesOn();
            through.finish("the leader of the queue frozen, thawed and started anew", "yes");
        }
    }

    @Test
    void twoOfThreeKilled() throws Exception {
        try (Through through = new Through(AmqpTopology.topic(), 2)) {
            through.goesOn();
            cluster.node(0).kill();
            cluster.node(2).kill();
            through.waits();
            cluster.reviveAll();
            through.finish("two of three nodes killed and started again", "waits");
        }
    }

    @Test
    void theOnlyNodeOfAClassicQueueKilled() throws Exception {
        try (Through through = new Through(AmqpTopology.direct(), 3)) {
            through.goesOn();
            cluster.leaderOf(CLASSIC_QUEUE).kill();
            through.waits();
            cluster.reviveAll();
            through.goesOn();
            through.finish("the node of a classic queue killed and started again", "waits");
        }
    }

    @Test
    void theNodeOfTheConsumerFrozen() throws Exception {
        try (Through through = new Through(AmqpTopology.direct(), AmqpAlertConsumerBuilder::exclusive, 4)) {
            through.goesOn();
            RabbitNode leader = cluster.leaderOf(CLASSIC_QUEUE);
            RabbitNode frozen = through.moveConsumerAwayFrom(leader);
            frozen.freeze();
            through.begin();
            through.awaitConsumerAwayFrom(frozen);
            through.goesOn();
            cluster.replaceFrozen(frozen);
            through.goesOn();
            through.finish("the node of an exclusive consumer frozen, thawed and started anew", "yes");
        }
    }

    /** A publisher and a consumer, with a cluster between them. */
    private static final class Through implements AutoCloseable {

        private final PublisherStream stream;
        private final AmqpAlertConsumer consumer;
        private final int rounds;
        private int begun;
        private volatile String connectedTo = "";
        private final AtomicInteger connections = new AtomicInteger();

        Through(AmqpTopology topology, int rounds) {
            this(topology, builder -> builder, rounds);
        }

        Through(AmqpTopology topology, UnaryOperator<AmqpAlertConsumerBuilder> options, int rounds) {
            this.rounds = rounds;
            consumer = options.apply(AmqpAlertConsumer.from(cluster.broker())
                            .named("test")
                            .topology(topology)
                            .listener(this::tell)
                            .handler(this::handle))
                    .start();
            stream = new PublisherStream(cluster.broker(), topology, Duration.ofMillis(1_500));
            stream.start(rounds * EACH);
        }

        /** Lets each check send so many more, and waits until they have come. */
        void goesOn() {
            begin();
            until("the alerts of round " + begun, () -> stream.tally().distinct() >= PublisherStream.of(begun * EACH));
        }

        /** Lets each check send so many more, none of which is taken, though a node is there to say so. */
        void waits() {
            begin();
            int done = stream.done();
            int refused = stream.tally().refusals();
            until("calls that were not answered", () -> stream.tally().refusals() > refused + 6);
            assertThat(stream.done()).as("confirmed").isEqualTo(done);
        }

        void finish(String fault, String goesOn) throws Exception {
            assertThat(begun).isEqualTo(rounds);
            stream.finish();
            Tally tally = stream.tally();
            until("every alert", () -> tally.lost().isEmpty());
            TABLE.add(
                    fault,
                    goesOn,
                    tally.lost().size(),
                    tally.reordered().size(),
                    tally.wrong().size(),
                    tally.doubled());
            assertThat(tally.sent()).isEqualTo(PublisherStream.of(rounds * EACH));
            assertThat(tally.reordered()).as("reordered").isEmpty();
            assertThat(tally.wrong()).as("under a wrong id").isEmpty();
            assertThat(tally.doubled()).as("handled twice").isZero();
        }

        /** Sends the consumer on until it is connected to another node, and returns that. */
        RabbitNode moveConsumerAwayFrom(RabbitNode leader) throws Exception {
            while (consumerIsAt(leader)) {
                String left = connectedTo;
                int before = connections.get();
                new RabbitAdmin(leader).closeConnectionsOf("guest");
                until("the consumer to move from " + left, () -> connections.get() > before && consumer.isConnected());
            }
            return cluster.nodes().stream()
                    .filter(this::consumerIsAt)
                    .findFirst()
                    .orElseThrow();
        }

        void awaitConsumerAwayFrom(RabbitNode node) {
            until("the consumer to connect elsewhere", () -> consumer.isConnected() && !consumerIsAt(node));
        }

        private boolean consumerIsAt(RabbitNode node) {
            return connectedTo.contains(":" + node.port() + "/");
        }

        private void tell(AmqpEvent event) {
            if (event.kind() == AmqpEvent.Kind.CONNECTED) {
                connectedTo = event.detail();
                connections.incrementAndGet();
            }
        }

        /** Lets each check send so many more. */
        void begin() {
            begun++;
            stream.release(EACH);
        }

        private void handle(Alert alert) {
            stream.tally()
                    .arrived(alert.check(), alert.kind().name().equals("DOWN") ? "down" : "up", alert.id(), alert.id());
        }

        private static void until(String what, Callable<Boolean> condition) {
            Awaitility.await(what)
                    .atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(10))
                    .until(condition);
        }

        @Override
        public void close() throws Exception {
            stream.close();
            consumer.close();
            // also what a fault left that did not come to its end
            cluster.reviveAll();
        }
    }
}
