package io.sitemonitor.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Delivery;
import io.sitemonitor.Monitor;
import io.sitemonitor.MonitorBuilder;
import io.sitemonitor.amqp.message.EventMessage;
import io.sitemonitor.amqp.message.SnapshotMessage;
import io.sitemonitor.event.CheckChanged;
import io.sitemonitor.event.MonitorStarted;
import io.sitemonitor.event.RunCompleted;
import io.sitemonitor.event.StateChanged;
import io.sitemonitor.state.Condition;
import io.sitemonitor.state.HealthState;
import io.sitemonitor.testing.ScriptedCheck;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What holds of events and those who follow them, with every broker. */
abstract class EventTrafficContract {

    private static final Duration PERIOD = Duration.ofMillis(200);

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private PlainClient other;

    abstract String uri();

    @BeforeEach
    void connect() throws Exception {
        other = PlainClient.connect(uri());
        other.channel().exchangeDeclare("sitemonitor.events", "topic", true);
    }

    @AfterEach
    void close() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
        other.close();
        await("P24: no thread is left").until(AmqpTrafficContract::ourThreads, List::isEmpty);
    }

    @Test
    @DisplayName("A remote monitor says what the monitor says, whatever happens to its checks")
    void convergesToTheMonitor() throws Exception {
        RemoteMonitor remote = open(remote());
        ScriptedCheck storefront = ScriptedCheck.passing();
        ScriptedCheck gateway = ScriptedCheck.failing("refused");
        Monitor monitor = start(publisher(), check("storefront", storefront).check("gateway", gateway, this::fast));
        assertThat(remote.awaitReady(Duration.ofSeconds(20))).isTrue();
        awaitAgreement(remote, monitor);
        await().until(() -> remote.isUp("storefront") && remote.stateOf("gateway") == HealthState.DOWN);

        storefront.fails("HTTP 503");
        gateway.warns("slow");
        await().until(() -> remote.stateOf("storefront") == HealthState.DOWN && remote.isUp("gateway"));
        monitor.add("payment", ScriptedCheck.passing(), this::fast);
        monitor.remove("gateway");
        await().until(() -> remote.isUp("payment") && !remote.has("gateway"));
        assertThat(remote.stateOf("gateway")).isEqualTo(HealthState.UNKNOWN);
        monitor.openMaintenance("new disks", Duration.ofHours(1), "payment");
        await().until(() -> remote.conditions("payment").size() == 1);
        assertThat(remote.conditions("payment").get(0).reason()).isEqualTo("new disks");
        monitor.pause("payment");
        storefront.passes();
        await().until(() -> remote.isUp("storefront"));
        await("what is not run any more is not known").until(() -> !remote.isUp("payment"));
        awaitAgreement(remote, monitor);
    }

    @Test
    @DisplayName("A monitor that is attached before it starts is told of as soon as it does")
    void tellsOfAMonitorThatStartsLater() throws Exception {
        RemoteMonitor remote = open(remote());
        AmqpEventPublisher publisher =
                publisher().snapshotEvery(Duration.ofHours(1)).open();
        opened.push(publisher);
        Monitor monitor =
                check("storefront", ScriptedCheck.passing()).listener(publisher).build();
        opened.push(monitor);
        publisher.attach(monitor);
        await().until(() -> publisher.isConnected() && remote.isConnected());
        publisher.onEvent(new CheckChanged("test-shop", "other", "x", Instant.EPOCH, CheckChanged.Change.ADDED, false));
        await("what was due before has been looked at").until(() -> publisher.sent() == 1);
        monitor.start();
        await().until(() -> remote.isUp("storefront"));
    }

    @Test
    @DisplayName("Whoever comes late knows everything with the next snapshot")
    void lateFollowerKnowsEverything() throws Exception {
        List<RemoteMonitor.Change> changes = new CopyOnWriteArrayList<>();
        Monitor monitor = start(publisher(), check("storefront", ScriptedCheck.failing("HTTP 503")));
        await().until(() -> monitor.stateOf("storefront") == HealthState.DOWN);
        RemoteMonitor remote = open(remote().onChange(changes::add));
        assertThat(remote.awaitReady(Duration.ofSeconds(20))).isTrue();
        assertThat(remote.stateOf("storefront")).isEqualTo(HealthState.DOWN);
        assertThat(remote.isUp("storefront")).isFalse();
        assertThat(remote.snapshotAge()).isPresent();
        assertThat(remote.status("storefront").orElseThrow().since())
                .isEqualTo(monitor.snapshot().check("storefront").orElseThrow().since());
        await().until(() -> changes.equals(
                List.of(new RemoteMonitor.Change("test-shop", "storefront", HealthState.UNKNOWN, HealthState.DOWN))));
    }

    @Test
    @DisplayName("Anybody can listen in: keys, properties and forms are as documented")
    void anybodyCanListenIn() throws Exception {
        List<Delivery> states = listen("test-shop.*.state");
        List<Delivery> snapshots = listen("*._.snapshot");
        List<Delivery> runs = listen("#.run");
        start(publisher().sampleRuns(1), check("store.front", ScriptedCheck.passing()));
        await().until(() -> !states.isEmpty() && !snapshots.isEmpty() && runs.size() > 2);
        Delivery state = states.get(0);
        assertThat(state.getEnvelope().getRoutingKey()).isEqualTo("test-shop.store_front.state");
        assertThat(state.getProperties().getDeliveryMode()).isEqualTo(1);
        assertThat(state.getProperties().getContentType()).isEqualTo("application/json");
        assertThat(state.getProperties().getType()).isEqualTo("io.sitemonitor.event");
        assertThat(state.getProperties().getAppId()).isEqualTo("sitemonitor");
        assertThat(state.getProperties().getHeaders().get("cloudEvents:type"))
                .hasToString("io.sitemonitor.event.state");
        EventMessage message = EventMessage.decode(state.getBody()).orElseThrow();
        assertThat(state.getProperties().getMessageId())
                .isEqualTo(message.origin().id());
        assertThat(message.event()).isInstanceOf(StateChanged.class);
        assertThat(((StateChanged) message.event()).check()).isEqualTo("store.front");
        assertThat(EventMessage.decode(runs.get(0).getBody()).orElseThrow().event())
                .isInstanceOf(RunCompleted.class);
        SnapshotMessage snapshot = SnapshotMessage.decode(snapshots.get(0).getBody());
        assertThat(snapshot.period()).isEqualTo(PERIOD);
        assertThat(snapshot.origin().epoch()).isEqualTo(message.origin().epoch());
    }

    @Test
    @DisplayName("A large monitor is told in parts")
    void tellsALargeMonitorInParts() throws Exception {
        MonitorBuilder builder = Monitor.named("test-shop");
        for (int i = 0; i < 1_234; i++) {
            builder.check("c" + i, ScriptedCheck.passing(), c -> c.every(Duration.ofHours(1)));
        }
        RemoteMonitor remote = open(remote());
        Monitor monitor = start(publisher(), builder.warmUp(Duration.ZERO));
        await().atMost(Duration.ofSeconds(30)).until(() -> remote.checks().size() == 1_234 && remote.isUp("c1233"));
        awaitAgreement(remote, monitor);
    }

    @Test
    @DisplayName(
            "When the monitor is closed nothing is known at once; its successor is followed as soon as it has told all")
    void followsTheSuccessor() throws Exception {
        List<String> told = new CopyOnWriteArrayList<>();
        RemoteMonitor remote =
                open(remote().onChange(change -> told.add(change.check() + " " + change.from() + " " + change.to()))
                        .onFreshness(news -> told.add(news.monitor() + (news.fresh() ? " is fresh" : " is stale"))));
        AmqpEventPublisher first =
                publisher().snapshotEvery(Duration.ofMinutes(10)).open();
        Monitor monitor =
                check("storefront", ScriptedCheck.passing()).listener(first).start();
        await().until(() -> monitor.isUp("storefront") && first.isConnected());
        first.attach(monitor);
        await().until(() -> remote.isUp("storefront"));
        monitor.close();
        first.close();
        await("long before three periods are over").until(() -> !remote.isFresh());
        assertThat(remote.isUp("storefront")).isFalse();
        assertThat(remote.stateOf("storefront")).isEqualTo(HealthState.UNKNOWN);
        assertThat(remote.has("storefront")).isTrue();

        Monitor next = start(publisher(), check("gateway", ScriptedCheck.passing()));
        await().until(() -> remote.isUp("gateway") && !remote.has("storefront"));
        awaitAgreement(remote, next);
        await().until(() -> told.containsAll(List.of("gateway UNKNOWN UP", "storefront UP UNKNOWN"))
                && Collections.frequency(told, "test-shop is fresh") > 1);
        assertThat(told).startsWith("storefront UNKNOWN UP", "test-shop is fresh", "test-shop is stale");
        assertThat(told.indexOf("storefront UP UNKNOWN")).isLessThan(told.lastIndexOf("test-shop is fresh"));
    }

    @Test
    @DisplayName("Of two that tell of a monitor of one name the one started last is followed")
    void followsTheOneStartedLast() throws Exception {
        RemoteMonitor remote = open(remote());
        start(publisher(), check("storefront", ScriptedCheck.failing("HTTP 503")));
        await().until(() -> remote.stateOf("storefront") == HealthState.DOWN);
        start(publisher(), check("storefront", ScriptedCheck.passing()));
        await().until(() -> remote.isUp("storefront"));
        long ignored = remote.ignored();
        await().until(() -> remote.ignored() > ignored + 3);
        assertThat(remote.isUp("storefront")).isTrue();
        opened.pop().close();
        opened.pop().close();
        await("the other one is all that is left").until(() -> remote.stateOf("storefront") == HealthState.DOWN);
    }

    @Test
    @DisplayName("What cannot be read is counted and harms nothing")
    void passesOverNonsense() throws Exception {
        RemoteMonitor remote = open(remote());
        start(publisher(), check("storefront", ScriptedCheck.passing()));
        await().until(() -> remote.isUp("storefront"));
        for (String type : new String[] {SnapshotMessage.TYPE, EventMessage.TYPE, "other", null}) {
            other.channel()
                    .basicPublish(
                            "sitemonitor.events",
                            "test-shop.x.y",
                            new com.rabbitmq.client.AMQP.BasicProperties.Builder()
                                    .type(type)
                                    .build(),
                            "{\"version\":".getBytes(StandardCharsets.UTF_8));
        }
        await().until(() -> remote.unreadable() == 2);
        assertThat(remote.isConnected()).isTrue();
        assertThat(remote.isUp("storefront")).isTrue();
    }

    @Test
    @DisplayName("An event that cannot be written costs nothing but itself")
    void survivesWhatItCannotWrite() throws Exception {
        List<Delivery> started = listen("#.started");
        AmqpEventPublisher publisher = publisher().open();
        opened.push(publisher);
        await().until(publisher::isConnected);
        publisher.onEvent(new MonitorStarted("test-shop", Instant.MAX, 1));
        publisher.onEvent(new MonitorStarted("test-shop", Instant.EPOCH, 2));
        await().until(() -> !started.isEmpty());
        assertThat(started).hasSize(1);
        EventMessage message = EventMessage.decode(started.get(0).getBody()).orElseThrow();
        assertThat(message.event()).isEqualTo(new MonitorStarted("test-shop", Instant.EPOCH, 2));
        assertThat(message.origin().number()).isEqualTo(2);
    }

    @Test
    @DisplayName("An exchange that is deleted comes back, and with it everybody who listens")
    void survivesTheDeletionOfTheExchange() throws Exception {
        RemoteMonitor remote = open(remote());
        ScriptedCheck storefront = ScriptedCheck.passing();
        Monitor monitor = start(publisher(), check("storefront", storefront));
        await().until(() -> remote.isUp("storefront"));
        other.channel().exchangeDelete("sitemonitor.events");
        storefront.fails("HTTP 503");
        await().atMost(Duration.ofSeconds(30)).until(() -> !remote.isFresh());
        await().atMost(Duration.ofSeconds(30)).until(() -> remote.stateOf("storefront") == HealthState.DOWN);
        awaitAgreement(remote, monitor);
    }

    @Test
    @DisplayName("A listener that throws harms nobody")
    void survivesBadListeners() throws Exception {
        List<HealthState> told = new CopyOnWriteArrayList<>();
        List<String> failed = new CopyOnWriteArrayList<>();
        RemoteMonitor remote = open(remote().onChange(change -> {
                    failed.add(change.to().name());
                    throw new StackOverflowError("deep");
                })
                .onFreshness(news -> {
                    failed.add(news.monitor());
                    throw new AssertionError(news);
                })
                .onChange(change -> told.add(change.to())));
        ScriptedCheck storefront = ScriptedCheck.passing();
        start(publisher(), check("storefront", storefront));
        await().until(() -> told.contains(HealthState.UP));
        storefront.fails("HTTP 503");
        await().until(() -> told.contains(HealthState.DOWN));
        assertThat(failed).contains("UP", "test-shop", "DOWN");
        assertThat(remote.stateOf("storefront")).isEqualTo(HealthState.DOWN);
    }

    @Test
    @DisplayName("Both tell and count what happens to their connections")
    void tellsAndCounts() throws Exception {
        List<AmqpEvent> events = new CopyOnWriteArrayList<>();
        AmqpEventPublisher publisher = publisher().listener(events::add).open();
        opened.push(publisher);
        RemoteMonitor remote = open(remote().listener(events::add));
        await().until(() -> events.size() == 2);
        assertThat(events)
                .extracting(AmqpEvent::kind, AmqpEvent::name, AmqpEvent::role)
                .containsExactlyInAnyOrder(
                        tuple(AmqpEvent.Kind.CONNECTED, "test-shop", "events"),
                        tuple(AmqpEvent.Kind.CONNECTED, "test-shop", "remote"));
        assertThat(publisher.name()).isEqualTo("test-shop");
        assertThat(publisher.state()).isEqualTo(AmqpState.CONNECTED);
        assertThat(remote.state()).isEqualTo(AmqpState.CONNECTED);
        assertThat(publisher.connections()).isEqualTo(1);
        assertThat(remote.connections()).isEqualTo(1);
        assertThat(publisher.sent()).isZero();
        publisher.onEvent(new MonitorStarted("test-shop", Instant.EPOCH, 1));
        await().until(() -> publisher.sent() == 1);
        assertThat(publisher.waiting()).isZero();
        Monitor monitor = check("storefront", ScriptedCheck.passing()).start();
        opened.push(monitor);
        publisher.attach(monitor);
        await("snapshots count").until(() -> publisher.sent() > 2);
        publisher.close();
        remote.close();
        assertThat(publisher.state()).isEqualTo(AmqpState.CLOSED);
        assertThat(remote.state()).isEqualTo(AmqpState.CLOSED);
    }

    @Test
    void needsTheNameOfAMonitor() {
        assertThatThrownBy(() -> RemoteMonitor.follow(uri()).open())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("name the monitor to follow: call monitor(name)");
    }

    private List<Delivery> listen(String pattern) throws Exception {
        List<Delivery> deliveries = new CopyOnWriteArrayList<>();
        String queue = other.channel().queueDeclare().getQueue();
        other.channel().queueBind(queue, "sitemonitor.events", pattern);
        other.channel().basicConsume(queue, true, (tag, delivery) -> deliveries.add(delivery), tag -> {});
        return deliveries;
    }

    static void awaitAgreement(RemoteMonitor remote, Monitor monitor) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(view(remote)).isEqualTo(view(monitor)));
    }

    private static Set<String> view(RemoteMonitor remote) {
        return remote.checks().stream()
                .map(check -> check + remote.stateOf(check) + remote.isUp(check) + kinds(remote.conditions(check)))
                .collect(Collectors.toSet());
    }

    private static Set<String> view(Monitor monitor) {
        return monitor.snapshot().checks().stream()
                .map(check -> check.name() + check.state() + monitor.isUp(check.name()) + kinds(check.conditions()))
                .collect(Collectors.toSet());
    }

    private static List<String> kinds(List<Condition> conditions) {
        return conditions.stream()
                .map(condition -> condition.kind().name())
                .sorted()
                .toList();
    }

    private MonitorBuilder check(String name, ScriptedCheck check) {
        return Monitor.named("test-shop").check(name, check, this::fast);
    }

    void fast(io.sitemonitor.definition.CheckSettingsBuilder c) {
        c.every(Duration.ofMillis(300))
                .timeout(Duration.ofMillis(300))
                .downAfter(1)
                .upAfter(1)
                .degradedAfter(1);
    }

    AmqpEventPublisher.Builder publisher() {
        return AmqpEventPublisher.to(uri()).named("test-shop").snapshotEvery(PERIOD);
    }

    RemoteMonitor.Builder remote() {
        return RemoteMonitor.follow(uri()).monitor("test-shop");
    }

    private RemoteMonitor open(RemoteMonitor.Builder builder) {
        RemoteMonitor remote = builder.open();
        opened.push(remote);
        return remote;
    }

    private Monitor start(AmqpEventPublisher.Builder builder, MonitorBuilder monitor) {
        AmqpEventPublisher publisher = builder.open();
        opened.push(publisher);
        Monitor started = monitor.listener(publisher).start();
        opened.push(started);
        publisher.attach(started);
        return started;
    }
}
