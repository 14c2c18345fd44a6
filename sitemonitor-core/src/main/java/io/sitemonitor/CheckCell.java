package io.sitemonitor;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.definition.CheckDefinition;
import io.sitemonitor.definition.CheckSettings;
import io.sitemonitor.event.CheckChanged;
import io.sitemonitor.event.RunStuck;
import io.sitemonitor.event.TicksMissed;
import io.sitemonitor.schedule.Platform.Tick;
import io.sitemonitor.schedule.internal.Timer;
import io.sitemonitor.state.HealthState;
import io.sitemonitor.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One check in a running monitor: when it runs, what came of it, and the commands upon it. What is decided is decided
 * under the lock of this object and published afterwards; neither the check nor a listener is ever called while it is
 * held.
 */
final class CheckCell extends Timer {

    /** The least time from one run to another that is made because of others that failed. */
    private static final long RERUN_GAP = 1_000_000_000L;

    private final Engine engine;
    private final String name;

    private final CheckView view;

    // guarded by this
    private final Facts facts = new Facts();
    private final CheckPace pace;
    private final CheckDecider decider;
    private final HostPlace place;
    private final Attribution attribution;
    private boolean started;
    private boolean removed;

    /** The monitor is closed, so what others make of the removal does not matter. */
    private boolean closed;

    private int version;
    private long armed = Tick.NEVER;
    private final RunSlot slot = new RunSlot();
    private boolean forced;
    private long wantedSince;
    private final Waiters waiters = new Waiters();
    private long missed;
    private @Nullable CheckCell predecessor;
    private @Nullable CheckCell successor;
    private boolean saidAll;

    CheckCell(Engine engine, Defined defined) {
        this.engine = engine;
        this.name = defined.definition().name();
        this.view = new CheckView(engine.time(), defined.settings());
        this.wantedSince = view.lastStart();
        this.pace = new CheckPace(name, engine.time(), defined.settings().schedule());
        this.decider = new CheckDecider(this, engine, defined, pace, facts);
        this.place = new HostPlace(this, pace, defined.host());
        this.attribution = new Attribution(this, facts);
        CheckMemo memo = engine.memories().take(name);
        if (memo != null) {
            decider.restore(memo);
        }
        facts.hold();
        facts.add(decider.changed(CheckChanged.Change.ADDED));
    }

    /** Says after whom this one may speak: the check removed last under the same name, if it has not said everything. */
    synchronized void succeeds(@Nullable CheckCell removedBefore) {
        predecessor = removedBefore;
    }

    /** Publishes from now on, or once the check that was removed under the same name has published everything. */
    void speak() {
        CheckCell before;
        synchronized (this) {
            before = predecessor;
            predecessor = null;
        }
        if (before == null || !before.isFollowedBy(this)) {
            command(facts::release);
        }
    }

    private synchronized boolean isFollowedBy(CheckCell next) {
        successor = saidAll ? null : next;
        return !saidAll;
    }

    /** Everything has been published that there was to say of a removed check. */
    private void saidAll() {
        CheckCell next;
        synchronized (this) {
            saidAll = true;
            next = successor;
            successor = null;
        }
        engine.checks().hasLeft(this);
        if (next != null) {
            next.speak();
        }
    }

    Engine engine() {
        return engine;
    }

    String name() {
        return name;
    }

    TimeSource time() {
        return engine.time();
    }

    CheckView view() {
        return view;
    }

    HealthState state() {
        return view.state();
    }

    CheckSettings settings() {
        return view.settings();
    }

    synchronized CheckDefinition definition() {
        return decider.defined().definition();
    }

    synchronized Defined defined() {
        return decider.defined();
    }

    /** The caller holds the lock. */
    boolean isStarted() {
        return started;
    }

    /** Tells whether a run has begun of which something may still come. The caller holds the lock. */
    boolean awaitsResult() {
        Run run = slot.run();
        return attribution.isPending() || (run != null && run.version() == version && slot.isBusy());
    }

    /** Begins to run at {@code first}, which becomes a line of the grid. */
    void start(long first) {
        command(() -> {
            started = true;
            pace.start(first);
            decider.start();
            view.runUntil(decider.staleAt());
        });
    }

