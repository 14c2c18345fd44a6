package io.sitemonitor;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.event.IncidentClosed;
import io.sitemonitor.event.StoreFailed;
import io.sitemonitor.state.HealthState;
import io.sitemonitor.store.Change;
import io.sitemonitor.store.OpenStore;
import io.sitemonitor.store.Store;
import io.sitemonitor.testing.ManualTime;
import io.sitemonitor.testing.MemoryStore;
import io.sitemonitor.testing.RecordingAlerts;
import io.sitemonitor.testing.RecordingListener;
import io.sitemonitor.testing.ScriptedCheck;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("P1, P2: what is open survives the end of the process")
class MonitorRestartTest {

    private final ScriptedCheck shop = ScriptedCheck.passing();
    private final RecordingAlerts alerts = new RecordingAlerts();
    private final RecordingListener events = new RecordingListener();
    private final List<Monitor> monitors = new ArrayList<>();
    private MemoryStore store = new MemoryStore();
    private ManualTime time = ManualTime.startingAt(Instant.parse("2026-03-01T12:00:00Z"));

    @AfterEach
    void close() {
        monitors.forEach(Monitor::close);
    }

    private Monitor start(Consumer<MonitorBuilder> more) {
        MonitorBuilder builder = Monitor.named("test")
                .runOn(time)
                .warmUp(Duration.ZERO)
                .store(store)
                .listener(events)
                .alert(alerts, p -> p.named("pager"));
        more.accept(builder);
        Monitor monitor = builder.start();
        monitors.add(monitor);
        return monitor;
    }

    private Monitor start() {
        return start(builder -> builder.check("shop", shop, c -> c.every(ofSeconds(10))));
    }

    /** The process ends at once; nothing of it is heard any more. */
    private void kill(Duration away) {
        store = store.copy();
        time = ManualTime.startingAt(time.now().plus(away));
        alerts.clear();
        events.clear();
    }

    private List<String> told() {
        return alerts.alerts().stream()
                .map(alert -> alert.kind() + " " + alert.check() + " after "
                        + alert.duration().toSeconds() + " s")
                .toList();
    }

    private Alert goDown() {
        start();
        time.advance(ofSeconds(60));
        shop.fails("away");
        time.advance(ofSeconds(30));
        assertThat(alerts.kinds()).containsExactly(AlertKind.DOWN);
        return alerts.alerts().get(0);
    }

    @Test
    @DisplayName("An outage is told once and closed once, and lasted as long as it did")
    void outageGoesOn() {
        Alert down = goDown();
        kill(ofMinutes(5));
        Monitor monitor = start();
        assertThat(monitor.stateOf("shop")).isEqualTo(HealthState.DOWN);
        time.advance(ofMinutes(10));
        assertThat(told()).isEmpty();
        assertThat(monitor.incidents().open()).hasSize(1);

        shop.passes();
        time.advance(ofMinutes(10));

        Alert recovered = alerts.alerts().get(0);
        assertThat(recovered.kind()).isEqualTo(AlertKind.RECOVERED);
        assertThat(recovered.incidentId()).isEqualTo(down.incidentId());
        assertThat(recovered.since()).isEqualTo(down.since());
        assertThat(recovered.duration()).isBetween(ofMinutes(15), ofMinutes(21));
        assertThat(alerts.alerts()).hasSize(1);
        assertThat(monitor.incidents().open()).isEmpty();
        assertThat(store.size("test")).isZero();
    }

    @Test
    @DisplayName("An outage that ended while the process was away is closed")
    void endedMeanwhile() {
        goDown();
        shop.passes();
        kill(ofMinutes(5));
        start();
        time.advance(ofSeconds(20));

        assertThat(told()).containsExactly("RECOVERED shop after 320 s");
    }

