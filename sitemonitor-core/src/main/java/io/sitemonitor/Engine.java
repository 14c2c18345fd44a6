package io.sitemonitor;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.internal.AlertRouter;
import io.sitemonitor.alert.internal.DeadLetters;
import io.sitemonitor.alert.internal.LaneContext;
import io.sitemonitor.alert.internal.Outbox;
import io.sitemonitor.alert.internal.Wording;
import io.sitemonitor.check.SafeText;
import io.sitemonitor.event.MonitorEvent;
import io.sitemonitor.event.RunStuck;
import io.sitemonitor.event.StateChanged;
import io.sitemonitor.event.StoreFailed;
import io.sitemonitor.event.internal.Dispatcher;
import io.sitemonitor.incident.internal.RecentIncidents;
import io.sitemonitor.schedule.Platform;
import io.sitemonitor.schedule.internal.Timers;
import io.sitemonitor.state.HealthState;
import io.sitemonitor.store.OpenStore;
import io.sitemonitor.store.internal.Keeper;
import io.sitemonitor.time.Throttle;
import io.sitemonitor.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** What all checks of a running monitor share: timers, threads, and the ways out for what has been decided. */
final class Engine {

    private static final Logger LOG = LoggerFactory.getLogger(Monitor.class);
    private static final String CHANGED = "[{}] {} {} -> {} after {} run{} (last: {})";
    private static final int HELPERS = 16;

    private final String name;
    private final CheckRegistry checks;
    private final TimeSource time;
    private final Timers timers;
    private final Platform.Loop loop;
    private final Platform.Workers workers;
    private final Platform.Workers helpers;
    private final Platform.Workers callbacks;
    private final int maxRuns;
    private final AtomicInteger givenUp = new AtomicInteger();
    private final RecentIncidents incidents;
    private final DeadLetters deadLetters;
    private final Dispatcher dispatcher;
    private final AlertRouter router;
    private final @Nullable Keeper keeper;
    private final @Nullable Outbox outbox;
    private final Memories memories;
    private final Throttle complaints;
    private final Throttle stuckComplaints;
    private final @Nullable OwnLine ownLine;
    private final Hosts hosts;
    private final Vigil vigil;
    private final Heart heart;

    Engine(
            MonitorSettings settings,
            RecentIncidents incidents,
            DeadLetters deadLetters,
            CheckRegistry checks,
            @Nullable OpenStore store) {
        this.checks = checks;
        Platform platform = settings.platform();
        this.name = settings.name();
        this.time = platform.time();
        this.incidents = incidents;
        this.deadLetters = deadLetters;
        this.complaints = new Throttle(time, Duration.ofMinutes(1));
        this.stuckComplaints = new Throttle(time, Duration.ofMinutes(1));
        this.timers = new Timers(time, e -> LOG.error("[{}] an unexpected error; going on", name, e));
        this.maxRuns = settings.maxConcurrentRuns();
        this.workers = platform.workers("sitemonitor-" + name + "-check", maxRuns);
        this.helpers = platform.promptWorkers("sitemonitor-" + name + "-helper", HELPERS);
        this.callbacks = platform.workers("sitemonitor-" + name + "-callback", HELPERS);
        this.dispatcher = new Dispatcher(name, platform, settings.listeners());
        this.keeper = store == null
                ? null
                : new Keeper(store, "sitemonitor-" + name + "-store", platform, timers, this::storeFailed);
        this.outbox = keeper == null ? null : new Outbox(keeper);
        this.memories = new Memories(this, keeper != null);
        this.router = new AlertRouter(
                new LaneContext(name, time, timers, dispatcher::publish, deadLetters),
                platform,
                settings.alerts(),
                outbox);
        this.loop = platform.loop("sitemonitor-" + name + "-timer", timers);
        timers.attach(loop);
        this.ownLine = settings.online() == null ? null : new OwnLine(this, settings.online());
        this.hosts = new Hosts(time, settings.perHost());
        this.vigil = new Vigil(this);
        this.heart = new Heart(this, settings.heart());
    }

