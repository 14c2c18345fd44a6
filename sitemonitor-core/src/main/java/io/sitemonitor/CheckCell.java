package io.sitemonitor;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.definition.CheckDefinition;
import io.sitemonitor.event.CheckChanged;
import io.sitemonitor.event.RunCompleted;
import io.sitemonitor.event.RunStuck;
import io.sitemonitor.event.TicksMissed;
import io.sitemonitor.schedule.Platform.Tick;
import io.sitemonitor.schedule.internal.Timer;
import io.sitemonitor.state.HealthState;
import io.sitemonitor.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One check in a running monitor: when it runs, what came of it, and the commands upon it. What is decided is decided
 * under the lock of this object and published afterwards; neither the check nor a listener is ever called while it is
 * held.
 */
final class CheckCell extends Timer {

    private static final long STUCK_GRACE = 200_000_000L;

    private final Engine engine;
    private final String name;
    private volatile HealthState state = HealthState.UNKNOWN;

    // guarded by this
    private final CheckLedger ledger;
    private final Facts facts = new Facts();
    private Defined defined;
    private final CheckPace pace;
    private boolean started;
    private boolean paused;
    private boolean removed;
    private int version;
    private long armed = Tick.NEVER;
    private @Nullable Run running;
    private boolean stuck;
    private boolean forced;
    private final Waiters waiters = new Waiters();
    private long missed;
    private @Nullable CheckResult lastResult;
    private @Nullable Instant lastRunAt;
    private long lastDuration;