    @Override
    protected long fire(long now) {
        endOverdueRun(now);
        Run start = null;
        boolean publish;
        long next;
        synchronized (this) {
            if (removed) {
                return slot.nextLook(now);
            }
            if (decider.isReviewDue(now)) {
                decider.review(now);
                show(false);
            }
            if (attribution.isOverdue(now)) {
                count(attribution.judge(now));
            }
            if (isRunnable() && pace.isDue(now) && !isEndingDropped()) {
                start = due(now);
            }
            publish = claim();
            next = nextWake(now);
            armed = next;
        }
        if (start != null && !engine.workers().start(start)) {
            return Tick.NEVER;
        }
        if (publish) {
            engine.help(this::publish);
        }
        return next;
    }

    private boolean isRunnable() {
        return started && (!decider.isPaused() || forced);
    }

    /** Tells whether a run whose result does not count any more goes on, after which the next one can be made. */
    private boolean isEndingDropped() {
        Run run = slot.run();
        return run != null && run.version() != version && slot.endsSoon();
    }

    private long nextWake(long now) {
        long due = forced ? pace.nextDue() : Math.max(pace.nextDue(), place.blockedUntil());
        long wake = Math.min(isRunnable() && !isEndingDropped() ? due : Tick.NEVER, decider.reviewAt());
        return Math.min(Math.min(wake, attribution.limit()), slot.nextLook(now));
    }

    /** A line of the grid has been reached: returns the run to start, if any. The caller holds the lock. */
    private @Nullable Run due(long now) {
        long late = pace.linesSinceDue(now);
        Run current = slot.run();
        if (attribution.isPending() || slot.isBusy()) {
            noteMissed(late + 1);
            pace.waitForGrid(now);
            return null;
        }
        if (current == null && (isSpared(now) || isBlocked(now))) {
            return null;
        }
        if (late > 0) {
            noteMissed(late);
        }
        if (current != null) {
            conclude(current.stuckResult(slot.isForeign()), time().now(), now, now, current);
            return null;
        }
        pace.waitForGrid(now);
        Run run = new Run(this, decider.defined(), version, now);
        place.enter(run);
        slot.begin(run);
        return run;
    }

    /** Tells whether the target is left alone this time, because it is down. The caller holds the lock. */
    private boolean isSpared(long now) {
        if (forced || decider.isUrgent() || !pace.isSpared(now)) {
            return false;
        }
        place.withdraw(now);
        decider.spared();
        view.runUntil(decider.overdueAt());
        return true;
    }

    /** Tells whether the run has to wait for the sake of the host. The caller holds the lock. */
    private boolean isBlocked(long now) {
        if (!place.isBlocked(now, forced)) {
            return false;
        }
        long until = place.leftAloneUntil();
        if (until - now > 0) {
            view.runUntil(decider.putOff(until));
        }
        return true;
    }

    /** Lines that nobody looked at while the run went on, for the process stood still. The caller holds the lock. */
    private void missWhileRunning(long now) {
        if (pace.isDue(now)) {
            noteMissed(pace.linesSinceDue(now) + 1);
            pace.waitForGrid(now);
        }
    }

    private void noteMissed(long count) {
        missed += count;
        facts.add(new TicksMissed(engine.name(), name, time().now(), count));
    }

    /** Ends a run at its deadline, and gives its place to others if it does not obey. */
    private void endOverdueRun(long now) {
        Run run;
        synchronized (this) {
            run = slot.run();
        }
        if (run == null) {
            return;
        }
        if (now - run.deadline() >= 0 && run.expire()) {
            cancel(run);
            synchronized (this) {
                place.leave(run, now);
                if (run == slot.run() && run.version() == version && !removed) {
                    missWhileRunning(now);
                    conclude(run.expiredResult(), run.startedAt(), run.startedNanos(), now, run);
                } else {
                    runAgainForWaiters();
                }
            }
        } else if (slot.isStuckAt(run, now)) {
            noteStuck(run, now);
        }
    }

    private void cancel(Run run) {
        Runnable action = run.takeCancel();
        if (action != null) {
            engine.callBack(action);
        }
    }

    private void noteStuck(Run run, long now) {
        synchronized (this) {
            if (!slot.becomesStuck(run)) {
                return;
            }
            if (!removed) {
                facts.add(new RunStuck(engine.name(), name, time().now(), Duration.ofNanos(now - run.startedNanos())));
            }
        }
        engine.giveUp(run);
    }