    /** Takes over what an earlier process has left. Before the start. */
    void recall(OpenStore store) {
        try {
            store.losses().forEach(loss -> LOG.error("[{}] something that was kept is lost: {}", name, loss));
            store.read(this::recall);
        } catch (IOException | RuntimeException e) {
            LOG.error("[{}] what was kept cannot be read", name, e);
        }
        router.resume();
        if (memories.size() + router.waiting() > 0) {
            LOG.info(
                    "[{}] goes on with what was kept: {} checks with something open, {} alerts on their way",
                    name,
                    memories.size(),
                    router.waiting());
        }
    }

    private void recall(String key, byte[] bytes) {
        try {
            memories.recall(key, bytes);
            if (outbox != null) {
                outbox.recall(key, bytes);
            }
        } catch (IllegalArgumentException e) {
            LOG.error("[{}] a record that was kept cannot be read and is left alone: {}", name, key, e);
        }
    }

    private void storeFailed(Throwable thrown) {
        if (complaints.tryPass()) {
            LOG.error(
                    "[{}] what is open cannot be kept for the next process now, and will be tried again; all else goes on",
                    name,
                    thrown);
        }
        dispatcher.publish(new StoreFailed(name, time.now(), SafeText.line(String.valueOf(thrown.getMessage()), 500)));
    }

    AlertRouter router() {
        return router;
    }

    Memories memories() {
        return memories;
    }

    /** Begins to watch the clocks and to beat. */
    void start() {
        if (ownLine != null) {
            ownLine.restore(memories.take(Memories.OWN_LINE));
        }
        vigil.start();
        heart.start();
    }

    Vigil vigil() {
        return vigil;
    }

    Hosts hosts() {
        return hosts;
    }

    Heart heart() {
        return heart;
    }

    @Nullable
    OwnLine ownLine() {
        return ownLine;
    }

    int size() {
        return checks.size();
    }

    /** Tells what keeps the monitor from doing all of its work; null if nothing does. */
    @Nullable
    String trouble(long longestWait) {
        long now = time.nanos();
        for (CheckCell cell : checks.all()) {
            if (cell.view().isUnrun(now)) {
                return "check '" + cell.name() + "' has not been run for two intervals";
            }
        }
        long waits = router.longestWait(now);
        return waits <= longestWait
                ? null
                : "an alert has been waiting for " + Wording.duration(Duration.ofNanos(waits));
    }

    /** The wall clock has jumped: windows and calendars lie elsewhere now. */
    void clockStepped() {
        checks.all().forEach(cell -> cell.decide(CheckDecider::clockStepped));
    }

    String name() {
        return name;
    }

    /** Returns a check by its name, if there is one right now. */
    @Nullable
    CheckCell cell(String check) {
        return checks.cell(check);
    }

    /** Lets those who depend on a check look again. Takes their locks, one after the other. */
    void tellDependents(CheckCell changed) {
        for (CheckCell child : checks.dependentsOn(changed.name())) {
            child.decide(CheckDecider::review);
            if (child.view().isSparing()) { // nobody asks it, so those below it look further up
                tellDependents(child);
            }
        }
    }

    CheckRegistry checks() {
        return checks;
    }

    TimeSource time() {
        return time;
    }

    Timers timers() {
        return timers;
    }

    Platform.Workers workers() {
        return workers;
    }

    RecentIncidents incidents() {
        return incidents;
    }

    DeadLetters deadLetters() {
        return deadLetters;
    }

    Dispatcher dispatcher() {
        return dispatcher;
    }

    int waitingAlerts() {
        return router.waiting();
    }

    /** Does something of ours on a thread that may wait, instead of on the timer's, which must not. */
    void help(Runnable task) {
        helpers.start(guarded(task));
    }

