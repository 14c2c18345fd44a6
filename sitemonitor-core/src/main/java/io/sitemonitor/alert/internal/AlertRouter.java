package io.sitemonitor.alert.internal;

import io.sitemonitor.alert.Acknowledgement;
import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.alert.AlertListener;
import io.sitemonitor.alert.AlertPolicy;
import io.sitemonitor.alert.AsyncAlertListener;
import io.sitemonitor.alert.DeadLetter;
import io.sitemonitor.alert.PlannedAlert;
import io.sitemonitor.alert.Silence;
import io.sitemonitor.alert.internal.Backlog.Delivery;
import io.sitemonitor.event.AlertAcknowledged;
import io.sitemonitor.event.SilenceChanged;
import io.sitemonitor.incident.StableId;
import io.sitemonitor.schedule.Platform;
import io.sitemonitor.store.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives each alert to the lanes of the listeners that are to be told, and remembers whom it gave what is open. */
public final class AlertRouter {

    /** An alert listener with its policy. */
    public record Registration(AlertListener listener, AlertPolicy policy) {}

    private static final Logger LOG = LoggerFactory.getLogger(AlertRouter.class);

    private final LaneContext context;
    private final Platform platform;
    private final Platform.Workers workers;
    private final List<Lane> lanes;
    private final Map<String, Lane> byName = new HashMap<>();
    private final @Nullable Outbox outbox;
    private final Commands commands = new Commands();

    /**
     * Something that was told and has not been closed yet.
     *
     * @param opening what was told
     * @param lanes who was told
     */
    private record Told(Alert opening, List<Lane> lanes) {

        Told with(Lane lane) {
            List<Lane> more = new ArrayList<>(lanes);
            if (!more.contains(lane)) {
                more.add(lane);
            }
            return new Told(opening, List.copyOf(more));
        }
    }

