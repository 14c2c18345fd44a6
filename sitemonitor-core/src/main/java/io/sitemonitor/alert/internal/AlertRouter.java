package io.sitemonitor.alert.internal;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertListener;
import io.sitemonitor.alert.AlertPolicy;
import io.sitemonitor.alert.DeadLetter;
import io.sitemonitor.schedule.Platform;
import io.sitemonitor.store.Change;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Gives each alert to the lanes of the listeners that are to be told, and remembers whom it gave what is open. */
public final class AlertRouter {

    /** An alert listener with its policy. */
    public record Registration(AlertListener listener, AlertPolicy policy) {}

    private final LaneContext context;
    private final Platform platform;
    private final Platform.Workers workers;
    private final List<Lane> lanes;
    private final @Nullable Outbox outbox;

    /** Who was told of what has not been closed yet, by incident. */
    private final Map<String, List<Lane>> told = new ConcurrentHashMap<>();

    /**
     * Creates a router; threads come with the first alerts.
     *
     * @param context what lanes need
     * @param platform the clocks and threads
     * @param listeners the listeners by their names
     * @param outbox keeps what is on its way for the next process; null if nothing outlives this one
     */
    public AlertRouter(
            LaneContext context, Platform platform, Map<String, Registration> listeners, @Nullable Outbox outbox) {
        this.context = context;
        this.platform = platform;
        this.workers =
                platform.promptWorkers("sitemonitor-" + context.monitor() + "-alert", Math.max(1, listeners.size()));
        List<Lane> made = new ArrayList<>();
        listeners.forEach((name, registration) ->
                made.add(new Lane(name, registration.listener(), registration.policy(), context, workers, outbox)));
        this.lanes = List.copyOf(made);
        this.outbox = outbox;
    }

    /** Goes on with what an earlier process has left. Before anything is routed. */
    public void resume() {
        Outbox left = outbox;
        if (left == null) {
            return;
        }
        Map<String, Lane> byName = new HashMap<>();
        lanes.forEach(lane -> byName.put(lane.name(), lane));
        left.told()
                .forEach((incident, names) -> told.put(
                        incident,
                        names.stream().map(byName::get).filter(Objects::nonNull).toList()));
        for (Outbox.Left each : left.takeFound()) {
            for (String name : List.copyOf(each.listeners())) {
                Lane lane = byName.get(name);
                if (lane == null) {
                    giveUp(each.alert(), name, left);
                } else {
                    lane.resume(each.alert(), each.acceptedAt());
                }
            }
        }
    }

    private void giveUp(Alert alert, String listener, Outbox left) {
        Lane.giveUp(context, listener, alert, 0, "there is no such alert listener any more");
        left.done(alert, listener);
    }

    /**
     * Accepts an alert for every listener that is to get it. Alerts of one check must come one after the other.
     *
     * @param alert what to tell
     */
    public void route(Alert alert) {
        route(List.of(), List.of(alert));
    }

    /**
     * Accepts alerts for every listener that is to get them, once they are kept together with other changes. Those of one check
     * must come one after the other.
     *
     * @param changes what else is kept
     * @param alerts what to tell
     */
    public void route(List<Change> changes, List<Alert> alerts) {
        Outbox kept = outbox;
        List<Change> all = new ArrayList<>(changes);
        List<Runnable> offers = new ArrayList<>(alerts.size());
        for (Alert alert : alerts) {
            List<Lane> receivers = receivers(alert);
            if (kept != null) {
                keep(kept, alert, receivers, all);
            }
            if (!receivers.isEmpty()) {
                offers.add(() -> receivers.forEach(lane -> lane.offer(alert)));
            }
        }
        if (kept == null) {
            offers.forEach(Runnable::run);
        } else {
            kept.keep(all, () -> offers.forEach(Runnable::run));
        }
    }

    private List<Lane> receivers(Alert alert) {
        if (!alert.kind().isClosing()) {
            return select(alert);
        }
        List<Lane> those = told.remove(alert.incidentId());
        return those == null ? List.of() : those;
    }

    private void keep(Outbox kept, Alert alert, List<Lane> receivers, List<Change> all) {
        List<String> names = receivers.stream().map(Lane::name).toList();
        if (alert.kind().isClosing()) {
            kept.tell(alert.incidentId(), null, all); // also if nobody is left who was told
        } else if (!names.isEmpty()) {
            kept.tell(alert.incidentId(), names, all);
        }
        if (!names.isEmpty()) {
            kept.accept(alert, names, context.time().now(), all);
        }
    }

    /**
     * Counts the alerts that have been accepted and neither delivered nor given up.
     *
     * @return how many alerts wait, over all listeners
     */
    public int waiting() {
        return lanes.stream().mapToInt(Lane::waiting).sum();
    }

    /**
     * Tells how long the alert has been waiting that has waited longest.
     *
     * @param now the monotonic time
     * @return the time since it was accepted, in nanoseconds; zero if none waits
     */
    public long longestWait(long now) {
        return lanes.stream().mapToLong(lane -> lane.longestWait(now)).max().orElse(0);
    }

    /**
     * Returns what was given up.
     *
     * @return the dead letters that are still remembered
     */
    public List<DeadLetter> deadLetters() {
        return context.deadLetters().list();
    }

    /**
     * Hands over what can be handed over within the limit and gives up the rest. Nothing may be routed any more.
     *
     * @param limit how long it may take
     * @return how many alerts could not be handed over
     */
    public int close(Duration limit) {
        lanes.forEach(Lane::hurry);
        platform.await(
                () -> (outbox == null || outbox.isIdle()) && lanes.stream().allMatch(Lane::isEmpty), limit);
        int undelivered = lanes.stream().mapToInt(Lane::giveUpAll).sum();
        workers.close();
        return undelivered;
    }

    private List<Lane> select(Alert alert) {
        List<Lane> selected = new ArrayList<>(lanes.size());
        for (Lane lane : lanes) {
            if (lane.policy().kinds().contains(alert.kind())) {
                selected.add(lane);
            }
        }
        if (!selected.isEmpty()) {
            told.put(alert.incidentId(), selected);
        }
        return selected;
    }
}