    /** Calls something foreign, on threads of its own: whatever blocks there holds back no decision. */
    void callBack(Runnable foreign) {
        Platform.Work work = guarded(foreign);
        if (!callbacks.start(work)) {
            work.call(); // the monitor is closed, and whoever waits must not wait for ever
        }
    }

    /** Calls something foreign that guards itself. */
    void callBack(Platform.Work foreign) {
        callbacks.start(foreign);
    }

    private Platform.Work guarded(Runnable task) {
        return new Platform.Work() {
            @Override
            public void call() {
                try {
                    task.run();
                } catch (Throwable e) { // such as what a check gave to end its run
                    LOG.warn("[{}] an action of a check or a waiting caller failed", name, e);
                }
            }

            @Override
            public boolean done() {
                return true;
            }
        };
    }

    /** Gives the place of a run that does not end to other checks, as long as there are not too many of them. */
    void giveUp(Run run) {
        if (givenUp.incrementAndGet() <= maxRuns && run.giveUp()) {
            workers.giveUpOne();
        } else {
            givenUp.decrementAndGet();
        }
    }

    /** A run that did not end has ended after all: its thread is gone, and another one may be replaced. */
    void tookBack(Run run) {
        if (run.isGivenUp()) {
            givenUp.decrementAndGet();
        }
    }

    /** Publishes one fact; those of one check come one after the other. */
    void publish(Object fact) {
        if (fact instanceof MonitorEvent event) {
            log(event);
            dispatcher.publish(event);
        } else if (fact instanceof Alert alert) {
            router.route(alert);
        } else if (fact instanceof Announced announced) {
            router.route(Memories.changes(announced.kept()), announced.alerts());
        } else if (fact instanceof Facts.Follow follow) {
            follow.run();
        } else if (fact instanceof Runnable told) {
            callBack(told);
        }
    }

    private void log(MonitorEvent event) {
        if (event instanceof StateChanged change) {
            logChange(change);
        } else if (event instanceof RunStuck stuck) {
            LOG.atLevel(stuckComplaints.tryPass() ? Level.WARN : Level.DEBUG)
                    .log(
                            "[{}] {} does not end: its run was interrupted at its timeout and has been going on for {}",
                            name,
                            stuck.check(),
                            stuck.running());
        }
    }

    /** Said before whoever is to be alerted is, so without the builders that few hosts have loaded before. */
    private void logChange(StateChanged change) {
        boolean firstGood = change.from() == HealthState.UNKNOWN && change.to() == HealthState.UP;
        if (firstGood && !LOG.isDebugEnabled()) {
            return;
        }
        Object[] words = {
            name,
            change.check(),
            change.from(),
            change.to(),
            change.transition().runs(),
            change.transition().runs() == 1 ? "" : "s",
            change.last().summary()
        };
        if (firstGood) {
            LOG.debug(CHANGED, words);
        } else {
            LOG.info(CHANGED, words);
        }
    }

    void checkThrew(CheckCell cell, Throwable thrown) {
        if (complaints.tryPass()) {
            LOG.warn(
                    "[{}] check '{}' threw; its run counts as CHECK_ERROR ({} more since the last report)",
                    name,
                    cell.name(),
                    complaints.heldBack(),
                    thrown);
        } else {
            LOG.debug("[{}] check '{}' threw", name, cell.name(), thrown);
        }
    }

    /** Hands over alerts, then tells the listeners the rest; returns how many alerts are left. */
    int closeAlerts(Duration limit) {
        long end = time.nanos() + limit.toNanos();
        int left = router.close(limit);
        if (keeper != null) {
            keeper.close(Duration.ofNanos(Math.max(0, end - time.nanos())));
        }
        return left;
    }

    void closeListeners(Duration limit) {
        dispatcher.close(limit);
        loop.close();
        workers.close();
        helpers.close();
        callbacks.close();
    }
}
