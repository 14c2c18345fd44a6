package io.sitemonitor.amqp;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/** Three brokers of our own that are one cluster, as an operator is told to set it up. */
final class RabbitCluster implements AutoCloseable {

    /** Those cut off from the others stop by themselves, and silence between nodes is noticed in seconds. */
    private static final String CONFIGURATION = "cluster_partition_handling = pause_minority\nnet_ticktime = 4\n";

    private final List<RabbitNode> nodes = new ArrayList<>();

    private RabbitCluster() throws IOException {
        try {
            nodes.add(RabbitNode.start(CONFIGURATION));
            nodes.add(RabbitNode.join(nodes.get(0), CONFIGURATION));
            nodes.add(RabbitNode.join(nodes.get(0), CONFIGURATION));
            awaitWhole();
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    static RabbitCluster start() throws IOException {
        return new RabbitCluster();
    }

    List<RabbitNode> nodes() {
        return List.copyOf(nodes);
    }

    RabbitNode node(int number) {
        return nodes.get(number);
    }

    /** Where all of them are. */
    AmqpBroker broker() {
        return AmqpBroker.at(nodes.get(0).uri())
                .otherNodes(
                        "localhost:" + nodes.get(1).port(),
                        "localhost:" + nodes.get(2).port())
                .connectTimeout(Duration.ofSeconds(1))
                .heartbeat(Duration.ofSeconds(1));
    }

    /** The node that leads a queue, of whichever kind it is. */
    RabbitNode leaderOf(String queue) throws Exception {
        String leader = nodes.get(0)
                .eval("{ok, Q} = rabbit_amqqueue:lookup(rabbit_misc:r(<<\"/\">>, queue, <<\"" + queue + "\">>)),"
                        + " case amqqueue:get_pid(Q) of {_, Node} -> Node; Pid -> node(Pid) end");
        return nodes.stream()
                .filter(node -> leader.contains(node.name()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(queue + " is led by " + leader));
    }

    /**
     * Lets a frozen node say what it has to say, and starts it anew: with what it believes after its sleep, 3.10 may hide queues
     * from the others for good.
     */
    void replaceFrozen(RabbitNode node) throws Exception {
        node.thaw();
        Awaitility.await("the node to see the others again")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> node.eval("length(nodes())").equals("2"));
        node.kill();
        reviveAll();
    }

    /** Starts those that do not run, all at once, since each may wait for another. */
    void reviveAll() throws Exception {
        for (RabbitNode node : nodes) {
            if (node.isDown()) {
                node.relaunch();
            } else {
                node.thaw();
            }
        }
        nodes.forEach(RabbitNode::awaitReady);
        awaitWhole();
    }

    /** Waits until each node sees each other one run. */
    void awaitWhole() {
        Awaitility.await("a cluster of three")
                .atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .until(() -> {
                    for (RabbitNode node : nodes) {
                        if (!node.eval("length([N || N <- [node() | nodes()], rabbit:is_running(N)])")
                                .equals("3")) {
                            return false;
                        }
                    }
                    return true;
                });
    }

    @Override
    public void close() throws IOException {
        for (RabbitNode node : nodes) {
            try {
                node.close();
            } catch (Exception e) {
                throw new IOException("a node could not be ended", e);
            }
        }
    }
}
