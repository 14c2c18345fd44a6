package io.sitemonitor.alert.internal;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.alert.AlertListener;
import io.sitemonitor.alert.AlertPolicy;
import io.sitemonitor.alert.AlertPolicyBuilder;
import io.sitemonitor.alert.Silence;
import io.sitemonitor.check.Evidence;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.event.AlertSkipped;
import io.sitemonitor.event.MonitorEvent;
import io.sitemonitor.schedule.Platform;
import io.sitemonitor.schedule.internal.Timers;
import io.sitemonitor.state.HealthState;
import io.sitemonitor.store.OpenStore;
import io.sitemonitor.store.internal.Keeper;
import io.sitemonitor.testing.ManualTime;
import io.sitemonitor.testing.MemoryStore;
import io.sitemonitor.testing.RecordingAlerts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A router in virtual time, with a store, that can be killed and started again. */
final class RouterStage {

    static final Instant START = Instant.parse("2026-03-02T12:00:00Z"); // a Monday

    private static final String MONITOR = "test";

    private final Map<String, AlertRouter.Registration> listeners = new LinkedHashMap<>();
    private final Map<String, Integer> rounds = new HashMap<>();
    private final Map<String, Instant> since = new HashMap<>();
    private final List<MonitorEvent> events = new ArrayList<>();
    private ManualTime time = ManualTime.startingAt(START);
    private MemoryStore store = new MemoryStore();
    private @Nullable AlertRouter router;
    private @Nullable Keeper keeper;
    private DeadLetters deadLetters = new DeadLetters();
    private Map<String, String> labels = Map.of();
    private List<String> contacts = List.of();
    private boolean numbered;
    private int lives;

    RecordingAlerts listen(String name, Consumer<AlertPolicyBuilder> options) {
        RecordingAlerts listener = new RecordingAlerts();
        listen(name, listener, options);
        return listener;
    }

    void listen(String name, AlertListener listener, Consumer<AlertPolicyBuilder> options) {
        AlertPolicyBuilder builder = AlertPolicy.builder();
        options.accept(builder);
        listeners.put(name, new AlertRouter.Registration(listener, builder.build()));
    }

    AlertRouter router() {
        AlertRouter current = router;
        if (current == null) {
            current = begin();
            router = current;
        }
        return current;
    }

    /** How many processes there have been. */
    int life() {
        return lives;
    }

    private AlertRouter begin() {
        lives++;
        Timers timers = new Timers(time, e -> {
            throw new AssertionError(e);
        });
        Platform.Loop loop = time.loop("test", timers);
        timers.attach(loop);
        deadLetters = new DeadLetters();
        OpenStore open;
        try {
            open = store.open(MONITOR);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Keeper keeps = new Keeper(open, "test-store", time, timers, e -> {});
        keeper = keeps;
        Outbox outbox = new Outbox(keeps);
        try {
            open.read(outbox::recall);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        AlertRouter begun = new AlertRouter(
                new LaneContext(MONITOR, time, timers, events::add, deadLetters), time, listeners, outbox);
        begun.resume();
        return begun;
    }

    /** The process is killed and another one starts at once; what was still to be written is not. */
    void kill() {
        kill(Duration.ZERO);
    }

    void kill(Duration pause) {
        router();
        store = store.copy();
        time = ManualTime.startingAt(time.now().plus(pause));
        router = null;
        router();
        advance(Duration.ZERO);
    }

    /** The process ends in order, and another one starts with other settings. */
    void restart(Runnable settings) {
        end();
        listeners.clear();
        settings.run();
        router();
        advance(Duration.ZERO);
    }

    /** The process ends in order, and another one starts. */
    void restart() {
        end();
        router();
        advance(Duration.ZERO);
    }

    private void end() {
        router().close(Duration.ofSeconds(4));
        Keeper keeps = keeper;
        if (keeps != null) {
            keeps.close(Duration.ofSeconds(4));
        }
        time = ManualTime.startingAt(time.now());
        router = null;
    }

    void failStore(@Nullable IOException failure) {
        store.failWith(failure);
    }

    void advance(Duration duration) {
        router();
        time.advance(duration);
    }

    Instant now() {
        return time.now();
    }

    ManualTime time() {
        return time;
    }

    /** Summaries say which outage of the check it is. */
    RouterStage numbered() {
        numbered = true;
        return this;
    }

    RouterStage labelled(Map<String, String> its) {
        labels = its;
        return this;
    }

    RouterStage concerning(String... its) {
        contacts = List.of(its);
        return this;
    }

    void down(String... checks) {
        for (String check : checks) {
            rounds.merge(check, 1, Integer::sum);
            since.put(check, now());
            router().route(alert(check, AlertKind.DOWN));
        }
        advance(Duration.ZERO);
    }

    void up(String... checks) {
        for (String check : checks) {
            router().route(alert(check, AlertKind.RECOVERED));
        }
        advance(Duration.ZERO);
    }

    void mute(String listener, Duration limit) {
        router().silence(new Silence(listener, null, "holidays", now(), now().plus(limit)));
        advance(Duration.ZERO);
    }

    void snooze(String check, Duration limit) {
        router().silence(new Silence(null, check, "known", now(), now().plus(limit)));
        advance(Duration.ZERO);
    }

    boolean acknowledge(String check) {
        boolean any = router().acknowledge(check, "ann");
        advance(Duration.ZERO);
        return any;
    }

    List<String> skipped() {
        return events.stream()
                .filter(AlertSkipped.class::isInstance)
                .map(AlertSkipped.class::cast)
                .map(skipped -> skipped.listener() + " " + skipped.check() + ": " + skipped.reason())
                .toList();
    }

    List<MonitorEvent> events() {
        return events;
    }

    DeadLetters deadLetters() {
        return deadLetters;
    }

    /** How often a check has gone down. */
    int rounds(String check) {
        return rounds.getOrDefault(check, 0);
    }

    int kept() {
        return store.size(MONITOR);
    }

    Alert alert(String check, AlertKind kind) {
        boolean down = kind.isOpening();
        String incident = check + "#" + rounds.getOrDefault(check, 0);
        Instant began = since.getOrDefault(check, now());
        return new Alert(
                incident + " " + kind,
                incident,
                MONITOR,
                check,
                kind,
                down ? HealthState.UP : HealthState.DOWN,
                down ? HealthState.DOWN : HealthState.UP,
                began,
                now(),
                Duration.between(began, now()),
                FailureKind.CONNECT,
                check + (down ? " is down" : " is up again") + (numbered ? " (" + rounds.get(check) + ")" : ""),
                "tcp://" + check + ".internal:443",
                Evidence.none(),
                labels,
                contacts);
    }

    /** What somebody was told, each as its check and kind. */
    static List<String> told(RecordingAlerts listener) {
        return listener.alerts().stream()
                .map(alert -> alert.check() + " " + alert.kind())
                .toList();
    }
}