    @Test
    @DisplayName(
            "An alert that was not delivered is delivered by the next process, with the same id, before what follows upon it")
    void alertsOnTheirWay() {
        alerts.failWith(new IOException("away"));
        start();
        time.advance(ofSeconds(60));
        shop.fails("away");
        time.advance(ofSeconds(30));
        String id = alerts.attempts().get(0).id();
        shop.passes();
        time.advance(ofSeconds(30));
        alerts.failWith(null);
        kill(ofSeconds(1));
        start();
        time.advance(ofSeconds(30));

        assertThat(alerts.kinds()).containsExactly(AlertKind.DOWN, AlertKind.RECOVERED);
        assertThat(alerts.alerts().get(0).id()).isEqualTo(id);
        assertThat(store.size("test")).isZero();

        kill(ofSeconds(1));
        start();
        time.advance(ofMinutes(10));
        assertThat(told()).isEmpty();
    }

    @Test
    @DisplayName("A close keeps what could not be handed over")
    void closed() {
        alerts.failWith(new IOException("away"));
        Monitor monitor = start();
        time.advance(ofSeconds(60));
        shop.fails("away");
        time.advance(ofSeconds(30));
        monitor.close();
        assertThat(monitor.alerts().deadLetters()).isEmpty();
        alerts.clear();
        alerts.failWith(null);

        Monitor next = start();
        time.advance(ofSeconds(10));
        assertThat(alerts.kinds()).containsExactly(AlertKind.DOWN);
        assertThat(next.alerts().deadLetters()).isEmpty();
    }

    /** What the next process finds if this one ends after a write, and what was told by then. */
    private record Moment(MemoryStore left, ManualTime time, List<Alert> told) {}

    @Test
    @DisplayName("Whichever write is the last one of a process: the outage is told and closed, under one id each")
    void endsAfterAnyWrite() {
        List<Moment> moments = new ArrayList<>();
        MemoryStore written = store;
        Store noting = name -> new NotingStore(
                written.open(name),
                () -> moments.add(new Moment(
                        written.copy(), ManualTime.startingAt(time.now().plusSeconds(5)), alerts.alerts())));
        monitors.add(Monitor.named("test")
                .runOn(time)
                .warmUp(Duration.ZERO)
                .store(noting)
                .alert(alerts, p -> p.named("pager"))
                .check("shop", shop, c -> c.every(ofSeconds(10)))
                .start());
        time.advance(ofSeconds(60));
        shop.fails("away");
        time.advance(ofMinutes(2));
        assertThat(moments).hasSizeGreaterThanOrEqualTo(2);
        for (Moment moment : List.copyOf(moments)) {
            store = moment.left();
            time = moment.time();
            alerts.clear();
            shop.fails("away");
            start();
            time.advance(ofMinutes(2));
            shop.passes();
            time.advance(ofMinutes(10));

            Map<String, AlertKind> all = new LinkedHashMap<>();
            moment.told().forEach(alert -> all.put(alert.id(), alert.kind()));
            alerts.alerts().forEach(alert -> all.put(alert.id(), alert.kind()));
            assertThat(all.values()).containsExactly(AlertKind.DOWN, AlertKind.RECOVERED);
        }
    }

    /** Tells after each write. */
    private record NotingStore(OpenStore store, Runnable written) implements OpenStore {

        @Override
        public void read(BiConsumer<String, byte[]> reader) throws IOException {
            store.read(reader);
        }

        @Override
        public List<String> losses() {
            return store.losses();
        }

        @Override
        public void write(List<Change> changes) throws IOException {
            store.write(changes);
            written.run();
        }

        @Override
        public void close() {
            store.close();
        }
    }

    @Test
    void onlyThoseWhoWereToldAreToldOfTheEnd() {
        RecordingAlerts chat = new RecordingAlerts();
        RecordingAlerts picky = new RecordingAlerts();
        Consumer<MonitorBuilder> all = builder -> builder.check("shop", shop, c -> c.every(ofSeconds(10)))
                .alert(chat, p -> p.named("chat"))
                .alert(picky, p -> p.named("picky").when(alert -> alert.kind() != AlertKind.DOWN));
        start(all);
        time.advance(ofSeconds(60));
        shop.fails("away");
        time.advance(ofSeconds(30));
        kill(ofSeconds(1));
        RecordingAlerts late = new RecordingAlerts();
        start(all.andThen(builder -> builder.alert(late, p -> p.named("late"))));
        shop.passes();
        time.advance(ofMinutes(10));

        assertThat(alerts.kinds()).containsExactly(AlertKind.RECOVERED);
        assertThat(chat.kinds()).containsExactly(AlertKind.DOWN, AlertKind.RECOVERED);
        assertThat(picky.kinds()).isEmpty();
        assertThat(late.kinds()).isEmpty();
    }