    /** The code of a run has ended in time. As {@link #command} does it, but without an object for each run. */
    void completed(Run run, CheckResult result, long now) {
        boolean publish;
        long wake;
        synchronized (this) {
            place.leave(run, now);
            if (slot.end(run)) {
                if (run.version() == version && !removed) {
                    missWhileRunning(now);
                    conclude(result, run.startedAt(), run.startedNanos(), now, run);
                } else {
                    runAgainForWaiters();
                }
            }
            publish = shown(now);
            wake = removed ? Tick.NEVER : earlier(now);
        }
        follow(publish, wake);
    }

    /** The code of a run that had been ended from outside has ended at last. */
    void endedLate(Run run) {
        command(() -> slot.end(run));
        engine.tookBack(run);
    }

    /** A result that was dropped must not leave somebody waiting who asked for a run. The caller holds the lock. */
    private void runAgainForWaiters() {
        if (!waiters.isEmpty() && !removed) {
            forced = true;
            pace.beDue(time().nanos());
        }
    }

    /** Makes of what a run found what it counts as. The caller holds the lock. */
    private void conclude(CheckResult found, Instant startedAt, long startedNanos, long now, Run run) {
        if (run.askedPause() > 0) {
            long slowest = settings().backOff().longest().toNanos();
            place.leaveAlone(Math.min(run.askedPause(), slowest), now);
        }
        if (attribution.isPlain(found)) {
            count(found, startedAt, startedNanos, now, run.hasStarted());
        } else {
            count(attribution.take(found, startedAt, startedNanos, now, run.hasStarted()));
        }
    }

    private void count(@Nullable Judgement judged) {
        if (judged != null) {
            count(judged.result(), judged.startedAt(), judged.startedNanos(), judged.endedNanos(), judged.ran());
        }
    }

    private void count(CheckResult result, Instant startedAt, long startedNanos, long endedNanos, boolean ran) {
        apply(result, startedAt, startedNanos, endedNanos);
        if (ran) {
            view.runUntil(decider.overdueAt());
        }
    }

    /** The proofs that we are online have been run again. */
    void judgeAgain() {
        command(() -> count(attribution.judge(time().nanos())));
    }

    /** Decides what a result means and when to run next. The caller holds the lock. */
    private void apply(CheckResult result, Instant startedAt, long startedNanos, long now) {
        forced = false;
        CheckResult turned = Judgement.turned(result, settings().inverted());
        decider.apply(turned, startedAt, startedNanos, now);
        if (wantedSince - startedNanos > 0) {
            pace.beDueBy(
                    startedNanos + Math.min(RERUN_GAP, settings().retryEvery().toNanos()));
        }
        view.lastStart(startedNanos);
        show(view.isAwaited());
        if (!waiters.isEmpty()) {
            facts.add(waiters.tell(turned));
        }
    }

    /** Lets others see what has been decided, and tells those who depend on it if there is news. The caller holds the lock. */
    private void show(boolean news) {
        if (view.show(decider, removed, news) && !closed) {
            facts.add((Facts.Follow) () -> engine.tellDependents(this));
        }
    }

    /** Returns when to be called if that is sooner than planned. The caller holds the lock. */
    private long earlier(long now) {
        long next = nextWake(now);
        if (next == Tick.NEVER || (armed != Tick.NEVER && next - armed >= 0)) {
            return Tick.NEVER;
        }
        armed = next;
        return next;
    }

    private void publish() {
        facts.drain(this, engine::publish, engine.memories().areKept());
    }

    /** Does something under the lock, then publishes what follows and looks whether to run. */
    private void command(Runnable change) {
        boolean publish;
        long wake;
        synchronized (this) {
            change.run();
            long now = time().nanos();
            publish = shown(now);
            wake = removed ? Tick.NEVER : earlier(now);
        }
        follow(publish, wake);
    }

    /** Shows what has been decided; returns whether it is for us to publish it. The caller holds the lock. */
    private boolean shown(long now) {
        if (place.isWaiting() && !pace.isDue(now)) {
            place.withdraw(now);
        }
        show(false);
        return claim();
    }

    /** Asks to publish what has been decided. The caller holds the lock. */
    private boolean claim() {
        if (engine.memories().areKept()) {
            decider.keep();
        }
        return facts.claim();
    }