    CheckCell(Engine engine, Defined defined) {
        this.engine = engine;
        this.name = defined.definition().name();
        this.defined = defined;
        this.pace =
                new CheckPace(name, engine.time(), defined.settings().schedule().interval());
        this.ledger = new CheckLedger(engine.name(), name, engine.time(), engine.incidents());
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

    HealthState state() {
        return state;
    }

    synchronized CheckDefinition definition() {
        return defined.definition();
    }

    /** Begins to run at {@code first}, which becomes a line of the grid. */
    void start(long first) {
        synchronized (this) {
            started = true;
            pace.start(first);
            armed = first;
        }
        engine.timers().wake(this, first);
    }

    @Override
    protected long fire(long now) {
        endOverdueRun(now);
        Run start = null;
        boolean publish;
        long next;
        synchronized (this) {
            if (removed) {
                return Tick.NEVER;
            }
            if (isDue(now)) {
                start = due(now);
            }
            publish = facts.claim();
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

    private boolean isDue(long now) {
        return started && (!paused || forced) && pace.isDue(now);
    }

    private long nextWake(long now) {
        Run run = running;
        long wake = started && (!paused || forced) ? pace.nextDue() : Tick.NEVER;
        if (run == null || (run.isExpired() && (stuck || !run.hasStarted()))) {
            return wake;
        }
        long look = run.isExpired() ? run.deadline() + STUCK_GRACE : run.deadline();
        if (look - now <= 0) {
            look = now + STUCK_GRACE;
        }
        return wake == Tick.NEVER || look - wake < 0 ? look : wake;
    }

    /** A line of the grid has been reached: returns the run to start, if any. The caller holds the lock. */
    private @Nullable Run due(long now) {
        long late = pace.linesSinceDue(now);
        Run current = running;
        if (current != null && !current.isExpired()) {
            noteMissed(late + 1);
            pace.waitForGrid(now);
            return null;
        }
        if (late > 0) {
            noteMissed(late);
        }
        if (current != null) {
            apply(current.stuckResult(), time().now(), now, now);
            return null;
        }
        if (!forced && !ledger.isUndecided() && pace.isSpared(now)) {
            return null;
        }
        pace.waitForGrid(now);
        Run run = new Run(this, defined, version, now);
        running = run;
        stuck = false;
        return run;
    }

    private void noteMissed(long count) {
        missed += count;
        facts.add(new TicksMissed(engine.name(), name, time().now(), count));
    }

    /** Ends a run at its deadline, and gives its place to others if it does not obey. */
    private void endOverdueRun(long now) {
        Run run;
        synchronized (this) {
            run = running;
        }
        if (run == null) {
            return;
        }
        if (now - run.deadline() >= 0 && run.expire()) {
            cancel(run);
            synchronized (this) {
                if (run == running && run.version() == version && !removed) {
                    apply(run.expiredResult(), run.startedAt(), run.startNanos(), now);
                } else {
                    runAgainForWaiters();
                }
            }
        } else if (now - run.deadline() >= STUCK_GRACE && run.isExpired()) {
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
            if (run != running || stuck || !run.hasStarted()) {
                return;
            }
            stuck = true;
            facts.add(new RunStuck(engine.name(), name, time().now(), Duration.ofNanos(now - run.startNanos())));
        }
        engine.giveUp(run);
    }

    /** The code of a run has ended in time. */
    void completed(Run run, CheckResult result, long now) {
        boolean publish;
        long wake = Tick.NEVER;
        synchronized (this) {
            if (run == running) {
                running = null;
                if (run.version() == version && !removed) {
                    apply(result, run.startedAt(), run.startNanos(), now);
                } else {
                    runAgainForWaiters();
                }
                wake = earlier();
            }
            publish = facts.claim();
        }
        wake(wake);
        if (publish) {
            publish();
        }
    }

    /** The code of a run that had been ended from outside has ended at last. */
    void endedLate(Run run) {
        long wake = Tick.NEVER;
        synchronized (this) {
            if (run == running) {
                running = null;
                stuck = false;
                wake = earlier();
            }
        }
        engine.tookBack(run);
        wake(wake);
    }

    /** A result that was dropped must not leave somebody waiting who asked for a run. The caller holds the lock. */
    private void runAgainForWaiters() {
        if (!waiters.isEmpty() && !removed) {
            forced = true;
            pace.beDue(time().nanos());
        }
    }

    /** Decides what a result means and when to run next. The caller holds the lock. */
    private void apply(CheckResult result, Instant startedAt, long startedNanos, long now) {
        forced = false;
        lastResult = result;
        lastRunAt = startedAt;
        lastDuration = now - startedNanos;
        List<Object> following = new ArrayList<>(0);
        ledger.decide(defined, result, startedAt, startedNanos, now, following::add);
        if (engine.dispatcher().wantsRuns()) {
            Duration took = Duration.ofNanos(lastDuration);
            facts.add(new RunCompleted(engine.name(), name, defined.kind(), startedAt, took, result, ledger.state()));
        }
        following.forEach(facts::add);
        state = ledger.state();
        pace.decided(state, ledger.isUndecided(), result.verdict(), defined.settings(), lastDuration, now);
        if (!waiters.isEmpty()) {
            facts.add(waiters.tell(result));
        }
    }

    /** Returns when to be called if that is sooner than planned. The caller holds the lock. */
    private long earlier() {
        long next = nextWake(time().nanos());
        if (next == Tick.NEVER || (armed != Tick.NEVER && next - armed >= 0)) {
            return Tick.NEVER;
        }
        armed = next;
        return next;
    }

    private void wake(long at) {
        if (at != Tick.NEVER) {
            engine.timers().wake(this, at);
        }
    }

    private void publish() {
        while (true) {
            Object fact;
            synchronized (this) {
                fact = facts.next();
            }
            if (fact == null) {
                return;
            }
            engine.publish(fact);
        }
    }

    /** Does something under the lock, then publishes what follows and looks whether to run. */
    private void command(Runnable change) {
        boolean publish;
        long wake;
        synchronized (this) {
            change.run();
            state = ledger.state();
            publish = facts.claim();
            wake = earlier();
        }
        wake(wake);
        if (publish) {
            publish();
        }
    }

    /** The caller holds the lock. */
    private CheckChanged changed(CheckChanged.Change change) {
        return new CheckChanged(engine.name(), name, defined.kind(), time().now(), change);
    }

    void announce(CheckChanged.Change change) {
        command(() -> facts.add(changed(change)));
    }

    void replace(Defined replacement, boolean otherCheck) {
        command(() -> {
            defined = replacement;
            version++;
            pace.change(replacement.settings().schedule().interval());
            facts.add(changed(CheckChanged.Change.REPLACED));
            if (otherCheck) {
                ledger.forgetState(facts::add);
            } else {
                ledger.forgetStreaks();
            }
            if (started && otherCheck) {
                pace.beDue(time().nanos());
            } else if (started) {
                pace.waitForGrid(time().nanos());
            }
        });
    }

    void pause() {
        command(() -> {
            if (!paused) {
                paused = true;
                version++;
                ledger.forgetStreaks();
                facts.add(changed(CheckChanged.Change.PAUSED));
            }
        });
    }

    void resume() {
        command(() -> {
            if (paused) {
                paused = false;
                ledger.skipPause();
                pace.forgetBreaker();
                if (started) {
                    pace.beDue(time().nanos());
                }
                facts.add(changed(CheckChanged.Change.RESUMED));
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
            if (running == null || running.isExpired()) {
                runAgainForWaiters();
            }
        });
    }

    /** Counts what somebody found without being asked. */
    void report(CheckResult result, Duration took) {
        command(() -> {
            if (started && !removed && !paused) {
                long now = time().nanos();
                long nanos = Math.max(0, took.toNanos());
                apply(result, time().now().minusNanos(nanos), now - nanos, now);
                pace.spare(now);
            }
        });
    }

    /** Ends it for good; {@code announced} says whether what is open is closed and the removal told. */
    void remove(boolean announced) {
        command(() -> {
            if (removed) {
                return;
            }
            removed = true;
            if (announced) {
                ledger.end(facts::add);
                facts.add(changed(CheckChanged.Change.REMOVED));
            }
            if (!waiters.isEmpty()) {
                facts.add(waiters.refuse(gone()));
            }
        });
        engine.timers().wake(this, time().nanos());
        Run run;
        synchronized (this) {
            run = running;
        }
        if (run != null && run.expire()) {
            cancel(run);
        }
    }

    private IllegalStateException gone() {
        return new IllegalStateException("check '" + name + "' was removed from monitor '" + engine.name() + "'");
    }

    synchronized CheckSnapshot snapshot() {
        long now = time().nanos();
        boolean planned = started && !removed && (!paused || forced) && pace.nextDue() != Tick.NEVER;
        return new CheckSnapshot(
                name,
                defined.kind(),
                defined.target(),
                ledger.state(),
                ledger.since(),
                paused,
                defined.settings(),
                lastResult,
                lastRunAt,
                lastResult == null ? null : Duration.ofNanos(lastDuration),
                planned ? time().now().plusNanos(Math.max(0, pace.nextDue() - now)) : null,
                ledger.incident(),
                missed,
                stuck,
                ledger.figures(paused));
    }
}
