package io.sitemonitor.amqp;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;

/**
 * What a fault happens in: a virtual host and a user made for it, with the queue as the old consumer declares it; a wire that
 * leads there; somebody else on the same broker.
 */
final class Scene implements AutoCloseable {

    static final String VIRTUAL_HOST = "suite";
    static final String USER = "suite-user";
    static final String PASSWORD = "s3cr3t-of-the-suite";

    private final RabbitNode node;
    private final RabbitAdmin admin;
    private final Fault.Wiring wiring;
    private final FaultProxy wire;
    private final @Nullable TlsFront front;
    private PlainClient other;
    private @Nullable Subject subject;
    private final Deque<AutoCloseable> openedLater = new ArrayDeque<>();

    private Scene(RabbitNode node, Fault.Wiring wiring) throws Exception {
        this.node = node;
        this.wiring = wiring;
        admin = new RabbitAdmin(node);
        admin.makeAnew(VIRTUAL_HOST, USER, PASSWORD);
        admin.askForHeartbeats(1);
        front = wiring == Fault.Wiring.TLS
                ? TlsFront.before(node.port(), TlsIdentities.showing(TlsIdentities.Shown.RIGHT))
                : null;
        wire = FaultProxy.to(front == null ? node.port() : front.port());
        other = connectOther().declareQueue();
        node.settle();
    }

    static Scene on(RabbitNode node, Fault.Wiring wiring) throws Exception {
        return new Scene(node, wiring);
    }

    /** What the client is told. */
    AmqpBroker broker() throws Exception {
        AmqpBroker broker =
                AmqpBroker.at(uri()).connectTimeout(Duration.ofSeconds(1)).heartbeat(Duration.ofSeconds(1));
        return wiring == Fault.Wiring.TLS ? broker.sslContext(TlsIdentities.trusting()) : broker;
    }

    String uri() {
        int port = wiring == Fault.Wiring.STRAIGHT ? node.port() : wire.port();
        String scheme = wiring == Fault.Wiring.TLS ? "amqps" : "amqp";
        return scheme + "://" + USER + ":" + PASSWORD + "@localhost:" + port + "/" + VIRTUAL_HOST;
    }

    RabbitNode node() {
        return node;
    }

    RabbitAdmin admin() {
        return admin;
    }

    FaultProxy wire() {
        return wire;
    }

    PlainClient other() {
        return other;
    }

    Subject subject() {
        return Objects.requireNonNull(subject, "no client yet");
    }

    void subject(Subject subject) {
        this.subject = subject;
    }

    /** Keeps something open until the scene is over. */
    <T extends AutoCloseable> T keep(T opened) {
        openedLater.push(opened);
        return opened;
    }

    /** Puts somebody else in front of the broker, and ends the connections there are. */
    void leadTo(int port) {
        wire.retarget(port);
        wire.cut();
    }

    /** Puts the broker back where it was. */
    void leadBack() {
        leadTo(front == null ? node.port() : front.port());
    }

    /** Connects the others again after they were thrown out. */
    PlainClient reconnectOther() throws Exception {
        other.close();
        other = connectOther();
        return other;
    }

    /** Starts the broker again, which is then as it was. */
    void restartNode() throws Exception {
        node.restart();
        admin.askForHeartbeats(1);
        reconnectOther();
    }

    void until(String what, Callable<Boolean> condition) {
        waiting(what).until(condition);
    }

    void untilAsserted(ThrowingRunnable assertion) {
        waiting("an assertion").untilAsserted(assertion);
    }

    private static ConditionFactory waiting(String what) {
        return Awaitility.await(what).atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(10));
    }

    /** Takes everything that lies in the queue into the tally. */
    void readQueue() throws IOException {
        Tally tally = subject().tally();
        for (PlainClient.Received message : other.take("alert_queue")) {
            tally.arrived(
                    message.fields().get("site_name"),
                    message.fields().get("site_status"),
                    message.properties().getMessageId(),
                    message.fields().get("alert_id"));
        }
    }

    /** Declares the queue after it was deleted. */
    void declareQueueAnew() throws Exception {
        subject().tally().queueIsEmptyFrom(System.nanoTime());
        reconnectOther().declareQueue();
    }

    @Override
    public void close() throws Exception {
        other.close();
        wire.close();
        for (AutoCloseable opened : openedLater) {
            opened.close();
        }
        if (front != null) {
            front.close();
        }
        // also what a fault left that did not come to its end
        node.revive();
        admin.endAlarms();
        admin.askForHeartbeats(60);
    }

    private PlainClient connectOther() throws Exception {
        return PlainClient.connect("amqp://guest:guest@localhost:" + node.port() + "/" + VIRTUAL_HOST);
    }
}