    private void follow(boolean publish, long wake) {
        if (wake != Tick.NEVER) {
            engine.timers().wake(this, wake);
        }
        if (publish) {
            publish();
        }
    }

    /** Whatever a run that goes on finds does not count any more. The caller holds the lock. */
    private void dropRun() {
        version++;
        attribution.dropPending();
        place.withdraw(time().nanos());
    }

    /** Becomes something else; whoever calls lets it {@link #settle()} then. */
    synchronized void replace(Defined replacement, boolean otherCheck) {
        dropRun();
        if (otherCheck) {
            attribution.forget();
            slot.disown();
        }
        view.settings(replacement.settings());
        long now = time().nanos();
        place.moveTo(replacement.host(), slot.run(), now);
        decider.replace(replacement, otherCheck, now);
        view.runUntil(decider.overdueAt());
        if (started && (otherCheck || forced)) {
            pace.beDue(now);
        }
    }

    /** Publishes and plans what follows from a replacement. */
    void settle() {
        command(() -> show(true)); // whoever looks through it to those above it finds others there now
    }

    /** The host, which could not be reached, has been reached by another check: no need to wait for a slow pace. */
    void hostReached() {
        command(() -> {
            boolean waits =
                    started && !removed && !decider.isPaused() && slot.run() == null && !attribution.isPending();
            if (waits && state() == HealthState.DOWN) {
                pace.beDue(time().nanos());
            }
        });
    }

    void pause(String reason, @Nullable Duration limit) {
        command(() -> {
            if (!removed && decider.pause(reason, limit, time().nanos())) {
                dropRun();
                attribution.forget();
            }
        });
    }

    void resume() {
        command(() -> {
            if (!removed) {
                decider.resume(time().nanos());
            }
        });
    }

    /** Decides something that no run is about; nothing happens before the start and after the end. */
    void decide(ObjLongConsumer<CheckDecider> change) {
        command(() -> {
            if (started && !removed) {
                change.accept(decider, time().nanos());
            }
        });
    }

    /** Runs at once unless a run has begun since then. */
    void runSince(long since) {
        command(() -> {
            boolean covered = view.lastStart() - since >= 0 || slot.covers(since);
            if (!started || removed || decider.isPaused() || covered) {
                return;
            }
            wantedSince = since;
            if (slot.run() == null) {
                pace.beDueBy(Math.max(
                        time().nanos(),
                        view.lastStart()
                                + Math.min(RERUN_GAP, settings().retryEvery().toNanos())));
            }
        });
    }

    void runNow(CompletableFuture<CheckResult> waiter) {
        command(() -> {
            waiters.add(waiter);
            if (removed) {
                facts.add(waiters.refuse(gone()));
                return;
            }
            if (!attribution.isPending() && !slot.isBusy()) {
                runAgainForWaiters();
            }
        });
    }

    /** Counts what somebody found without being asked; what comes while a failure is being judged is dropped. */
    void report(CheckResult result, Duration took) {
        decide((decided, now) -> {
            if (decided.isPaused() || attribution.isPending()) {
                return;
            }
            long nanos = Math.max(0, took.toNanos());
            count(attribution.take(result, time().now().minusNanos(nanos), now - nanos, now, true));
            pace.spare(now);
            decided.spared();
            view.runUntil(decided.overdueAt());
        });
    }

    /** Ends it for good; {@code announced} says whether what is open is closed and the removal told. */
    void remove(boolean announced) {
        Run run;
        synchronized (this) {
            run = slot.run();
        }
        command(() -> {
            if (removed) {
                return;
            }
            removed = true;
            closed = !announced;
            dropRun();
            attribution.forget();
            decider.end(announced);
            show(true);
            place.quit(slot.run(), time().nanos());
            if (!waiters.isEmpty()) {
                facts.add(waiters.refuse(gone()));
            }
            facts.add((Facts.Follow) this::saidAll);
        });
        engine.timers().wake(this, time().nanos());
        if (run != null && run.expire()) {
            cancel(run);
        }
    }

    private IllegalStateException gone() {
        return new IllegalStateException("check '" + name + "' was removed from monitor '" + engine.name() + "'");
    }

    synchronized CheckSnapshot snapshot() {
        long due = isRunnable() && !removed ? pace.nextDue() : Tick.NEVER;
        return decider.snapshot(state(), due, missed, slot.isStuck());
    }
}