    @Test
    @DisplayName("A check that is gone after a restart is no longer monitored, and its listeners are told so")
    void goneAfterwards() {
        goDown();
        kill(ofMinutes(1));
        Monitor monitor = start(builder -> builder.check("other", ScriptedCheck.passing()));
        time.advance(ofSeconds(59));
        assertThat(told()).isEmpty();
        time.advance(ofSeconds(2));

        assertThat(alerts.kinds()).containsExactly(AlertKind.ENDED);
        assertThat(events.events(IncidentClosed.class)).hasSize(1);
        assertThat(monitor.incidents().open()).isEmpty();
        assertThat(store.size("test")).isZero();
    }

    @Test
    @DisplayName("Another check of the same name proves for itself that the outage is over")
    void anotherCheck() {
        goDown();
        kill(ofMinutes(1));
        Monitor monitor = start(builder -> builder.check("shop", context -> CheckResult.pass()));
        assertThat(monitor.stateOf("shop")).isEqualTo(HealthState.UNKNOWN);
        time.advance(ofMinutes(2));

        assertThat(alerts.kinds()).containsExactly(AlertKind.RECOVERED);
    }

    @Test
    @DisplayName("An outage that was held is told by the next process if it still lasts")
    void heldOutage() {
        Monitor first = start();
        time.advance(ofSeconds(60));
        first.openMaintenance("moving", ofMinutes(30), "shop");
        shop.fails("away");
        time.advance(ofMinutes(5));
        assertThat(told()).isEmpty();
        kill(ofSeconds(10));
        start();
        time.advance(ofSeconds(30));

        assertThat(alerts.kinds()).containsExactly(AlertKind.DOWN);
        assertThat(alerts.alerts().get(0).duration()).isGreaterThanOrEqualTo(ofMinutes(5));
    }

    @Test
    @DisplayName("A store that cannot be written holds nothing up, and gets everything later")
    void brokenStore() {
        start();
        time.advance(ofSeconds(60));
        store.failWith(new IOException("no room"));
        shop.fails("away");
        time.advance(ofSeconds(30));

        assertThat(alerts.kinds()).containsExactly(AlertKind.DOWN);
        assertThat(events.events(StoreFailed.class))
                .isNotEmpty()
                .first()
                .satisfies(failed -> assertThat(failed.reason()).isEqualTo("no room"));
        assertThat(store.size("test")).isZero();
        store.failWith(null);
        time.advance(ofMinutes(2));
        kill(ofSeconds(10));
        start();
        shop.passes();
        time.advance(ofMinutes(10));
        assertThat(alerts.kinds()).containsExactly(AlertKind.RECOVERED);
    }

    @Test
    void aStoreThatCannotBeOpenedIsToldAndAllElseGoesOn() {
        MonitorBuilder builder = Monitor.named("test")
                .runOn(time)
                .warmUp(Duration.ZERO)
                .store(monitor -> {
                    throw new IOException("read-only file system");
                })
                .listener(events)
                .alert(alerts)
                .check("shop", shop.fails("away"), c -> c.every(ofSeconds(10)));
        monitors.add(builder.start());
        time.advance(ofMinutes(1));

        assertThat(events.events(StoreFailed.class))
                .singleElement()
                .satisfies(failed -> assertThat(failed.reason()).isEqualTo("read-only file system"));
        assertThat(alerts.kinds()).containsExactly(AlertKind.DOWN);
    }

    @Test
    @DisplayName("Two monitors of one name do not share a store: each would tell everything")
    void taken() {
        start();
        assertThatIllegalStateException()
                .isThrownBy(this::start)
                .withMessage("monitor 'test' is running already with this store: the records of 'test' are in use");
    }