    /** What was told and has not been closed yet, by incident. */
    private final Map<String, Told> told = new ConcurrentHashMap<>();

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
        // what an asynchronous listener is told no longer to answer must not take the place of another listener
        int places = listeners.values().stream()
                .mapToInt(each -> each.listener() instanceof AsyncAlertListener ? 2 : 1)
                .sum();
        this.workers = platform.promptWorkers("sitemonitor-" + context.monitor() + "-alert", Math.max(1, places));
        List<Lane> made = new ArrayList<>();
        listeners.forEach((name, registration) -> made.add(new Lane(
                name,
                registration.listener(),
                registration.policy(),
                context,
                workers,
                outbox,
                commands,
                this::spill)));
        this.lanes = List.copyOf(made);
        lanes.forEach(lane -> byName.put(lane.name(), lane));
        this.outbox = outbox;
    }

    /** Goes on with what an earlier process has left. Before anything is routed. */
    public void resume() {
        Outbox left = outbox;
        if (left == null) {
            return;
        }
        PolicyRecords policies = left.takePolicies();
        policies.silences.forEach(commands::add);
        policies.acknowledgements.forEach(commands::acknowledge);
        policies.deadLetters.values().stream()
                .sorted(Comparator.comparing(DeadLetter::at))
                .forEach(context.deadLetters()::restore);
        policies.budgets.forEach(each -> onLane(each.listener(), lane -> lane.resumeBudget(each.day(), each.used())));
        policies.storms.forEach(each -> onLane(each.getKey(), lane -> lane.resumeStorm(each.getValue())));
        left.told().forEach((incident, each) -> told.put(incident, new Told(each.opening(), named(each.listeners()))));
        Set<String> onTheirWay = new HashSet<>();
        Set<String> ids = new HashSet<>();
        for (Outbox.Left each : left.takeFound()) {
            for (String name : List.copyOf(each.listeners())) {
                ids.add(each.alert().id());
                onTheirWay.add(each.alert().id() + name);
                Lane lane = byName.get(name);
                if (lane == null) {
                    String reason = "there is no such alert listener any more";
                    new LaneReports(name, context, left).givenUp(new Delivery(each.alert(), 0, 0), reason);
                } else {
                    lane.resume(each.alert(), each.acceptedAt());
                }
            }
        }
        told.values()
                .forEach(open -> open.lanes().stream()
                        .filter(lane -> !onTheirWay.contains(open.opening().id() + lane.name()))
                        .forEach(lane -> lane.resumeTold(open.opening())));
        forgetSilences(left);
        lanes.forEach(lane -> lane.resumed(ids));
    }

    private void onLane(String name, Consumer<Lane> action) {
        Lane lane = byName.get(name);
        if (lane != null) {
            action.accept(lane);
        }
    }

    private List<Lane> named(List<String> names) {
        return names.stream().map(byName::get).filter(Objects::nonNull).toList();
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
            } else if (alert.kind().isClosing()) {
                commands.forget(alert.incidentId());
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
        if (alert.kind().isOpening()) {
            return select(alert);
        }
        Told those = alert.kind().isClosing() ? told.remove(alert.incidentId()) : told.get(alert.incidentId());
        return those == null ? List.of() : those.lanes();
    }

    private void keep(Outbox kept, Alert alert, List<Lane> receivers, List<Change> all) {
        List<String> names = receivers.stream().map(Lane::name).toList();
        if (alert.kind().isClosing()) {
            kept.close(alert.incidentId(), all); // also if nobody is left who was told
            if (commands.forget(alert.incidentId())) {
                all.add(PolicyRecords.notAcknowledged(alert.incidentId()));
            }
        } else if (alert.kind().isOpening() && !names.isEmpty()) {
            kept.tell(alert, names, all);
        }
        if (!names.isEmpty()) {
            kept.accept(alert, names, context.time().now(), all);
        }
    }

    /**
     * Notes that somebody has taken on what is open of a check, and tells so whoever was told of it.
     *
     * @param check the name of the check
     * @param by who, in one line
     * @return whether anything was told of it that is open and that nobody had taken on
     */
    public boolean acknowledge(String check, String by) {
        boolean any = false;
        for (Told open : List.copyOf(told.values())) {
            Alert opening = open.opening();
            Acknowledgement acknowledgement = new Acknowledgement(
                    opening.incidentId(), check, by, context.time().now());
            if (opening.check().equals(check) && commands.acknowledge(acknowledgement)) {
                any = true;
                LOG.info("[{}] {} is acknowledged by {}", context.monitor(), check, by);
                context.events()
                        .accept(new AlertAcknowledged(
                                context.monitor(), check, acknowledgement.incidentId(), acknowledgement.at(), by));
                route(
                        outbox == null ? List.of() : List.of(PolicyRecords.acknowledged(acknowledgement)),
                        List.of(acknowledged(opening, acknowledgement)));
            }
        }
        if (any) {
            lanes.forEach(Lane::reconsider);
        }
        return any;
    }

    private static Alert acknowledged(Alert opening, Acknowledgement acknowledgement) {
        return new Alert(
                StableId.of("alert", opening.incidentId(), AlertKind.ACKNOWLEDGED.name()),
                opening.incidentId(),
                opening.monitor(),
                opening.check(),
                AlertKind.ACKNOWLEDGED,
                opening.to(),
                opening.to(),
                opening.since(),
                acknowledgement.at(),
                Duration.between(opening.since(), acknowledgement.at()),
                opening.failure(),
                opening.check() + " is acknowledged by " + acknowledgement.by(),
                opening.target(),
                opening.evidence(),
                opening.labels(),
                opening.contacts());
    }

    /**
     * Returns what somebody has taken on that is not over.
     *
     * @return a copy
     */
    public List<Acknowledgement> acknowledgements() {
        return commands.acknowledgements();
    }

    /**
     * Spares a listener or a check for a while.
     *
     * @param silence what is not to be told
     * @throws IllegalArgumentException if there is no such listener
     */
    public void silence(Silence silence) {
        requireListener(silence.listener());
        commands.add(silence);
        if (outbox != null) {
            outbox.keep(List.of(PolicyRecords.silence(silence)));
            forgetSilences(outbox);
        }
        LOG.info(
                "[{}] {} until {}: {}",
                context.monitor(),
                silence.check() == null
                        ? "alert listener '" + silence.listener() + "' is muted"
                        : silence.check() + " is snoozed",
                silence.until(),
                silence.reason());
        context.events()
                .accept(new SilenceChanged(
                        context.monitor(),
                        silence.listener(),
                        silence.check(),
                        context.time().now(),
                        silence.until(),
                        silence.reason()));
        lanes.forEach(Lane::reconsider);
    }

    /**
     * Ends a silence. Does nothing if there is none.
     *
     * @param listener the listener that was spared; null if it was a check
     * @param check the check that was spared; null if it was a listener
     * @throws IllegalArgumentException if there is no such listener
     */
    public void endSilence(@Nullable String listener, @Nullable String check) {
        requireListener(listener);
        if (commands.remove(listener, check)) {
            if (outbox != null) {
                outbox.keep(List.of(PolicyRecords.noSilence(listener, check)));
            }
            LOG.info(
                    "[{}] {} any more",
                    context.monitor(),
                    check == null ? "alert listener '" + listener + "' is not muted" : check + " is not snoozed");
            context.events()
                    .accept(new SilenceChanged(
                            context.monitor(), listener, check, context.time().now(), null, ""));
            lanes.forEach(Lane::reconsider);
        }
    }

    private void requireListener(@Nullable String listener) {
        if (listener != null && !byName.containsKey(listener)) {
            throw new IllegalArgumentException(
                    "monitor '" + context.monitor() + "' has no alert listener named '" + listener + "'; there are "
                            + lanes.stream().map(Lane::name).toList());
        }
    }

    private void forgetSilences(Outbox kept) {
        List<Change> ended = commands.removeEnded(context.time().now()).stream()
                .map(silence -> PolicyRecords.noSilence(silence.listener(), silence.check()))
                .toList();
        if (!ended.isEmpty()) {
            kept.keep(ended);
        }
    }

    /**
     * Returns who is spared now, and why.
     *
     * @return a copy
     */
    public List<Silence> silences() {
        Instant now = context.time().now();
        return commands.silences().stream()
                .filter(silence -> now.isBefore(silence.until()))
                .toList();
    }

    /**
     * Says what would be told to whom. Nothing is told.
     *
     * @param alert an alert that begins something
     * @return one plan for each listener
     */
    public List<PlannedAlert> plan(Alert alert) {
        return lanes.stream().map(lane -> lane.plan(alert)).toList();
    }

    /**
     * Offers an alert again that was given up.
     *
     * @param letter the dead letter, which is one no longer
     * @return whether it was one, and its listener is still there
     */
    public boolean replay(DeadLetter letter) {
        Lane lane = byName.get(letter.listener());
        if (lane == null || !context.deadLetters().remove(letter)) {
            return false;
        }
        // an earlier process may have noted that this listener was not told
        told.computeIfPresent(letter.alert().incidentId(), (incident, open) -> open.with(lane));
        if (outbox == null) {
            lane.replay(letter.alert());
        } else {
            outbox.exhume(letter, context.time().now(), () -> lane.replay(letter.alert()));
        }
        return true;
    }

    /**
     * Forgets an alert that was given up.
     *
     * @param letter the dead letter
     * @return whether it was one
     */
    public boolean discard(DeadLetter letter) {
        boolean removed = context.deadLetters().remove(letter);
        if (removed && outbox != null) {
            outbox.keep(List.of(PolicyRecords.notDead(letter)));
        }
        return removed;
    }

    /** A listener has no budget for an alert: another one gets it, unless it has got it already. */
    private void spill(Alert alert, Lane from, String name) {
        Lane to = Objects.requireNonNull(byName.get(name), name);
        boolean[] moved = {false};
        Told open = told.computeIfPresent(alert.incidentId(), (incident, before) -> {
            List<Lane> others = new ArrayList<>(before.lanes());
            others.remove(from);
            if (!others.contains(to)) {
                others.add(to);
                to.expect(incident);
                moved[0] = true;
            }
            return new Told(before.opening(), List.copyOf(others));
        });
        if (open != null) {
            from.forgetSpilled(alert.incidentId());
        }
        if (!moved[0]) {
            from.passed(alert);
        } else if (outbox == null) {
            to.offerExpected(alert);
        } else {
            outbox.move(alert, from.name(), name, context.time().now(), () -> to.offerExpected(alert));
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
                () -> (outbox == null || outbox.isIdle()) && lanes.stream().allMatch(Lane::isSettled), limit);
        int undelivered = lanes.stream().mapToInt(Lane::giveUpAll).sum();
        workers.close();
        return undelivered;
    }

    private List<Lane> select(Alert alert) {
        List<Lane> selected = new ArrayList<>(lanes.size());
        for (Lane lane : lanes) {
            if (lane.policy().refusal(alert) == null) {
                selected.add(lane);
            }
        }
        if (!selected.isEmpty()) {
            told.put(alert.incidentId(), new Told(alert, selected));
        }
        return selected;
    }
}