    @Test
    @DisplayName("Where nobody is left who was told of an outage, its end leaves nothing behind")
    void nobodyLeftWhoWasTold() {
        goDown();
        kill(ofSeconds(10));
        shop.passes();
        RecordingAlerts other = new RecordingAlerts();
        monitors.add(Monitor.named("test")
                .runOn(time)
                .warmUp(Duration.ZERO)
                .store(store)
                .alert(other, p -> p.named("other"))
                .check("shop", shop, c -> c.every(ofSeconds(10)))
                .start());
        time.advance(ofMinutes(5));

        assertThat(other.alerts()).isEmpty();
        assertThat(store.size("test")).isZero();
    }

    @Test
    @DisplayName("A monitor that was offline and has no proofs any more after a restart closes that")
    void isolationWithoutProofs() {
        ScriptedCheck gateway = ScriptedCheck.passing();
        start(builder ->
                builder.check("gateway", gateway, c -> c.every(ofSeconds(10))).onlineWhen(1, "gateway"));
        time.advance(ofSeconds(60));
        gateway.fails("no line");
        time.advance(ofMinutes(1));
        assertThat(alerts.kinds()).contains(AlertKind.ISOLATED);
        kill(ofSeconds(10));
        start();
        time.advance(ofMinutes(2));

        assertThat(alerts.alerts())
                .filteredOn(alert -> alert.kind() == AlertKind.ISOLATION_ENDED)
                .singleElement()
                .satisfies(alert -> assertThat(alert.summary())
                        .isEqualTo("test has no checks any more that prove that it is online"));
        assertThat(store.size("test")).isZero();
    }

    @Test
    @DisplayName("A monitor that was offline when its process ended says once that it is online again")
    void isolation() {
        ScriptedCheck gateway = ScriptedCheck.passing();
        Consumer<MonitorBuilder> proven = builder -> builder.check("gateway", gateway, c -> c.every(ofSeconds(10)))
                .check("shop", shop, c -> c.every(ofSeconds(10)))
                .onlineWhen(1, "gateway");
        start(proven);
        time.advance(ofSeconds(60));
        gateway.fails("no line");
        shop.fails("no line");
        time.advance(ofMinutes(1));
        assertThat(alerts.kinds()).containsExactly(AlertKind.ISOLATED);
        String incident = alerts.alerts().get(0).incidentId();

        kill(ofMinutes(5));
        Monitor monitor = start(proven);
        time.advance(ofMinutes(1));
        assertThat(told()).isEmpty();
        assertThat(monitor.snapshot().isolation()).isNotNull();
        gateway.passes();
        shop.passes();
        time.advance(ofMinutes(1));
        assertThat(alerts.kinds()).containsExactly(AlertKind.ISOLATION_ENDED);
        assertThat(alerts.alerts().get(0).incidentId()).isEqualTo(incident);
        assertThat(alerts.alerts().get(0).duration()).isGreaterThan(ofMinutes(6));
        assertThat(store.size("test")).isZero();
    }

    @Test
    @DisplayName("A check that was flapping has calmed only once it has been looked at")
    void flapping() {
        Consumer<MonitorBuilder> restless = builder -> builder.check(
                "shop",
                shop,
                c -> c.every(ofSeconds(10)).downAfter(1).upAfter(1).flapAfter(3, ofMinutes(10)));
        start(restless);
        for (int i = 0; i < 4; i++) {
            time.advance(ofSeconds(30));
            shop.fails("away");
            time.advance(ofSeconds(30));
            shop.passes();
        }
        time.advance(ofSeconds(30));
        assertThat(alerts.kinds()).endsWith(AlertKind.FLAPPING);
        String incident = alerts.alerts().get(alerts.alerts().size() - 1).incidentId();
        kill(ofSeconds(10));
        shop.fails("away");
        start(restless);
        time.advance(ofSeconds(30));

        assertThat(alerts.alerts())
                .filteredOn(alert -> alert.incidentId().equals(incident))
                .extracting(alert -> alert.kind() + " " + alert.to())
                .containsExactly("FLAPPING_ENDED DOWN");
        shop.passes();
        time.advance(ofMinutes(5));
        assertThat(store.size("test")).isZero();
    }

    @Test
    void nothingIsKeptOfWhatIsWell() {
        start();
        time.advance(ofMinutes(30));

        assertThat(store.size("test")).isZero();
    }
}
